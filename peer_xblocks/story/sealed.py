"""Texts as they rest in the database: sealed, and padded so that not even their length tells what they say."""

from __future__ import annotations

from peer_xblocks.refusal import Refusal
from peer_xblocks.vault import Unreadable, Vault

BLOCK = 2048
"""Bytes to whose next multiple a text is filled up: nearly every part of a talk is one or two of them."""
_FILL = "\0"
NO_KEY = (
    "We cannot lock your text away just now, so we did not store it. "
    "It is kept on this device; it will be sent again by itself."
)


class NoKey(Refusal):
    """The site has no key to seal with; nothing was stored."""

    status = 503

    def __init__(self) -> None:
        super().__init__(NO_KEY)


def seal(vault: Vault, text: str) -> str:
    """A text (without NUL characters) under the newest key."""
    return vault.seal(text + _FILL * (-len(text.encode()) % BLOCK or (0 if text else BLOCK)))


def unseal(vault: Vault, sealed: str) -> str | None:
    """The text again; None where no key of the vault opens it."""
    try:
        return vault.open(sealed).rstrip(_FILL)
    except Unreadable:
        return None
