"""Questions pasted as GIFT become items, or are refused with the line and what to do; what we write comes back."""

from dataclasses import replace
from itertools import count
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.item.gift import GiftRefused, read, read_bank, write
from peer_xblocks.item.item import Option
from peer_xblocks.refusal import Refusal
from tests.item.made import GOOD, SEVERAL, items


def taken(text):
    numbers = count(1)
    return read(text, lambda: f"new{next(numbers)}")


def one(text):
    (item,) = taken(text)
    return item


def told(item):
    return [(option.text, option.right, option.feedback) for option in item.options]


def test_a_choice_with_feedback_title_and_comment():
    item = one(
        "// From the first week\n"
        "::Gifts:: Rosa offers you a gift. What do you do? {\n"
        "  =Thank her and say the rule # Kind and clear.\n"
        "  ~Take it # It can change things.\n"
        "  ~Say nothing\n"
        "  #### The rule protects you both.\n"
        "}\n"
    )
    assert (item.id, item.stem, item.kind) == ("new1", "Rosa offers you a gift. What do you do?", "single")
    assert told(item) == [
        ("Thank her and say the rule", True, "Kind and clear."),
        ("Take it", False, "It can change things."),
        ("Say nothing", False, ""),
    ]
    assert [option.id for option in item.options] == ["a", "b", "c"]
    assert item.rationale == "The rule protects you both."


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Sky is blue? {T}", [("True", True, ""), ("False", False, "")]),
        ("Sky is green? {FALSE}", [("True", False, ""), ("False", True, "")]),
        ("Sky is blue? {TRUE#Look up.#Yes.}", [("True", True, "Yes."), ("False", False, "Look up.")]),
        ("Sky is green? {F#Look up.#Yes.####Why}", [("True", False, "Look up."), ("False", True, "Yes.")]),
    ],
)
def test_true_and_false(text, answers):
    item = one(text)
    assert told(item) == answers
    assert item.kind == "single"


def test_several_answers_carry_weights():
    item = one("Which two? {\n~%50%One\n~%50%Two # Yes.\n~%-100%Three\n}")
    assert item.kind == "multiple"
    assert told(item) == [("One", True, ""), ("Two", True, "Yes."), ("Three", False, "")]


def test_part_credit_for_a_single_choice_is_not_right():
    assert [option.right for option in one("Q? {=A ~%50%B ~C}").options] == [True, False, False]


def test_escaped_signs_are_text():
    item = one(r"What is 1\:1 \{time\}? {=a \= b \# c\nd ~\~x ~back\\\\slash}")
    assert item.stem == "What is 1:1 {time}?"
    assert [option.text for option in item.options] == ["a = b # c\nd", "~x", "back\\\\slash"]


def test_a_gap_in_the_middle_is_shown_as_a_gap():
    assert one("A peer {=walks beside ~leads} a person.").stem == "A peer _____ a person."


def test_html_from_another_system_becomes_markdown():
    item = one("[html]<p>What <b>first</b>?</p><script>x</script> {=<p>Ask&nbsp;her</p> ~<i>Tell</i> her ~[plain]<b>}")
    assert item.stem == "What **first**?"
    assert [option.text for option in item.options] == ["Ask her", "*Tell* her", "<b>"]


def test_a_category_is_the_domain_of_the_questions_below_it():
    items = taken("$CATEGORY: $course$/top/D4 Ethics\n\nA? {T}\n\nB? {F}\n\n$CATEGORY: Crisis\n\nC? {T}")
    assert [item.domain for item in items] == ["D4", "D4", "Crisis"]


def test_tags_bring_id_level_domain_and_source():
    item = one("// question: 1 [id:bnd7] [tag:level=vignette] [tag:domain=D5] [tag:source=Code, 2%5D]\nA? {T}")
    assert (item.id, item.level, item.domain, item.source) == ("bnd7", "vignette", "D5", "Code, 2]")


@pytest.mark.parametrize("tag", ["[id:a b]", "[id:]", f"[id:{'x' * 65}]", "[id:é]"])
def test_an_id_that_cannot_be_used_is_replaced(tag):
    assert one(f"// {tag}\nA? {{T}}").id == "new1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end):
    assert [item.stem for item in taken(end.join(["A?", "{T}", "", "", "B? {", "=x", "~y", "}"]))] == ["A?", "B?"]


REFUSED = {
    "no answers": ("Just text.", 1, "no answers in { }"),
    "an essay": ("A? {T}\n\nWrite. {}", 3, "an essay"),
    "a number": ("A? {#3:1}", 1, "a number"),
    "matching": ("\n\nA? {\n=a -> b\n=c -> d\n}", 3, "matching"),
    "a short answer": ("A? {=a =b}", 1, "a short answer"),
    "answers without signs": ("A? {yes no}", 1, "do not begin with = or ~"),
    "an open brace": ("A? {\n=a\n~b", 1, "braces do not pair up"),
    "two pairs": ("A? {\n=a\n~b\n}\nB? {\n=c ~d\n}", 7, "braces do not pair up"),
    "no words": ("::T:: {=a ~b}", 1, "no words before its answers"),
    "an empty answer": ("A? {=a ~}", 1, "no words. Write it"),
    "too many answers": ("A? {=a" + "~b" * 20 + "}", 1, "more than 20 answers"),
    "a comment moves no line": ("// c\nA? {\n// c\n=a\n}}", 5, "braces do not pair up"),
}


@pytest.mark.parametrize(("text", "line", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_refused_with_its_line(text, line, said):
    with pytest.raises(GiftRefused) as refused:
        taken(text)
    assert refused.value.line == line
    assert said in refused.value.sentence
    assert refused.value.sentence.startswith(f"Line {line}: ")


def test_more_than_200_questions_are_refused():
    with pytest.raises(GiftRefused, match="more than 200"):
        taken("A? {T}\n\n" * 201)


def test_nothing_is_no_question():
    assert taken("") == taken("\n\n// only a comment\n") == []


@settings(deadline=None)
@given(items().filter(lambda item: len(item.key) < len(item.options) or item.kind == "multiple"))
def test_what_is_written_is_read_back_the_same(item):
    assert taken(write([item])) == [item]


@settings(deadline=None)
@given(st.lists(items(), max_size=3))
def test_many_are_read_back_in_order(several):
    assert taken(write(several)) == several


def test_the_text_reads_like_the_question():
    assert write([GOOD]).startswith(
        "// [id:bnd1] [tag:level=vignette] [tag:domain=D4] [tag:source=Code of ethics, gifts]\n"
        "::bnd1::[markdown]Rosa offers you a gift card after a visit. What do you do first? {\n"
        "=Thank her and explain your agency's rule#Kind and clear\\: the rule protects you both.\n"
    )
    assert "~%50%Saying when you can be reached" in write([SEVERAL])


@pytest.mark.parametrize(
    "item",
    [
        replace(GOOD, options=()),
        replace(GOOD, stem=""),
        replace(GOOD, options=GOOD.options[:1]),
        replace(GOOD, options=(*GOOD.options, Option("d", ""))),
    ],
)
def test_an_unfinished_question_is_refused_by_its_place(item):
    with pytest.raises(Refusal, match="Question 2 is not finished"):
        write([GOOD, item])


@pytest.mark.parametrize(
    "text",
    [
        "//[id:" * 60_000,
        "[html]Which one?" + "<a " * 6_000 + " {=Ask ~Tell}",
        "[html]Which one? {=Ask" + "<!--" * 4_000 + " ~Tell}",
        "[html]Which one? <![<![ {=Ask ~Tell}",
        "[html]" + "<a " * 120_000,
    ],
)
def test_hostile_markup_is_read_or_refused_in_good_time(text):
    begun = perf_counter()
    try:
        taken(text)
    except GiftRefused as refused:
        assert refused.line == 1
    assert perf_counter() - begun < 5


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab =~#{}\\:%[]/\n$T50-"), max_size=60))
def test_any_text_is_questions_or_a_refusal_with_a_line(text):
    try:
        assert all(item.stem and item.options for item in taken(text))
    except GiftRefused as refused:
        assert 1 <= refused.line <= text.count("\n") + 1


def test_a_banks_file_has_marks_as_tags():
    (entry,) = read_bank("\n// [id:q1] [tag:trial=true] [tag:facility=0.5] [tag:enemies=q2 q3]\nA? {T}").entries
    assert (entry.where, entry.item.id) == ("line 3", "q1")
    assert entry.marks == {"trial": "true", "facility": "0.5", "enemies": "q2 q3"}


def test_all_that_a_banks_file_has_wrong_is_named_at_once():
    reading = read_bank("// [id:q1]\nA? {=a ~b}\n\nWrite. {}\n\nB? {=a\n\n// [id:q2]\nC? {=a ~b}")
    assert [entry.item.id for entry in reading.entries] == ["q1", "q2"]
    assert [str(fault) for fault in reading.faults] == [
        "line 4: This asks for an essay. Only choices can be used here; add = and ~ answers.",
        "line 6: The braces do not pair up. Write one { before all answers and one } after them, and leave a blank line "
        "between questions.",
    ]
    assert all(fault.grave for fault in reading.faults)


def test_a_question_of_a_bank_without_an_id_has_one_of_its_words_and_a_hint():
    first, second = read_bank("A? {T}"), read_bank("A? {F}")
    assert first.entries[0].item.id == second.entries[0].item.id
    (fault,) = first.faults
    assert not fault.grave and str(fault) == "line 1: It has no id. Put a line // [id:…] above it."


def test_a_banks_file_may_hold_thousands():
    assert len(read_bank("A? {T}\n\n" * 5000).entries) == 5000
    (fault,) = read_bank("A? {T}\n\n" * 10_001).faults
    assert "more than 10000" in fault.what
