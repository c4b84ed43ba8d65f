"""What keeps a bank from being loaded, and what is only worth a second look."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from peer_xblocks.exam.bank import BankItem
from peer_xblocks.exam.findings import counts, findings
from peer_xblocks.item.item import Option
from tests.exam.banks_made import bank, banks, question


def options(*texts, right=(0,)):
    return tuple(Option("abcdefgh"[at], text, at in right) for at, text in enumerate(texts))


def found(*held, status="draft"):
    return findings(bank(0, status=status, items=tuple(held)))


def of(status="draft", **changes):
    return found(BankItem(question(0, **changes)), status=status)


def test_a_sound_bank_has_nothing_to_mend():
    assert findings(bank(60)) == []
    assert findings(bank(60, status="deciding")) == []


GRAVE = {
    "no words": ({"stem": ""}, "The question has no words."),
    "two answers": ({"options": options("Ask", "Tell")}, "It has 2 answers. Give 3 to 5 good ones."),
    "true or false": ({"options": options("True", "False")}, "It has 2 answers."),
    "six answers": ({"options": options(*"abcdef")}, "It has 6 answers."),
    "an empty answer": ({"options": options("Ask", "", "Tell")}, "Answer 2 has no words."),
    "twins": ({"options": options("Ask", "ask", "Tell")}, "2 answers say the same"),
    "all of the above": ({"options": options("Ask", "Tell", "All of the above")}, "speaks of the other answers"),
    "no key": ({"options": options("Ask", "Tell", "Go", right=())}, "No answer is marked as right."),
    "two best answers": ({"options": options("Ask", "Tell", "Go", right=(0, 1))}, "2 answers are marked as right"),
    "no level": ({"level": ""}, "Its level is not set. Choose recall, apply, judge or vignette."),
    "no domain": ({"domain": ""}, "Its domain is not set."),
}


@pytest.mark.parametrize(("changes", "said"), GRAVE.values(), ids=GRAVE)
def test_an_item_that_cannot_be_asked_scored_or_placed_keeps_its_bank_out(changes, said):
    assert [fault for fault in of(**changes) if said in str(fault) and fault.grave]


HINTS = {
    "a negative": ({"stem": "Which of these is not peer support?"}, "turns on “not”"),
    "a clue": ({"options": options("Ask her", "Always say yes", "Go home")}, "gives itself away with “always”"),
    "a long key": ({"options": options("Thank her and say the rule kindly", "Take it", "Leave")}, "much the longest"),
    "unlike lengths": (
        {"options": options("Ask her", "Tell her what you did in her place, step by step, and when", "Go home")},
        "Its answers have from 7 to 58 characters.",
    ),
    "a label": ({"stem": "What do you say to the addict?"}, "the question: “addict” could be said"),
    "hard words": (
        {
            "stem": "Which organizational responsibility necessitates interdisciplinary documentation?",
            "options": options("Confidentiality obligations", "Administrative supervision", "Intervention planning"),
        },
        "It reads at about school grade",
    ),
}


@pytest.mark.parametrize(("changes", "said"), HINTS.values(), ids=HINTS)
def test_what_a_writer_should_look_at_is_a_hint(changes, said):
    (told,) = [fault for fault in of(**changes) if said in str(fault)]
    assert not told.grave and told.do


@pytest.mark.parametrize("changes", [{"rationale": ""}, {"source": ""}])
def test_a_key_without_reason_or_source_may_be_practised_and_never_decides(changes):
    assert [fault.grave for fault in of("practice", **changes)] == [False]
    assert [fault.grave for fault in of("deciding", **changes)] == [True]


@pytest.mark.parametrize("other", ["q0000", "Q0000"])
def test_two_items_with_one_id_are_refused_whatever_their_capitals(other):
    (fault,) = found(BankItem(question(0)), BankItem(question(1).renamed(other)))
    assert fault.grave
    assert str(fault) == f"item 2, {other}: It has the id of item 1, q0000. Give each item an id of its own."


@pytest.mark.parametrize(
    ("enemy", "said"), [("q0000", "It names itself as an enemy."), ("q9", "Its enemy “q9” is not in this bank.")]
)
def test_an_enemy_is_another_item_of_the_bank(enemy, said):
    (fault,) = found(BankItem(question(0), enemies=(enemy,)), BankItem(question(1)))
    assert fault.grave and fault.what == said


def test_the_same_question_twice_is_refused_and_nearly_the_same_is_a_hint():
    same, near = question(0).renamed("x"), question(0, stem=question(0).stem.replace("week 0", "week 1")).renamed("y")
    for item, grave, said in ((same, True, "It asks the same as item 1"), (near, False, "It asks nearly the same as")):
        (fault,) = found(BankItem(question(0)), BankItem(item))
        assert (fault.grave, fault.item) == (grave, item.id)
        assert said in fault.what and "name q0000 as its enemy" in fault.do


def test_enemies_may_be_alike():
    assert found(BankItem(question(0)), BankItem(question(0).renamed("x"), enemies=("q0000",))) == []


def test_a_right_answer_that_is_mostly_the_longest_is_told_once_for_the_bank():
    texts = ["Ask what she would like to do now", "Tell her what to do this week", "Go home to rest"]

    def turned(at):
        made = options(*texts)
        return made[at % 3 :] + made[: at % 3]

    (fault,) = found(*(BankItem(question(at, options=turned(at))) for at in range(12)))
    assert str(fault).startswith("All questions: The right answer is the longest in 12 of 12.")
    assert not fault.grave


def test_a_place_in_a_file_is_told_instead_of_a_number():
    (fault,) = findings(bank(0, items=(BankItem(question(0, domain="")),)), ["row 7, q0000"])
    assert fault.where == "row 7, q0000"


@settings(deadline=None)
@given(banks())
def test_any_bank_can_be_checked(made):
    assert all(fault.where and fault.what.endswith(".") and fault.do.endswith(".") for fault in findings(made))


def test_counts_are_of_scored_items_by_domain_and_level_with_trial_items_apart():
    made = bank(7)
    held = (*made.items, replace(made.items[0], trial=True))
    assert counts(held)[("D1", "recall")] == 2
    assert counts(held)[("D1", "trial")] == 1
