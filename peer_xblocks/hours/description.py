"""What an author says about a module, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peer_xblocks.item.text import clean
from peer_xblocks.refusal import Refusal

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MOST_MINUTES = 6000
MOST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class Description:
    """A module as its author set it. `live_units` are ids of units that are held live and earn nothing on their page;
    `outline_only` says that its pages are not written and a trainer teaches it from the outline."""

    display_name: str
    module_id: str
    self_minutes: int
    live_minutes: int
    objectives: tuple[str, ...]
    competencies: str
    guide: str
    live_units: tuple[str, ...]
    outline_only: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Description:
        """The description in a form; a `Refusal` names the first field to mend."""
        made = cls(
            display_name=_text(data, "display_name", "the title", 255),
            module_id=_text(data, "module_id", "the module id", 64),
            self_minutes=_minutes(data, "self_minutes", "self-paced minutes"),
            live_minutes=_minutes(data, "live_minutes", "live minutes"),
            objectives=_lines(data, "objectives", "the objectives"),
            competencies=_text(data, "competencies", "the competencies", 2000),
            guide=_text(data, "guide", "the facilitator guide", MOST_TEXT),
            live_units=_lines(data, "live_units", "the live steps"),
            outline_only=_tick(data, "outline_only", "whether it is an outline"),
        )
        if not made.display_name:
            raise Refusal("Give the module a title that learners will see.")
        if not ID.fullmatch(made.module_id):
            raise Refusal("Give the module an id of letters, digits, dots or hyphens, such as CE-BND-1.")
        return made

    def faults(self) -> list[str]:
        """What an author still has to mend, a sentence each."""
        found = {
            "Give the module an id: its minutes are kept under it.": not ID.fullmatch(self.module_id or ""),
            "Say how many minutes it takes, self-paced or live.": not (self.self_minutes or self.live_minutes),
            "Say in one line or more what a learner can do afterwards.": not self.objectives,
        }
        return [sentence for sentence, wanting in found.items() if wanting]


def _text(data: Mapping[str, Any], name: str, called: str, most: int) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Refusal(f"We could not read {called}. Reload the editor and try again.")
    if len(value) > most:
        raise Refusal(f"Shorten {called} to {most:,} characters or fewer.")
    return clean(value)


def _minutes(data: Mapping[str, Any], name: str, called: str) -> int:
    value = data.get(name, 0)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not 0 <= value <= MOST_MINUTES:
        raise Refusal(f"Give {called} as a whole number from 0 to {MOST_MINUTES:,}.")
    return int(value)


def _tick(data: Mapping[str, Any], name: str, called: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise Refusal(f"We could not read {called}. Reload the editor and try again.")
    return value


def _lines(data: Mapping[str, Any], name: str, called: str) -> tuple[str, ...]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Refusal(f"We could not read {called}. Reload the editor and try again.")
    if len(value) > 200 or sum(len(each) for each in value) > MOST_TEXT:
        raise Refusal(f"Shorten {called}: 200 lines or fewer.")
    lines = (" ".join(clean(each).split()) for each in value)
    return tuple(line for line in lines if line)
