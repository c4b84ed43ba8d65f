"""The officers' guide says what is so: its examples load, its columns are those that are read."""

import re
from pathlib import Path

from peer_xblocks.exam.bank_file import read
from peer_xblocks.item import sheet

GUIDE = (Path(__file__).parents[2] / "docs" / "banks.md").read_text(encoding="utf-8")


def example(begins):
    return next(text for text in re.findall(r"```\w*\n(.*?)```", GUIDE, re.DOTALL) if text.startswith(begins))


def test_both_examples_are_one_sound_item():
    xml = read(example("<bank").encode(), ".xml", {})
    gift = read(example("// [id").replace(" [tag:enemies=crss-007]", "").encode(), ".gift", {"code": "crss-draft"})
    for made in (xml, gift):
        assert made.sound and [str(fault) for fault in made.faults] == []
        assert [(each.id, each.domain, each.level, each.trial) for each in made.bank.items] == [
            ("crss-101", "D4", "apply", True)
        ]
    assert gift.bank.items == xml.bank.items


def test_the_columns_of_the_guide_are_those_of_a_sheet():
    named = {name for row in re.findall(r"^\| (`.*?) \|", GUIDE, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert named == {name for name in sheet.KNOWN if not re.search("_[c-t]$", name)} - {"feedback_b"}
