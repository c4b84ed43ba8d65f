"""CSV: UTF-8 with or without its mark, commas, semicolons or tabs; nothing in it is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from peer_xblocks.item import sheet
from peer_xblocks.item.entry import Entry, Reading, broken
from peer_xblocks.item.sheet import Bad, Row

#: What a spreadsheet takes for the beginning of a formula; an apostrophe before it makes it words.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
FORMULA = Bad("It begins with “=”, as a formula does.", "Write what it comes to, or put an apostrophe (') before it.")


def read(data: bytes) -> Reading:
    """The items of a CSV file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Reading(faults=(broken(f"line {line}", "It is not UTF-8 text.", "Save the file as “CSV UTF-8”."),))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return sheet.read(Row(at, [_words(cell) for cell in cells]) for at, cells in enumerate(lines, 1))
    except csv.Error as error:
        what = f"It cannot be read as CSV ({error})."
        return Reading(faults=(broken(f"line {lines.line_num}", what, "Save the sheet as “CSV UTF-8” again."),))


def write(entries: Sequence[Entry]) -> bytes:
    """A CSV file that a spreadsheet opens as words and `read` takes back."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows(_guarded(row) for row in sheet.write(entries))
    return made.getvalue().encode("utf-8-sig")


def _delimiter(text: str) -> str:
    """The sign that parts the first line into most columns that we know."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = set(sheet.KNOWN)
    return max(",;\t", key=lambda sign: len(known & {each.strip('" ').casefold() for each in first.split(sign)}))


def _words(cell: str) -> str | Bad:
    if cell.startswith(("=", "＝")):
        return FORMULA
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _guarded(row: list[str]) -> Iterator[str]:
    return (f"'{cell}" if _FORMULA.match(cell) else cell for cell in row)
