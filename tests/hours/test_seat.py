"""Seat time as it is lived: pages beat, the ledger grows, and nothing counts twice."""

import pytest

from peer_xblocks import clock
from peer_xblocks.hours import ledger, seat
from peer_xblocks.hours.audit import faults_of
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.hours.models import AppendOnly, Entry
from peer_xblocks.learner import learners, signals
from tests.hours.classroom import Classroom


@pytest.fixture
def room(lms, at):
    return Classroom(lms)


def entries():
    return list(Entry.objects.order_by("id"))


def sound():
    return [
        fault
        for learner in {row.learner for row in entries()}
        for fault in faults_of(str(learner), [row for row in entries() if row.learner == learner])
    ] == []


def test_the_first_beat_earns_nothing_and_says_so(room, at):
    at.forward(60)
    answer = room.page().beat((0, clock.epoch())).json()
    assert answer["counted"] == answer["total"] == 0
    assert "just opened" in answer["why"][0]
    assert entries()[0].start == entries()[0].end


def test_time_on_a_page_counts_second_by_second(room, at):
    page = room.opened()
    page.live(at, 60)
    last = page.answers[-1].json()
    assert last["total"] == 60
    assert last["planned"] == 1800
    assert last["sentence"] == "1 min of 30 min counted in this module."
    assert room.credit().spans == ((clock.epoch() - 60, clock.epoch()),)
    assert sound()


def test_five_tabs_and_two_devices_are_one(room, at):
    pages = [room.opened(client=room.lms.client(room.ann)) for _ in range(5)]
    phone = room.opened("M2", client=room.lms.client(room.ann))
    for _ in range(4):
        at.forward(15)
        for page in (*pages, phone):
            page.beat((clock.epoch() - 15, clock.epoch()))
    assert room.credit().seconds == 60
    assert "counted before" in phone.answers[-1].json()["why"][0]
    assert sound()


def test_sleep_counts_nothing(room, at):
    page = room.opened()
    start = clock.epoch()
    at.forward(8 * 3600)
    answer = page.beat((start, clock.epoch())).json()
    assert answer["counted"] == 30
    assert "could not see" in answer["why"][0]


def test_a_beat_sent_twice_and_one_overtaken_change_nothing(room, at):
    page = room.opened()
    page.live(at, 30)
    rows = len(entries())
    again = page.beat((0, clock.epoch()), seq=page.seq).json()
    overtaken = page.beat((0, clock.epoch()), seq=1).json()
    assert again["counted"] == overtaken["counted"] == 0
    assert overtaken["seq"] == 3
    assert len(entries()) == rows


def test_lost_beats_come_again_and_late_ones_count_what_was_seen(room, at):
    page = room.opened()
    start = clock.epoch()
    at.forward(30)
    answer = page.beat((start, start + 14), (start + 16, start + 28), seq=7).json()
    assert answer["counted"] == 26
    assert answer["acknowledged"] == start + 28


def test_a_full_module_takes_no_more_and_tells_it_once(lms, at):
    room, told = Classroom(lms, minutes=1), []

    def note(**news):
        told.append(news["module"])

    signals.module_credited.connect(note)
    page = room.opened()
    page.live(at, 90)
    signals.module_credited.disconnect(note)
    assert room.credit().seconds == 60
    assert told == ["M1"]
    assert "all its minutes" in page.answers[-1].json()["why"][0]


def test_a_clock_that_steps_back_an_hour_or_on_a_day_adds_nothing(room, at):
    page = room.opened()
    page.live(at, 60)
    before = room.credit().seconds
    at.forward(-3600)
    for _ in range(4):
        at.forward(15)
        assert page.beat((clock.epoch() - 15, clock.epoch())).json()["counted"] == 0
    at.forward(3600 - 60)
    assert room.credit().seconds == before
    at.forward(86_400)
    assert page.beat((clock.epoch() - 86_400, clock.epoch())).status_code == 409
    assert room.credit().seconds == before
    assert sound()


def test_after_a_step_back_a_new_page_never_earns_the_same_seconds(room, at):
    room.opened().live(at, 60)
    at.forward(-30)
    room.opened().live(at, 60)
    assert room.credit().seconds == 90
    assert sound()


def test_credit_over_midnight_belongs_to_both_days(room, at):
    at(2026, 3, 2, 5, 59, 50)
    page = room.opened()
    page.live(at, 15)
    days = [(row.day.isoformat(), row.end - row.start) for row in entries() if row.end > row.start]
    assert days == [("2026-03-01", 10), ("2026-03-02", 5)]


def test_the_night_of_daylight_saving_counts_each_second_once(room, at):
    at(2026, 11, 1, 6, 59, 30)
    page = room.opened()
    page.live(at, 60)
    assert room.credit().seconds == 60
    assert {row.day.isoformat() for row in entries()} == {"2026-11-01"}


def test_modules_are_told_apart_and_reversal_takes_back_one(room, at):
    room.opened("M1").live(at, 60)
    room.opened("M2").live(at, 30)
    learner = learners.of(room.ann.id)
    assert ledger.seconds_by_module(learner, room.course) == {"M1": Tally(60), "M2": Tally(30)}
    heard = []

    def note(**news):
        heard.append(news["what"])

    signals.reversed_.connect(note)
    assert ledger.reverse(learner, room.course, "M1", by=None, reason="asked for") == 60
    assert ledger.reverse(learner, room.course, "M1", by=None, reason="asked for") == 0
    signals.reversed_.disconnect(note)
    assert ledger.seconds_by_module(learner, room.course) == {"M1": Tally(0), "M2": Tally(30)}
    assert heard == ["hours of module M1"]
    assert sound()


def test_after_a_reversal_the_same_seconds_do_not_come_back_but_new_ones_count(room, at):
    page = room.opened()
    start = clock.epoch()
    page.live(at, 30)
    ledger.reverse(learners.of(room.ann.id), room.course, "M1", by=None, reason="asked for")
    assert page.beat((start, clock.epoch())).json()["counted"] == 0
    page.live(at, 15)
    assert page.answers[-1].json()["total"] == 15
    assert sound()


def test_the_ledger_is_written_once(room):
    room.opened()
    entry = entries()[0]
    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(total=9)):
        with pytest.raises(AppendOnly):
            change()


def test_trouble_in_another_room_takes_no_credit_away(lms, at, caplog):
    room = Classroom(lms, minutes=1)

    def stumble(**_news):
        raise RuntimeError("not today")

    signals.module_credited.connect(stumble)
    room.opened().live(at, 60)
    signals.module_credited.disconnect(stumble)
    assert room.credit().seconds == 60
    assert "its sweep repeats it" in caplog.text


# -- how much one learner can write ------------------------------------------------------------------------------


def test_a_page_that_earns_nothing_writes_once_in_two_beats(room, at):
    page, phone = room.opened(), room.opened("M2")
    answered = clock.epoch()
    for _ in range(40):
        at.forward(15)
        page.beat((clock.epoch() - 15, clock.epoch()))
        answered = phone.beat((answered, clock.epoch())).json()["acknowledged"]
    assert room.credit("M1").seconds == 600
    assert Entry.objects.filter(module="M1").count() == 41
    assert Entry.objects.filter(module="M2").count() == 21


def test_a_storm_of_beats_writes_no_rows(room, at):
    page = room.opened()
    for _ in range(50):
        answer = page.beat((clock.epoch() - 5, clock.epoch())).json()
    assert len(entries()) == 1
    assert (answer["counted"], answer["seq"]) == (0, 1)


def test_seconds_that_were_answered_without_a_row_count_once_they_can(room, at):
    page = room.opened()
    opened = clock.epoch()
    at.forward(3)
    assert page.beat().json()["acknowledged"] == opened
    at.forward(4)
    assert page.beat((opened, opened + 7)).json()["counted"] == 7


def test_an_answer_that_was_lost_is_given_again_when_the_beat_is_repeated(room, at):
    page = room.opened()
    at.forward(15)
    claim = (clock.epoch() - 15, clock.epoch())
    page.beat(claim)
    at.forward(5)
    again = page.beat(claim, seq=page.seq).json()
    assert (again["counted"], again["total"], again["acknowledged"]) == (0, 15, claim[1])
    assert room.credit().seconds == 15


def test_whoever_opens_pages_without_end_is_asked_to_wait_and_then_goes_on(room, at, monkeypatch):
    monkeypatch.setattr(seat, "MOST_AN_HOUR", 10)
    page = room.opened()
    for _ in range(9):
        room.opened()
    at.forward(15)
    claim = (clock.epoch() - 15, clock.epoch())
    refused = page.beat(claim)
    assert refused.status_code == 429
    assert refused.json()["error"] == seat.TOO_MANY
    assert room.page().beat().status_code == 429
    assert len(entries()) == 10
    at.forward(3600 - 15)
    assert page.beat(claim, (clock.epoch() - 10, clock.epoch())).json()["counted"] == 25


def test_five_pages_and_two_devices_keep_a_pace_below_the_limit(room, at):
    pages = [room.opened() for _ in range(6)] + [room.opened("M2")]
    marks = [clock.epoch()] * len(pages)
    for _ in range(40):
        at.forward(15)
        for number, page in enumerate(pages):
            answer = page.beat((marks[number], clock.epoch()))
            assert answer.status_code == 200
            marks[number] = answer.json()["acknowledged"]
    assert room.credit().seconds == 600
    assert len(entries()) < seat.MOST_AN_HOUR / 6


def test_one_learners_limit_is_no_others(room, lms, at, monkeypatch):
    monkeypatch.setattr(seat, "MOST_AN_HOUR", 1)
    room.opened()
    assert room.page().beat().status_code == 429
    assert room.page(user=lms.learner("bob", room.course)).beat().status_code == 200
