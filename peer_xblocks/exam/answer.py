"""One answer as a page sends it: the whole state of one question, with a number that rises on each device."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from peer_xblocks.exam.form import Form
from peer_xblocks.refusal import Refusal

UNREADABLE = "This answer could not be read. It is kept on this page; reload the page and look at it again."
MOST_BYTES = 1024
MOST_CHOSEN = 20
MOST_NUMBER = 2**31 - 1
_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_NAME = re.compile(r"[0-9A-Za-z_.-]{1,64}")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was chosen for `item` and whether it is flagged. `after` is how long (ms) the page had been open by then."""

    item: str
    chosen: tuple[str, ...]
    flagged: bool
    device: str
    seq: int
    client_id: str
    after: int = 0

    @classmethod
    def from_json(cls, data: object) -> Sent:
        """The answer in a request; a `Refusal` for anything else."""
        if not isinstance(data, Mapping):
            raise Refusal(UNREADABLE)
        chosen, flagged = data.get("chosen"), data.get("flagged", False)
        if not isinstance(chosen, list) or len(chosen) > MOST_CHOSEN or not all(_fits(_NAME, each) for each in chosen):
            raise Refusal(UNREADABLE)
        if not isinstance(flagged, bool) or not _fits(_NAME, data.get("item")):
            raise Refusal(UNREADABLE)
        return cls(
            item=str(data["item"]),
            chosen=tuple(sorted(set(chosen))),
            flagged=flagged,
            device=client_id(data.get("device")),
            seq=_number(data.get("seq")),
            client_id=client_id(data.get("client_id")),
            after=_number(data.get("after", 0)),
        )

    def demand_fits(self, form: Form) -> None:
        """Refuses a question or an option that the form does not hold."""
        place = form.place(self.item)
        if place is None or not set(self.chosen) <= set(place.options):
            raise Refusal(UNREADABLE)

    def as_data(self) -> dict[str, object]:
        """The answer as the journal keeps it."""
        chosen = list(self.chosen)
        return {"item": self.item, "chosen": chosen, "flagged": self.flagged, "seq": self.seq, "after": self.after}


def client_id(value: object) -> str:
    """`value` as an id that a page made; a `Refusal` for anything else."""
    if not _fits(_ID, value):
        raise Refusal(UNREADABLE)
    return str(value)


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NUMBER:
        raise Refusal(UNREADABLE)
    return value


def _fits(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
