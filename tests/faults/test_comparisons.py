"""Both sides compared day by day, through whatever a registry, a line and a second worker can do."""

import dataclasses
import json
import time
from datetime import date, timedelta

import pytest

from peer_xblocks.certification import asking, comparisons, outbox
from peer_xblocks.certification.answer import Answer
from peer_xblocks.certification.comparison import RECENT, Kind
from peer_xblocks.certification.delivery import deliver_due
from peer_xblocks.certification.models import ComparedDay, Difference, Outbox, State, Watch
from peer_xblocks.wire import digest
from peer_xblocks.wire.keys import new_signing_key
from tests.certification.desk import report, rows
from tests.faults import stub

DAY = date(2026, 3, 1)
STRANGE = f"{'A' * 52}_v1"


@pytest.fixture
def delivered(due, at):
    """Ann's report was received on the first of March; it is the second."""
    deliver_due()
    assert rows()[0].received_at.date() == DAY
    return due


def compare(**how):
    """One round."""
    return comparisons.compare_due(chance=lambda: 1.0, **how)


def watch():
    return Watch.objects.get()


def day():
    return ComparedDay.objects.get(day=DAY)


def strange(registry, name=STRANGE):
    """A report in the registry's ledger that nobody here knows."""
    registry.receive({"webhook-id": name}, b"from a backup")


def test_both_sides_agree_and_it_is_written_down(delivered, registry, at):
    done = compare()
    assert [each.day for each in done] == [DAY - timedelta(days=back) for back in range(RECENT - 1, -1, -1)]
    assert all(each.agreed for each in done)
    assert (day().agreed, day().here, day().there, day().at) == (True, 1, 1, at.now)
    assert not Difference.objects.exists()
    assert all(json.loads(body)["after"] is None for body in registry.asked)


def test_a_day_that_agreed_is_asked_about_once_a_day(delivered, registry, at):
    compare()
    asked = len(registry.asked)
    at.forward(2 * 3600)
    assert compare() == []
    at.forward(86400)
    assert len(compare()) == RECENT
    assert len(registry.asked) == asked + RECENT


def test_what_the_registry_has_lost_is_sent_again_and_shown(delivered, registry, at):
    sent = registry.requests[0][1]
    receipt = rows()[0].receipt
    registry.ledger.clear()
    registry.received_at = "2026-03-02T15:00:00Z"
    assert compare()[-1].found == {rows()[0].webhook_id: Kind.MISSING}
    assert (rows()[0].state, rows()[0].receipt, rows()[0].received_at) == (State.DUE, "", None)
    shown = Difference.objects.get()
    assert (shown.kind, shown.words, shown.receipt) == ("missing", outbox.SENT_AGAIN, receipt)
    assert deliver_due().delivered == 1
    assert registry.requests[-1][1] == sent
    assert rows()[0].received_at.date() == date(2026, 3, 2)
    at.forward(2 * 3600)
    assert compare()[-1].agreed
    assert Difference.objects.get().closed_at == at.now
    at.forward(86400)
    assert all(each.agreed for each in compare())


def test_a_report_that_is_lost_twice_is_shown_twice(delivered, registry, at):
    for _ in range(2):
        registry.ledger.clear()
        compare()
        assert Difference.objects.get().closed_at is None
        deliver_due()
        at.forward(2 * 3600)
        compare()
        assert Difference.objects.get().closed_at is not None
        at.forward(86400)
    assert Difference.objects.get().times == 2


def test_other_content_there_is_an_alert_and_nothing_is_overwritten(delivered, registry):
    name, before = rows()[0].webhook_id, rows()[0]
    registry.ledger.clear()
    registry.receive({"webhook-id": name}, b"other bytes")
    assert compare()[-1].found == {name: Kind.OTHER}
    shown = Difference.objects.get()
    assert (shown.kind, shown.here) == ("other", before.payload_sha256)
    assert shown.there == registry.ledger[name].payload_sha256 != shown.here
    kept = rows()[0]
    assert (kept.state, kept.body, kept.receipt) == (before.state, before.body, before.receipt)
    assert len(registry.requests) == 1


def test_a_report_that_nobody_here_knows_is_an_alert_on_both_sides_and_told_once(delivered, registry, at):
    strange(registry)
    assert compare()[-1].found == {STRANGE: Kind.UNKNOWN}
    told = [json.loads(body)["unknown"] for body in registry.asked]
    assert [names for names in told if names] == [[STRANGE]]
    at.forward(2 * 3600)
    assert compare()[-1].found == {STRANGE: Kind.UNKNOWN}
    told = [json.loads(body)["unknown"] for body in registry.asked]
    assert [names for names in told if names] == [[STRANGE]]
    assert Difference.objects.get().times == 2


def test_what_could_not_be_told_is_told_the_next_time(delivered, registry, at):
    strange(registry)
    registry.digest_script.extend([stub.tell] * (RECENT - 1 + 2) + [stub.answer(503)])
    compare()
    assert not Difference.objects.get().told
    at.now = watch().next_attempt
    compare()
    assert Difference.objects.get().told


def test_what_a_person_closed_stays_closed(delivered, registry, at):
    strange(registry)
    compare()
    Difference.objects.update(closed_at=at.now, closed_by=7)
    at.forward(2 * 3600)
    compare()
    assert Difference.objects.get().closed_by == 7
    assert Difference.objects.get().closed_at is not None


def test_a_receipt_that_never_came_is_asked_for_and_is_no_alert(due, registry, at):
    registry.script.append(stub.enter_then(stub.hang_up))
    deliver_due()
    Outbox.objects.update(state=State.PARKED, next_attempt=None)
    assert compare()[-1].found == {rows()[0].webhook_id: Kind.UNHEARD}
    assert not Difference.objects.exists()
    assert deliver_due().delivered == 1
    at.forward(2 * 3600)
    assert compare()[-1].agreed


def test_a_long_day_is_compared_page_by_page(delivered, registry):
    for number in range(600):
        letters = "".join("ABCDEFGHIJ"[int(each)] for each in f"{number:052d}")
        strange(registry, f"{letters}_v1")
    found = compare()[-1]
    assert (found.there, len(found.found)) == (601, 600)
    assert sum(json.loads(body)["after"] is not None for body in registry.asked) == 3
    assert {len(json.loads(body)["unknown"]) for body in registry.asked} == {0, 50}


def kept(registry):
    """Answers with the digest of the very first question, whatever is asked."""
    answers = []

    def act(handler, body):
        answers.append(registry.digest(dict(handler.headers), body))
        handler.reply(200, json.dumps(answers[0].as_dict()).encode())

    return act


def wrongly_signed(handler, body):
    made = handler.registry.digest(dict(handler.headers), body, key=new_signing_key())
    handler.reply(200, json.dumps(made.as_dict()).encode())


def changed(handler, body):
    made = handler.registry.digest(dict(handler.headers), body)
    handler.reply(200, json.dumps(dataclasses.replace(made, count=made.count + 1).as_dict()).encode())


MISHAPS = {
    "500": (stub.answer(500), "The registry answered 500."),
    "404, an older registry": (stub.answer(404), "The registry answered 404."),
    "an HTML page with 200": (stub.answer(200, stub.HTML), "The answer is not a digest: it is not JSON."),
    "an empty 200": (stub.answer(200), "The answer is not a digest: it is not JSON."),
    "hung up": (stub.hang_up, "The registry could not be reached."),
    "a body without end": (stub.huge, "The answer is larger than any receipt."),
    "sent elsewhere": (stub.answer(307), "The address sent us elsewhere, which is never followed. Check REGISTRY_URL."),
    "a key that is not known there": (stub.answer(401), "The registry does not accept this site's signature."),
    "signed by a stranger": (wrongly_signed, "The digest is signed with a key that this site does not know."),
    "changed on the way": (changed, "The signature of the digest does not hold."),
}


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_mishap_is_no_agreement_and_is_said_and_made_up_for(delivered, registry, at, mishap):
    act, words = MISHAPS[mishap]
    registry.digest_script.append(act)
    assert compare() == []
    assert watch().trouble.startswith(words)
    assert (watch().lease_until, ComparedDay.objects.count()) == (None, 0)
    assert rows()[0].state == State.DELIVERED
    at.now = watch().next_attempt
    assert len(compare()) == RECENT
    assert watch().trouble == ""


def test_an_old_digest_that_is_played_again_proves_nothing(delivered, registry, at):
    replay = kept(registry)
    registry.digest_script.extend([replay] * 3)
    assert len(compare()) == 1
    assert watch().trouble == "The digest answers another question: it was kept, or mixed up."
    registry.ledger.clear()
    at.now = watch().next_attempt
    compare()
    assert ComparedDay.objects.filter(day=DAY).count() == 0


def test_a_list_that_does_not_add_up_changes_nothing(delivered, registry, monkeypatch):
    def meanwhile(handler, body):
        strange(registry, f"{'2' * 52}_v1")  # before every other id, so on a page that was read already
        stub.tell(handler, body)

    monkeypatch.setattr(digest, "PAGE", 1)
    strange(registry, f"{'B' * 52}_v1")
    registry.digest_script.extend([stub.tell] * (RECENT + 1) + [meanwhile])
    compare()
    assert watch().trouble == asking.TORN
    assert not Difference.objects.exists()
    assert rows()[0].state == State.DELIVERED


@pytest.mark.parametrize("slow", [stub.trickle, stub.trickle_body, stub.silence], ids=lambda each: each.__name__)
def test_a_slow_registry_never_holds_a_worker(delivered, registry, quick, slow):
    registry.digest_script.append(slow)
    begun = time.monotonic()
    compare()
    assert time.monotonic() - begun < 2
    assert watch().trouble == "The registry took too long to answer."
    registry.release.set()


def test_a_registry_that_is_down_is_asked_again_within_the_hour(delivered, settings, registry, at):
    back = settings.PEER_XBLOCKS
    settings.PEER_XBLOCKS = {**back, "REGISTRY_URL": "http://127.0.0.1:9"}
    waits = []
    for _ in range(7):
        compare()
        waits.append((watch().next_attempt - at.now).total_seconds())
        at.now = watch().next_attempt
    assert waits == [5, 300, 1800, 3600, 3600, 3600, 3600]
    settings.PEER_XBLOCKS = back
    at.forward(5 * 86400)
    assert len(compare()) == RECENT


def test_a_worker_that_finds_another_at_it_leaves_it_alone(delivered, registry, at):
    compare()
    at.forward(86400)
    Watch.objects.update(lease_until=at.now + timedelta(minutes=1), fence=8)
    asked = len(registry.asked)
    assert compare() == []
    assert len(registry.asked) == asked
    at.forward(61)
    assert len(compare()) == RECENT


def test_a_worker_that_was_stopped_past_its_lease_does_not_end_the_claim_of_another(delivered, registry, at):
    def overtaken(*_request):
        Watch.objects.update(fence=99)
        return Answer(0, trouble="stopped")

    compare(post=overtaken)
    assert (watch().fence, watch().lease_until is not None, watch().trouble) == (99, True, "")


def test_a_round_ends_in_time_and_the_next_goes_on(delivered, registry, at):
    ticking = iter(range(0, 1000, 6))
    done = compare(ticks=lambda: next(ticking))
    assert 0 < len(done) < RECENT
    assert watch().next_attempt == at.now
    rest = [each.day for each in compare()]
    assert [each.day for each in done] + rest == sorted({*ComparedDay.objects.values_list("day", flat=True)})


def test_without_settings_nothing_is_asked(delivered, settings, registry):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": ""}
    assert compare() == []
    assert registry.asked == []


def test_another_ledger_is_no_reason_to_send_anything_again(delivered, registry):
    registry.ledger.clear()
    registry.ledger_id = "other"
    compare()
    assert Difference.objects.get().words == outbox.ANOTHER_LEDGER
    assert rows()[0].state == State.DELIVERED


def test_what_was_reported_under_another_name_of_this_site_is_not_sent_again(delivered, registry, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "ISSUER": "renamed"}
    registry.ledger.clear()
    compare()
    assert Difference.objects.get().words == outbox.ANOTHER_ISSUER
    assert rows()[0].state == State.DELIVERED


def test_no_question_names_anybody(delivered, registry):
    strange(registry)
    compare()
    said = b"".join(registry.asked).decode()
    assert report(rows()[0])["learner"]["uuid"] not in said
    assert "Ruiz" not in said


def test_a_list_without_end_is_given_up(delivered, registry, monkeypatch):
    monkeypatch.setattr(asking, "MOST_PAGES", 1)
    for number in range(300):
        letters = "".join("ABCDEFGHIJ"[int(each)] for each in f"{number:052d}")
        strange(registry, f"{letters}_v1")
    compare()
    assert watch().trouble == asking.LONG
