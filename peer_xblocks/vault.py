"""Encryption at rest with keys that can be rotated: the newest key seals, every key opens."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unreadable(Exception):
    """A sealed text that none of the vault's keys opens: a key is missing, or the text was changed."""


class Vault:
    """Seals and opens text under Fernet keys (32 bytes, URL-safe base64), newest first."""

    def __init__(self, keys: Sequence[str]):
        if not keys:
            raise ValueError("A vault needs at least one key; make one with `peer-xblocks registry key --vault`.")
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """`text` encrypted under the newest key."""
        return self._keys.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text that was sealed; raises `Unreadable` where no key fits."""
        try:
            return self._keys.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unreadable("No key of this vault opens this text.") from error

    def renew(self, sealed: str) -> str:
        """The same text under the newest key."""
        return self.seal(self.open(sealed))


def new_key() -> str:
    """A fresh random key."""
    return Fernet.generate_key().decode("ascii")
