"""A course as its outline shows it: chapters, modules and units, with minutes and what is still to do in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

FIRST = 6
"""How many lines of what is to do stand above the outline; the rest is in it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One page of a course, where it is opened, and whether this person has done it."""

    usage: str
    title: str
    url: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a subsection asks for as a module: contact seconds, the checks to pass by their titles, and other things to
    do; and whether it is an outline, taught live from a guide, without pages of its own."""

    planned: int = 0
    counted: int = 0
    open_checks: tuple[str, ...] = ()
    open_tasks: tuple[str, ...] = ()
    outline_only: bool = False

    @property
    def words(self) -> str:
        """How the module stands, in a line; empty where it asks for nothing."""
        if not self.planned:
            return ""
        all_there = self.counted >= self.planned
        so_far = "all counted" if all_there else f"{minutes(self.counted)} counted so far"
        alone = ". An outline: your trainer teaches it, and enters your minutes" if self.outline_only else ""
        return f"{minutes(self.planned)}, {so_far}{alone}"


@dataclass(frozen=True, slots=True)
class Part:
    """One subsection: a module of the course or a plain group of pages."""

    title: str
    units: tuple[Unit, ...]
    module: Asked = Asked()

    @property
    def words(self) -> str:
        """How this part stands, in a line."""
        return self.module.words

    @property
    def missing(self) -> list[str]:
        """What is still to do here, a line each."""
        short = self.module.planned - self.module.counted
        time = [f"{self.title}: {minutes(short, up=True)} more"] if short > 0 else []
        return [*time, *(f"{self.title}: pass “{check}”" for check in self.module.open_checks), *self.module.open_tasks]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section of a course."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One course as one person stands in it."""

    title: str
    chapters: tuple[Chapter, ...]
    open_tasks: tuple[str, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """All subsections in course order."""
        return [part for chapter in self.chapters for part in chapter.parts]

    @property
    def units(self) -> list[Unit]:
        """All pages in course order."""
        return [unit for part in self.parts for unit in part.units]

    @property
    def planned(self) -> int:
        """The contact seconds that the course asks for."""
        return sum(part.module.planned for part in self.parts)

    @property
    def counted(self) -> int:
        """The contact seconds that count so far; never more than a module asks for."""
        return sum(min(part.module.counted, part.module.planned) for part in self.parts)

    @property
    def percent(self) -> int:
        """How wide the bar beside the figures is; never shown as a number."""
        return 100 * self.counted // self.planned if self.planned else 0

    @property
    def planned_words(self) -> str:
        """What the course asks for, in hours and minutes."""
        return minutes(self.planned)

    @property
    def counted_words(self) -> str:
        """What counts so far, in hours and minutes."""
        return minutes(self.counted)

    @property
    def missing(self) -> list[str]:
        """What is still to do, a line each."""
        return [*(line for part in self.parts for line in part.missing), *self.open_tasks]

    @property
    def first_missing(self) -> list[str]:
        """The first lines of what is still to do; all of them where they are few."""
        return self.missing[:FIRST]

    @property
    def more_missing(self) -> int:
        """How many lines of what is to do are left out of the first ones."""
        return max(0, len(self.missing) - FIRST)

    @property
    def next(self) -> Unit | None:
        """The page to open now: the first one that is still to do, in a part that misses something first."""
        lacking = [unit for part in self.parts if part.missing for unit in part.units]
        todo = [unit for unit in [*lacking, *self.units] if not unit.done]
        return next(iter([*todo, *lacking]), self.units[-1] if self.units else None)

    @property
    def next_words(self) -> str:
        """What the button that opens the next page says."""
        if self.planned and not self.missing:
            return "Open"
        return "Go on" if self.counted or any(unit.done for unit in self.units) else "Begin"

    def around(self, usage: str) -> tuple[Unit | None, Unit | None]:
        """The pages before and after one page; None at either end."""
        where = self.number(usage) - 1
        before = self.units[where - 1] if where else None
        return before, self.units[where + 1] if where + 1 < len(self.units) else None

    def number(self, usage: str) -> int:
        """Which page of the course this is, counted from 1."""
        return 1 + [unit.usage for unit in self.units].index(usage)

    def part_of(self, usage: str) -> Part:
        """The subsection that a page stands in."""
        return next(part for part in self.parts if usage in {unit.usage for unit in part.units})


def done(leaves: Sequence[str], complete: Collection[str]) -> bool:
    """Whether a page is done: it asks for something, and all of that is complete."""
    return bool(leaves) and all(leaf in complete for leaf in leaves)


def minutes(seconds: int, *, up: bool = False) -> str:
    """4680 → "1 h 18 min". What counted is rounded down, what is missing (`up`) is rounded up."""
    whole = -(-seconds // 60) if up else seconds // 60
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
