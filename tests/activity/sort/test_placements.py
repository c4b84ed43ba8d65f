"""Placements on record: once each, in few queries, under the learner's lock."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.activity.models import Placement as Placed
from peer_xblocks.activity.sort import placements
from peer_xblocks.activity.sort.placement import Placement
from peer_xblocks.activity.sort.standing import Standing
from peer_xblocks.learner import learners
from tests.activity.sort.made import deck, reply

COURSE, USAGE = "course-v1:T+C+R", "block-v1:T+C+R+type@peer_sort+block@s"
SORT = placements.Sort(COURSE, USAGE, deck())


def put(name, pile, user_id=7, now=1_000_000, **more):
    return placements.record(user_id, SORT, Placement.from_json(reply(SORT.deck, name, pile, **more)), now=now)


def queries(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    wraps = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return [each["sql"] for each in seen.captured_queries if not each["sql"].startswith(wraps)]


@pytest.mark.django_db
def test_every_placement_is_a_row_with_the_version_that_was_shown():
    put("c2", "peer", now=1_234_567)
    row = Placed.objects.get()
    assert (row.learner, row.course, row.usage) == (learners.known(7), COURSE, USAGE)
    assert (row.card, row.card_digest) == ("c2", SORT.deck.card("c2").digest)
    assert (row.pile, row.fits, row.round, row.at, row.received) == ("peer", False, 1, 1_234_567, 1_234_567)


@pytest.mark.django_db
def test_a_row_is_never_changed():
    put("c1", "peer")
    row = Placed.objects.get()
    row.fits = False
    with pytest.raises(TypeError):
        row.save()


@pytest.mark.django_db
def test_a_placement_takes_four_queries_however_many_there_were():
    put("c1", "peer")
    few = queries(lambda: put("c1", "not"))
    for at in range(9):
        put("c2", "not", round=at)
        put("c3", "peer", round=at)
    assert len(queries(lambda: put("c1", "peer"))) == len(few) <= 4


@pytest.mark.django_db
def test_the_standing_on_record_is_the_one_that_all_placements_together_make():
    replayed = Standing()
    for name, pile, now in (("c1", "not", 1), ("c1", "peer", 1), ("c2", "not", 1), ("c3", "not", 1), ("c1", "peer", 2)):
        put(name, pile, round=now)
        replayed = replayed.after(name, pile, now, SORT.deck)
    assert placements.standing(learners.known(7), SORT) == replayed


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_lose_no_card():
    learners.of(7)
    sent = [Placement.from_json(reply(SORT.deck, name, "peer")) for name in ("c1", "c2", "c3") for _ in range(4)]

    def send(mine):
        try:
            for each in mine:
                placements.record(7, SORT, each, now=1)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[sent[n::3]]) for n in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert Placed.objects.count() == 12
    now = placements.standing(learners.known(7), SORT)
    assert (now.placed, now.done) == ({"c1": "peer", "c2": "peer", "c3": "peer"}, True)
