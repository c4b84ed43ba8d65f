"""A lost line: claimed time and saved work meet in whichever order they arrive."""

import pytest

from peer_xblocks import clock
from peer_xblocks.hours import ledger
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.hours.models import Claim, Entry, Kind
from peer_xblocks.learner import learners, signals
from tests.hours.classroom import Classroom


@pytest.fixture
def room(lms, at):
    return Classroom(lms)


def cut(room, at, seconds=180):
    """A page on which somebody reads through a cut of the line; answers page, begin of the cut, and what it claims."""
    page = room.opened()
    page.live(at, 30)
    begin = clock.epoch()
    at.forward(seconds)
    return page, begin, (begin, clock.epoch())


def saved(room, at, received=None):
    received = clock.epoch() if received is None else received
    signals.work_saved.send(
        sender=None,
        learner=learners.of(room.ann.id),
        course=room.course,
        usage="block-v1:x",
        at=at,
        received=received,
    )


def tally(room, module="M1"):
    return ledger.seconds_by_module(learners.of(room.ann.id), room.course).get(module, Tally())


def test_without_saved_work_only_two_beats_count(room, at):
    page, _, claimed = cut(room, at)
    page.beat(claimed)
    assert tally(room) == Tally(self_paced=60)
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("work_first", [True, False])
def test_saved_work_brings_the_gap_back_in_either_order(room, at, work_first):
    page, begin, claimed = cut(room, at)
    if work_first:
        saved(room, begin + 60)
    page.beat(claimed)
    if not work_first:
        saved(room, begin + 60)
    assert tally(room) == Tally(self_paced=60, offline=150)
    assert room.credit().spans == ((begin - 30, begin + 180),)
    said = page.answers[-1].json()
    assert said["counted"] == (180 if work_first else 30)
    assert bool(said["why"]) is not work_first


@pytest.mark.parametrize("when", [-1, 180, 400])
def test_work_outside_the_gap_brings_nothing(room, at, when):
    page, begin, claimed = cut(room, at)
    page.beat(claimed)
    at.forward(300)
    saved(room, begin + when)
    assert tally(room).offline == 0


def test_a_gap_counts_once_however_much_work_arrives(room, at):
    page, begin, claimed = cut(room, at, 600)
    page.beat(claimed)
    for second in (10, 20, 30):
        saved(room, begin + second)
    assert tally(room).offline == 300


def test_a_day_has_its_own_end(room, at):
    page = room.opened()
    for _ in range(5):
        begin = clock.epoch()
        at.forward(400)
        page.beat((begin, clock.epoch()))
        saved(room, begin + 60)
    assert tally(room).offline == 900


def test_what_counted_elsewhere_in_the_gap_does_not_count_again(room, at):
    page, other = room.opened(), room.opened("M2")
    begin = clock.epoch()
    other.live(at, 120)
    at.forward(60)
    page.beat((begin, clock.epoch()))
    saved(room, begin + 60)
    assert tally(room) == Tally(self_paced=30, offline=30)
    assert room.credit().seconds == 180


def test_offline_time_can_fill_a_module_and_tells_it(lms, at):
    room, told = Classroom(lms, minutes=2), []

    def note(**news):
        told.append(news["module"])

    signals.module_credited.connect(note)
    page, begin, claimed = cut(room, at)
    page.beat(claimed)
    saved(room, begin + 60)
    signals.module_credited.disconnect(note)
    assert tally(room) == Tally(self_paced=60, offline=60)
    assert told == ["M1"]


def test_work_stamped_in_the_future_is_ignored(room, at):
    page, begin, claimed = cut(room, at)
    page.beat(claimed)
    saved(room, begin + 60, received=begin + 10)
    assert tally(room).offline == 0


def test_an_entry_of_a_lost_line_says_so(room, at):
    page, begin, claimed = cut(room, at)
    page.beat(claimed)
    saved(room, begin + 60)
    assert Entry.objects.filter(kind=Kind.OFFLINE).get().seq == page.seq
    page.live(at, 15)
    assert page.answers[-1].json()["counted"] == 15
