"""A cohort's hours as a table: sorted, filtered, exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

#: What a spreadsheet would run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Cell:
    """Seconds of one learner in one module; `offline` of them are attested."""

    seconds: int = 0
    offline: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down for display alone."""
        return self.seconds // 60

    @property
    def offline_minutes(self) -> int:
        """Whole attested minutes."""
        return self.offline // 60


@dataclass(frozen=True, slots=True)
class Row:
    """One learner: the account's name in the course, our name (empty before the first minute), a cell a module."""

    name: str
    learner: str
    enrolled: bool
    cells: tuple[Cell, ...]

    @property
    def total(self) -> Cell:
        """All modules together."""
        return Cell(sum(each.seconds for each in self.cells), sum(each.offline for each in self.cells))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for: a part of a name, a column to sort by ("-total" for the largest first)."""

    name: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's key and title, how it is sorted now ("ascending", "descending", ""), and what a click asks for."""

    key: str
    title: str
    sorted: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Module ids, rows, and what was asked."""

    modules: tuple[str, ...]
    rows: tuple[Row, ...]
    wanted: Wanted = Wanted()

    @property
    def headings(self) -> list[Heading]:
        """The columns with their order."""
        keys = [("name", "Learner"), *((f"module:{each}", each) for each in self.modules), ("total", "All modules")]
        return [_heading(key, title, self.wanted.sort) for key, title in keys]


def arranged(table: Table, wanted: Wanted) -> Table:
    """The rows that were asked for, in the order that was asked for; by name where that is no column."""
    rows = [row for row in table.rows if wanted.name.casefold() in row.name.casefold()]
    rows.sort(key=lambda row: row.name.casefold())
    column = wanted.sort.removeprefix("-")
    down = wanted.sort.startswith("-")
    if column == "name":
        rows.sort(key=lambda row: row.name.casefold(), reverse=down)
    elif column == "total":
        rows.sort(key=lambda row: row.total.seconds, reverse=down)
    elif column.removeprefix("module:") in table.modules:
        at = table.modules.index(column.removeprefix("module:"))
        rows.sort(key=lambda row: row.cells[at].seconds, reverse=down)
    return replace(table, rows=tuple(rows), wanted=wanted)


def csv_text(table: Table) -> str:
    """The table for a spreadsheet: whole minutes, and the seconds that they were rounded from."""
    heads = [part for module in table.modules for part in (f"{module} min", f"{module} offline min")]
    lines: list[Sequence[object]] = [["learner", "enrolled", *heads, "all min", "all seconds"]]
    for row in table.rows:
        minutes = [part for cell in row.cells for part in (cell.minutes, cell.offline_minutes)]
        enrolled = "yes" if row.enrolled else "no"
        lines.append([row.name, enrolled, *minutes, row.total.minutes, row.total.seconds])
    return csv_of(lines)


def csv_of(lines: Sequence[Sequence[object]]) -> str:
    """Lines as CSV, no cell of which a spreadsheet runs."""
    written = io.StringIO()
    csv.writer(written).writerows([[_safe(cell) for cell in line] for line in lines])
    return written.getvalue()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _heading(key: str, title: str, sort: str) -> Heading:
    if sort == key:
        return Heading(key, title, "ascending", f"-{key}")
    return Heading(key, title, "descending" if sort == f"-{key}" else "", key)
