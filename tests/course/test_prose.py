"""Words, sentences, syllables and the school grade of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.course import prose

SYLLABLES = {
    1: "line asked the you rules tried loved through",
    2: "something careful every beyond people needed being quiet social boxes wishes tables dual create values",
    3: "somebody boundary idea agency policy gradually's telephone created previous serious",
    4: "everybody supervisor experience relationship situation medication diagnosis reality confidential",
}


@pytest.mark.parametrize(
    ("count", "word"),
    [(count, word) for count, words in SYLLABLES.items() for word in words.split() if "'" not in word],
)
def test_syllables_are_counted_as_they_are_spoken(count, word):
    assert prose.syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ("She said, “Come in.” He did.", 2),
        ("No full stop at the end", 1),
        ("It costs $20.50 today.", 1),
        ("", 0),
        ("…", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text, count):
    assert prose.sentences(text) == count


def test_only_what_holds_a_letter_or_a_digit_is_a_word():
    assert prose.words("“Well – 2 of us … went.”") == ["“Well", "2", "of", "us", "went.”"]


def test_the_grade_follows_the_formula_of_kincaid():
    # 13 words, 2 sentences, 18 syllables by hand.
    text = "You sit beside people on hard days. You carry your own story along."
    assert prose.grade([text]) == pytest.approx(0.39 * 13 / 2 + 11.8 * 18 / 13 - 15.59, abs=0.01)


def test_long_sentences_of_long_words_are_harder():
    easy = prose.grade(["We talk. You choose. I listen to you."])
    hard = prose.grade(["Institutional documentation necessitates interdisciplinary communication responsibilities."])
    assert easy < 3 < 15 < hard


@given(st.lists(st.text()))
def test_every_text_has_a_grade(texts):
    assert isinstance(prose.grade(texts), float)
