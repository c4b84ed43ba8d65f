"""Many at once: threads, two workers, a database that is busy."""

import threading
import time

import pytest
from django.db import connection

from peer_xblocks.certification import completions
from peer_xblocks.certification.delivery import deliver_due
from peer_xblocks.certification.models import Completion, Outbox, State
from peer_xblocks.certification.sweep import sweep
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner import learners, signals
from tests.faults import stub

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works):
    """Runs each in a thread with its own connection; raises what one of them raised."""
    faults, gate = [], threading.Barrier(len(works))

    def run(work):
        try:
            gate.wait(10)
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    if faults:
        raise faults[0]


@pytest.fixture
def ready(transactional_db, desk):
    """Everything done, but nobody has noticed yet."""
    signals.module_credited.disconnect(dispatch_uid="peer_certification.settle")
    signals.check_passed.disconnect(dispatch_uid="peer_certification.settle")
    try:
        desk.give_name()
        desk.finish()
    finally:
        from peer_xblocks.certification import listeners

        listeners.listen()
    assert not Completion.objects.exists()
    return desk


def test_one_signal_from_eight_threads_is_one_report(ready):
    who, user_id = ready.learner(), ready.ann.id

    def credited():
        def once():
            with learners.locked(user_id=user_id):
                signals.module_credited.send(sender=Entry, learner=who, course=ready.course, module="M1")

        for _ in range(3):
            # Tables in memory are locked without waiting; a database of its own waits by itself.
            learners.retrying(once, tries=400, pause=lambda seconds: time.sleep(min(seconds, 0.02)))

    together(*[credited] * 8)
    sweep()
    assert (Completion.objects.count(), Outbox.objects.count()) == (1, 1)
    assert Completion.objects.get().version == 1


def test_two_sweeps_at_once_write_one_report(ready):
    who = ready.learner()
    together(*[lambda: completions.evaluate(who, ready.course)] * 2)
    assert Outbox.objects.count() == 1


def test_two_workers_at_once_deliver_each_report_once(ready, registry):
    for number in range(6):
        user = ready.lms.learner(f"peer{number}", ready.course)
        ready.give_name(f"Peer {number}", user)
        ready.finish(user)
    registry.script.extend([stub.late(0.02)] * 4)
    together(deliver_due, deliver_due)
    deliver_due()
    assert {row.state for row in Outbox.objects.all()} == {State.DELIVERED}
    assert len(registry.ledger) == len(registry.requests) == Outbox.objects.count()
