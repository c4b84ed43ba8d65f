"""64 threads that start, save, pause and hand in at random: the invariants I1 to I5 hold.

`PEER_SITTINGS` says how many sittings are driven: few in `make test`, 1,000 on PostgreSQL and 200 on MariaDB in `.ci/run`.
"""

import contextlib
import json
import os
import random
import secrets
import threading
from collections import Counter, defaultdict

import pytest
from django.db import connection

from peer_xblocks import clock
from peer_xblocks.exam import answers, banks, definition, forms, journal, officers, sittings, sweep
from peer_xblocks.exam.answer import Sent
from peer_xblocks.exam.models import Answer, Journal, Score, Sitting, Standing
from peer_xblocks.exam.officers import Act
from peer_xblocks.learner import learners, signals
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import Refusal
from tests.exam.conftest import EXAM
from tests.exam.made import bank
from tests.lms import Lms

pytestmark = pytest.mark.django_db(transaction=True)
SITTINGS = int(os.environ.get("PEER_SITTINGS", "24"))
THREADS = 64
STEPS = 6


class Crowd:
    """What all threads did, as each of them was answered."""

    def __init__(self, seed, place):
        self.place = place
        self.random = random.Random(seed)
        self.learners = {number: learners.of(number) for number in range(70_000, 70_000 + SITTINGS)}
        self.acked = defaultdict(set)
        self.started = defaultdict(set)
        self.results = defaultdict(set)
        self.retried = Counter()
        self.faults = []
        self.lock = threading.Lock()
        self.exam = definition.of(programme(), EXAM)
        self.turns = [user for user in self.learners for _ in range(max(2, STEPS))]
        self.random.shuffle(self.turns)

    def work(self, number):
        mine = random.Random(number)
        try:
            while True:
                with self.lock:
                    if not self.turns:
                        return
                    user = self.turns.pop()
                try:
                    self.step(user, mine, f"device-{number}")
                except Refusal:  # closed already, or paused: what a page would say in one sentence
                    with self.lock:
                        self.retried["refused"] += 1
        except Exception as fault:
            self.faults.append(fault)
        finally:
            connection.close()

    def step(self, user, mine, device):
        row = sittings.start(user, self.place, self.exam, seed=secrets.token_hex(4), client_id=secrets.token_hex(8), now=clock.millis())  # fmt: skip
        self.started[user].add(row.id)
        for _ in range(mine.randrange(1, 4)):
            self.save(user, row, mine, device)
        if mine.random() < 0.15:
            self.pause(row)
        if mine.random() < 0.25:
            done = answers.submit(
                user, row.id, [self.sent(row, mine, device)], secrets.token_hex(8), now=clock.millis()
            )
            if done.open_slot is None:  # not while another thread had it paused
                self.results[row.id].add((done.state, done.passed))

    def sent(self, row, mine, device):
        item = mine.choice(forms.of(row.form_id).places).item
        seq = int(clock.now().timestamp() * 1000) % 2**31
        return Sent(item, (mine.choice("abc"),), False, device, seq, secrets.token_hex(8))

    def save(self, user, row, mine, device):
        sent = self.sent(row, mine, device)
        taken = answers.save(user, row.id, sent, now=clock.millis())
        if taken.word == "counts":
            with self.lock:
                self.acked[row.id].add((sent.item, sent.client_id))

    def pause(self, row):
        for change in (officers.pause, officers.resume):
            with contextlib.suppress(Refusal):
                change(row.id, Act(row.learner, "A made-up reason", secrets.token_hex(8)), now=clock.millis())


@pytest.fixture
def retries(monkeypatch):
    """Counts how often the database gave up on a transaction that was then tried again."""
    counted = Counter()
    busy = learners._busy

    def noted(error):
        counted["busy"] += busy(error)
        return busy(error)

    monkeypatch.setattr(learners, "_busy", noted)
    monkeypatch.setattr(learners.retrying, "__kwdefaults__", {**learners.retrying.__kwdefaults__, "tries": 60})
    return counted


@pytest.fixture
def heard():
    """How often each sitting's end was told."""
    told = Counter()

    def note(*, learner, passed, **_said):
        told[learner] += 1

    signals.exam_decided.connect(note, dispatch_uid="crowd")
    yield told
    signals.exam_decided.disconnect(dispatch_uid="crowd")


def last_that_counted(row):
    """The answers as the journal tells them."""
    said = Journal.objects.filter(sitting=row, kind="answer", word="counts").order_by("number")
    bodies = [json.loads(body) for body in said.values_list("body", flat=True)]
    return {each["item"]: each["chosen"] for each in bodies}


def test_whatever_64_threads_do_the_invariants_hold(retries, heard, capsys):
    banks.keep(bank(code=programme().exams[EXAM].bank), by="An officer")
    lms = Lms()
    course = lms.course()
    usage = lms.add(lms.unit(course), "peer_exam", exam=EXAM)
    crowd = Crowd(SITTINGS, sittings.Place(course, usage))
    threads = [threading.Thread(target=crowd.work, args=(number,)) for number in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(600)
    assert crowd.faults == []
    held = list(Sitting.objects.all())
    assert len(held) == SITTINGS
    for row in held:
        assert crowd.started[next(u for u, who in crowd.learners.items() if who == row.learner)] == {row.id}  # I1
        kept = dict(Answer.objects.filter(sitting=row).values_list("item", "chosen"))
        assert {item for item, _ in crowd.acked[row.id]} <= set(kept)  # I2
        assert kept == last_that_counted(row)
        known = journal.known(row, [client for _, client in crowd.acked[row.id]])
        assert known == {client for _, client in crowd.acked[row.id]}
        closed = row.state == "submitted"
        assert Score.objects.filter(sitting=row).count() == closed  # I3
        assert len({passed for _, passed in crowd.results[row.id]}) <= 1
        value = sittings.value(row)
        assert value.used(clock.millis()) <= value.allowed + value.grace  # I4
        assert heard[row.learner] == closed  # I5: one piece of news, one standing for the gradebook
        assert Standing.objects.filter(learner=row.learner).count() == closed
        assert journal.first_break(row) is None
    with capsys.disabled():
        print(f"\n{SITTINGS} sittings, {THREADS} threads, {connection.vendor}: {retries['busy']} retried, {crowd.retried['refused']} refused")  # fmt: skip
    assert sweep.sweep() == 0
