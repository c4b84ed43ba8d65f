"""Workbooks (.xlsx): the first sheet is read as words; a formula is named and refused, never evaluated."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from peer_xblocks.item import package, sheet
from peer_xblocks.item.entry import Entry, Reading
from peer_xblocks.item.lint import Fault
from peer_xblocks.item.sheet import Bad, Row
from peer_xblocks.refusal import Refusal

SHEET = "items"
MOST_ROWS, MOST_COLUMNS = 20_000, 64
FORMULA = Bad("It holds a formula.", "Write what it comes to as plain words.")
DATE = Bad("It holds a date or a time.", "Format the cell as text, then write the words again.")
ERROR = Bad("It holds an error.", "Write the words that belong there.")
_WIDE = {"stem": 60, "rationale": 50, "source": 30}
# In a workbook `_x000D_` is a line end that Excel wrote, and `_x005F_` is `_` where an escape would begin otherwise.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"(_)x005F_(?=x[0-9A-Fa-f]{4}_)|_x000D_")


def read(data: bytes) -> Reading:
    """The items on the first sheet of a workbook; `Refusal` for a workbook that may not be opened."""
    package.examine(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that we do not read, such as drop-down lists
            # Not `data_only`: that would give the value a formula had when it was saved, and hide the formula.
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return _read(book)
    except Refusal:
        raise
    except Exception as error:  # openpyxl lets any error of a damaged part through
        raise Refusal(package.BROKEN) from error


def write(entries: Sequence[Entry]) -> bytes:
    """A workbook that a spreadsheet program shows as words and `read` takes back."""
    book = Workbook(write_only=True)
    page = book.create_sheet(SHEET)
    page.freeze_panes = "B2"
    rows = sheet.write(entries)
    heading = next(rows)
    for at, name in enumerate(heading):
        wide = 36 if name.startswith(("option_", "feedback_")) else 14
        page.column_dimensions[sheet.letters(at)].width = _WIDE.get(name, wide)
    page.append([_cell(page, name, Font(bold=True)) for name in heading])
    for row in rows:
        page.append([_cell(page, words) for words in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _read(book: Any) -> Reading:
    first, *others = book.worksheets
    first.reset_dimensions()  # some programs write a wrong one
    reading = sheet.read(_rows(first))
    unread = (
        Fault(f"sheet {each.title}", "It is not read.", "Keep all items on the first sheet.", rule="file")
        for each in others
    )
    return Reading(reading.entries, (*reading.faults, *unread))


def _rows(page: Any) -> Iterator[Row]:
    found = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, cells in enumerate(found, 1):
        if number == MOST_ROWS:
            raise Refusal(
                f"This sheet has {MOST_ROWS} rows or more. Delete the empty rows below the items, or split it."
            )
        yield Row(number, [_words(cell) for cell in cells])


def _words(cell: Any) -> str | Bad:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return ERROR
    if isinstance(value, date | time | timedelta):
        return DATE
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _ESCAPED.sub(lambda found: found.group(1) or "", str(value))


def _cell(page: Any, words: str, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(page, _ESCAPE.sub("_x005F_", words))
    cell.data_type = "s"  # words, also where they begin as a formula does
    cell.number_format = "@"
    cell.quotePrefix = words.startswith(("=", "+", "-", "@"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if font:
        cell.font = font
    return cell
