"""The banks that come with the product keep the item-writing rules, the exam outline and the promises of their README."""

import re
import tomllib
from collections import Counter
from itertools import combinations

import pytest

from peer_xblocks.course import prose
from peer_xblocks.course.source import root
from peer_xblocks.item import xml
from peer_xblocks.item.lint import lint
from peer_xblocks.item.olx import from_element, from_elements, to_element
from peer_xblocks.language import flags

FOLDER = root() / "banks"
ROOTS = {name: xml.parse((FOLDER / f"crss-{name}.xml").read_bytes()) for name in ("draft", "practice")}
BANKS = {name: from_elements(node.findall("item")) for name, node in ROOTS.items()}
TRIAL = {name: {each.get("id") for each in node if each.get("trial") == "true"} for name, node in ROOTS.items()}
EVERY = [item for bank in BANKS.values() for item in bank]

DOMAINS = ("D1", "D2", "D3", "D4", "D5", "D6", "D7")
FORM = dict(zip(DOMAINS, (3, 3, 1, 4, 3, 2, 4), strict=True))
#: Four names of medicines are its answers; no plainer words exist for them.
NAMES_OF_MEDICINES = {"crss-p20"}

both = pytest.mark.parametrize("name", BANKS)
each_item = pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)


def key_of(item):
    return next(option for option in item.options if option.right)


#: What questions have in common without asking the same.
ASKING = {
    "what",
    "which",
    "does",
    "these",
    "best",
    "next",
    "step",
    "first",
    "response",
    "reply",
    "says",
    "asks",
    "with",
}
TOO_ALIKE = 0.4


def words(text):
    found = re.findall(r"[a-z]+", text.lower().replace("’", ""))
    return {word for word in found if len(word) > 3} - ASKING


def alike(one, other):
    """The share of telling words that two questions have in common, from 0.0 to 1.0."""
    return len(words(one) & words(other)) / len(words(one) | words(other))


@both
def test_a_bank_says_that_it_decides_nothing(name):
    assert ROOTS[name].tag == "bank"
    assert (ROOTS[name].get("code"), ROOTS[name].get("status")) == (f"crss-{name}", name)
    assert ROOTS[name].get("title")
    assert b"not for decisions" in (FOLDER / f"crss-{name}.xml").read_bytes().splitlines()[0]


@both
def test_an_item_is_read_whole_and_comes_back_the_same(name):
    for node, item in zip(ROOTS[name], BANKS[name], strict=True):
        assert node.tag == "item"
        assert set(node.attrib) <= {"id", "kind", "level", "domain", "trial"}
        assert item.id == node.get("id")
        assert from_element(xml.parse(xml.write(to_element(item)))) == item


def test_practice_items_have_no_fault():
    assert [str(fault) for fault in lint(BANKS["practice"], ask=("level", "domain"))] == []


def test_draft_items_have_no_fault_but_that_an_exam_gives_no_feedback():
    faults = lint(BANKS["draft"], ask=("level", "domain"))
    assert [str(fault) for fault in faults if not fault.what.endswith("has no feedback.")] == []
    assert not any(option.feedback for item in BANKS["draft"] for option in item.options)


def test_each_bank_follows_the_outline():
    assert Counter(item.domain for item in BANKS["draft"]) == {name: 3 * count for name, count in FORM.items()}
    scored = Counter(item.domain for item in BANKS["practice"] if item.id not in TRIAL["practice"])
    assert scored == FORM


def test_two_separate_forms_can_be_made_of_the_draft():
    scored = Counter(item.domain for item in BANKS["draft"] if item.id not in TRIAL["draft"])
    assert all(scored[name] >= 2 * count for name, count in FORM.items())


@pytest.mark.parametrize(("name", "count"), [("draft", 8), ("practice", 4)])
def test_trial_items_are_spread_over_the_domains(name, count):
    domains = Counter(item.domain for item in BANKS[name] if item.id in TRIAL[name])
    assert domains.total() == count
    assert len(domains) >= 4
    assert max(domains.values()) <= 2


@both
def test_three_of_four_items_are_cases_and_each_domain_has_some(name):
    levels = Counter(item.level for item in BANKS[name])
    assert levels["vignette"] == 3 * levels["recall"]
    assert {item.domain for item in BANKS[name] if item.level == "vignette"} == set(DOMAINS)


@both
def test_the_key_stands_equally_often_in_each_place(name):
    places = [item.options.index(key_of(item)) for item in BANKS[name]]
    assert all(len(item.options) == 4 for item in BANKS[name])
    assert Counter(places) == dict.fromkeys(range(4), len(places) // 4)
    runs = zip(places, places[1:], places[2:], strict=False)
    assert not any(len(set(run)) == 1 for run in runs)


@both
def test_length_does_not_give_the_key_away(name):
    bank = BANKS[name]
    lengths = [(len(key_of(item).text), [len(o.text) for o in item.options if not o.right]) for item in bank]
    assert sum(key >= max(rest) for key, rest in lengths) <= 0.3 * len(bank)
    assert sum(key <= min(rest) for key, rest in lengths) <= 0.4 * len(bank)


@each_item
def test_answers_are_about_as_long_as_each_other(item):
    lengths = [len(option.text) for option in item.options]
    assert max(lengths) <= 1.35 * min(lengths) or max(lengths) <= len("one word only")


@each_item
def test_answers_are_of_one_form(item):
    """Spoken or not, with or without a full stop: what one answer does, all do."""
    texts = [option.text for option in item.options]
    spoken = [text.startswith("“") and text.endswith("”") for text in texts]
    assert all(spoken) or not any(spoken) or item.id == "crss-037"  # what to write down: words and where they come from
    assert not any(text.endswith(".") for text in texts)
    assert all(text[0].isupper() or text[0] == "“" for text in texts)


@each_item
def test_an_item_is_plain_enough(item):
    texts = [item.stem, *(option.text for option in item.options)]
    assert prose.grade(texts) <= 8 or item.id in NAMES_OF_MEDICINES
    assert len(prose.words(item.stem)) <= 60


@each_item
def test_the_language_helper_has_nothing_to_offer(item):
    assert flags(item.stem) == []
    rest = [item.rationale, *(text for option in item.options for text in (option.text, option.feedback))]
    assert [flag.term for text in rest for flag in flags(text) if flag.level != "information"] == []


def test_terms_that_label_stand_only_where_somebody_said_or_wrote_them():
    named = {"addict": "crss-011", "noncompliant": "crss-016", "frequent flyer": "crss-p06"}
    for term, item_id in named.items():
        (item,) = [each for each in EVERY if term in each.stem]
        assert item.id == item_id
        assert re.search(rf"“[^”]*\b{term}\b[^”]*”", item.stem)


def test_no_id_and_no_question_comes_twice():
    assert len({item.id for item in EVERY}) == len(EVERY)
    assert all(alike(one.stem, other.stem) < TOO_ALIKE for one, other in combinations(EVERY, 2))


def test_no_question_is_one_that_a_check_teaches_with():
    checks = [node for path in root().rglob("vertical/*.xml") for node in xml.parse(path.read_bytes()).iter("item")]
    taught = [item.stem for item in map(from_element, checks)]
    assert taught
    assert all(alike(item.stem, stem) < TOO_ALIKE for item in EVERY for stem in taught)


@each_item
def test_the_reason_names_a_source_of_the_list(item):
    listed = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    assert item.rationale.endswith(".")
    assert any(item.source.startswith(each["name"]) for each in listed.values())


def test_every_source_of_the_list_is_used():
    listed = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    unused = [key for key, each in listed.items() if not any(item.source.startswith(each["name"]) for item in EVERY)]
    assert unused == []


def test_the_readme_says_what_the_banks_hold():
    said = (FOLDER / "README.md").read_text(encoding="utf-8")
    for domain in DOMAINS:
        row = re.search(rf"\| {domain} [^|]+\| (\d+) \| (\d+|–) \| (\d+) \| (\d+|–) \|", said)
        counts = [0 if cell == "–" else int(cell) for cell in row.groups()]
        held = [
            sum(item.domain == domain and (item.id in TRIAL[name] or not trial) for item in BANKS[name])
            for name in BANKS
            for trial in (False, True)
        ]
        assert counts == held, domain
    for promise in ("Nothing here may decide about a person", "modified Angoff", "CC BY 4.0"):
        assert promise in said
