"""A lease: what the server said about one rendered page of one learner, carried by the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from peer_xblocks.refusal import Refusal

RELOAD = "This page has been open too long or has changed. Reload it, and your time counts again."


class LeaseRefused(Refusal):
    """A lease that is not ours, was changed, or has run out."""

    status = 409

    def __init__(self, sentence: str = RELOAD):
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Lease:
    """One render of one unit for one learner. `planned` is the module's seconds, `zone` the cohort's time zone."""

    user_id: int
    course: str
    module: str
    unit: str
    nonce: str
    issued: int
    planned: int
    zone: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Lease:
        """The lease in a token's content; `LeaseRefused` where another version of us made it."""
        try:
            return cls(**data)
        except TypeError as error:
            raise LeaseRefused from error

    def as_json(self) -> dict[str, Any]:
        """What a token carries."""
        return asdict(self)

    def expired(self, now: int, lasts: int) -> bool:
        """Whether it was issued more than `lasts` seconds ago."""
        return now >= self.issued + lasts

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone whose midnight ends this learner's day."""
        return ZoneInfo(self.zone)
