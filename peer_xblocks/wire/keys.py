"""Ed25519 keys as text: `whsk_` signs, `whpk_` verifies, as the Standard Webhooks specification writes them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SECRET, PUBLIC = "whsk_", "whpk_"


class KeyRefused(ValueError):
    """A text that is no key of the kind asked for; never repeats the text."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that verifies."""

    raw: bytes

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """The key written as `whpk_` and base64."""
        return cls(_decoded(text, PUBLIC, sizes=(32,)))

    @property
    def text(self) -> str:
        """The key as operators exchange it."""
        return PUBLIC + base64.b64encode(self.raw).decode("ascii")

    @property
    def id(self) -> str:
        """A short name for the key: the first 16 hex digits of its SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` over `message` was made with this key's other half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs; its text and its bytes stay out of every `repr`."""

    seed: bytes = field(repr=False)

    @classmethod
    def from_text(cls, text: str) -> SigningKey:
        """The key written as `whsk_` and base64 of the 32-byte seed, or of seed and public key (64 bytes)."""
        raw = _decoded(text, SECRET, sizes=(32, 64))
        key = cls(raw[:32])
        if raw[32:] and raw[32:] != key.public.raw:
            raise KeyRefused("The two halves of this signing key do not belong together; make a new one.")
        return key

    @property
    def text(self) -> str:
        """The key as an operator keeps it; secret."""
        return SECRET + base64.b64encode(self.seed).decode("ascii")

    @property
    def public(self) -> PublicKey:
        """The half that others verify with."""
        return PublicKey(self._key().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over `message`."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def new_signing_key() -> SigningKey:
    """A fresh random key."""
    return SigningKey(Ed25519PrivateKey.generate().private_bytes_raw())


def signature(text: str) -> bytes:
    """The bytes of a signature written as base64; none where the text is not the one way to write them."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if base64.b64encode(raw).decode("ascii") == text else b""


def _decoded(text: str, prefix: str, *, sizes: tuple[int, ...]) -> bytes:
    if not text.startswith(prefix):
        raise KeyRefused(f"A key of this kind starts with {prefix}; check which of the two halves was entered.")
    try:
        raw = base64.b64decode(text[len(prefix) :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyRefused(f"What follows {prefix} is not base64; copy the whole key again.") from error
    if len(raw) not in sizes:
        raise KeyRefused(f"What follows {prefix} has the wrong length; copy the whole key again.")
    return raw
