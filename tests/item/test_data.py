"""What a form sends is an item, or is refused with a sentence that names the question."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.item.data import from_data, many_from_data, to_data
from peer_xblocks.refusal import Refusal
from tests.item.made import GOOD, SEVERAL, items

PLAIN = to_data(GOOD)
LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
ANY = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@settings(deadline=None)
@given(items())
def test_an_item_survives_the_form(item):
    assert from_data(to_data(item)) == item


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": "a b"},
        {"id": "é"},
        {"id": "x" * 65},
        {"kind": "essay"},
        {"kind": []},
        {"stem": 4},
        {"stem": "x" * 20_001},
        {"options": "abc"},
        {"options": 7},
        {"options": [{}] * 21},
        {"options": [1]},
        {"options": [{"id": "a", "right": "yes"}]},
        {"options": [{"id": "a", "text": None}]},
        {"rationale": {}},
    ],
)
def test_what_is_no_item_is_refused_by_name(change):
    with pytest.raises(Refusal) as refused:
        from_data({**PLAIN, **change}, "Question 3")
    assert "uestion 3" in refused.value.sentence


def test_line_ends_and_unwritable_characters_are_made_plain():
    assert from_data({**PLAIN, "stem": " a\r\nb\x00\x0b "}).stem == "a\nb"


@pytest.mark.parametrize(
    "data",
    [
        [PLAIN, PLAIN],
        [{**PLAIN, "options": [PLAIN["options"][0]] * 2}],
        [PLAIN] * 201,
        "x",
        {"a": 1},
        [None],
    ],
)
def test_a_list_with_twins_or_strangers_is_refused(data):
    with pytest.raises(Refusal):
        many_from_data(data)


def test_a_list_is_read_in_order():
    assert many_from_data([to_data(SEVERAL), PLAIN]) == (SEVERAL, GOOD)
    assert many_from_data([]) == ()


@settings(deadline=None)
@given(ANY)
def test_anything_at_all_is_items_or_a_refusal(data):
    try:
        many_from_data(data)
    except Refusal as refusal:
        assert refusal.sentence.endswith(".")


def test_an_item_without_options_is_kept_for_the_linter_to_name():
    assert from_data({**PLAIN, "options": []}) == replace(GOOD, options=())
