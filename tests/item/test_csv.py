"""A CSV file becomes items, whatever a spreadsheet program made of it; nothing in it is a formula."""

import pytest

from peer_xblocks.item import csv
from peer_xblocks.item.entry import Entry
from peer_xblocks.item.item import Item, Option
from tests.item.made import GOOD

HEADING = "id,domain,level,stem,key,option_a,option_b,option_c"
ROW = "q1,D1,recall,What is peer support?,b,Advice,Support among equals,Therapy"


def read(*lines, encoding="utf-8"):
    return csv.read("\r\n".join((HEADING, *lines)).encode(encoding))


def said(*lines):
    return [str(fault) for fault in read(*lines).faults]


def test_a_row_is_an_item_and_the_key_is_a_letter():
    (entry,) = read(ROW).entries
    assert (entry.item.id, entry.item.domain, entry.item.level, entry.item.kind) == ("q1", "D1", "recall", "single")
    assert entry.item.key == {"b"}
    assert entry.where == "row 2"


@pytest.mark.parametrize("key", ["a c", "A, C", "a;c", "c a"])
def test_several_letters_are_a_question_with_several_answers(key):
    (entry,) = read(f'q1,D1,recall,Which two?,"{key}",One,Two,Three').entries
    assert (entry.item.kind, entry.item.key) == ("multiple", {"a", "c"})


def test_the_mark_that_excel_puts_first_is_no_part_of_a_name():
    (entry,) = read(ROW, encoding="utf-8-sig").entries
    assert entry.item.id == "q1"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(sign):
    (entry,) = csv.read(f"{HEADING}\n{ROW}".replace(",", sign).encode()).entries
    assert entry.item.stem == "What is peer support?"


@pytest.mark.parametrize("heading", ["ID,Domain,LEVEL,Stem,key,Option A,option-b, Option_C "])
def test_names_of_columns_are_read_as_people_write_them(heading):
    assert len(csv.read(f"{heading}\n{ROW}".encode()).entries) == 1


def test_marks_feedback_and_reason_have_columns_of_their_own():
    heading = f"{HEADING},feedback_a,rationale,source,trial,facility,enemies"
    (entry,) = csv.read(f"{heading}\n{ROW},Kind.,Because.,Code 2,true,0.72,q2 q3".encode()).entries
    assert entry.item.options[0].feedback == "Kind."
    assert (entry.item.rationale, entry.item.source) == ("Because.", "Code 2")
    assert entry.marks == {"trial": "true", "facility": "0.72", "enemies": "q2 q3"}


def test_empty_rows_count_and_are_no_items():
    assert [entry.where for entry in read(ROW, "", ",,,", ROW.replace("q1", "q2")).entries] == ["row 2", "row 5"]


def test_a_row_after_one_with_line_ends_keeps_the_number_that_a_sheet_shows():
    reading = read('q1,D1,recall,"What\nis it?",b,One,Two,Three', "q2,D1,recall,What?,z,One,Two,Three")
    assert reading.entries[0].item.stem == "What\nis it?"
    assert str(reading.faults[0]).startswith("row 3, key (cell E3): The key names “z”")


BAD_ROWS = {
    "a formula": (ROW.replace("Advice", "=1+1"), "row 2, option_a (cell F2): It begins with “=”, as a formula does."),
    "a call": (
        'q1,D1,recall,"=HYPERLINK(""https://evil.example"")",b,One,Two,Three',
        "row 2, stem (cell D2): It begins with “=”",
    ),
    "no id": (ROW.replace("q1", ""), "row 2, id (cell A2): The item has no id."),
    "a key for nothing": (ROW.replace(",b,", ",d,"), "row 2, key (cell E2): The key names “d”, and there is no such"),
    "a key in words": (ROW.replace(",b,", ",therapy,"), "The key names “therapy”"),
    "a gap": (ROW.replace("Advice", ""), "row 2, option_a (cell F2): It is empty, and an answer stands behind it."),
    "a cell too many": (ROW + ",more", "row 2 (cell I2): It stands under no name of a column."),
    "a huge cell": (
        ROW.replace("Advice", "a" * 20_001),
        "row 2, option_a (cell F2): It holds more than 20000 characters.",
    ),
    "a cell beyond all measure": (ROW.replace("Advice", "a" * 200_000), "cannot be read as CSV (field larger than"),
    "a quote that never ends": (ROW.replace("Advice", '"Advice'), "cannot be read as CSV (unexpected end of data)"),
}


@pytest.mark.parametrize(("row", "fault"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_row_that_cannot_be_taken_is_named_by_row_and_cell(row, fault):
    (told,) = said(row)
    assert fault in told
    assert len(told) < 300


BAD_HEADINGS = {
    "a slip": (HEADING + ",rational", "row 1 (cell I1): No column is called “rational”. Did you mean “rationale”?"),
    "a stranger": (HEADING + ",points", "row 1 (cell I1): No column is called “points”. Remove it"),
    "twins": (HEADING + ",stem", "row 1: 2 columns are named “stem”. Keep one of them."),
    "none at all": (ROW, "row 1: The columns id, domain, level, stem, key, option_a, option_b cannot be found."),
    "one that is missing": (HEADING.replace("key,", ""), "row 1: The column key cannot be found."),
    "nothing": ("", "row 1: The sheet is empty."),
}


@pytest.mark.parametrize(("heading", "fault"), BAD_HEADINGS.values(), ids=BAD_HEADINGS)
def test_wrong_columns_are_named_and_no_row_is_taken(heading, fault):
    reading = csv.read(f"{heading}\n".encode())
    assert reading.entries == ()
    assert any(str(each).startswith(fault) for each in reading.faults), reading.faults


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADING}\n{ROW}\n".encode() + b"q2,D1,recall,Caf\xe9?,a,One,Two,Three\n",
        f"{HEADING}\n{ROW}\nq2\n".encode() + b"\xff\xfe",
    ],
)
def test_broken_utf_8_is_named_by_its_line(data):
    (fault,) = csv.read(data).faults
    assert fault.where in ("line 3", "line 4")
    assert "It is not UTF-8 text. Save the file as “CSV UTF-8”." in str(fault)


def test_a_file_of_another_width_is_not_utf_8():
    (fault,) = csv.read(f"{HEADING}\n{ROW}".encode("utf-16")).faults
    assert str(fault).startswith("line 1: It is not UTF-8 text.")


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "''@x", "＝1"]


@pytest.mark.parametrize("words", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_written_as_words_and_comes_back(words):
    item = Item("q1", words, (Option("a", words, True, words), Option("b", "two"), Option("c", "three")), source=words)
    data = csv.write([Entry("", item)])
    cells = data.decode("utf-8-sig").splitlines()[1]
    assert not any(cell.strip('"').startswith(tuple("=+-@＝")) for cell in cells.split(","))
    (entry,) = csv.read(data).entries
    assert entry.item == item


def test_an_apostrophe_that_begins_a_word_is_left_alone():
    item = Item("q1", "'Tis so?", GOOD.options)
    data = csv.write([Entry("", item)])
    assert b",'Tis so?," in data
    assert csv.read(data).entries[0].item == item
