"""The ledger in a database through any history: pages, forgeries, replays, clocks, reversals, lost lines.

A model keeps who owns which second. `PEER_EXAMPLES_DB` says how many histories are tried.
"""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from peer_xblocks.hours import ledger, seat
from peer_xblocks.hours.audit import faults_of
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.lease import Lease
from peer_xblocks.hours.models import Entry, Kind
from peer_xblocks.intervals import Intervals
from peer_xblocks.learner import learners, signals
from tests.hours.oracle import Ledger, seconds

EXAMPLES = int(os.environ.get("PEER_EXAMPLES_DB", "30"))
PLANNED = 400
COURSE = "course-v1:T+C+1"
BEGIN = 1_777_000_000
people = count(1000)
spans = st.tuples(st.integers(-200, 60), st.integers(0, 120))


@dataclass
class Tab:
    """One open page and what it sent last."""

    lease: Lease
    seq: int = 0
    last: list = field(default_factory=list)
    written: bool = True


class Hours(RuleBasedStateMachine):
    """One learner's history."""

    tabs = Bundle("tabs")

    def __init__(self):
        super().__init__()
        self.user_id = next(people)
        self.learner = learners.of(self.user_id)
        self.now = self.earliest = self.latest = BEGIN
        self.model = Model({"M1": PLANNED, "M2": PLANNED})
        self.nonces = count()

    @rule(target=tabs, module=st.sampled_from(["M1", "M2"]))
    def open_a_page(self, module):
        nonce = f"{self.user_id}-{next(self.nonces)}"
        return Tab(Lease(self.user_id, COURSE, module, "unit", nonce, self.now, PLANNED, "America/Chicago"))

    @rule(seconds=st.integers(1, 50) | st.integers(100, 700))
    def let_time_pass(self, seconds):
        self.move(seconds)

    @rule(seconds=st.integers(1, 3600))
    def step_the_clock_back(self, seconds):
        self.move(-seconds)

    @rule(tab=tabs, claimed=st.lists(spans, max_size=4))
    def beat(self, tab, claimed):
        tab.seq += 1
        tab.last = Intervals.union((self.now + at, self.now + at + length) for at, length in claimed)
        self.heard(tab)

    @rule(tab=tabs)
    def send_the_same_again(self, tab):
        if tab.seq and not tab.written:
            self.heard(tab)
        elif tab.seq:
            before = Entry.objects.count()
            assert self.send(tab).counted == 0
            assert Entry.objects.count() == before

    @rule(module=st.sampled_from(["M1", "M2"]))
    def take_back(self, module):
        assert ledger.reverse(self.learner, COURSE, module, by=None, reason="x") == self.model.total(module)
        self.model.take_back(module)

    @rule(ago=st.integers(0, 900))
    def saved_work_arrives(self, ago):
        news = {"usage": "u", "at": self.now - ago, "received": self.now}
        signals.work_saved.send(sender=None, learner=self.learner, course=COURSE, **news)
        self.attested()

    @invariant()
    def the_ledger_holds_what_the_model_holds(self):
        held = {second for start, end in self.rows().values_list("start", "end") for second in range(start, end)}
        assert held == set(self.model.owner)
        for module in ("M1", "M2"):
            assert ledger.total(self.learner, COURSE, module) == self.model.total(module) <= PLANNED

    @invariant()
    def nothing_counts_twice_and_everything_adds_up(self):
        assert faults_of(str(self.learner), ledger.entries(self.learner, COURSE)) == []

    @invariant()
    def credit_is_within_the_wall_clock_and_offline_within_its_policy(self):
        assert len(self.model.owner) <= self.latest - self.earliest
        days, gaps = defaultdict(int), defaultdict(int)
        for row in self.rows(Kind.OFFLINE):
            days[row.day] += row.end - row.start
            gaps[row.lease, row.seq] += row.end - row.start
        assert all(each <= 900 for each in days.values())
        assert all(each <= 300 for each in gaps.values())

    def attested(self):
        """Tells the model which seconds were settled offline, in a beat or after it, and answers how many are new."""
        before = len(self.model.owner)
        for start, end, module in self.rows(Kind.OFFLINE).values_list("start", "end", "module"):
            for second in range(start, end):
                assert self.model.owner.setdefault(second, module) == module
        return len(self.model.owner) - before

    def heard(self, tab):
        """One beat that the ledger has not yet: it brings what the model says, and a row only where the model asks for it."""
        before = Entry.objects.count()
        won, tab.written = self.model.hear_sparingly(tab.lease.nonce, tab.lease.module, seconds(tab.last), self.now)
        answer = self.send(tab)
        assert answer.counted == len(won) + self.attested()
        assert answer.acknowledged == self.model.marks[tab.lease.nonce]
        assert (Entry.objects.count() > before) == tab.written

    def rows(self, kind=None):
        rows = Entry.objects.filter(learner=self.learner, reverses__isnull=True)
        return rows.filter(kind=kind) if kind else rows

    def send(self, tab):
        return seat.record(tab.lease, Beat("", tab.seq, tab.last or Intervals()), now=self.now)

    def move(self, seconds):
        self.now += seconds
        self.earliest, self.latest = min(self.earliest, self.now), max(self.latest, self.now)


class Model(Ledger):
    """The oracle, with reversals: what was taken back stays taken and no longer counts."""

    def __init__(self, planned):
        super().__init__(planned)
        self.void = set()

    def total(self, module):
        return sum(1 for second, each in self.owner.items() if each == module and second not in self.void)

    def hear_sparingly(self, lease, module, claimed, now):
        """What one beat earns, and whether it is written: else the lease's mark stays where it was."""
        mark = self.marks.get(lease)
        late = sorted(second for second in claimed if mark is not None and mark <= second < now)[: -2 * self.beat]
        unobserved = set(late) - set(self.owner)
        won = self.hear(lease, module, claimed, now)
        written = bool(mark is None or won or unobserved or now - mark >= 2 * self.beat)
        if not written:
            self.marks[lease] = mark
        return won, written

    def take_back(self, module):
        self.void |= {second for second, each in self.owner.items() if each == module}


@pytest.mark.django_db
def test_any_history_keeps_the_ledger_true():
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    how = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Hours, settings=how)
