"""A workbook's first sheet becomes items; a cell that is not words is named, and nothing is ever evaluated."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from peer_xblocks.item import xlsx
from peer_xblocks.item.entry import Entry
from peer_xblocks.item.item import Option
from peer_xblocks.refusal import Refusal
from tests.item.made import GOOD as ITEM
from tests.item.workbooks import GOOD, HEADING, SHEET, changed, workbook


def test_a_row_is_an_item():
    (entry,) = xlsx.read(workbook(GOOD)).entries
    assert (entry.where, entry.item.id, entry.item.stem) == ("row 2", "q1", "What is peer support?")
    assert [(each.id, each.text, each.right) for each in entry.item.options] == [
        ("a", "Advice", False),
        ("b", "Support among equals", True),
        ("c", "Therapy", False),
    ]


def in_cell(at, value):
    return (*GOOD[:at], value, *GOOD[at + 1 :])


@pytest.mark.parametrize(
    ("value", "read"), [(5, "5"), (5.0, "5"), (0.5, "0.5"), (True, "True"), ("  two\nlines ", "two\nlines")]
)
def test_a_number_or_a_truth_is_read_as_its_words(value, read):
    (entry,) = xlsx.read(workbook(in_cell(5, value))).entries
    assert entry.item.options[0].text == read


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "It holds a formula."),
        ('=HYPERLINK("https://evil.example","x")', "It holds a formula."),
        ("=cmd|' /C calc'!A0", "It holds a formula."),
        ("#REF!", "It holds an error."),
        (datetime.date(2026, 1, 2), "It holds a date or a time."),
        (datetime.time(3, 4), "It holds a date or a time."),
    ],
)
def test_a_cell_that_is_not_words_is_refused_by_its_name(value, said):
    reading = xlsx.read(workbook(GOOD, in_cell(6, value)))
    (fault,) = reading.faults
    assert fault.grave and str(fault).startswith(f"row 3, option_b (cell G3): {said}")
    assert [entry.where for entry in reading.entries] == ["row 2"]


def test_a_formula_is_refused_also_where_its_last_value_was_saved_with_it():
    def with_value(part: bytes) -> bytes:
        assert b"<f>1+1</f>" in part
        return part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>")

    (fault,) = xlsx.read(changed(workbook(in_cell(5, "=1+1")), {SHEET: with_value})).faults
    assert "row 2, option_a (cell F2): It holds a formula." in str(fault)


def test_a_formula_in_the_names_of_the_columns_is_refused():
    (fault, missing) = xlsx.read(workbook(GOOD, heading=("=1", *HEADING[1:]))).faults
    assert str(fault).startswith("row 1 (cell A1): It holds a formula.")
    assert "id cannot be found" in missing.what


def test_a_line_end_as_excel_writes_it_is_a_line_end():
    (entry,) = xlsx.read(workbook(in_cell(3, "One_x000D_\ntwo?"))).entries
    assert entry.item.stem == "One\ntwo?"


def test_other_sheets_are_named_as_not_read():
    reading = xlsx.read(workbook(GOOD, more=("notes",)))
    assert len(reading.entries) == 1
    assert [str(fault) for fault in reading.faults] == [
        "sheet notes: It is not read. Keep all items on the first sheet."
    ]


@pytest.mark.parametrize("row", ["20000", "1048576", "99999999999999"])
def test_a_sheet_that_claims_to_go_on_for_ever_is_refused(row):
    far = changed(workbook(GOOD), {SHEET: lambda was: was.replace(b'<row r="2"', f'<row r="{row}"'.encode())})
    with pytest.raises(Refusal, match="20000 rows or more"):
        xlsx.read(far)


def test_words_stay_words_when_they_look_like_a_formula():
    item = ITEM.renamed("x")
    options = (Option("a", "=1+1", True), Option("b", "-2"), Option("c", "@here"), Option("d", "#N/A"))
    made = xlsx.write([Entry("", type(item)("x", "+1?", options))])
    page = load_workbook(io.BytesIO(made)).worksheets[0]
    cells = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value}
    assert {cells[option.text].data_type for option in options} == {"s"}
    assert cells["=1+1"].quotePrefix and cells["+1?"].quotePrefix
    (entry,) = xlsx.read(made).entries
    assert entry.item.options == options


def test_words_that_look_like_an_escape_come_back():
    item = type(ITEM)("x", "What is _x000D_ or _x0041_?", ITEM.options)
    (entry,) = xlsx.read(xlsx.write([Entry("", item)])).entries
    assert entry.item == item
