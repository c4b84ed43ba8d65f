"""A learner's own page: what counted on each day, what did not and why, and nobody else's."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks import clock
from peer_xblocks.demo.models import Enrolment
from peer_xblocks.hours import ledger, views
from peer_xblocks.hours.models import Entry, Kind
from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner
from tests.hours.classroom import Classroom


@pytest.fixture
def room(lms, at):
    at.now = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
    return Classroom(lms)


def address(room, query=""):
    return f"/peer_xblocks/hours/days/{room.course}{query}"


def days(room, user=None, query=""):
    """The page's words, blanks made one."""
    answer = room.lms.client(user or room.ann).get(address(room, query))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_what_counted_is_told_by_day_and_module(room, at):
    room.opened("M1").live(at, 120)
    room.opened("M2").live(at, 60)
    page = days(room)
    assert "Tuesday, March 3, 2026" in page
    assert "<strong>3 min</strong> counted" in page
    assert "Module M1: 2 min" in page
    assert "Module M2: 1 min" in page
    assert "<strong>Module M1</strong>: 2 min of 30 min counted in this module." in page
    assert "What did not count" not in page


def test_times_are_those_of_the_cohort(room, at):
    room.opened().live(at, 60)
    page = days(room)
    assert "9:00:00 AM – 9:01:00 AM" in page
    assert "America/Chicago" in page


def test_a_day_ends_at_the_cohorts_midnight(room, at):
    at.now = datetime(2026, 3, 4, 5, 59, 30, tzinfo=UTC)
    room.opened().live(at, 60)
    page = days(room)
    assert page.index("Wednesday, March 4, 2026") < page.index("Tuesday, March 3, 2026")
    assert page.count("<strong>30 s</strong> counted") == 2


def test_what_did_not_count_has_its_reason_in_a_plain_sentence(room, at):
    page, phone = room.opened(), room.opened("M2")
    start = clock.epoch()
    at.forward(155)
    page.beat((start, clock.epoch()))
    phone.beat((clock.epoch() - 30, clock.epoch()))
    said = days(room)
    assert "2 min did not count: the line was down or the device slept, and we could not see the page." in said
    assert "30 s counted before, in another tab or on another device." in said


def test_minutes_beyond_the_plan_are_told(room, at):
    Classroom.__init__(room, room.lms, minutes=1)
    room.opened().live(at, 90)
    assert "30 s came when the module had all its minutes already, so it was not added." in days(room)


def test_time_behind_a_lost_line_is_told_apart(room, at):
    room.opened().live(at, 60)
    row = Entry.objects.latest("id")
    Entry.objects.create(
        learner=row.learner, course=row.course, module="M1", kind=Kind.OFFLINE, at=row.at, seen=row.seen,
        start=row.end, end=row.end + 120, total=row.total + 120, day=row.day,
    )  # fmt: skip
    page = days(room)
    assert "Module M1: 3 min" in page
    assert "2 min of it while the line was down, shown by work that you saved." in page


def test_what_was_taken_back_says_so_with_the_reason_on_record(room, at):
    room.opened().live(at, 60)
    ledger.reverse(learners.of(room.ann.id), room.course, "M1", by=None, reason="Staff reset this module.")
    page = days(room)
    assert "No time counted on this day." in page
    assert "1 min of Module M1 was taken back. The reason on record: Staff reset this module." in page


def test_a_newcomer_is_told_how_it_begins_and_nothing_is_written(room):
    page = days(room)
    assert "There is no day to show yet." in page
    assert "0 min of 30 min" in page
    assert not Learner.objects.exists()


def test_nobody_sees_another_learners_days_staff_neither(room, lms, at):
    room.opened().live(at, 60)
    for other in (lms.learner("bob", room.course), lms.staff("tom", room.course)):
        assert "There is no day to show yet." in days(room, other)


def test_own_days_stay_open_after_an_enrolment_ended(room, at):
    room.opened().live(at, 60)
    Enrolment.objects.update(is_active=False)
    assert "1 min" in days(room)


def test_a_stranger_is_asked_to_sign_in_and_no_course_is_none(room, lms):
    assert lms.client().get(address(room)).status_code == 403
    assert lms.client(room.ann).get("/peer_xblocks/hours/days/nonsense").status_code == 404
    assert lms.client(room.ann).post(address(room)).status_code == 405


def test_long_histories_come_in_parts(room, at, monkeypatch):
    monkeypatch.setattr(views, "DAYS", 2)
    for _ in range(3):
        room.opened().live(at, 60)
        at.forward(86_400)
    first = days(room)
    assert first.count("<section") == 2
    assert "March 3" not in first
    link = re.search(r'href="(\?before=2026-03-04[^"]*)"', first)
    assert link
    rest = days(room, query=link[1].replace("&amp;", "&"))
    assert "March 3, 2026" in rest
    assert "Earlier days" not in rest


def test_days_cost_the_same_however_many_there_are(room, at):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            days(room)
        return len(queries)

    room.opened().live(at, 60)
    few = cost()
    for _ in range(5):
        at.forward(86_400)
        room.opened().live(at, 60)
    assert cost() == few


def test_the_way_back_leads_to_the_page_one_came_from_and_nowhere_else(room):
    def back(query):
        return re.search(r'class="peer-days__back" href="([^"]+)"', days(room, query=query))[1]

    here = room.units["M2"]
    assert back(f"?from={here.replace('+', '%2B')}") == f"/courses/{room.course}/jump_to/{here}"
    for foreign in ("https://example.invalid/", "javascript:alert(1)", "block-v1:A+B+C+type@vertical+block@x"):
        assert back(f"?from={foreign.replace('+', '%2B')}") == f"/courses/{room.course}/jump_to/{room.units['M1']}"


def test_a_day_that_is_none_is_left_out_of_the_question(room, at):
    room.opened().live(at, 60)
    assert "1 min" in days(room, query="?before=yesterday")


def test_step_away_and_988_are_here_too(room):
    assert "988" in days(room)
    assert "Step away" in days(room)
