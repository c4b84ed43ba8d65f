"""Cue cards: a few words to hold on to."""

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.story.cues import MOST_CUES, MOST_WORDS, cards, clock, cues
from peer_xblocks.story.plan import TEN_MINUTES


def test_each_part_has_a_card_with_its_time():
    made = cards(TEN_MINUTES.parts, {"open": "My name is as I wish. I will talk about work."})
    assert [clock(each.begins) for each in made] == ["0:00", "0:45", "2:00", "4:00", "5:15", "7:30", "9:00", "9:45"]
    assert made[0].cues == ("My name is as I wish.", "I will talk about work.")
    assert made[1].cues == ()


def test_a_long_sentence_is_cut_after_its_first_words():
    assert cues("One two three four five six seven eight nine ten.") == ("One two three four five six seven eight …",)


def test_cues_spread_over_a_long_part_from_its_first_sentence_to_its_last():
    text = " ".join(f"Line {number}." for number in range(10))
    assert cues(text) == ("Line 0.", "Line 3.", "Line 6.", "Line 9.")


def test_lines_without_a_full_stop_are_cues_too():
    assert cues("first thing\nsecond thing\n\n---\n") == ("first thing", "second thing")


@given(st.text())
def test_a_card_never_grows(text):
    found = cues(text)
    assert len(found) <= MOST_CUES
    assert all(len(each.split()) <= MOST_WORDS + 1 for each in found)
