"""Workbooks as programs and attackers write them, built part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
HEADING = ("id", "domain", "level", "stem", "key", "option_a", "option_b", "option_c")
GOOD = ("q1", "D1", "recall", "What is peer support?", "b", "Advice", "Support among equals", "Therapy")


def workbook(*rows: tuple[object, ...], heading: tuple[object, ...] = HEADING, more: tuple[str, ...] = ()) -> bytes:
    """A workbook as a spreadsheet program saves it; `more` names further sheets."""
    book = Workbook()
    page = book.active
    for row in (heading, *rows):
        page.append(row)
    for name in more:
        book.create_sheet(name)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The package with some parts put in or written over."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        held = {info.filename: old.read(info) for info in old.infolist()}
        for name, content in parts.items():
            held[name] = content if isinstance(content, bytes) else content(held[name])
        for name, content in held.items():
            new.writestr(name, content)
    return made.getvalue()
