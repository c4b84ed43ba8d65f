"""Items as the rows of a sheet: one row an item, columns by name, the key as letters. CSV and workbooks share it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from peer_xblocks.item.data import MOST_OPTIONS, MOST_TEXT
from peer_xblocks.item.entry import MARKS, MOST_ENTRIES, Entry, Reading, broken
from peer_xblocks.item.item import KINDS, Item, Option, option_id
from peer_xblocks.item.lint import Fault
from peer_xblocks.item.text import clean

LETTERS = tuple(option_id(at) for at in range(MOST_OPTIONS))
OPTIONS = tuple(f"option_{letter}" for letter in LETTERS)
FEEDBACK = tuple(f"feedback_{letter}" for letter in LETTERS)
NEEDED = ("id", "domain", "level", "stem", "key", *OPTIONS[:2])
KNOWN = (*NEEDED[:5], "kind", *OPTIONS, *FEEDBACK, "rationale", "source", *MARKS)
#: The columns that a written sheet has at least.
USUAL = ("id", "domain", "level", "kind", "stem", "key")
FEWEST_WRITTEN = 4


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that holds something other than words: what it is and what to do."""

    what: str
    do: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the sheet, from 1."""

    number: int
    cells: Sequence[str | Bad]


@dataclass(frozen=True, slots=True)
class _Heading:
    """The columns of a sheet: name to place."""

    columns: dict[str, int]

    def cell(self, row: Row, name: str) -> str:
        """The words of a cell; "" where the sheet has no such column or the row ends before it."""
        at = self.columns.get(name, len(row.cells))
        found = row.cells[at] if at < len(row.cells) else ""
        return "" if isinstance(found, Bad) else clean(found)

    @property
    def names(self) -> dict[int, str]:
        """Place to name."""
        return {at: name for name, at in self.columns.items()}

    def place(self, row: Row, name: str, at: int | None = None) -> str:
        """How a person finds a cell."""
        at = self.columns.get(name) if at is None else at
        called = f"row {row.number}, {name}" if name else f"row {row.number}"
        return called if at is None else f"{called} (cell {letters(at)}{row.number})"


def read(rows: Iterable[Row]) -> Reading:
    """The items of a sheet whose first row with words names the columns."""
    filled = (row for row in rows if any(isinstance(cell, Bad) or cell.strip() for cell in row.cells))
    first = next(filled, None)
    if first is None:
        return Reading(faults=(broken("row 1", "The sheet is empty.", f"Name the columns: {', '.join(NEEDED)}."),))
    heading, faults = _heading(first)
    if faults:
        return Reading(faults=tuple(faults))
    entries: list[Entry] = []
    for row in filled:
        if len(entries) == MOST_ENTRIES:
            return Reading(
                faults=(broken(f"row {row.number}", f"It holds more than {MOST_ENTRIES} items.", "Split it."),)
            )
        found = list(_cell_faults(heading, row)) or list(_unfit(heading, row))
        faults += found
        if not found:
            entries.append(_entry(heading, row))
    return Reading(tuple(entries), tuple(faults))


def write(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """The rows of a sheet, the names of the columns first."""
    count = max([FEWEST_WRITTEN, *(len(entry.item.options) for entry in entries)])
    taught = any(option.feedback for entry in entries for option in entry.item.options)
    columns = [*USUAL, *OPTIONS[:count], *(FEEDBACK[:count] if taught else ()), "rationale", "source", *MARKS]
    yield columns
    for entry in entries:
        cells = _cells(entry)
        yield [cells.get(name, "") for name in columns]


def letters(at: int) -> str:
    """The letters of a column at a place from 0.

    >>> [letters(at) for at in (0, 25, 26)]
    ['A', 'Z', 'AA']
    """
    before, last = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


# -- the names of the columns ----------------------------------------------------------------------------------


def _heading(row: Row) -> tuple[_Heading, list[Fault]]:
    names = ["" if isinstance(cell, Bad) else _name(cell) for cell in row.cells]
    faults = [_stranger(row, at, cell) for at, cell in enumerate(row.cells) if isinstance(cell, Bad) or _odd(cell)]
    for name, often in Counter(filter(None, names)).items():
        if often > 1:
            faults.append(broken(f"row {row.number}", f"{often} columns are named “{name[:40]}”.", "Keep one of them."))
    missing = [name for name in NEEDED if name not in names]
    if missing:
        what = f"The {'columns' if len(missing) > 1 else 'column'} {', '.join(missing)} cannot be found."
        faults.append(broken(f"row {row.number}", what, "Name the columns in the first row."))
    return _Heading({name: at for at, name in enumerate(names) if name}), faults


def _name(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())


def _odd(cell: str) -> bool:
    return bool(_name(cell)) and _name(cell) not in KNOWN


def _stranger(row: Row, at: int, cell: str | Bad) -> Fault:
    where = f"row {row.number} (cell {letters(at)}{row.number})"
    if isinstance(cell, Bad):
        return broken(where, cell.what, cell.do)
    near = get_close_matches(_name(cell)[:40], KNOWN, 1)
    do = f"Did you mean “{near[0]}”? Rename or remove it." if near else "Remove it, or name it after what it holds."
    return broken(where, f"No column is called “{cell.strip()[:40]}”.", do)


# -- one row ---------------------------------------------------------------------------------------------------


def _cell_faults(heading: _Heading, row: Row) -> Iterator[Fault]:
    names = heading.names
    for at, cell in enumerate(row.cells):
        name = names.get(at, "")
        if isinstance(cell, Bad):
            yield broken(heading.place(row, name, at), cell.what, cell.do)
        elif len(cell) > MOST_TEXT:
            what = f"It holds more than {MOST_TEXT} characters."
            yield broken(heading.place(row, name, at), what, "Make it shorter.")
        elif not name and cell.strip():
            what = "It stands under no name of a column."
            yield broken(heading.place(row, name, at), what, "Name its column, or empty it.")


def _unfit(heading: _Heading, row: Row) -> Iterator[Fault]:
    if not heading.cell(row, "id"):
        yield broken(
            heading.place(row, "id"), "The item has no id.", "Give it one that no other item of this bank has."
        )
    kind = heading.cell(row, "kind").casefold()
    if kind and kind not in KINDS:
        yield broken(
            heading.place(row, "kind"), f"“{kind[:40]}” is no kind.", f"Write {' or '.join(KINDS)}, or nothing."
        )
    given = [bool(heading.cell(row, name)) for name in OPTIONS]
    count = sum(given)
    if not all(given[:count]):
        gap = OPTIONS[given.index(False)]
        yield broken(heading.place(row, gap), "It is empty, and an answer stands behind it.", "Leave no gap.")
    for letter in _key(heading, row):
        if letter not in LETTERS or not given[LETTERS.index(letter)]:
            what = f"The key names “{letter[:40]}”, and there is no such answer."
            yield broken(heading.place(row, "key"), what, "Write the letter of the right answer, as in b.")


def _key(heading: _Heading, row: Row) -> list[str]:
    return re.findall(r"[^\s,;]+", heading.cell(row, "key").casefold())


def _entry(heading: _Heading, row: Row) -> Entry:
    cells = {name: heading.cell(row, name) for name in heading.columns}
    key = set(_key(heading, row))
    options = tuple(
        Option(letter, cells[f"option_{letter}"], letter in key, cells.get(f"feedback_{letter}", ""))
        for letter in LETTERS
        if cells.get(f"option_{letter}")
    )
    item = Item(
        id=cells["id"],
        stem=cells["stem"],
        options=options,
        kind=cells.get("kind", "").casefold() or ("multiple" if len(key) > 1 else "single"),
        level=cells["level"],
        domain=cells["domain"],
        rationale=cells.get("rationale", ""),
        source=cells.get("source", ""),
    )
    return Entry(f"row {row.number}", item, {name: cells[name] for name in MARKS if cells.get(name)})


def _cells(entry: Entry) -> dict[str, str]:
    item = entry.item
    cells = {name: getattr(item, name) for name in ("id", "domain", "level", "kind", "stem", "rationale", "source")}
    for letter, option in zip(LETTERS, item.options, strict=False):
        cells |= {f"option_{letter}": option.text, f"feedback_{letter}": option.feedback}
    return cells | {"key": " ".join(sorted(item.key))} | dict(entry.marks)
