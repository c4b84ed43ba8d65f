"""The speaker's own pace: measured where it can be, said to be an assumption where not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.story.pace import Pace, Reading, count, measured, seconds, total

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "words"), CASES["counts"])
def test_words_are_counted_as_people_count_them(text, words):
    assert count(text) == words


def test_words_of_several_texts_add_up():
    assert total(["one two", "", "three"]) == 3


def test_without_a_reading_the_pace_is_an_assumption():
    assert measured([]) == Pace(125, measured=False)


def test_one_minute_read_aloud_is_the_pace():
    assert measured([Reading(110, 60)]) == Pace(110, measured=True)


def test_the_latest_three_readings_count_by_their_length():
    readings = [Reading(600, 180), Reading(100, 60), Reading(100, 60), Reading(1000, 600)]
    assert measured(readings) == Pace(100, measured=True)


@pytest.mark.parametrize(
    "odd", [Reading(39, 60), Reading(100, 19), Reading(1000, 60), Reading(40, 600), Reading(100, 0)], ids=str
)
def test_what_was_clicked_through_or_left_open_measures_nothing(odd):
    assert measured([odd]) == Pace()
    assert measured([Reading(110, 60), odd]) == Pace(110, measured=True)


def test_words_become_seconds():
    assert seconds(1250, 125) == 600
    assert seconds(0, 125) == 0


@given(st.text())
def test_counting_never_fails_and_never_exceeds_what_is_written(text):
    assert 0 <= count(text) <= len(text)
