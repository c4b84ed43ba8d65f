"""A report on its way through whatever a registry and a line can do."""

import json
import time
from datetime import timedelta

import pytest

from peer_xblocks.certification import delivery, outbox, work
from peer_xblocks.certification.delivery import deliver_due
from peer_xblocks.certification.models import Outbox, State
from peer_xblocks.learner import signals
from peer_xblocks.refusal import Clash
from peer_xblocks.vault import Vault as new_vault
from peer_xblocks.vault import new_key
from peer_xblocks.wire.keys import new_signing_key
from peer_xblocks.wire.receipt import Receipt
from tests.certification.desk import report, rows
from tests.faults import stub

ONCE = {"chance": lambda: 1.0}


def row():
    """The one report."""
    return Outbox.objects.get()


def until_delivered(at, most=30):
    """Lets time pass from attempt to attempt; how many rounds it took."""
    for rounds in range(1, most):
        deliver_due()
        if row().state == State.DELIVERED:
            return rounds
        at.now = row().next_attempt or row().lease_until
    raise AssertionError(f"not delivered in {most} rounds: {row().last_error}")


def test_a_report_arrives_and_its_receipt_is_kept(due, registry, at):
    heard = []

    def note(**said):
        heard.append(said)

    signals.receipt_arrived.connect(note)
    done = deliver_due()
    assert (done.sent, done.delivered, done.down) == (1, 1, False)
    kept = Receipt.of(json.loads(row().receipt))
    assert kept == registry.ledger[row().webhook_id]
    assert (row().state, row().delivered_at, row().next_attempt) == (State.DELIVERED, at.now, None)
    assert [(said["learner"], said["course"]) for said in heard] == [(due.learner(), due.course)]
    assert heard[0]["completion_key"] == row().completion.key
    signals.receipt_arrived.disconnect(note)


def test_it_is_sent_as_the_contract_says(due, registry):
    deliver_due()
    headers, body = registry.requests[0]
    assert headers["webhook-id"] == headers["Idempotency-Key"] == row().webhook_id
    assert headers["Content-Type"] == "application/json"
    assert headers["webhook-signature"].startswith("v1a,")
    assert json.loads(body) == report(row())


def test_what_was_delivered_is_never_sent_again(due, registry, at):
    deliver_due()
    at.forward(400 * 86400)
    assert deliver_due().sent == 0
    assert len(registry.requests) == 1


def test_without_settings_nothing_is_sent_and_nothing_is_lost(due, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": ""}
    assert deliver_due().sent == 0
    assert (row().state, row().attempts) == (State.DUE, 0)


@pytest.mark.parametrize("url", ["http://registry.example.org", "ftp://127.0.0.1", "registry.example.org"])
def test_names_never_travel_in_the_open(due, settings, url):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": url}
    assert deliver_due().sent == 0


MISHAPS = {
    "500": stub.answer(500),
    "500 after it was entered": stub.enter_then(stub.answer(500)),
    "an HTML page with 200": stub.answer(200, stub.HTML, content_type="text/html"),
    "an empty 200": stub.answer(200),
    "204": stub.answer(204),
    "a receipt cut off": stub.cut_off,
    "hung up": stub.hang_up,
    "hung up after it was entered": stub.enter_then(stub.hang_up),
    "a body without end": stub.huge,
    "a compressed bomb": stub.bomb,
    "sent elsewhere": stub.redirect,
    "a clock that differs": stub.answer(425),
}


@pytest.mark.parametrize("mishap", MISHAPS)
def test_after_any_mishap_it_arrives_once(due, registry, at, mishap):
    registry.script.extend([MISHAPS[mishap]] * 2)
    assert until_delivered(at) == 3
    assert len(registry.ledger) == 1
    assert len({headers["webhook-id"] for headers, _ in registry.requests}) == 1
    assert len({body for _, body in registry.requests}) == 1
    assert registry.redirected == []


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_mishap_is_not_a_delivery_and_is_said_to_staff(due, registry, mishap):
    registry.script.append(MISHAPS[mishap])
    deliver_due(**ONCE)
    assert (row().state, row().receipt) == (State.DUE, "")
    assert row().last_error
    assert "Ruiz" not in row().last_error


@pytest.mark.parametrize("slow", [stub.trickle, stub.trickle_body, stub.silence], ids=lambda each: each.__name__)
def test_a_slow_registry_never_holds_a_worker(due, registry, at, quick, slow):
    registry.script.append(slow)
    begun = time.monotonic()
    deliver_due(**ONCE)
    assert time.monotonic() - begun < 2
    assert (row().state, row().last_error) == (State.DUE, "The registry took too long to answer.")
    at.now = row().next_attempt
    registry.release.set()
    assert deliver_due().delivered == 1


def test_a_registry_that_is_down_is_tried_by_the_schedule(due, settings, registry, at):
    away = {**settings.PEER_XBLOCKS, "REGISTRY_URL": "http://127.0.0.1:9"}
    back, settings.PEER_XBLOCKS = settings.PEER_XBLOCKS, away
    waits = []
    for _ in range(11):
        deliver_due(**ONCE)
        waits.append((row().next_attempt - at.now).total_seconds())
        at.now = row().next_attempt
    assert waits == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, 86400, 86400]
    assert row().last_error == "The registry could not be reached."
    settings.PEER_XBLOCKS = back
    assert deliver_due().delivered == 1
    assert len(registry.ledger) == 1


def foreign(handler, body):
    handler.reply(200, handler.registry.receipt_for(handler.headers["webhook-id"], body, key=new_signing_key()))


def of_another(handler, body):
    handler.reply(200, handler.registry.receipt_for(handler.headers["webhook-id"], body + b" "))


@pytest.mark.parametrize("receipt", [foreign, of_another], ids=lambda each: each.__name__)
def test_a_receipt_that_does_not_verify_delivers_nothing(due, registry, receipt):
    registry.script.append(receipt)
    deliver_due(**ONCE)
    assert (row().state, row().receipt) == (State.DUE, "")
    assert "receipt" in row().last_error.lower()


@pytest.mark.parametrize("status", [409, 422, 413])
def test_what_needs_a_person_waits_where_it_is_seen(due, registry, at, status):
    registry.script.append(stub.answer(status))
    assert deliver_due().parked == 1
    at.forward(30 * 86400)
    assert deliver_due().sent == 0
    assert (row().state, row().last_status) == (State.PARKED, status)
    outbox.send_again(row().webhook_id)
    assert deliver_due().delivered == 1


def test_a_refused_signature_is_seen_and_tried_slowly(due, registry, at):
    registry.script.append(stub.answer(401))
    deliver_due(**ONCE)
    assert row().state == State.PARKED
    assert timedelta(hours=1) <= row().next_attempt - at.now <= timedelta(hours=1, minutes=1)
    at.now = row().next_attempt
    assert deliver_due().delivered == 1


@pytest.mark.parametrize(
    ("status", "header", "least", "most"),
    [
        (429, "120", 120, 132),
        (503, "120", 120, 132),
        (429, "999999999999", 86400, 86460),
        (503, "Mon, 02 Mar 2026 15:10:00 GMT", 600, 661),
        (429, "whenever", 5, 5),
        (503, "", 5, 5),
    ],
)
def test_a_registry_that_asks_for_time_gets_it_but_at_most_a_day(due, registry, at, status, header, least, most):
    registry.script.append(stub.answer(status, b"", Retry_After=header))
    deliver_due(**ONCE)
    assert least <= (row().next_attempt - at.now).total_seconds() <= most
    assert row().state == State.DUE


def test_one_report_that_is_refused_holds_up_no_other(due, registry, at):
    bob = due.lms.learner("bob", due.course)
    due.give_name("Bob", bob)
    due.finish(bob)
    registry.script.append(stub.answer(422))
    done = deliver_due()
    assert (done.sent, done.delivered, done.parked) == (2, 1, 1)
    assert [each.state for each in rows()] == [State.PARKED, State.DELIVERED]


def test_a_report_that_no_key_opens_is_parked_and_holds_up_no_other(due, registry):
    bob = due.lms.learner("bob", due.course)
    due.give_name("Bob", bob)
    due.finish(bob)
    first, _ = rows()
    sealed = first.body
    Outbox.objects.filter(id=first.id).update(body=new_vault([new_key()]).seal("lost"))
    assert deliver_due().delivered == 1
    assert [each.state for each in rows()] == [State.PARKED, State.DELIVERED]
    assert "VAULT_KEYS" in rows()[0].last_error
    Outbox.objects.filter(id=first.id).update(body=sealed)
    outbox.send_again(first.webhook_id)
    assert deliver_due().delivered == 1


def test_a_registry_that_is_down_ends_the_round_early(due, settings):
    for name in ("bob", "cat", "dan", "eve", "fay"):
        user = due.lms.learner(name, due.course)
        due.give_name(name.title(), user)
        due.finish(user)
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": "http://127.0.0.1:9"}
    done = deliver_due()
    assert (done.sent, done.down) == (3, True)
    assert sum(each.attempts == 0 for each in rows()) == 3


def test_corrections_go_under_their_own_names_oldest_first(due, registry):
    due.reverse("M1")
    due.credit("M1")
    deliver_due()
    assert [headers["webhook-id"][-3:] for headers, _ in registry.requests] == ["_v1", "_v2", "_v3"]
    assert [each.state for each in rows()] == [State.DELIVERED] * 3


def test_sending_again_what_was_received_is_refused(due):
    deliver_due()
    with pytest.raises(Clash):
        outbox.send_again(row().webhook_id)


# -- workers ---------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The process is gone, in the middle of things."""


def test_a_worker_killed_after_its_claim_loses_nothing(due, registry, at):
    def gone(*_):
        raise Killed

    with pytest.raises(Killed):
        deliver_due(post=gone)
    assert row().state == State.LEASED
    assert deliver_due().sent == 0
    at.forward(61)
    assert deliver_due().delivered == 1
    assert len(registry.requests) == 1


def test_a_worker_killed_after_sending_gets_the_same_receipt_later(due, registry, at, monkeypatch):
    def gone(*_, **__):
        raise Killed

    monkeypatch.setattr(delivery, "settle", gone)
    with pytest.raises(Killed):
        deliver_due()
    monkeypatch.undo()
    assert len(registry.ledger) == 1
    at.forward(61)
    assert deliver_due().delivered == 1
    assert len(registry.ledger) == 1
    assert len(registry.requests) == 2
    assert Receipt.of(json.loads(row().receipt)) == registry.ledger[row().webhook_id]


def test_two_workers_never_hold_one_report(due, at):
    first = delivery.claim(at.now)
    assert delivery.claim(at.now) is None
    at.forward(61)
    second = delivery.claim(at.now)
    assert (first.id, second.fence) == (second.id, first.fence + 1)


def test_a_worker_stopped_past_its_lease_settles_nothing(due, registry, at):
    stopped = delivery.claim(at.now)
    at.forward(61)
    assert deliver_due().delivered == 1
    settled = row()
    from peer_xblocks.certification.answer import Fate, Verdict

    verdict = Verdict(Fate.PARKED, None, "late")
    assert not delivery.settle(stopped, verdict, 409, at.now)
    assert (row().state, row().receipt, row().last_error) == (settled.state, settled.receipt, "")


def test_a_worker_that_wakes_while_another_sends_changes_nothing(due, at):
    stopped = delivery.claim(at.now)
    at.forward(61)
    delivery.claim(at.now)
    from peer_xblocks.certification.answer import Fate, Verdict

    assert not delivery.settle(stopped, Verdict(Fate.AGAIN, 5, "late"), 500, at.now)
    assert row().state == State.LEASED


def test_a_clock_stepped_back_only_delays(due, registry, at):
    at.forward(-86400)
    assert deliver_due().sent == 0
    at.forward(86400)
    assert deliver_due().delivered == 1


def test_no_transaction_is_open_while_a_request_travels(due):
    from django.db import connection

    depth = len(connection.savepoint_ids)
    seen = []

    def post(*_):
        seen.append(len(connection.savepoint_ids))
        return delivery.Answer(500)

    deliver_due(post=post)
    assert seen == [depth]


def test_the_worker_delivers_and_rests_when_there_is_nothing(due, registry):
    naps = []
    worker = work.Worker(sleep=lambda seconds: (naps.append(seconds), worker.stop()), refresh=lambda: None)
    worker.run()
    assert row().state == State.DELIVERED
    assert naps == [work.IDLE]


def test_a_worker_waits_while_the_database_is_away(due, monkeypatch):
    from django.db import OperationalError

    def away(*_):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(work.delivery, "deliver_due", away)
    naps = []
    worker = work.Worker(sleep=lambda seconds: (naps.append(seconds), worker.stop()), refresh=lambda: None)
    worker.run()
    assert naps == [work.DOWN]
