"""What staff took back: rounds, by learner and block, under the lock."""

import pytest
from django.db import connection

from peer_xblocks.activity import reversals
from peer_xblocks.activity.models import Reversal
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.models import Learner

pytestmark = pytest.mark.django_db
COURSE = "course-v1:T+C+R"


def take_back(learner, usage, last, by=None):
    return reversals.take_back(learner, COURSE, usage, lambda: last, by=by, now=1, what="work")


def test_the_last_round_taken_back_is_known_by_block_and_by_course():
    ann = learners.of(7)
    for usage, last in (("one", 1), ("one", 3), ("two", 2)):
        assert take_back(ann, usage, last)
    assert (reversals.begun(ann, "one"), reversals.begun(ann, "three")) == (3, 0)
    assert reversals.begun_in(ann, COURSE) == {"one": 3, "two": 2}
    assert reversals.begun_in(learners.of(8), COURSE) == {}


def test_where_there_is_nothing_to_take_back_nothing_is_written_or_told():
    heard = []

    def hear(**facts):
        heard.append((facts["learner"], facts["what"], connection.in_atomic_block))

    signals.reversed_.connect(hear)
    ann = learners.of(7)
    assert not take_back(ann, "one", None)
    assert (Reversal.objects.count(), heard) == (0, [])
    assert take_back(ann, "one", 1)
    signals.reversed_.disconnect(hear)
    assert heard == [(ann, "work", True)]


def test_a_retired_account_has_nothing_to_take_back():
    ann = learners.of(7)
    Learner.objects.filter(id=ann).update(user_id=None)
    assert not take_back(ann, "one", 1)
