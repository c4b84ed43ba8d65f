"""The invariants of contact hours on the rules alone, each held against a second-by-second oracle."""

from datetime import UTC as STANDARD
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.hours.credit import Known, Reason, credit, settles
from peer_xblocks.hours.days import day_of, split
from peer_xblocks.hours.offline import Gap, Room, Work, attested
from peer_xblocks.intervals import Intervals
from tests.hours.oracle import Ledger, seconds

BEAT = 15
NONE = Intervals()
UTC = ZoneInfo("UTC")
CHICAGO = ZoneInfo("America/Chicago")


def at(*parts):
    return int(datetime(*parts, tzinfo=STANDARD).timestamp())


spans = st.tuples(st.integers(0, 400), st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))
claims = st.lists(spans, max_size=4).map(Intervals.union)
beats = st.tuples(
    st.sampled_from(["tab 1", "tab 2", "phone"]),
    st.sampled_from(["C01", "C02"]),
    claims,
    st.integers(-40, 60),
)
histories = st.lists(beats, max_size=15)


class Run:
    """A learner's history of beats through `credit`, kept as the ledger keeps it."""

    def __init__(self, planned=200, sparing=False):
        self.planned = planned
        self.sparing = sparing
        self.credit = {}
        self.taken = Intervals()
        self.marks = {}
        self.beats = []

    def hear(self, lease, module, claimed, now):
        key = (lease, module)
        total = self.credit.get(module, Intervals()).seconds
        known = Known(self.marks.get(key), self.taken, total, self.planned)
        found = credit(claimed, known, now=now, beat=BEAT)
        if self.sparing and not settles(found, known, now=now, beat=BEAT):
            return found
        self.credit[module] = self.credit.get(module, Intervals()) | found.credit
        self.taken |= found.credit
        self.marks[key] = found.answered
        self.beats.append((key, now, found))
        return found


def played(history, planned=200, sparing=False):
    run, now = Run(planned, sparing), 60
    for lease, module, claimed, step in history:
        now = max(now + step, 0)
        run.hear(lease, module, claimed, now)
    return run


@given(histories)
def test_every_beat_earns_what_the_oracle_says(history):
    run, oracle, now = Run(), Ledger({"C01": 200, "C02": 200}), 60
    for lease, module, claimed, step in history:
        now = max(now + step, 0)
        found = run.hear(lease, module, claimed, now)
        assert seconds(found.credit) == oracle.hear((lease, module), module, seconds(claimed), now)
        assert found.answered == oracle.marks[(lease, module)]


@given(histories)
def test_a_beat_that_is_not_written_down_takes_no_second_from_anybody(history):
    sparing, thorough = played(history, 10_000, sparing=True), played(history, 10_000)
    assert not seconds(thorough.taken) - seconds(sparing.taken)
    assert all(found.credit.seconds <= 2 * BEAT for _, _, found in sparing.beats)


@given(histories)
def test_a_lease_writes_what_earns_nothing_at_most_once_in_two_beats(history):
    written = {}
    for key, now, found in played(history, sparing=True).beats:
        if key in written and not found.credit and not found.unobserved:
            assert now - written[key] >= 2 * BEAT
        written[key] = found.answered


@given(histories)
def test_credit_of_any_span_is_at_most_the_span_and_modules_never_overlap(history):
    run = played(history)
    parts = [seconds(each) for each in run.credit.values()]
    assert sum(len(each) for each in parts) == len(set().union(*parts)) == run.taken.seconds
    assert all(run.taken.clip(low, low + 50).seconds <= 50 for low in range(0, 500, 25))


@given(histories)
def test_credit_only_grows_and_never_beyond_two_beats_a_beat(history):
    before = 0
    for _, _, found in (run := played(history)).beats:
        assert 0 <= found.credit.seconds <= 2 * BEAT
        before += found.credit.seconds
    assert before == run.taken.seconds


@given(histories)
def test_a_forged_client_earns_no_more_than_the_wall_clock_of_its_lease(history):
    run = played(history)
    for key in run.marks:
        times = [now for each, now, _ in run.beats if each == key]
        earned = sum(found.credit.seconds for each, _, found in run.beats if each == key)
        assert earned <= max(times) - times[0]


@given(histories)
def test_a_learner_earns_no_more_than_the_wall_clock_however_many_tabs(history):
    run = played(history)
    times = [now for _, now, _ in run.beats]
    assert run.taken.seconds <= (max(times) - min(times) if times else 0)


@given(histories, st.integers(0, 14))
def test_a_beat_that_comes_twice_changes_nothing_the_second_time(history, position):
    run, now = Run(), 60
    for number, (lease, module, claimed, step) in enumerate(history):
        now = max(now + step, 0)
        run.hear(lease, module, claimed, now)
        if number == position:
            assert not run.hear(lease, module, claimed, now).credit


@given(histories)
def test_no_module_goes_beyond_its_plan(history):
    assert all(each.seconds <= 50 for each in played(history, planned=50).credit.values())


@given(histories)
def test_every_claimed_second_counts_or_has_its_reason(history):
    run = Run()
    now = 60
    for lease, module, claimed, step in history:
        now = max(now + step, 0)
        before = run.taken
        found = run.hear(lease, module, claimed, now)
        if Reason.OPENED not in found.why:
            explained = found.credit.seconds + sum(found.why.values())
            assert claimed.seconds - (claimed & before).seconds <= explained
            assert explained <= claimed.seconds


truths = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 40)), min_size=1, max_size=6)
lines = st.binary(min_size=60, max_size=60).map(lambda line: [(byte < 64, byte % 10) for byte in line])


@given(truths, lines)
def test_an_honest_page_on_a_bad_line_earns_a_part_of_the_truth(truth, line):
    here, now = Intervals(), 0
    for away, stay in truth:
        here |= Intervals.of((now + away, now + away + stay))
        now += away + stay
    run, acknowledged = Run(planned=10_000), 0
    run.hear("tab", "C01", Intervals(), 0)
    for sent, (lost, late) in zip(range(BEAT, 60 * BEAT, BEAT), line, strict=False):
        if not lost:
            claimed = here.clip(acknowledged, sent)
            acknowledged = run.hear("tab", "C01", claimed, sent + late).answered
    assert seconds(run.taken) <= seconds(here)
    if not any(lost for lost, _ in line):
        assert run.taken == here


zones = st.sampled_from([CHICAGO, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia"), ZoneInfo("Asia/Kathmandu")])
moments = st.integers(at(2011, 12, 28), at(2012, 1, 2)) | st.integers(at(2026, 2, 28), at(2026, 3, 15))
times = st.lists(st.tuples(moments, st.integers(0, 3 * 86_400)), max_size=3).map(
    lambda found: Intervals.union((start, start + length) for start, length in found)
)


@given(times, zones)
def test_days_part_a_set_without_loss_and_each_part_lies_in_its_day(spans, zone):
    parts = split(spans, zone)
    assert Intervals.union(span for _, part in parts for span in part) == spans
    assert sum(part.seconds for _, part in parts) == spans.seconds
    for day, part in parts:
        assert all(day_of(start, zone) == day == day_of(end - 1, zone) for start, end in part)


evening = st.tuples(st.integers(86_000, 87_000), st.integers(0, 400)).map(lambda each: (each[0], each[0] + each[1]))
evenings = st.lists(evening, max_size=4).map(Intervals.union)


@given(evenings, evenings, st.integers(86_000, 87_000), st.integers(0, 900), st.integers(0, 900), st.integers(0, 400))
def test_what_counts_was_claimed_is_new_and_has_room(claimed, taken, at, used, module, gap):
    room = Room(gap, 900, {date(1970, 1, 1): used}, module)
    hole = Gap(86_000, 88_000, claimed)
    found = attested(hole, [Work(at, 90_000)], taken, room, UTC)
    assert found - claimed == NONE
    assert found & taken == NONE
    assert found.seconds <= min(gap, module)
    for day, part in split(found, UTC):
        assert part.seconds + room.used.get(day, 0) <= 900
