"""Entered minutes on record: once each, apart from what was observed, taken back and never deleted."""

import pytest

from peer_xblocks import clock
from peer_xblocks.hours import grants, ledger
from peer_xblocks.hours.grant import Grant, Kind
from peer_xblocks.hours.models import AppendOnly
from peer_xblocks.hours.models import Grant as Row
from peer_xblocks.learner import learners
from peer_xblocks.refusal import Clash, NotThere, Refusal
from tests.hours.classroom import Classroom


@pytest.fixture
def room(lms, at):
    made = Classroom(lms, minutes=30)
    made.tom = learners.of(lms.staff("tom", made.course).id)
    return made


def enter(room, module="M1", minutes=10, kind=Kind.SELF, mark="mark0001"):
    given = Grant(kind, minutes * 60, "paper", "on the sheet of Monday")
    return grants.enter(room.ann.id, room.course, module, given, by=room.tom, client_id=mark, now=clock.epoch())


def test_it_is_kept_apart_from_observed_time(room):
    enter(room)
    learner = learners.of(room.ann.id)
    assert grants.by_module(learner, room.course)["M1"].alone == 600
    assert ledger.seconds_by_module(learner, room.course) == {}


def test_the_same_form_sent_twice_is_entered_once(room):
    assert enter(room).id == enter(room).id
    assert Row.objects.count() == 1


def test_no_module_gets_more_than_it_asks_for(room):
    enter(room, minutes=25)
    with pytest.raises(Clash) as refused:
        enter(room, minutes=6, mark="mark0002")
    assert "5 min are still open" in refused.value.sentence
    with pytest.raises(Clash):
        enter(room, minutes=1, kind=Kind.LIVE, mark="mark0003")


def test_observed_time_leaves_less_to_enter(room, at):
    room.page().live(at, 1200)
    with pytest.raises(Clash):
        enter(room, minutes=11)


def test_an_unknown_module_is_refused(room):
    with pytest.raises(NotThere):
        enter(room, module="M9")


def test_a_module_with_pages_is_never_said_to_be_an_outline(room):
    given = Grant(Kind.SELF, 600, "outline")
    with pytest.raises(Refusal):
        grants.enter(room.ann.id, room.course, "M1", given, by=room.tom, client_id="mark0009", now=clock.epoch())


def test_it_is_taken_back_once_and_stays_on_record(room):
    kept = enter(room)
    for _ in range(2):
        grants.take_back(kept.id, room.course, by=room.tom, now=clock.epoch())
    assert Row.objects.count() == 2
    assert grants.by_module(learners.of(room.ann.id), room.course) == {}
    enter(room, mark="mark0002")


def test_another_courses_entry_is_not_there(room):
    kept = enter(room)
    with pytest.raises(NotThere):
        grants.take_back(kept.id, "course-v1:Other+C+1", by=room.tom, now=clock.epoch())


def test_rows_are_never_changed(room):
    kept = enter(room)
    with pytest.raises(AppendOnly):
        Row.objects.filter(id=kept.id).update(seconds=1)
    with pytest.raises(AppendOnly):
        kept.save()


def test_modules_without_pages_are_entered_whole_and_once(room):
    unit = room.lms.unit(room.course, "Module M3", "First of M3")
    fields = {"module_id": "M3", "self_minutes": 15, "live_minutes": 105, "outline_only": True}
    room.lms.add(unit, "peer_module", **fields)
    enter(room, module="M3", minutes=5, kind=Kind.LIVE)
    one = grants.enter_outlines(room.ann.id, room.course, by=room.tom, client_id="outlines", now=clock.epoch())
    two = grants.enter_outlines(room.ann.id, room.course, by=room.tom, client_id="outlines", now=clock.epoch())
    found = grants.by_module(learners.of(room.ann.id), room.course)
    assert (one, two) == (2, 0)
    assert set(found) == {"M3"}
    assert (found["M3"].alone, found["M3"].live) == (15 * 60, 105 * 60)
