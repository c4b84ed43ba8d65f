"""`peer-xblocks worker` and `peer-xblocks reports`."""

import pytest
from click.testing import CliRunner

from peer_xblocks.certification import command
from peer_xblocks.certification.delivery import deliver_due
from peer_xblocks.certification.models import Outbox, State
from peer_xblocks.cli import main
from tests.certification.desk import REGISTRY_KEY, SITE_KEY, rows
from tests.faults.stub import Registry


@pytest.fixture
def run(monkeypatch, tmp_path):
    """The command, with wide output."""
    monkeypatch.setenv("COLUMNS", "240")
    return lambda *words: CliRunner().invoke(main, list(words))


@pytest.fixture
def due(desk):
    desk.give_name()
    desk.finish()
    return desk


def test_reports_are_listed(due, run):
    found = run("reports", "list")
    assert found.exit_code == 0
    assert rows()[0].webhook_id in found.output
    assert "Ana Ruiz" not in found.output


def test_a_report_that_needs_a_person_is_a_problem_found(due, run):
    Outbox.objects.update(state=State.PARKED, last_status=409)
    assert run("reports", "list").exit_code == 1
    assert run("reports", "list", "--state", "due").exit_code == 0


def test_a_state_that_is_none_is_wrong_use(due, run):
    assert run("reports", "list", "--state", "happy").exit_code == 2


def test_delivering_by_hand(due, run, settings):
    with Registry(REGISTRY_KEY, SITE_KEY.public) as registry:
        settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": registry.url}
        found = run("reports", "deliver")
    assert (found.exit_code, found.output) == (0, "sent 1, received 1, parked 0\n")
    assert run("reports", "deliver").output == "sent 0, received 0, parked 0\n"


def test_what_could_not_be_delivered_is_a_problem_found(due, run):
    assert run("reports", "deliver").exit_code == 1


def test_sending_one_again(due, run):
    Outbox.objects.update(state=State.PARKED, next_attempt=None)
    found = run("reports", "replay", rows()[0].webhook_id)
    assert found.exit_code == 0
    assert rows()[0].state == State.DUE
    missing = run("reports", "replay", "nothing_v1")
    assert missing.exit_code == 1
    assert "no report of this name" in missing.output


def test_one_round_of_the_worker(due, run, settings):
    with Registry(REGISTRY_KEY, SITE_KEY.public) as registry:
        settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": registry.url}
        assert run("worker", "--once").exit_code == 0
    assert rows()[0].state == State.DELIVERED


def test_the_worker_reads_the_demos_clock(monkeypatch, tmp_path, at):
    from peer_xblocks import clock

    kept = tmp_path / "clock.json"
    kept.write_text('{"offset": 864000}')
    before = clock.now()
    monkeypatch.setenv("PEER_CLOCK_FILE", str(kept))
    command.room("schedule")
    assert clock.now() != before


@pytest.fixture
def delivered(due, at, settings):
    """A report that the registry received on the first of March."""
    with Registry(REGISTRY_KEY, SITE_KEY.public) as registry:
        settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": registry.url}
        deliver_due()
        yield registry


def test_comparing_by_hand(delivered, run):
    found = run("reports", "reconcile")
    assert found.exit_code == 0
    assert found.output.splitlines()[-1] == "2026-03-01: 1 here, 1 there, both sides agree"
    assert len(found.output.splitlines()) == 14


def test_one_day_that_differs_is_a_problem_found(delivered, run):
    delivered.ledger.clear()
    found = run("reports", "reconcile", "--day", "2026-03-01")
    name = rows()[0].webhook_id
    assert found.exit_code == 1
    assert found.output.splitlines() == [
        f"2026-03-01 {name}: missing. See it on the page of reports.",
        "2026-03-01: 1 here, 0 there, the two sides differ",
    ]


def test_a_registry_that_cannot_be_asked_is_a_problem_found(delivered, run, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": "http://127.0.0.1:9"}
    found = run("reports", "reconcile")
    assert (found.exit_code, found.output) == (1, "The registry could not be reached.\n")
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": ""}
    assert run("reports", "reconcile").exit_code == 1


@pytest.mark.parametrize("day", ["2026-03-02", "2027-01-01", "yesterday"])
def test_a_day_that_is_not_over_is_wrong_use(delivered, run, day):
    assert run("reports", "reconcile", "--day", day).exit_code == 2
