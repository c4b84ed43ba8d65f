"""The language helper offers other words, and leaves names, quotations and people's own words alone."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks import language
from peer_xblocks.language import flags, load, shipped


def terms_in(text):
    return [flag.term for flag in flags(text)]


def said(phrase):
    """One way to say a phrase of the list."""
    return " ".join(word.rstrip("?").split("|")[0].replace("*", "some") for word in phrase.split())


def test_the_list_has_its_68_terms_each_with_source_level_date_and_switch():
    assert len(shipped()) == 68
    for term in shipped():
        assert term.source
        assert term.offer
        assert term.why.endswith(".")
        assert term.level in language.LEVELS
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", term.date)
        assert term.on


@pytest.mark.parametrize("term", shipped(), ids=lambda term: term.flag)
def test_each_term_is_found_in_each_of_its_forms(term):
    for phrase in term.forms:
        text = f"Then {said(phrase)} here."
        (flag,) = flags(text)
        assert (flag.term, flag.offer) == (term.flag, term.offer)
        assert text[flag.start : flag.end] == said(phrase)


@pytest.mark.parametrize("term", [term for term in shipped() if term.unless], ids=lambda term: term.flag)
def test_each_guard_keeps_its_own_term_quiet(term):
    for phrase in term.unless:
        assert term.flag not in terms_in(f"Then {said(phrase)} here.")


@pytest.mark.parametrize(
    "quiet",
    [
        "She went to high school with high hopes.",
        "He joined Narcotics Anonymous and Alcoholics Anonymous.",
        "SAMHSA is the Substance Abuse and Mental Health Services Administration.",
        "Users of this website can change the text size.",
        "They were charged with drunk driving.",
        "The case manager was patient with everyone.",
        "We are committed to recovery.",
        "Drink clean water.",
        "The insurer refused to pay.",
        'Her uncle called her a "junkie" and it stayed with her.',
        "He heard the word “crazy” every day at work.",
        "An enabling environment helps people grow.",
        "Classic and addictive are other words; so is addiction.",
        "She is crazy about gardening.",
        "",
    ],
)
def test_names_quotations_and_other_senses_are_left_alone(quiet):
    assert flags(quiet) == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The ADDICT came back.", "addict"),
        ("Former addicts help others.", "former addict, reformed addict"),
        ("the\nmentally ill", "the mentally ill"),
        ("He committed  suicide.", "committed suicide"),
        ("a “junkie” sat there", "junkie"),
        ("She suffers from depression.", "suffers from, suffering from"),
        ("Each client has a plan.", "client, consumer"),
        ("He is bipolar.", "is bipolar"),
        ("They are at-risk youth.", "at-risk youth"),
        ("He is low-functioning.", "high-functioning, low-functioning"),
    ],
)
def test_words_are_found_whatever_their_case_and_spacing(text, term):
    assert terms_in(text) == [term]


@pytest.mark.parametrize(
    "own",
    ["I am an alcoholic.", "I'm an addict.", "As an addict, I know.", "We were getting drunk.", "I suffer from it."],
)
def test_a_speakers_own_word_is_information_at_most(own):
    (flag,) = flags(own)
    assert flag.level == "information"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("My brother is an addict.", "offer"),
        ("He committed suicide.", "safety"),
        ("a successful suicide", "safety"),
        ("a completed suicide", "information"),
        ("the consumer", "information"),
        ("I committed suicide in a dream.", "safety"),
    ],
)
def test_each_flag_has_its_level(text, level):
    assert [flag.level for flag in flags(text)] == [level]


def test_a_term_that_is_switched_off_is_quiet():
    off = [replace(term, on=False) for term in shipped()]
    assert flags("an addict", off) == []


def test_an_office_can_bring_its_own_list(tmp_path):
    row = json.loads(language.SHIPPED.read_text())[0]
    own = tmp_path / "terms.json"
    own.write_text(json.dumps([{**row, "flag": "x", "forms": ["x"]}]))
    assert [flag.term for flag in flags("an x and an addict", load(own))] == ["x"]


@pytest.mark.parametrize("change", [{"level": "shout"}, {"extra": 1}])
def test_a_row_that_cannot_be_used_is_named(tmp_path, change):
    row = json.loads(language.SHIPPED.read_text())[0]
    own = tmp_path / "terms.json"
    own.write_text(json.dumps([row, {**row, **change}]))
    with pytest.raises(ValueError, match="Row 2"):
        load(own)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["addict", "former addict", "I am an", '"', "said", "clean", "The", "case", "Ann", ".", "🌱"])
    )
)
def test_flags_are_in_order_and_apart(words):
    text = " ".join(words)
    found = flags(text)
    assert all(0 <= flag.start < flag.end <= len(text) for flag in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([word for term in shipped() for form in term.forms for word in re.split(r"[\s|?*-]+", form)])
        | st.sampled_from(["I am an", "they said", "“", "”", "\n", "-", ".", "'s", "Addict", "THE"]),
        max_size=12,
    ),
    st.sampled_from([" ", "-", "\n"]),
)
def test_looking_only_for_rows_with_a_word_in_the_text_finds_what_all_rows_find(parts, between):
    text = between.join(parts)
    assert flags(text) == flags(text, shipped())
