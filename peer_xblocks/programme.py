"""A programme: the rules of one office, read from one TOML file.

Every fact that the office has not confirmed is a setting with a working default; `Fact.confirmed` says which are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SHIPPED = Path(__file__).parent / "programmes"
Made = TypeVar("Made")
PARTS = {"programme", "hours", "tracks", "exams", "facts", "contacts"}
PURPOSES = ("practice", "demonstration", "deciding")
HEAD = {"code", "office", "time_zone", "live", "mastery"}


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
class Exam:
    """One exam: whose bank it asks from, how long it takes, what it is for. Never an item, never a key.

    `blueprint` is domain → count, or domain → level → count; `trial` questions never count. `forms` are fixed forms,
    name → item ids; without them each sitting's form is drawn. `bank_version` 0 is the newest. `grace` is in seconds,
    `needs_minutes` the credited training minutes asked for before it.
    """

    code: str
    title: str
    bank: str
    track: str
    purpose: str
    minutes: int
    blueprint: Mapping[str, Any]
    trial: int = 0
    forms: Mapping[str, Any] = field(default_factory=dict)
    bank_version: int = 0
    grace: int = 20
    needs_minutes: int = 0


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
    exams: Mapping[str, Exam] = field(default_factory=dict)

    def value(self, fact: str) -> Any:
        """The value in force of a fact, confirmed or not; KeyError for an unknown one."""
        return self.facts[fact].value

    def track(self, name: str) -> Track | None:
        """The track of a code or an older label; None for a name that the office does not use."""
        return next((each for each in self.tracks.values() if name in (each.code, *each.aliases)), None)

    def asks(self, what: str, track: str) -> bool:
        """Whether the training of a track asks for a story, the exam or watched practice; never outside a track."""
        asked = self.facts.get("training_asks")
        return bool(track) and asked is not None and what in asked.value.get(track, ())

    @property
    def open_facts(self) -> tuple[str, ...]:
        """The facts that decide about people and that the office has not confirmed: they keep `live` false."""
        return tuple(name for name, fact in self.facts.items() if fact.decides and not fact.confirmed)


def load(name: str) -> Programme:
    """The programme file `name`: one that we ship ("alabama") or the path of an operator's own."""
    path = SHIPPED / f"{name}.toml" if name.isidentifier() else Path(name)
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ProgrammeRefused(f"The programme file {path.name} cannot be read; name one that exists.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProgrammeRefused(f"{path.name} is not TOML: {error}") from error


def parse(text: Mapping[str, Any]) -> Programme:
    """A programme from what its file holds.

    Raises `ProgrammeRefused` where the file lacks or misspells a part, or goes live on unconfirmed facts.
    """
    _only(text, PARTS, "The file")
    head = _table(text, "programme")
    _only(head, HEAD, "programme")
    facts = {name: _made(Fact, each, f"facts.{name}") for name, each in _table(text, "facts").items()}
    made = Programme(
        code=_typed(head, "code", str),
        office=_typed(head, "office", str),
        time_zone=_zone(_typed(head, "time_zone", str, "America/Chicago")),
        live=_typed(head, "live", bool, False),
        hours=_made(HoursPolicy, _table(text, "hours"), "hours"),
        mastery=_share(head.get("mastery", _value(facts, "check_mastery", 0.8))),
        tracks=_tracks(_table(text, "tracks"), _value(facts, "training_minutes", 2400)),
        facts=facts,
        contacts=_table(text, "contacts"),
        exams={code: _exam(code, each) for code, each in _table(text, "exams").items()},
    )
    _demand_confirmed(made)
    _demand_tracks(made)
    return made


def _demand_confirmed(made: Programme) -> None:
    for name, fact in made.facts.items():
        if fact.confirmed and not (fact.by and fact.on):
            raise ProgrammeRefused(f"facts.{name} is confirmed, but `by` (who) or `on` (when) is missing; add them.")
    if made.live and made.open_facts:
        raise ProgrammeRefused(f"live = true needs the office to confirm first: {', '.join(made.open_facts)}.")


def _tracks(given: Mapping[str, Any], minutes: int) -> dict[str, Track]:
    made = {}
    for code in given:
        track = _made(Track, {"minutes": minutes, **_table(given, code), "code": code}, f"tracks.{code}")
        made[code] = replace(track, aliases=tuple(track.aliases))
    return made


def _exam(code: str, given: Any) -> Exam:
    if not isinstance(given, Mapping):
        raise ProgrammeRefused(f"exams.{code} must be a table: [exams.{code}].")
    exam = _made(Exam, {**given, "code": code}, f"exams.{code}")
    if exam.purpose not in PURPOSES:
        raise ProgrammeRefused(f"exams.{code}: purpose is one of {', '.join(PURPOSES)}.")
    numbers = (exam.minutes, exam.grace, exam.needs_minutes, exam.bank_version, exam.trial)
    if any(isinstance(each, bool) or not isinstance(each, int) or each < 0 for each in numbers) or not exam.minutes:
        raise ProgrammeRefused(f"exams.{code}: minutes, grace, trial and the like are whole numbers, minutes above 0.")
    return exam


def _demand_tracks(made: Programme) -> None:
    for exam in made.exams.values():
        if made.track(exam.track) is None:
            raise ProgrammeRefused(f"exams.{exam.code}: there is no track {exam.track!r}; name one of the tracks.")


def _made(kind: type[Made], given: Mapping[str, Any], where: str) -> Made:
    try:
        return kind(**given)
    except TypeError as error:
        raise ProgrammeRefused(f"{where} lacks or misspells a part: {error}.") from error


def _table(text: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = text.get(name, {})
    if not isinstance(found, Mapping):
        raise ProgrammeRefused(f"{name} must be a table: [{name}].")
    return found


def _typed(head: Mapping[str, Any], name: str, kind: type[Made], default: Made | None = None) -> Made:
    found = head.get(name, default)
    if not isinstance(found, kind):
        raise ProgrammeRefused(f"programme.{name} is missing or has the wrong kind of value; write a {kind.__name__}.")
    return found


def _value(facts: Mapping[str, Fact], name: str, default: Any) -> Any:
    return facts[name].value if name in facts else default


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise ProgrammeRefused("The mastery mark is a share above 0 and at most 1, such as 0.8.")
    return float(value)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProgrammeRefused(f"There is no time zone {name!r}; write one such as America/Chicago.") from error


def _only(text: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(text) - known)
    if unknown:
        raise ProgrammeRefused(f"{where} has parts that nothing reads: {', '.join(unknown)}; mend the spelling.")
