"""A wake-up is asked for once the row is safe; a broker that is away costs nothing."""

import pytest

from peer_xblocks.certification import wake


class Broker:
    """A Celery app that notes what it is asked for."""

    def __init__(self, fault=None):
        self.sent, self.fault = [], fault

    def send_task(self, name, **options):
        self.sent.append((name, options))
        if self.fault:
            raise self.fault


@pytest.mark.django_db
def test_it_is_asked_for_after_the_commit_and_waits_for_nobody(monkeypatch, django_capture_on_commit_callbacks):
    broker = Broker()
    monkeypatch.setattr(wake, "current_app", broker)
    with django_capture_on_commit_callbacks(execute=True):
        wake.poke()
        assert broker.sent == []
    assert broker.sent == [(wake.TASK, {"retry": False, "ignore_result": True})]


@pytest.mark.django_db
def test_a_broker_that_is_away_is_no_fault_of_the_learners(monkeypatch, django_capture_on_commit_callbacks):
    broker = Broker(ConnectionError("no broker"))
    monkeypatch.setattr(wake, "current_app", broker)
    with django_capture_on_commit_callbacks(execute=True):
        wake.poke()
    assert len(broker.sent) == 1


@pytest.mark.django_db
def test_without_celery_the_worker_finds_it(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(wake, "current_app", None)
    with django_capture_on_commit_callbacks(execute=True):
        wake.poke()


@pytest.mark.django_db
def test_a_site_may_switch_celery_off(monkeypatch, settings, django_capture_on_commit_callbacks):
    broker = Broker()
    monkeypatch.setattr(wake, "current_app", broker)
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "CELERY": False}
    with django_capture_on_commit_callbacks(execute=True):
        wake.poke()
    assert broker.sent == []


def test_the_rounds_run_without_celery_too(desk):
    from peer_xblocks.certification import tasks

    assert tasks.deliver() == 0
    tasks.tidy()
