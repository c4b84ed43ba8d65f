"""Sittings in a database through any history; a model keeps what was acknowledged and when.

`PEER_EXAMPLES_DB` says how many histories are tried.
"""

import contextlib
import os
import secrets
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from peer_xblocks.exam import answers, banks, definition, forms, journal, officers, sittings
from peer_xblocks.exam.answer import Sent
from peer_xblocks.exam.models import Answer, Journal, Score, Sitting
from peer_xblocks.exam.officers import Act
from peer_xblocks.exam.sitting import OPEN
from peer_xblocks.learner import learners, signals
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import Refusal
from tests.exam.conftest import EXAM
from tests.exam.made import bank

EXAMPLES = int(os.environ.get("PEER_EXAMPLES_DB", "20"))
PLACE = sittings.Place("course-v1:T+C+1", "block-v1:T+C+1+type@peer_exam+block@e")
T0 = 1_777_000_000_000
people = count(5000)
items = st.integers(0, 23)
chosen = st.sampled_from([(), ("a",), ("b",), ("c",)])
devices = st.sampled_from(["device-one", "device-two"])


class Exam(RuleBasedStateMachine):
    """One learner's history in one exam."""

    def __init__(self):
        super().__init__()
        self.user_id = next(people)
        self.learner = learners.of(self.user_id)
        self.exam = definition.of(programme(), EXAM)
        self.now = T0
        self.acked = {}
        self.seqs = {}
        self.decided = []
        signals.exam_decided.connect(self.heard, dispatch_uid="machine")

    def teardown(self):
        signals.exam_decided.disconnect(dispatch_uid="machine")

    def heard(self, *, learner, passed, **_said):
        if learner == self.learner:
            self.decided.append(passed)

    @property
    def row(self):
        return Sitting.objects.filter(learner=self.learner).order_by("-started", "-attempt").first()

    @property
    def sat(self):
        return self.row is not None

    @rule()
    def start(self):
        open_before = sittings.open_sitting(self.learner, PLACE.course, EXAM)
        try:
            row = sittings.start(
                self.user_id, PLACE, self.exam, seed=secrets.token_hex(4), client_id=secrets.token_hex(8), now=self.now
            )
        except Refusal:
            return
        still = (
            open_before and sittings.value(open_before).state in OPEN and not sittings.value(open_before).over(self.now)
        )
        if still:
            assert row.id == open_before.id
        else:
            self.acked[row.id] = {}

    @rule(seconds=st.sampled_from([1, 19, 21, 60, 1200, 2400, 3600]) | st.integers(0, 4000))
    def let_time_pass(self, seconds):
        self.now += seconds * 1000 + 7

    @rule(days=st.sampled_from([1, 15, 200]))
    def let_days_pass(self, days):
        self.now += days * 86_400_000

    @precondition(lambda self: self.sat)
    @rule(at=items, picked=chosen, device=devices, again=st.booleans(), back=st.integers(0, 2))
    def answer(self, at, picked, device, again, back):
        row = self.row
        item = forms.of(row.form_id).places[at].item
        number = self.seqs[device] = self.seqs.get(device, 0) + 1
        sent = Sent(item, picked, False, device, max(0, number - back), secrets.token_hex(8))
        before = sittings.value(row)
        taken = answers.save(self.user_id, row.id, sent, now=self.now)
        if again:
            assert answers.save(self.user_id, row.id, sent, now=self.now).word == taken.word
        if taken.word == "counts":
            assert before.state in OPEN
            assert self.now <= before.deadline(self.now) + before.grace
            self.acked[row.id][item] = list(picked)

    @precondition(lambda self: self.sat)
    @rule(at=items, picked=chosen, device=devices)
    def submit(self, at, picked, device):
        row = self.row
        item = forms.of(row.form_id).places[at].item
        number = self.seqs[device] = self.seqs.get(device, 0) + 1
        sent = Sent(item, picked, False, device, number, secrets.token_hex(8))
        counts = sittings.value(row).word(self.now) == "counts"
        answers.submit(self.user_id, row.id, [sent], secrets.token_hex(8), now=self.now)
        if counts:
            self.acked[row.id][item] = list(picked)

    @precondition(lambda self: self.sat)
    @rule(do=st.sampled_from(["pause", "resume", "void"]))
    def decide(self, do):
        with contextlib.suppress(Refusal):
            getattr(officers, do)(self.row.id, self.act(), now=self.now)

    @precondition(lambda self: self.sat)
    @rule(percent=st.sampled_from([100, 150, 200]), minutes=st.integers(0, 30))
    def allow(self, percent, minutes):
        with contextlib.suppress(Refusal):
            officers.allow(self.row.id, self.act(), percent=percent, minutes=minutes, now=self.now)

    @rule(minutes=st.integers(1, 20))
    def outage(self, minutes):
        officers.make_good(self.act(), minutes=minutes, now=self.now, course=PLACE.course)

    @rule()
    def sweep(self):
        row = sittings.open_sitting(self.learner, PLACE.course, EXAM)
        if row is not None:
            sittings.time_out(row.id, now=self.now)

    @precondition(lambda self: self.sat and self.row.state in ("submitted", "timed_out"))
    @rule(raw=st.integers(0, 20))
    def override(self, raw):
        before = Score.objects.filter(sitting=self.row).count()
        officers.override(self.row.id, self.act(), raw=raw, now=self.now)
        assert Score.objects.filter(sitting=self.row).count() == before + 1

    def act(self):
        return Act(self.learner, "A made-up reason", secrets.token_hex(8))

    @invariant()
    def at_most_one_is_open(self):
        assert Sitting.objects.filter(learner=self.learner, open_slot=1).count() <= 1

    @invariant()
    def what_was_acknowledged_is_what_stands(self):
        for key, acked in self.acked.items():
            held = dict(Answer.objects.filter(sitting=key).values_list("item", "chosen"))
            assert held == acked

    @invariant()
    def each_is_scored_once_when_it_closes(self):
        for row in Sitting.objects.filter(learner=self.learner):
            firsts = Score.objects.filter(sitting=row, kind="first").count()
            assert firsts == (row.state in ("submitted", "timed_out") or row.decided is not None)

    @invariant()
    def no_more_time_is_used_than_allowed_and_the_grace(self):
        for row in Sitting.objects.filter(learner=self.learner):
            value = sittings.value(row)
            if value.finished is not None and row.state != "voided":
                assert value.used(self.now) <= value.allowed + value.grace

    @invariant()
    def every_journal_is_whole(self):
        for row in Sitting.objects.filter(learner=self.learner):
            assert journal.first_break(row) is None
            assert Journal.objects.filter(sitting=row).count() >= 1


@pytest.mark.django_db
def test_any_history_keeps_sittings_true():
    banks.keep(bank(code=programme().exams[EXAM].bank), by="An officer")
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Exam, settings=how)
