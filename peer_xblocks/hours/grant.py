"""Minutes of a module that staff enter, because the site could not observe them: how many, of what kind, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peer_xblocks.refusal import Clash, Refusal


class Kind(StrEnum):
    """What the entered minutes stand for."""

    SELF = "self"
    LIVE = "live"
    MAKE_UP = "make_up"


OUTLINE = "outline"
#: Why staff enter minutes. A report carries these words and no others: a free note could say what is nobody's business.
REASONS = {
    OUTLINE: "The module's pages are not written yet; the trainer taught it",
    "paper": "Attendance was kept on paper",
    "fault": "The site did not count what it should have counted",
    "made-up": "Missed time was made up with a trainer",
}
MOST_MINUTES = 6000
MOST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """The seconds that a module asks for, and those that are there already, by how they are earned."""

    alone: int
    live: int
    had_alone: int = 0
    had_live: int = 0

    def missing(self, kind: Kind) -> int:
        """The seconds that are still open to this kind; made-up time stands for missed live time."""
        if kind is Kind.SELF:
            return max(0, self.alone - self.had_alone)
        return max(0, self.live - self.had_live)


@dataclass(frozen=True, slots=True)
class Grant:
    """Minutes that somebody on the staff wants to enter. `note` stays on this site."""

    kind: Kind
    seconds: int
    reason: str
    note: str = ""

    @classmethod
    def from_form(cls, data: Mapping[str, Any]) -> Grant:
        """The grant in a form's fields; a `Refusal` names the first one to mend."""
        kind, reason, note = (str(data.get(name, "")).strip() for name in ("kind", "reason", "note"))
        if kind not in set(Kind):
            raise Refusal("Choose whether these minutes are live, self-paced or made up.")
        if reason not in REASONS:
            raise Refusal("Choose why these minutes are entered by hand.")
        if len(note) > MOST_NOTE:
            raise Refusal(f"Shorten the note to {MOST_NOTE} characters.")
        return cls(Kind(kind), 60 * _minutes(data.get("minutes")), reason, note)

    def within(self, plan: Plan) -> Grant:
        """The grant itself, if the module still lacks so much of this kind; `Clash` says how much it lacks."""
        missing = plan.missing(self.kind)
        if self.seconds > missing:
            raise Clash(f"Of this kind, {missing // 60} min are still open in this module. Enter no more than that.")
        return self


def _minutes(value: Any) -> int:
    text = str(value or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_MINUTES):
        raise Refusal(f"Write the minutes as a whole number from 1 to {MOST_MINUTES:,}.")
    return int(text)
