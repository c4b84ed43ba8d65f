"""The two guides of a whole talk."""

import json
from pathlib import Path

import pytest

from peer_xblocks.story.balance import guides
from peer_xblocks.story.plan import TEN_MINUTES, TWO_MINUTES

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["guides"], ids=str)
def test_share_and_length_are_told(case):
    found = guides(TEN_MINUTES, case["words"], case["pace"])
    assert (found.percent, found.share.value, found.size.value) == (case["percent"], case["share"], case["size"])


def test_two_minutes_have_their_own_length():
    assert guides(TWO_MINUTES, {"m-me": 250}, 125).size.value == "good"
    assert guides(TWO_MINUTES, {"m-me": 301}, 125).size.value == "too_long"


def test_the_plan_as_it_is_laid_down_is_near_its_guide():
    planned = {part.id: part.words() for part in TEN_MINUTES.parts}
    found = guides(TEN_MINUTES, planned, 125)
    assert (found.words, found.percent, found.share.value, found.size.value) == (1250, 20, "near", "good")
