"""A question as a value."""

from dataclasses import replace

import pytest

from peer_xblocks.item.item import option_id
from tests.item.made import GOOD, SEVERAL


def test_the_key_is_the_right_options():
    assert GOOD.key == {"a"}
    assert SEVERAL.key == {"a", "c"}


def test_the_same_words_have_the_same_digest_and_any_other_word_another():
    assert replace(GOOD).digest == GOOD.digest
    for change in ({"stem": "x"}, {"rationale": "x"}, {"options": GOOD.options[:2]}, {"kind": "multiple"}):
        assert replace(GOOD, **change).digest != GOOD.digest


def test_the_wording_says_nothing_about_key_feedback_or_reason():
    keyed = tuple(replace(each, right=not each.right, feedback="x") for each in GOOD.options)
    assert replace(GOOD, options=keyed, rationale="x", source="x", level="", domain="").wording == GOOD.wording
    for change in ({"id": "x"}, {"stem": "x"}, {"options": GOOD.options[:2]}, {"kind": "multiple"}):
        assert replace(GOOD, **change).wording != GOOD.wording


def test_an_option_is_found_by_its_id():
    assert GOOD.option("b") is GOOD.options[1]
    assert GOOD.option("z") is None


def test_a_renamed_item_says_the_same():
    assert replace(GOOD.renamed("x"), id=GOOD.id) == GOOD


@pytest.mark.parametrize(("position", "name"), [(0, "a"), (25, "z"), (26, "o27")])
def test_options_are_named_by_their_place(position, name):
    assert option_id(position) == name
