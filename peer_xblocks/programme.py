"""A programme: the rules of one office, read from one TOML file.

Every fact that the office has not confirmed is a setting with a working default; `Fact.confirmed` says which are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SHIPPED = Path(__file__).parent / "programmes"


class ProgrammeRefused(ValueError):
    """A programme file that cannot be used; says where and what to do."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing an office decides: its value, whether the office confirmed it, by whom, when, and the source."""

    value: Any
    about: str
    confirmed: bool = False
    decides: bool = False
    source: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class HoursPolicy:
    """How self-paced contact time is observed. All figures are whole seconds."""

    beat: int = 15
    present: int = 300
    prompt: int = 240
    lease: int = 12 * 3600
    offline_gap: int = 300
    offline_day: int = 900


@dataclass(frozen=True, slots=True)
class Track:
    """One certification: its name in words, its older labels, its contact minutes."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    minutes: int = 2400


@dataclass(frozen=True, slots=True)
class Programme:
    """An office's rules as the rest of the product reads them."""

    code: str
    office: str
    time_zone: ZoneInfo
    live: bool
    hours: HoursPolicy
    mastery: float
    tracks: Mapping[str, Track]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, str] = field(default_factory=dict)

    def value(self, fact: str) -> Any:
        """The value in force of a fact, confirmed or not; KeyError for an unknown one."""
        return self.facts[fact].value


def load(name: str) -> Programme:
    """The programme file `name`: one that we ship ("alabama") or the path of an operator's own."""
    path = SHIPPED / f"{name}.toml" if name.isidentifier() else Path(name)
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ProgrammeRefused(f"There is no programme file {path.name}; name one that exists.") from error
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeRefused(f"{path.name} is not TOML: {error}") from error


def parse(text: Mapping[str, Any]) -> Programme:
    """A programme from what its file holds; `ProgrammeRefused` where it lacks a part or goes live on unconfirmed facts."""
    try:
        head = text["programme"]
        facts = {key: Fact(**value) for key, value in text.get("facts", {}).items()}
        tracks = {
            code: Track(code, each["name"], tuple(each.get("aliases", ())), each.get("minutes", 2400))
            for code, each in text.get("tracks", {}).items()
        }
        made = Programme(
            code=head["code"],
            office=head["office"],
            time_zone=ZoneInfo(head.get("time_zone", "America/Chicago")),
            live=head.get("live", False),
            hours=HoursPolicy(**text.get("hours", {})),
            mastery=head.get("mastery", 0.8),
            tracks=tracks,
            facts=facts,
            contacts=text.get("contacts", {}),
        )
    except (KeyError, TypeError) as error:
        raise ProgrammeRefused(f"The programme file lacks or misspells a part: {error}.") from error
    open_facts = [key for key, fact in facts.items() if fact.decides and not fact.confirmed]
    if made.live and open_facts:
        raise ProgrammeRefused(f"live = true needs the office to confirm first: {', '.join(open_facts)}.")
    return made
