"""What answers are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.exam.blueprint import read
from peer_xblocks.exam.form import drawn
from peer_xblocks.exam.scoring import Domain, Word, needed, score
from tests.exam.made import DOMAINS, RIGHT, WRONG, bank

BANK = bank()
FORM = drawn(BANK, read(DOMAINS, 4), "x", purpose="practice")
ITEMS = {each.id: each.item for each in BANK.items}


def answered(right, form=FORM):
    """So many counted questions right, the rest not."""
    return {place.item: RIGHT if at < right else WRONG for at, place in enumerate(form.counted)}


@pytest.mark.parametrize(("right", "passed"), [(0, False), (13, False), (14, True), (20, True)])
def test_seventy_percent_of_twenty_is_fourteen(right, passed):
    found = score(FORM, ITEMS, answered(right), mark=70)
    assert (found.raw, found.of, found.needed, found.passed) == (right, 20, 14, passed)
    assert found.percent == right * 5


@given(st.integers(1, 200), st.floats(1, 100))
def test_the_points_needed_are_the_fewest_that_reach_the_mark(of, mark):
    points = needed(mark, of)
    assert points * 100 >= mark * of
    assert (points - 1) * 100 < mark * of


def test_nearly_is_not_rounded_up():
    assert needed(70, 19) == 14
    assert not 13 * 100 >= 70 * 19


@given(st.lists(st.sampled_from([RIGHT, WRONG]), min_size=4, max_size=4))
def test_trial_questions_change_nothing(tried):
    on_trial = [place.item for place in FORM.places if place.trial]
    assert score(FORM, ITEMS, answered(9) | dict(zip(on_trial, tried, strict=True)), mark=70) == score(
        FORM, ITEMS, answered(9), mark=70
    )


def test_an_unanswered_question_is_not_right():
    assert score(FORM, ITEMS, {}, mark=70).raw == 0


def test_domains_add_up_to_the_whole():
    found = score(FORM, ITEMS, answered(11), mark=70)
    assert {each.code: each.of for each in found.domains} == DOMAINS
    assert sum(each.right for each in found.domains) == 11


def test_an_item_that_was_not_fair_counts_as_right_for_everybody():
    last = FORM.counted[-1].item
    assert score(FORM, ITEMS, answered(13), mark=70, given=[last]).passed
    assert score(FORM, ITEMS, answered(20), mark=70, given=[last]).raw == 20


@pytest.mark.parametrize(
    ("right", "of", "word"),
    [(4, 5, Word.STRONG), (3, 5, Word.NEARLY), (2, 4, Word.AGAIN), (0, 2, Word.AGAIN), (1, 1, Word.FEW)],
)
def test_a_domain_is_put_in_one_word_and_one_question_is_too_few_for_any(right, of, word):
    assert Domain("D1", right, of).word is word
