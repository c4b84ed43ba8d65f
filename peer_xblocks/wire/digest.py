"""A day of a registry's ledger as both sides can compare it: how many reports of one site, and one hash over them.

A site asks by a signed request and names it by a random id; the registry's signed answer repeats that id, so an answer
that somebody kept from another day or another question proves nothing.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from peer_xblocks.wire import schema
from peer_xblocks.wire.canonical import canonical, sha256
from peer_xblocks.wire.keys import PublicKey, SigningKey, signature

PATH = "/v1/digests"
#: Reports on one page of an answer: well under the 64 KB that a site reads.
PAGE = 250
#: Report ids that a site may name as unknown to it in one request.
MOST_UNKNOWN = 50


class DigestRefused(ValueError):
    """An answer that is no digest for what was asked; says in plain words which part does not hold."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a site asks: its day (UTC), and the list after some report id ("" from the start; None: no list).

    `unknown` names reports of that day that the site does not know, so that the registry's people hear of them.
    """

    issuer: str
    day: date
    after: str | None = None
    unknown: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Any) -> Question:
        """The question that a JSON value asks; raises `DigestRefused`."""
        found = schema.problems("digest-request.v1", data)
        if found:
            raise DigestRefused(found[0])
        try:
            day = date.fromisoformat(data["day"])
        except ValueError as error:
            raise DigestRefused("day is no day of the calendar") from error
        return cls(data["issuer"], day, data["after"], tuple(data["unknown"]))

    def body(self) -> bytes:
        """The question as it travels."""
        return canonical({**asdict(self), "day": self.day.isoformat(), "unknown": list(self.unknown)})


@dataclass(frozen=True, slots=True)
class Digest:
    """A registry's answer. `reports` holds one page of (report id, digest of its bytes), in order of the ids."""

    ledger_id: str
    issuer: str
    day: str
    request_id: str
    count: int
    hash: str
    reports: tuple[tuple[str, str], ...] = ()
    more: bool = False
    key_id: str = ""
    sig: str = ""

    @classmethod
    def from_json(cls, body: bytes) -> Digest:
        """The digest in an answer's body; `DigestRefused` for a body that is none."""
        try:
            data = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise DigestRefused("The answer is not a digest: it is not JSON.") from error
        problems = schema.problems("digest.v1", data)
        if problems:
            raise DigestRefused(f"The answer is not a digest: {problems[0]}.")
        return cls(**{**data, "reports": tuple((each[0], each[1]) for each in data["reports"])})

    def as_dict(self) -> dict[str, Any]:
        """The digest as a JSON object."""
        return {**asdict(self), "reports": [list(each) for each in self.reports]}


def hash_of(reports: Iterable[tuple[str, str]]) -> str:
    """One hash over (report id, digest) pairs, whatever order they come in.

    >>> hash_of([("B_v1", "02"), ("A_v1", "01")]) == hash_of([("A_v1", "01"), ("B_v1", "02")])
    True
    """
    return sha256("".join(f"{name} {digest}\n" for name, digest in sorted(reports)).encode())


def answer(
    question: Question, request_id: str, reports: Mapping[str, str], *, ledger_id: str, key: SigningKey
) -> Digest:
    """The signed digest of a day's `reports` (report id → digest), with the page that was asked for."""
    asked = question.after is not None
    later = sorted(name for name in reports if name > (question.after or "")) if asked else []
    made = Digest(
        ledger_id=ledger_id,
        issuer=question.issuer,
        day=question.day.isoformat(),
        request_id=request_id,
        count=len(reports),
        hash=hash_of(reports.items()),
        reports=tuple((name, reports[name]) for name in later[:PAGE]),
        more=len(later) > PAGE,
        key_id=key.public.id,
    )
    return replace(made, sig=base64.b64encode(key.sign(_covered(made))).decode("ascii"))


def verify(found: Digest, keys: Sequence[PublicKey], question: Question, request_id: str) -> None:
    """Returns where `found` is the signed answer of one of `keys` to just this request; raises `DigestRefused`."""
    key = next((each for each in keys if each.id == found.key_id), None)
    if key is None:
        raise DigestRefused("The digest is signed with a key that this site does not know.")
    if not key.verifies(signature(found.sig), _covered(found)):
        raise DigestRefused("The signature of the digest does not hold.")
    asked = (question.issuer, question.day.isoformat(), request_id)
    if (found.issuer, found.day, found.request_id) != asked:
        raise DigestRefused("The digest answers another question: it was kept, or mixed up.")


def _covered(found: Digest) -> bytes:
    return canonical({name: value for name, value in found.as_dict().items() if name != "sig"})
