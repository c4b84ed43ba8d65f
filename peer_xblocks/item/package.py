"""The package that a workbook is: opened only where nothing in it can harm, before any reader of workbooks sees it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

from peer_xblocks.refusal import Refusal

MOST_ENTRIES = 200
#: What all parts may come to when they are unpacked, in bytes: room for ten thousand items.
MOST_UNPACKED = 64 * 1024 * 1024
#: How many times its packed size a part may have, from the size on where it matters. Sheets come to 10 or 20.
MOST_RATIO, SMALL = 100, 1024 * 1024
PIECE = 256 * 1024
_OLD = b"\xd0\xcf\x11\xe0"
_MACRO = re.compile(r"vbaproject|/macrosheets/|/activex/", re.IGNORECASE)
_TRAP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")
BROKEN = "This workbook is damaged. Open it in a spreadsheet program, save it again as .xlsx, then try again."


def examine(data: bytes) -> None:
    """`Refusal` for a package with macros, a password, document types or entities, or that unpacks beyond measure."""
    if data.startswith(_OLD):
        raise Refusal("This workbook has a password, or is of the old kind. Save it as .xlsx without one.")
    try:
        with ZipFile(io.BytesIO(data)) as package:
            _sizes(package.infolist())
            for info in package.infolist():
                _part(package, info)
    except (BadZipFile, DeflateError, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refusal(BROKEN) from error


def _sizes(parts: list[ZipInfo]) -> None:
    if len(parts) > MOST_ENTRIES or len({part.filename for part in parts}) < len(parts):
        raise Refusal("This workbook has too many parts. Copy the items into a new workbook, then try again.")
    unpacked = sum(part.file_size for part in parts)
    thin = [part for part in parts if part.file_size > max(SMALL, MOST_RATIO * part.compress_size)]
    if unpacked > MOST_UNPACKED or thin:
        raise Refusal("This workbook unpacks to more than it should. Copy the items into a new workbook.", 413)


def _part(package: ZipFile, info: ZipInfo) -> None:
    if _MACRO.search(info.filename):
        raise Refusal("This workbook holds macros. Save it as .xlsx, which holds none.")
    if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refusal("This workbook has a password. Save it without one.")
    if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
        return
    before = b""
    for piece in _pieces(package, info):
        if _TRAP.search(before[-16:] + piece):
            raise Refusal("This workbook holds a document type, which no spreadsheet program writes. Save it again.")
        if not before:
            _first(piece)
        if info.filename == "[Content_Types].xml" and b"macroenabled" in piece.lower():
            raise Refusal("This workbook holds macros. Save it as .xlsx, which holds none.")
        before = piece


def _first(piece: bytes) -> None:
    """In any other encoding the signs we look for would be other bytes."""
    named = _ENCODING.search(piece.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in piece[:4] or (named and named.group(1).lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise Refusal("This workbook is not UTF-8 inside. Open it in a spreadsheet program and save it again.")


def _pieces(package: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    with package.open(info) as part:
        while piece := part.read(PIECE):
            yield piece
