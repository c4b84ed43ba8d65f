"""A registry's signed answer: which line of its ledger a report became, chained to the line before."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from peer_xblocks import chain
from peer_xblocks.wire import schema
from peer_xblocks.wire.canonical import canonical
from peer_xblocks.wire.keys import PublicKey, SigningKey, signature


class ReceiptRefused(ValueError):
    """An answer that is no receipt for what was sent; says in plain words which part does not hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a registry's ledger, before it is signed."""

    ledger_id: str
    seq: int
    completion_key: str
    version: int
    payload_sha256: str
    prev_hash: str
    received_at: str

    @property
    def body(self) -> bytes:
        """What the chain covers: everything but the link before, which `chain.link` adds."""
        return canonical({name: value for name, value in asdict(self).items() if name != "prev_hash"})

    @property
    def hash(self) -> str:
        """The link that this line adds to the ledger's chain."""
        return chain.link(self.prev_hash, self.body)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry with its link and the registry's signature over all of it."""

    ledger_id: str
    seq: int
    completion_key: str
    version: int
    payload_sha256: str
    prev_hash: str
    hash: str
    received_at: str
    key_id: str
    sig: str

    @classmethod
    def from_json(cls, body: bytes) -> Receipt:
        """The receipt in an answer's body; `ReceiptRefused` for a body that is none."""
        try:
            data = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise ReceiptRefused("The answer is not a receipt: it is not JSON.") from error
        return cls.of(data)

    @classmethod
    def of(cls, data: Any) -> Receipt:
        """The receipt that a JSON value describes."""
        problems = schema.problems("receipt.v1", data)
        if problems:
            raise ReceiptRefused(f"The answer is not a receipt: {problems[0]}.")
        return cls(**data)

    @property
    def entry(self) -> Entry:
        """The ledger line that this receipt speaks of."""
        return Entry(**{name: getattr(self, name) for name in Entry.__dataclass_fields__})

    def as_dict(self) -> dict[str, Any]:
        """The receipt as a JSON object."""
        return asdict(self)

    def signed_bytes(self) -> bytes:
        """What the signature covers: the canonical form of all but itself."""
        return _covered(asdict(self))


def sign(entry: Entry, key: SigningKey) -> Receipt:
    """The receipt for a ledger line."""
    said = {**asdict(entry), "hash": entry.hash, "key_id": key.public.id}
    return Receipt(**said, sig=base64.b64encode(key.sign(_covered(said))).decode("ascii"))


def verify(receipt: Receipt, keys: PublicKey | Sequence[PublicKey], payload_sha256: str) -> None:
    """Returns where `receipt` is the signed answer of one of `keys` for just that payload; raises `ReceiptRefused`."""
    known = [keys] if isinstance(keys, PublicKey) else keys
    key = next((each for each in known if each.id == receipt.key_id), None)
    if key is None:
        raise ReceiptRefused("The receipt is signed with a key that this site does not know.")
    if not key.verifies(signature(receipt.sig), receipt.signed_bytes()):
        raise ReceiptRefused("The signature of the receipt does not hold.")
    if receipt.payload_sha256 != payload_sha256:
        raise ReceiptRefused("The receipt is for another report.")
    if receipt.hash != receipt.entry.hash:
        raise ReceiptRefused("The receipt does not follow from its own ledger line.")


def _covered(said: Mapping[str, Any]) -> bytes:
    return canonical({name: value for name, value in said.items() if name != "sig"})
