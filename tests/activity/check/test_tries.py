"""Answers on record: once each, in few queries, under the learner's lock, taken back and never deleted."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks import clock
from peer_xblocks.activity.check import tries
from peer_xblocks.activity.check.answer import Answer
from peer_xblocks.activity.check.rounds import Standing
from peer_xblocks.activity.models import Mastery, Reversal, Try
from peer_xblocks.learner import learners, signals
from tests.activity.check.made import items, reply

COURSE, USAGE = "course-v1:T+C+R", "block-v1:T+C+R+type@peer_check+block@c"
CHECK = tries.Check(COURSE, USAGE, tuple(items(3)), 0.6)
Q1, Q2, Q3 = CHECK.items


def give(each, *chosen, user_id=7, check=CHECK, now=1_000_000, **more):
    return tries.record(user_id, check, Answer.from_json(reply(each, *chosen, **more)), now=now)


def queries(act):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        act()
    wraps = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return [each["sql"] for each in seen.captured_queries if not each["sql"].startswith(wraps)]


@pytest.fixture(autouse=True)
def tables(db):
    """The tables of every test."""


@pytest.fixture
def ann():
    return learners.of(7)


@pytest.fixture
def hear():
    """Connects a receiver for one test."""
    connected = []

    def connect(signal, receiver):
        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield connect
    for signal, receiver in connected:
        signal.disconnect(receiver)


def test_every_answer_is_a_row_with_what_was_shown_and_chosen(ann):
    give(Q1, "b", now=1_234_567)
    row = Try.objects.get()
    assert (row.learner, row.course, row.usage, row.item, row.item_digest) == (ann, COURSE, USAGE, "q1", Q1.digest)
    assert (row.chosen, row.right, row.round, row.at, row.received) == (["b"], False, 1, 1_234_567, 1_234_567)


def test_the_first_answer_of_a_person_makes_their_learner():
    assert learners.known(8) is None
    assert give(Q1, "a", user_id=8).learner == learners.known(8)


def test_a_row_is_never_changed(ann):
    give(Q1, "a")
    row = Try.objects.get()
    row.right = False
    with pytest.raises(TypeError):
        row.save()


# -- once --------------------------------------------------------------------------------------------------------


def test_the_same_answer_sent_again_is_one_answer_and_tells_the_same(ann):
    sent = Answer.from_json(reply(Q1, "a"))
    first, again = (tries.record(7, CHECK, sent, now=now) for now in (1000, 2000))
    assert Try.objects.count() == 1
    assert (again.verdict, again.chosen, again.standing) == (first.verdict, first.chosen, first.standing)


def test_the_answer_that_passed_says_so_again_so_that_a_lost_reply_completes_the_block(ann):
    give(Q1, "a")
    sent = Answer.from_json(reply(Q2, "a"))
    assert [tries.record(7, CHECK, sent, now=1000).passed_now for _ in range(2)] == [True, True]
    assert Mastery.objects.count() == 1


def test_a_mark_of_another_answer_is_refused(ann):
    give(Q1, "a", client_id="0123456789")
    with pytest.raises(tries.Clash):
        give(Q2, "a", client_id="0123456789")
    assert Try.objects.count() == 1


def test_two_people_may_use_the_same_mark(ann):
    give(Q1, "a", client_id="0123456789")
    give(Q1, "a", client_id="0123456789", user_id=8)
    assert Try.objects.count() == 2


def test_two_tabs_may_answer_the_same_question(ann):
    give(Q1, "b")
    assert give(Q1, "a").standing.right == ("q1",)
    assert give(Q1, "b").standing.right == ("q1",)
    assert {row.round for row in Try.objects.all()} == {1}


# -- few queries -------------------------------------------------------------------------------------------------


def test_an_answer_takes_four_queries_however_many_there_were(ann, monkeypatch):
    monkeypatch.setattr(signals.check_passed, "send", lambda **_: [])  # what other rooms do is theirs to count
    give(Q1, "b")
    few = queries(lambda: give(Q1, "b"))
    for _ in range(5):
        for each in CHECK.items:
            give(each, "b")
    many = queries(lambda: give(Q1, "b"))
    assert len(few) == len(many) <= 4
    give(Q1, "a")
    assert len(queries(lambda: give(Q2, "a"))) <= 5
    assert len(queries(lambda: give(Q3, "a"))) <= 4


def test_a_standing_reads_one_answer_however_many_there_are(ann):
    for _ in range(4):
        give(Q1, "b")
    sql = queries(lambda: tries.standing(ann, CHECK))
    assert len(sql) == 1
    assert "LIMIT 1" in sql[0]


def test_the_standing_on_record_is_the_one_that_all_answers_together_make(ann):
    for each, chosen in ((Q1, "a"), (Q2, "b"), (Q3, "b"), (Q2, "b"), (Q3, "a"), (Q1, "b")):
        give(each, chosen)
    replayed = Standing(tuple(item.id for item in CHECK.items))
    for row in Try.objects.order_by("id"):
        replayed = replayed.after(row.item, row.right)
    assert tries.standing(ann, CHECK) == replace(replayed, passed=True)


def test_what_was_passed_takes_one_query_however_many_checks(ann):
    for number in range(3):
        check = tries.Check(COURSE, f"{USAGE}{number}", CHECK.items, 0.3)
        give(Q1, "a", check=check)
    assert len(queries(lambda: tries.passed(ann, COURSE))) == 1
    assert len(tries.passed(ann, COURSE)) == 3


# -- passing -----------------------------------------------------------------------------------------------------


def test_passed_says_when_and_with_which_share(ann):
    give(Q1, "a", now=1000)
    assert tries.passed(ann, COURSE) == {}
    give(Q2, "a", now=2000)
    give(Q3, "a", now=3000)
    assert tries.passed(ann, COURSE) == {USAGE: tries.Passed(2000, pytest.approx(2 / 3))}
    assert tries.passed(ann, "course-v1:T+C+other") == {}


def test_recent_names_who_reached_a_mark_since_then(ann, at):
    give(Q1, "a", now=clock.epoch())
    give(Q2, "a", now=clock.epoch())
    assert tries.recent(clock.now()) == {(ann, COURSE)}
    assert tries.recent(at.forward(1)) == set()


def test_a_mark_stays_reached_when_the_author_adds_questions(ann):
    give(Q1, "a")
    give(Q2, "a")
    grown = tries.Check(COURSE, USAGE, tuple(items(6)), 0.6)
    assert tries.standing(ann, grown).passed
    assert not give(grown.items[3], "b", check=grown).passed_now
    assert tries.standing(ann, grown).best == pytest.approx(2 / 3)


def test_the_other_rooms_hear_of_it_inside_the_transaction(ann, hear):
    inside = []
    hear(signals.check_passed, lambda **facts: inside.append((connection.in_atomic_block, facts["usage"])))
    give(Q1, "a")
    give(Q2, "a")
    assert inside == [(True, USAGE)]


def test_a_room_that_cannot_take_part_takes_no_answer_away(ann, hear):
    def stumbles(**facts):
        raise RuntimeError("busy")

    hear(signals.check_passed, stumbles)
    give(Q1, "a")
    assert give(Q2, "a").passed_now
    assert Mastery.objects.count() == 1


# -- the line was down -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "told"), [(999_940, 999_940), (1_000_000, 1_000_000), (1_000_100, 1_000_000), (1, 1_000_000 - 86400)]
)
def test_a_late_answer_is_told_with_when_it_was_made_never_in_the_future(ann, hear, at, told):
    heard = []
    hear(signals.work_saved, lambda **facts: heard.append(facts))
    give(Q1, "b", at=at, now=1_000_000)
    (facts,) = heard
    assert (facts["learner"], facts["course"], facts["usage"]) == (ann, COURSE, USAGE)
    assert (facts["at"], facts["received"]) == (told, 1_000_000)
    assert Try.objects.get().at == told


def test_an_answer_in_time_is_no_late_work_and_a_repeated_one_is_told_once(ann, hear):
    heard = []
    hear(signals.work_saved, lambda **facts: heard.append(facts))
    give(Q1, "b")
    late = Answer.from_json(reply(Q2, "b", at=999_000))
    for _ in range(2):
        tries.record(7, CHECK, late, now=1_000_000)
    assert len(heard) == 1


# -- taken back --------------------------------------------------------------------------------------------------


def test_taking_back_keeps_every_row_and_begins_anew(ann):
    give(Q1, "a")
    give(Q2, "a")
    assert tries.reverse(ann, CHECK, by=None, now=5000)
    assert (Try.objects.count(), Mastery.objects.count(), Reversal.objects.count()) == (2, 1, 1)
    assert tries.passed(ann, COURSE) == {}
    standing = tries.standing(ann, CHECK)
    assert (standing.tried, standing.best, standing.passed, standing.right) == (False, None, False, ())
    assert standing.open == ("q1", "q2", "q3")


def test_what_was_taken_back_can_be_passed_again(ann):
    for now in (1000, 2000):
        give(Q1, "a", now=now)
        assert give(Q2, "a", now=now).passed_now
        assert tries.passed(ann, COURSE)[USAGE].at == now
        tries.reverse(ann, CHECK, by=ann, now=now)
    assert (Mastery.objects.count(), Reversal.objects.count()) == (2, 2)


def test_nothing_is_taken_back_twice(ann, hear):
    heard = []
    hear(signals.reversed_, lambda **facts: heard.append(facts))
    assert not tries.reverse(ann, CHECK, by=None, now=1)
    give(Q1, "b")
    assert tries.reverse(ann, CHECK, by=None, now=2)
    assert not tries.reverse(ann, CHECK, by=None, now=3)
    assert [(each["learner"], each["course"]) for each in heard] == [(ann, COURSE)]
    assert "q1" not in heard[0]["what"]


def test_an_answer_from_before_sent_again_stays_taken_back(ann):
    sent = Answer.from_json(reply(Q1, "a"))
    tries.record(7, CHECK, sent, now=1)
    tries.reverse(ann, CHECK, by=None, now=2)
    assert tries.record(7, CHECK, sent, now=3).standing.right == ()
    assert Try.objects.count() == 1


def test_one_learners_reversal_is_no_others(ann):
    ben = learners.of(8)
    for user_id in (7, 8):
        give(Q1, "a", user_id=user_id)
        give(Q2, "a", user_id=user_id)
    tries.reverse(ann, CHECK, by=None, now=9)
    assert tries.passed(ben, COURSE)
    assert not tries.passed(ann, COURSE)
