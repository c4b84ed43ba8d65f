"""An account has one learner, whoever asks first; a learner's records change one at a time."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner

pytestmark = pytest.mark.django_db


def together(work, times):
    """Runs `work` in threads with connections of their own; raises what one of them raised."""
    faults = []

    def run():
        try:
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if faults:
        raise faults[0]


def test_a_page_finds_a_learner_and_makes_none():
    assert learners.known(7) is None
    assert not Learner.objects.exists()
    made = learners.of(7)
    assert learners.known(7) == made == learners.of(7)
    assert learners.user_of(made) == 7


def test_nobody_is_nobody():
    assert learners.known(None) is None


def test_a_retired_account_keeps_its_learner_without_the_account():
    made = learners.of(7)
    Learner.objects.filter(id=made).update(user_id=None)
    assert learners.user_of(made) is None
    assert learners.users_of([made]) == {}


def test_accounts_of_many_learners_take_one_query(django_assert_num_queries):
    many = [learners.of(user_id) for user_id in range(20)]
    with django_assert_num_queries(1):
        assert set(learners.users_of(many).values()) == set(range(20))


def test_locking_somebody_unknown_is_a_fault_of_ours():
    with pytest.raises(Learner.DoesNotExist), learners.locked(user_id=404):
        pass


@pytest.mark.django_db(transaction=True)
def test_eight_threads_make_one_learner_and_lose_no_change():
    learners.of(7)
    rows = {"count": 0}

    def change():
        def once():
            with learners.locked(user_id=7):
                seen = rows["count"]
                list(Learner.objects.all())
                rows["count"] = seen + 1

        for _ in range(10):
            learners.retrying(once)

    together(change, 8)
    assert rows["count"] == 80
    assert Learner.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again_and_another_fault_is_not():
    calls = []

    def busy():
        calls.append(1)
        if len(calls) < 3:
            raise DatabaseError("Deadlock found when trying to get lock; try restarting transaction")
        return "done"

    assert learners.retrying(busy, pause=lambda _: None) == "done"
    assert len(calls) == 3

    with pytest.raises(DatabaseError, match="no such table"):
        learners.retrying(lambda: (_ for _ in ()).throw(DatabaseError("no such table")), pause=lambda _: None)


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_run_twice():
    calls = []

    def busy():
        calls.append(1)
        raise DatabaseError("database is locked")

    with pytest.raises(DatabaseError), transaction.atomic():
        learners.retrying(busy, pause=lambda _: None)
    assert len(calls) == 1
