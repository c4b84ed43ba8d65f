"""Which text stands, and its hash."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from peer_xblocks.activity.attestation.document import Document, in_force
from peer_xblocks.activity.attestation.lint import lint
from peer_xblocks.programme import load

RULES = load("alabama")


def office(text, on=None):
    fact = replace(RULES.facts["ethics_text"], value=text, on=on)
    return replace(RULES, facts={**RULES.facts, "ethics_text": fact})


def test_the_hash_is_that_of_the_text_alone():
    assert Document("Ünïcode 🧡\n\nTwo.", "v").sha256 == hashlib.sha256("Ünïcode 🧡\n\nTwo.".encode()).hexdigest()


@pytest.mark.parametrize(
    ("own", "source", "rules", "stands"),
    [
        ("", "", RULES, None),
        ("", "ethics", RULES, None),
        (" \n ", "ethics", RULES, None),
        ("Mine.", "", RULES, Document("Mine.", "v1")),
        ("Mine.", "ethics", RULES, Document("Mine.", "v1")),
        ("Mine.", "", office("Theirs."), Document("Mine.", "v1")),
        ("Mine.", "ethics", office("Theirs."), Document("Theirs.", "", office=True)),
        ("Mine.", "ethics", office("Theirs.", date(2026, 5, 1)), Document("Theirs.", "2026-05-01", office=True)),
        ("Mine.", "ethics", office(7), Document("Mine.", "v1")),
        ("Mine.", "gone", RULES, Document("Mine.", "v1")),
    ],
)
def test_which_text_stands(own, source, rules, stands):
    assert in_force(own, "v1", source, rules) == stands


def test_the_place_of_a_text_in_its_file_changes_nothing():
    assert in_force("\n    # One\n\n    Two.\n  ", "", "", RULES) == Document("# One\n\nTwo.")


def named(own, version="v", source="", rules=RULES):
    return {each.what for each in lint(own, version, source, in_force(own, version, source, rules))}


def test_what_an_author_has_to_mend():
    assert named("") == {"There is no text to sign yet."}
    assert named("", source="ethics") == {"The office has not given its text yet, so learners are not asked to sign."}
    assert named("Mine.", version=" ") == {"It has no version."}
    assert named("Mine.", source="ethics", rules=office("Theirs."), version="") == set()
    assert named("Ana is an addict.") == {"“addict” could be said in a kinder way."}
    assert "without headings" in named("x" * 20_001).pop()
    assert named("Mine.") == set()
