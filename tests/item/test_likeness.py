"""Stems that ask nearly the same are found, and no others."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.item.item import Item
from peer_xblocks.item.likeness import ALIKE, pairs
from tests.exam.banks_made import question


def stems(*texts):
    return [Item(f"q{at}", text, ()) for at, text in enumerate(texts)]


def test_a_stem_with_one_word_changed_is_nearly_the_same():
    asked = stems(
        "Rosa offers you a gift card after a long visit at home. What do you do first?",
        "What is peer support?",
        "Rosa offers you a gift card after a short visit at home. What do you do first?",
    )
    assert pairs(asked) == [(2, 0)]


def test_one_case_with_another_question_is_not_the_same():
    case = "Rosa offers you a gift card after a visit at home. "
    assert pairs(stems(case + "What do you do first?", case + "Who should hear about it?")) == []


def test_the_same_words_are_the_same_whatever_their_capitals_and_marks():
    assert pairs(stems("What is **hope**?", "what is hope")) == [(1, 0)]


def test_items_without_words_are_like_nothing():
    assert pairs(stems("", "", "?")) == []


def test_of_three_that_are_the_same_each_later_one_stands_beside_another():
    assert pairs(stems("What is hope?", "Hope: what is?", "What is hope?")) == [(1, 0), (2, 0)]


def test_two_that_may_be_alike_are_left_alone_and_a_third_is_still_found():
    asked = stems("What is hope?", "What is hope?", "What is hope?")
    assert pairs(asked[:2], lambda one, other: {one, other} == {0, 1}) == []
    assert pairs(asked, lambda one, other: {one, other} == {0, 1}) == [(2, 0)]


@given(st.lists(st.sets(st.sampled_from("abcdefghij")).map(lambda words: " ".join(sorted(words))), max_size=12))
def test_an_item_is_found_where_comparing_each_with_each_finds_it(texts):
    held = [set(text.split()) for text in texts]

    def alike(one, other):
        return bool(held[one]) and len(held[one] & held[other]) >= ALIKE * len(held[one] | held[other])

    found = pairs(stems(*texts))
    assert all(later > earlier and alike(later, earlier) for later, earlier in found)
    order = sorted(range(len(held)), key=lambda at: (len(held[at]), at))
    assert len(found) == sum(any(alike(at, other) for other in order[:turn]) for turn, at in enumerate(order))


def test_thousands_are_compared_in_good_time():
    begun = process_time()
    assert pairs([question(at) for at in range(5000)]) == []
    assert process_time() - begun < 3


def test_thousands_that_are_all_alike_are_compared_in_good_time():
    begun = process_time()
    assert len(pairs(stems(*[f"Rosa meets you in week {at}. What do you do first?" for at in range(5000)]))) == 4999
    assert process_time() - begun < 3
