"""A workbook is opened only where nothing in it can harm."""

import io
import tracemalloc
import zipfile
from time import perf_counter

import pytest

from peer_xblocks.item import package, xlsx
from peer_xblocks.refusal import Refusal
from tests.item.workbooks import GOOD, SHEET, changed, workbook

SOUND = workbook(GOOD)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>"""


def test_a_workbook_of_a_spreadsheet_program_is_opened():
    package.examine(SOUND)


def bomb(size: int) -> bytes:
    return changed(SOUND, {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * (size // 17) + b"</sst>"})


REFUSED = {
    "a bomb": (lambda: bomb(40_000_000), "unpacks to more than it should"),
    "many parts that are each small": (
        lambda: changed(SOUND, {f"xl/media/{at}.png": b"" for at in range(300)}),
        "too many parts",
    ),
    "parts that come to too much": (
        lambda: changed(SOUND, {f"xl/media/{at}.bin": bytes(1024 * 1024) for at in range(65)}),
        "unpacks to more than it should",
    ),
    "macros": (lambda: changed(SOUND, {"xl/vbaProject.bin": b"x"}), "holds macros. Save it as .xlsx"),
    "macros of the old kind": (lambda: changed(SOUND, {"xl/macrosheets/sheet1.xml": b"<a/>"}), "holds macros"),
    "a type that allows macros": (
        lambda: changed(
            SOUND, {"[Content_Types].xml": lambda was: was.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}
        ),
        "holds macros",
    ),
    "a document type": (lambda: changed(SOUND, {SHEET: LAUGHS}), "holds a document type"),
    "a document type far inside": (
        lambda: changed(SOUND, {SHEET: b"<!--" + bytes(range(65, 91)) * 10_083 + b"--><!DOCTYPE a><a/>"}),
        "holds a document type",
    ),
    "another encoding": (lambda: changed(SOUND, {SHEET: LAUGHS.decode().encode("utf-16")}), "not UTF-8 inside"),
    "another encoding by name": (
        lambda: changed(SOUND, {SHEET: b'<?xml version="1.0" encoding="UTF-7"?><a/>'}),
        "not UTF-8 inside",
    ),
    "a password or .xls": (lambda: b"\xd0\xcf\x11\xe0" + bytes(2000), "has a password"),
    "words": (lambda: b"id,stem", "is damaged"),
    "nothing": (lambda: b"", "is damaged"),
    "half a file": (lambda: SOUND[: len(SOUND) // 2], "is damaged"),
    "the same part twice": (lambda: twice(), "too many parts"),
}


def twice() -> bytes:
    made = io.BytesIO(SOUND)
    with zipfile.ZipFile(made, "a") as held, pytest.warns(UserWarning):
        held.writestr(SHEET, b"<a/>")
    return made.getvalue()


@pytest.mark.parametrize(("made", "said"), REFUSED.values(), ids=REFUSED)
def test_what_could_harm_is_refused_before_it_is_read(made, said):
    with pytest.raises(Refusal, match=said):
        xlsx.read(made())


@pytest.mark.parametrize("lie", [1, 1000])
def test_a_part_that_lies_about_its_size_is_not_read_beyond_it(lie):
    data = bytearray(bomb(4_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as held:
        info = held.getinfo("xl/sharedStrings.xml")
    told = info.file_size.to_bytes(4, "little")
    at = -1
    while (at := data.find(told, at + 1)) >= 0:
        data[at : at + 4] = lie.to_bytes(4, "little")
    with pytest.raises(Refusal, match="is damaged"):
        xlsx.read(bytes(data))


def test_a_bomb_costs_neither_time_nor_memory():
    made = bomb(60_000_000)
    tracemalloc.start()
    begun = perf_counter()
    with pytest.raises(Refusal):
        xlsx.read(made)
    taken, (_, most) = perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1 and most < 5_000_000


@pytest.mark.parametrize("at", range(0, len(SOUND), 97))
def test_a_damaged_byte_is_read_or_refused(at):
    data = bytearray(SOUND)
    data[at] ^= 0x5A
    try:
        xlsx.read(bytes(data))
    except Refusal as refused:
        assert refused.sentence
