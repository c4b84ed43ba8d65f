"""An answer is read strictly; what cannot be one is refused with a sentence."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.activity.check.answer import Answer, ItemChanged, ItemGone
from peer_xblocks.activity.sent import DAY
from peer_xblocks.refusal import Refusal
from tests.activity.check.made import item, items, reply

ITEM = item("q1")
SENT = reply(ITEM, "a")
ANY = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.lists(st.text(max_size=2), max_size=2)


@pytest.mark.parametrize(
    "change",
    [
        {"item": None},
        {"item": ""},
        {"item": "x" * 65},
        {"digest": "abc"},
        {"digest": 7},
        {"chosen": "a"},
        {"chosen": []},
        {"chosen": [1]},
        {"chosen": ["a"] * 21},
        {"chosen": {}},
        {"client_id": "short"},
        {"client_id": "x" * 65},
        {"client_id": "<script>alert"},
        {"client_id": None},
        {"at": "now"},
        {"at": True},
        {"at": 1.5},
    ],
)
def test_what_is_no_answer_is_refused(change):
    with pytest.raises(Refusal) as refused:
        Answer.from_json({**SENT, **change})
    assert refused.value.status == 400


def test_an_answer_fits_its_question():
    assert Answer.from_json(SENT).to((ITEM,)) is ITEM


def test_a_question_that_is_gone_or_changed_is_said_so():
    with pytest.raises(ItemGone):
        Answer.from_json(SENT).to(tuple(items(0)))
    with pytest.raises(ItemChanged):
        Answer.from_json(SENT).to((replace(ITEM, stem="New?"),))


@pytest.mark.parametrize("chosen", [["z"], ["a", "b"]])
def test_options_that_do_not_fit_the_question_are_refused(chosen):
    with pytest.raises(Refusal):
        Answer.from_json(reply(ITEM, *chosen)).to((ITEM,))


@pytest.mark.parametrize(
    ("at", "made"),
    [(None, 1_000_000), (999_990, 999_990), (2_000_000, 1_000_000), (5, 1_000_000 - DAY), (-(10**30), 913_600)],
)
def test_an_answer_was_made_neither_in_the_future_nor_long_ago(at, made):
    assert Answer.from_json({**SENT, "at": at}).made_at(1_000_000) == made


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*SENT, "at", "x"]), ANY))
def test_anything_at_all_is_an_answer_or_a_refusal(data):
    try:
        assert Answer.from_json(data).chosen
    except Refusal as refusal:
        assert refusal.sentence.endswith(".")
