"""What a registry's answer means for a report."""

import json
from datetime import UTC, datetime

import pytest

from peer_xblocks import chain
from peer_xblocks.certification.answer import Answer, Fate, Sent, judge
from peer_xblocks.certification.schedule import DAY, HOUR
from peer_xblocks.wire.keys import new_signing_key
from peer_xblocks.wire.receipt import Entry, sign

KEY = new_signing_key()
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SENT = Sent("A" * 52, 1, "ab" * 32, attempts=1)


def receipt(key=KEY, **changed):
    facts = {"completion_key": "A" * 52, "version": 1, "payload_sha256": "ab" * 32, **changed}
    entry = Entry(ledger_id="registry", seq=1, prev_hash=chain.START, received_at="2026-03-01T12:00:00Z", **facts)
    return json.dumps(sign(entry, key).as_dict()).encode()


def verdict(answer, **changed):
    sent = Sent(**{**{name: getattr(SENT, name) for name in Sent.__dataclass_fields__}, **changed})
    return judge(answer, sent, [KEY.public], now=NOW, chance=1.0)


@pytest.mark.parametrize("status", [200, 201])
def test_only_a_receipt_that_verifies_delivers(status):
    found = verdict(Answer(status, body=receipt()))
    assert found.fate is Fate.DELIVERED
    assert found.receipt.seq == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Welcome to the hotel</html>",
        b'{"ok": true}',
        receipt()[:-9],
        receipt(key=new_signing_key()),
        receipt(payload_sha256="cd" * 32),
        receipt(completion_key="B" * 52),
        receipt(version=2),
    ],
    ids=[
        "empty",
        "captive portal",
        "another shape",
        "cut off",
        "foreign key",
        "other bytes",
        "other key",
        "other version",
    ],
)
def test_a_200_without_our_receipt_is_no_delivery(body):
    found = verdict(Answer(200, body=body))
    assert (found.fate, found.wait, found.receipt) == (Fate.AGAIN, 5, None)
    assert found.words


@pytest.mark.parametrize("status", [409, 413, 422])
def test_what_no_repetition_changes_waits_for_a_person(status):
    found = verdict(Answer(status))
    assert (found.fate, found.wait) == (Fate.PARKED, None)
    assert found.words


def test_a_signature_that_is_not_accepted_is_seen_and_tried_slowly():
    found = verdict(Answer(401))
    assert found.fate is Fate.PARKED
    assert HOUR <= found.wait <= HOUR + 60


@pytest.mark.parametrize("status", [429, 503])
def test_a_registry_that_asks_for_time_gets_it(status):
    found = verdict(Answer(status, {"retry-after": "600"}))
    assert found.fate is Fate.AGAIN
    assert 600 <= found.wait <= 660


def test_but_at_most_a_day():
    assert verdict(Answer(429, {"retry-after": "99999999"})).wait <= DAY + 60


@pytest.mark.parametrize("status", [0, 100, 204, 301, 302, 307, 400, 403, 404, 408, 425, 429, 500, 502, 503, 504, 599])
def test_everything_else_is_tried_again_by_the_schedule(status):
    found = verdict(Answer(status, trouble="" if status else "The registry could not be reached."))
    assert (found.fate, found.wait) == (Fate.AGAIN, 5)
    assert found.words


def test_the_wait_grows_with_the_attempts():
    assert [verdict(Answer(500), attempts=n).wait for n in (1, 2, 3, 9, 99)] == [5, 300, 1800, DAY, DAY]


def test_words_for_staff_never_repeat_the_answer():
    found = verdict(Answer(500, body=b"Ana Ruiz is unknown here"))
    assert found.words == "The registry answered 500."
