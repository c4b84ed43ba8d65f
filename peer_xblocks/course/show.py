"""The run of show in a facilitator guide: which step of a live session takes how many minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

COLUMN = "minutes"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a live session."""

    minutes: int
    words: tuple[str, ...]


def steps(guide: str) -> list[Step]:
    """The steps of the first table of a guide (Markdown) that has a column “Minutes”.

    >>> [step.minutes for step in steps("| Minutes | What |\\n|--:|---|\\n| 5 | Welcome |\\n| 10 | Pairs |")]
    [5, 10]
    """
    at = -1
    found = []
    for cells in _rows(guide):
        if at < 0:
            at = cells.index(COLUMN) if COLUMN in (cells := [cell.casefold() for cell in cells]) else -1
        elif not cells:
            break
        elif at < len(cells) and cells[at].isascii() and cells[at].isdigit():
            found.append(Step(int(cells[at]), tuple(cell for other, cell in enumerate(cells) if other != at)))
    return found


def _rows(guide: str) -> Iterator[list[str]]:
    """The cells of each line; none for a line that is no row of a table."""
    for line in map(str.strip, guide.splitlines()):
        yield [cell.strip(" *") for cell in line.strip("|").split("|")] if line.startswith("|") else []
