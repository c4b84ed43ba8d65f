"""A bank's XML holds its head, its items and their marks; what we do not know in it is named, never passed over."""

import pytest

from peer_xblocks.item import bank_olx
from peer_xblocks.refusal import Refusal

BANK = """<bank code="crss-draft" title="A draft" status="draft">
  <!-- reviewed in spring -->
  <item id="q1" kind="single" level="recall" domain="D1" trial="true" facility="0.5" enemies="q2">
    <stem>What is peer support?</stem>
    <option id="a" right="false"><text>Advice</text></option>
    <option id="b" right="true"><text>Support among equals</text><feedback>Yes.</feedback></option>
    <option id="c" right="false"><text>Therapy</text></option>
    <rationale source="Code 2">Because.</rationale>
  </item>
</bank>"""


def faults(old, new):
    assert old in BANK
    return [str(fault) for fault in bank_olx.read(BANK.replace(old, new).encode()).faults]


def test_head_items_and_marks_are_read():
    reading = bank_olx.read(BANK.encode())
    assert reading.head == {"code": "crss-draft", "title": "A draft", "status": "draft"}
    (entry,) = reading.entries
    assert (entry.where, entry.item.id, entry.item.key) == ("line 3", "q1", {"b"})
    assert entry.marks == {"trial": "true", "facility": "0.5", "enemies": "q2"}
    assert reading.faults == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('trial="true"', 'trail="true"', "line 3: <item> has no attribute “trail”."),
        ('status="draft"', 'state="draft"', "line 1: <bank> has no attribute “state”."),
        ("<rationale", "<hint/><rationale", "<item> holds no <hint>."),
        ("<feedback>Yes.</feedback>", "<b>Yes.</b>", "line 6: <option> holds no <b>."),
        ("</rationale>", "</rationale><rationale/>", "line 3: It has more than one <rationale>."),
        ('kind="single"', 'kind="essay"', "line 3: “essay” is no kind. Write single or multiple."),
        ('id="q1" ', "", "line 3: It has no id."),
        ("</bank>", "<question/></bank>", "line 10: A bank holds no <question>."),
    ],
)
def test_what_would_be_lost_is_named_by_its_line(old, new, said):
    assert [told for told in faults(old, new) if told.startswith(said)] or said in faults(old, new)[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<course/>", "This XML is no bank."),
        (b"<bank>", "cannot be read from line 1 on"),
        (b'<!DOCTYPE bank [<!ENTITY a "ha">]><bank>&a;</bank>', "names a document type"),
        (b'<!DOCTYPE bank SYSTEM "file:///etc/passwd"><bank/>', "names a document type"),
        (b"<bank title='caf\xe9'/>", "not UTF-8"),
        (b"<bank>" + b"<item>" * 100 + b"</item>" * 100 + b"</bank>", "nested deeper"),
        (b"<bank>" + b"<item/>" * 10_001 + b"</bank>", "more than 10000 items"),
        (b" " * (40 * 1024 * 1024 + 1), "larger than 40 MB"),
    ],
)
def test_a_file_that_is_no_bank_or_hides_a_trap_is_refused(data, said):
    with pytest.raises(Refusal, match=said):
        bank_olx.read(data)
