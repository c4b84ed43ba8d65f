"""Each rule of item writing has a case that breaks it and one that keeps it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.item import lint as lint_module
from peer_xblocks.item.item import Option, option_id
from peer_xblocks.item.lint import lint
from tests.item.made import GOOD, SEVERAL, items


def options(*texts, right=(0,)):
    return tuple(Option("abcdefgh"[at], text, at in right, "It teaches.") for at, text in enumerate(texts))


def test_a_good_item_has_no_fault():
    assert lint(GOOD, ask=("level", "domain")) == []
    assert lint([GOOD, SEVERAL], ask=("level", "domain")) == []


BROKEN = {
    "no words": ({"stem": ""}, "Question 1: The question has no words."),
    "no question": ({"stem": "Boundaries matter."}, "does not end as a question"),
    "a negative": ({"stem": "Which of these is not a boundary?"}, "turns on “not”"),
    "two options": ({"options": options("One", "Two")}, "It has 2 answers."),
    "five options": ({"options": options("One", "Two", "Three", "Four", "Five")}, "It has 5 answers."),
    "an empty option": ({"options": options("One", "", "Three")}, "Answer 2 has no words."),
    "twins": ({"options": options("One", "*one*", "Three")}, "2 answers say the same: “one”."),
    "all of the above": (
        {"options": options("One", "Two", "All of the above")},
        "Answer 3 speaks of the other answers.",
    ),
    "none of these": ({"options": options("One", "Two", "None of these")}, "Answer 3 speaks of the other answers."),
    "no key": ({"options": options("One", "Two", "Three", right=())}, "No answer is marked as right."),
    "two keys": ({"options": options("One", "Two", "Three", right=(0, 1))}, "2 answers are marked as right"),
    "one of several": ({"kind": "multiple"}, "Several can be chosen, but one answer is right."),
    "all right": ({"kind": "multiple", "options": options("A", "B", "C", right=(0, 1, 2))}, "Every answer is right."),
    "a long key": ({"options": options("Thank her and say the rule kindly", "Take it", "Leave")}, "much the longest"),
    "a clue": ({"options": options("Ask her", "Always say yes", "Go home")}, "gives itself away with “always”"),
    "no feedback": (
        {"options": (*GOOD.options[:2], Option("c", "Say nothing and leave"))},
        "Answer 3 has no feedback.",
    ),
    "no reason": ({"rationale": ""}, "There is no reason for the right answer."),
    "no source": ({"source": ""}, "The reason has no source."),
    "no level": ({"level": ""}, "Its level is not set."),
    "an unknown level": ({"level": "hard"}, "Its level is not set."),
    "no domain": ({"domain": ""}, "Its domain is not set."),
    "a label": ({"stem": "What do you say to the addict?"}, "Question 1, the question: “addict” could be said"),
    "a label in feedback": (
        {"options": (*GOOD.options[:2], Option("c", "Say nothing and leave", False, "A junkie may think so."))},
        "Question 1, the feedback of answer 3: “junkie”",
    ),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_named_with_what_to_do(change, said):
    faults = lint(replace(GOOD, **change), ask=("level", "domain"))
    assert [fault for fault in faults if said in str(fault)], [str(fault) for fault in faults]
    assert all(fault.do and fault.item == GOOD.id for fault in faults)


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "Which of these is NOT a boundary?"},
        {"stem": "Rosa did not call. What do you do first?"},
        {"stem": "A boundary is like a …"},
        {"options": options("True", "False")},
        {"stem": "Your peer speaks of a “client”. What do you say?"},
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(change):
    assert lint(replace(GOOD, **change)) == []


def test_tags_are_asked_for_only_where_they_matter():
    assert lint(replace(GOOD, level="", domain=""), ask=()) == []


def test_a_key_that_sits_in_one_place_is_named_once_for_the_list():
    many = [replace(GOOD, id=f"q{at}", stem=f"What do you do first in case {at}?") for at in range(6)]
    (fault,) = lint(many)
    assert str(fault) == "All questions: The right answer is number 1 in 6 of 6. Move it in some of them."
    moved = [replace(item, options=item.options[at % 3 :] + item.options[: at % 3]) for at, item in enumerate(many)]
    assert lint(moved) == []


def test_two_questions_that_ask_the_same_are_named():
    (fault,) = lint([GOOD, replace(GOOD, id="x")])
    assert (fault.where, fault.item) == ("Question 2", "x")
    assert "question 1" in fault.what


@settings(deadline=None)
@given(st.lists(items(), max_size=4))
def test_anything_an_author_writes_can_be_checked(written):
    assert all(fault.where and fault.what.endswith(".") and fault.do.endswith(".") for fault in lint(written))


def test_each_text_is_read_a_few_times_however_many_answers_there_are(monkeypatch):
    read = []
    monkeypatch.setattr(lint_module, "plain", lambda text: read.append(text) or text)
    options = tuple(Option(option_id(at), f"only {at}", at == 0) for at in range(20))
    lint(replace(GOOD, options=options))
    assert len(read) <= 8 * len(options)
