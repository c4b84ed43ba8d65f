"""What a completion report may hold, what it is called, how a person is matched."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from peer_xblocks.wire import completion, schema
from peer_xblocks.wire.canonical import canonical
from tests.wire.reports import report, vectors

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.parametrize("vector", vectors("completion"), ids=lambda each: each["name"])
def test_fixed_vectors(vector):
    assert completion.key(**vector["facts"]) == vector["key"]
    assert completion.webhook_id(vector["key"], 3) == vector["key"] + "_v3"
    assert completion.email_hash(vector["email"], vector["salt"]) == vector["email_hash"]


@given(st.lists(TEXT, min_size=5, max_size=5), st.lists(TEXT, min_size=5, max_size=5))
def test_two_completions_share_a_key_only_when_all_facts_are_the_same(one, other):
    assert (completion.key(*one) == completion.key(*other)) == (one == other)


@pytest.mark.parametrize("same", ["Ana@Example.org", " ana@example.org ", "ANA@EXAMPLE.ORG"])
def test_one_address_however_it_was_typed(same):
    assert completion.email_hash(same, "salt") == completion.email_hash("ana@example.org", "salt")


def test_another_salt_hides_the_address_anew():
    assert completion.email_hash("ana@example.org", "a") != completion.email_hash("ana@example.org", "b")


@pytest.mark.parametrize("name", ["completion.v1", "receipt.v1"])
def test_the_schemas_are_schemas_that_refuse_what_they_do_not_name(name):
    Draft202012Validator.check_schema(schema.text(name))
    assert json.dumps(schema.text(name)).count('"type": "object"') == json.dumps(schema.text(name)).count(
        '"additionalProperties": false'
    )


def test_a_report_as_it_should_be():
    completion.check(report())
    completion.check(report(version=2))
    completion.check(report(version=2, stands=False))


def without(name):
    whole = report()
    del whole[name]
    return whole


WRONG = {
    "no object": [],
    "nothing": None,
    "a part missing": without("minutes"),
    "something added": report(diagnosis="x"),
    "something added to the learner": report(learner={**report()["learner"], "email": "ana@example.org"}),
    "minutes below nothing": report(minutes={**report()["minutes"], "credited": -1}),
    "parts of a minute": report(minutes={**report()["minutes"], "credited": 59.5}),
    "an unknown kind": report(kind="party"),
    "a time without its zone": report(issued_at="2026-03-01T18:00:00"),
    "a line end after a time": report(issued_at="2026-03-01T18:00:00Z\n"),
    "a day that no month has": report(completed_at="2026-02-30T00:00:00Z"),
    "a time that no clock shows": report(issued_at="2026-13-45T99:99:99Z"),
    "the first day of the calendar": report(completed_at="0001-01-01T00:00:00Z"),
    "a check passed at the end of time": report(
        checks=[{**report()["checks"][0], "passed_at": "9999-12-31T23:59:59Z"}]
    ),
    "no name": report(learner={**report()["learner"], "name": ""}),
    "a foreign key": report(completion_key="B" * 52),
    "an id that is not key and version": report(report_id=report()["completion_key"] + "_v2"),
    "a correction of nothing": report(version=2, supersedes=None),
    "a first report that corrects": report(supersedes=report()["report_id"]),
    "another programme under the same key": report(programme="georgia"),
    "too large": report(
        minutes={
            **report()["minutes"],
            "by_module": [{**report()["minutes"]["by_module"][0], "title": "😀" * 80}] * 40,
        },
        checks=[{**report()["checks"][0], "title": "😀" * 80}] * 40,
    ),
    "half a character": report(provider="\ud800"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_refused(case):
    with pytest.raises(completion.ReportRefused):
        completion.check(WRONG[case])


def test_a_refusal_never_repeats_what_was_written():
    with pytest.raises(completion.ReportRefused) as refused:
        completion.check(report(learner={**report()["learner"], "name": "Ana Ruiz" * 40}))
    assert "Ana" not in str(refused.value)
    assert refused.value.problems == ["learner.name does not meet the rule 'maxLength' of the schema"]


def test_a_usual_report_is_small():
    assert len(canonical(report())) < 2_500
