"""What certification reads of signatures."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.activity.attestation import signatures
from peer_xblocks.activity.attestation.document import Document
from peer_xblocks.activity.attestation.signatures import Place, Signed
from peer_xblocks.activity.sent import Sent
from peer_xblocks.learner import learners

COURSE = "course-v1:T+C+R"
ONE, TWO = Place(COURSE, "block-one"), Place(COURSE, "block-two")
OLD, NEW = Document("Old.", "1"), Document("New.", "2")

pytestmark = pytest.mark.django_db


def sign(place, shown, now, user_id=7):
    sent = Sent(digest=shown.sha256, client_id=f"{place.usage}-{now}")
    return signatures.sign(user_id, place, shown, sent, statement="Yes", now=now)


def test_the_newest_signature_of_each_text_counts():
    sign(ONE, OLD, 10)
    sign(TWO, OLD, 20)
    ann = sign(ONE, NEW, 30)
    assert signatures.signed(ann, COURSE) == {
        ONE.usage: Signed(30, "2", NEW.sha256),
        TWO.usage: Signed(20, "1", OLD.sha256),
    }
    assert signatures.signed(ann, "course-v1:T+C+other") == {}


def test_what_was_taken_back_counts_no_more_until_it_is_signed_again():
    ann = sign(ONE, OLD, 10)
    sign(TWO, OLD, 20)
    assert signatures.reverse(ann, ONE, by=None, now=30)
    assert not signatures.reverse(ann, ONE, by=None, now=31)
    assert set(signatures.signed(ann, COURSE)) == {TWO.usage}
    sign(ONE, OLD, 40)
    assert signatures.signed(ann, COURSE)[ONE.usage].at == 40


def test_one_learners_reversal_is_no_others():
    ann, ben = sign(ONE, OLD, 10), sign(ONE, OLD, 11, user_id=8)
    signatures.reverse(ann, ONE, by=None, now=12)
    assert (set(signatures.signed(ann, COURSE)), set(signatures.signed(ben, COURSE))) == (set(), {ONE.usage})


def test_recent_names_who_signed_since_then():
    ann = sign(ONE, OLD, 10)
    assert signatures.recent(datetime.fromtimestamp(10, UTC)) == {(ann, COURSE)}
    assert signatures.recent(datetime.fromtimestamp(11, UTC)) == set()


def test_what_was_signed_takes_two_queries_however_many_texts():
    for number in range(5):
        sign(Place(COURSE, f"block-{number}"), OLD, number)
    ann = learners.known(7)
    with CaptureQueriesContext(connection) as seen:
        assert len(signatures.signed(ann, COURSE)) == 5
    assert len(seen) == 2


def test_nothing_is_signed_under_another_hash():
    with pytest.raises(signatures.TextChanged):
        signatures.sign(7, ONE, NEW, Sent(digest=OLD.sha256, client_id="0123456789"), statement="Yes", now=1)
    assert learners.known(7) is None
