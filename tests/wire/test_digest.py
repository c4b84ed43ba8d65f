"""A day's digest: one hash whatever the order, signed for one question, listed in pages that add up."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.wire import digest
from peer_xblocks.wire.digest import Digest, DigestRefused, Question, answer, hash_of, verify
from peer_xblocks.wire.keys import new_signing_key

KEY = new_signing_key()
ASKED = Question("site", date(2026, 3, 1))
LISTED = dataclasses.replace(ASKED, after="")

names = st.text("ABCDEFGH", min_size=52, max_size=52).map(lambda key: f"{key}_v1")
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
days = st.dictionaries(names, digests, max_size=12)


def answered(reports, question=ASKED, request_id="digest_1", key=KEY):
    return answer(question, request_id, reports, ledger_id="l-1", key=key)


def travelled(made):
    return Digest.from_json(json.dumps(made.as_dict()).encode())


def report(number):
    letters = "".join("ABCDEFGHIJ"[int(each)] for each in f"{number:052d}")
    return f"{letters}_v1"


@given(days, st.randoms())
def test_the_hash_does_not_depend_on_the_order(reports, chance):
    pairs = list(reports.items())
    chance.shuffle(pairs)
    assert hash_of(pairs) == hash_of(reports.items())


@given(days, days)
def test_two_days_have_one_hash_only_where_they_are_equal(one, other):
    assert (hash_of(one.items()) == hash_of(other.items())) == (one == other)


@given(days)
def test_an_answer_verifies_after_travelling(reports):
    found = travelled(answered(reports, LISTED))
    verify(found, [KEY.public], LISTED, "digest_1")
    assert dict(found.reports) == reports
    assert (found.count, found.hash) == (len(reports), hash_of(reports.items()))


def test_the_hash_is_what_the_schema_says():
    # printf 'A 1\nB 2\n' | sha256sum
    assert hash_of([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_of([("B", "2"), ("A", "1")]) == "44d2acbf4819b9d199c17dc36b238f6e59eaf453ffc761ed849537c5313ecaca"


def test_without_a_list_asked_for_there_is_none():
    assert answered({report(1): "a" * 64}).reports == ()


def test_a_long_day_comes_in_pages_that_add_up():
    reports = {report(number): "a" * 64 for number in range(2 * digest.PAGE + 1)}
    pages = [travelled(answered(reports, LISTED))]
    while pages[-1].more:
        after = pages[-1].reports[-1][0]
        pages.append(travelled(answered(reports, dataclasses.replace(LISTED, after=after))))
    assert [len(each.reports) for each in pages] == [digest.PAGE, digest.PAGE, 1]
    assert dict(pair for page in pages for pair in page.reports) == reports
    assert len(json.dumps(answered(reports, LISTED).as_dict())) < 64 * 1024


@pytest.mark.parametrize("name", [each.name for each in dataclasses.fields(Digest)])
def test_no_member_can_be_changed(name):
    made = answered({report(1): "a" * 64}, LISTED)
    value = getattr(made, name)
    if isinstance(value, bool):
        other = not value
    elif isinstance(value, int):
        other = value + 1
    elif isinstance(value, tuple):
        other = ((report(1), "b" * 64),)
    else:
        other = value[:-3] + ("A" if value[-3] != "A" else "B") + value[-2:]
    with pytest.raises(DigestRefused):
        verify(dataclasses.replace(made, **{name: other}), [KEY.public], LISTED, "digest_1")


@pytest.mark.parametrize(
    ("question", "request_id"),
    [
        (ASKED, "digest_2"),
        (dataclasses.replace(ASKED, day=date(2026, 3, 2)), "digest_1"),
        (dataclasses.replace(ASKED, issuer="other"), "digest_1"),
    ],
    ids=["an earlier request", "another day", "another site"],
)
def test_an_answer_that_was_kept_answers_no_other_question(question, request_id):
    with pytest.raises(DigestRefused, match="another question"):
        verify(answered({}), [KEY.public], question, request_id)


def test_a_stranger_signs_nothing():
    with pytest.raises(DigestRefused, match="key that this site does not know"):
        verify(answered({}, key=new_signing_key()), [KEY.public], ASKED, "digest_1")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff", b"{}", b"[" * 100_000])
def test_what_is_no_digest_is_refused(body):
    with pytest.raises(DigestRefused, match="not a digest"):
        Digest.from_json(body)


def test_a_question_survives_travelling():
    asked = Question("site", date(2026, 3, 1), report(3), (report(4), report(5)))
    assert Question.of(json.loads(asked.body())) == asked


@pytest.mark.parametrize(
    "changes",
    [{"day": "2026-02-30"}, {"day": "yesterday"}, {"after": "x"}, {"unknown": ["x"]}, {"more": 1}, {"issuer": ""}],
)
def test_a_question_that_is_none_is_refused(changes):
    with pytest.raises(DigestRefused):
        Question.of({**json.loads(ASKED.body()), **changes})
