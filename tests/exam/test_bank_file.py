"""A bank comes back from every kind of file as it was written; a file that cannot be taken says all that is wrong."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.exam import bank_file
from peer_xblocks.exam.bank import BankItem
from peer_xblocks.exam.bank_file import FORMATS, read, read_file, write
from peer_xblocks.item.item import Item, Option
from peer_xblocks.refusal import NotThere, Refusal
from tests.exam.banks_made import bank, banks

SUFFIXES = sorted(FORMATS)


def head(made):
    return {"code": made.code, "title": made.title, "status": made.status}


def unread(faults):
    return [str(fault) for fault in faults if fault.rule == "file"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(deadline=None, max_examples=60)
@given(made=banks())
def test_what_is_written_is_read_back_the_same(suffix, made):
    back = read(write(made, suffix), suffix, head(made))
    assert back.bank == made
    assert unread(back.faults) == [] or not made.items


@settings(deadline=None, max_examples=30)
@given(banks(), st.permutations(SUFFIXES))
def test_a_bank_may_go_through_every_kind_of_file_in_any_order(made, order):
    went = made
    for suffix in order:
        went = read(write(went, suffix), suffix, head(made)).bank
    assert went == made


def test_xml_says_itself_what_bank_it_is_and_options_win_over_it():
    made = bank(2, code="crss-draft")
    assert read(write(made, ".xml"), ".xml", {}).bank == made
    assert read(write(made, ".xml"), ".xml", {"status": "practice"}).bank == replace(made, status="practice")


def test_another_file_is_named_after_its_name_and_is_a_draft(tmp_path):
    path = tmp_path / "Spring-2027.csv"
    path.write_bytes(write(bank(2), ".csv"))
    made = read_file(path).bank
    assert (made.code, made.title, made.status) == ("spring-2027", "spring-2027", "draft")


def test_answers_are_named_by_their_place_so_that_every_file_can_carry_them():
    odd = Item("q1", "What is hope?", (Option("yes", "Yes", True), Option("no", "No"), Option("so", "So")))
    made = read(write(bank(0, items=(BankItem(odd),)), ".xml"), ".xml", {}).bank
    assert [each.id for each in made.items[0].item.options] == ["a", "b", "c"]


CSV = "id,domain,level,stem,key,option_a,option_b,option_c,trial,facility,enemies\n"
ROW = "q1,D1,recall,What is peer support?,b,Advice,Support among equals,Therapy"


def said(*rows, **about):
    made = read((CSV + "\n".join(rows)).encode(), ".csv", {"code": "made-up", **about})
    assert not made.sound
    return [str(fault) for fault in made.faults if fault.grave]


BAD = {
    "a trial item": (f"{ROW},perhaps,,", "row 2, q1: “perhaps” does not say whether it is a trial item."),
    "a part": (f"{ROW},,72,", "row 2, q1: Its facility “72” is no part. Write a part from 0 to 1"),
    "no number": (f"{ROW},,nan,", "row 2, q1: Its facility “nan” is no part."),
    "an enemy": (f"{ROW},,,q7", "row 2, q1: Its enemy “q7” is not in this bank."),
    "an id": (ROW.replace("q1", "q 1"), "row 2: It has an id that cannot be used. Use letters, digits, - and _ only."),
    "an id twice": (f"{ROW}\n{ROW}", "row 3, q1: It has the id of row 2, q1."),
}


@pytest.mark.parametrize(("rows", "fault"), BAD.values(), ids=BAD)
def test_a_row_that_no_bank_can_hold_is_named(rows, fault):
    assert any(told.startswith(fault) for told in said(rows))


@pytest.mark.parametrize(
    ("about", "fault"),
    [
        ({"code": "a b"}, "the bank: The bank has an id that cannot be used."),
        ({"code": "CRSS"}, "the bank: Its code “CRSS” has capitals."),
        ({"title": "t" * 256}, "the bank: Its title has more than 255 characters."),
        ({"status": "final"}, "the bank: “final” is no status. Write one of draft, practice, deciding."),
    ],
)
def test_a_bank_that_cannot_be_named_is_refused(about, fault):
    assert any(told.startswith(fault) for told in said(ROW, **about))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_without_items_is_no_bank(suffix):
    made = read(write(bank(0), suffix), suffix, {"code": "x"})
    assert not made.sound
    assert [str(fault) for fault in made.faults] == ["the file: It holds no items. Add some."]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_bank_or_a_reason(suffix, data):
    made = read(data, suffix, {"code": "x"})
    assert made.sound or any(fault.grave for fault in made.faults)


@pytest.mark.parametrize(
    ("suffix", "reason"), [(".xlsm", "may hold macros"), (".xls", "may hold macros"), (".pdf", "Use one of .xml")]
)
def test_another_kind_of_file_is_refused(suffix, reason):
    made = read(b"", suffix, {"code": "x"})
    assert made.bank is None and reason in str(made.faults[0])
    with pytest.raises(Refusal):
        write(bank(1), suffix)


def test_gift_in_another_encoding_is_named_by_its_line():
    (fault,) = (each for each in read(b"A? {T}\n\nCaf\xe9? {T}", ".gift", {"code": "x"}).faults if each.grave)
    assert str(fault) == "line 3: It is not UTF-8 text. Save the file as UTF-8."


def test_a_file_beyond_all_measure_is_not_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(bank_file.MOST_BYTES + 1)
    made = read_file(path)
    assert made.bank is None and "larger than 40 MB" in str(made.faults[0])


def test_every_bank_that_comes_with_the_product_is_sound_and_none_decides():
    for code, path in bank_file.shipped().items():
        made = read_file(path)
        assert made.sound, [str(fault) for fault in made.faults]
        assert made.bank.code == code
        assert made.bank.status in ("draft", "practice")


def test_a_bank_that_comes_with_the_product_never_decides(tmp_path, monkeypatch):
    (tmp_path / "banks").mkdir()
    path = tmp_path / "banks" / "crss-draft.xml"
    path.write_bytes(write(bank(3, code="crss-draft"), ".xml"))
    monkeypatch.setattr(bank_file.source, "root", lambda: tmp_path)
    assert bank_file.find("crss-draft") == path
    assert read_file(path).sound
    made = read_file(path, {"status": "deciding"})
    assert not made.sound and "It may not decide about people." in str(made.faults[-1])


def test_an_unknown_name_is_answered_with_those_that_are_known(tmp_path, monkeypatch):
    (tmp_path / "banks").mkdir()
    monkeypatch.setattr(bank_file.source, "root", lambda: tmp_path)
    with pytest.raises(NotThere, match="come with the product: none"):
        bank_file.find("crss-final")


MEASURED = """
import sys, time
from pathlib import Path
from peer_xblocks.exam.bank_file import read_file
begun = time.process_time()
made = read_file(Path(sys.argv[1]))
assert made.sound and len(made.bank.items) == 5000, made.faults[:3]
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(time.process_time() - begun, int(most) / 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_five_thousand_items_are_read_in_seconds_and_little_memory(suffix, tmp_path):
    path = tmp_path / f"many{suffix}"
    path.write_bytes(write(bank(5000, code="many"), suffix))
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True, cwd=Path()
    )
    seconds, megabytes = map(float, told.stdout.split())
    assert seconds < 5 and megabytes < 300
