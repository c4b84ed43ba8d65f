"""A retired account: what is owed is sent first, then nothing personal is left, and the proof stays."""

import json

import pytest

from peer_xblocks.certification import outbox, progress
from peer_xblocks.certification.delivery import deliver_due
from peer_xblocks.certification.models import CertificateName, Completion, Outbox, State
from peer_xblocks.certification.sweep import sweep
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner
from peer_xblocks.refusal import Clash
from peer_xblocks.vault import new_key
from tests.certification.desk import REGISTRY_KEY, SITE_KEY, report, rows
from tests.faults.stub import Registry


@pytest.fixture
def registry(desk, settings):
    """A registry that receives."""
    with Registry(REGISTRY_KEY, SITE_KEY.public) as running:
        settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": running.url}
        yield running


def personal(learner):
    """Whatever of a person is still kept: the name, and texts that hold it."""
    texts = [row.body for row in Outbox.objects.filter(learner=learner).exclude(body="")]
    named = [row for row in rows() if row.body and report(row)["learner"]["name"]]
    return CertificateName.objects.filter(learner=learner).count(), len(texts), len(named)


def test_after_delivery_the_text_goes_and_the_proof_stays(desk, registry):
    desk.give_name()
    desk.finish()
    deliver_due()
    learner, before = desk.learner(), rows()[0]
    desk.lms.retire(desk.ann)
    assert personal(learner) == (0, 0, 0)
    kept = rows()[0]
    assert (kept.state, kept.payload_sha256, kept.receipt) == (State.DELIVERED, before.payload_sha256, before.receipt)
    assert json.loads(kept.receipt)["payload_sha256"] == kept.payload_sha256
    assert Completion.objects.filter(learner=learner).exists()
    assert Entry.objects.filter(learner=learner).exists()
    assert learners.user_of(learner) is None


def test_a_report_that_is_owed_is_sent_first_and_erased_by_the_sweep(desk, registry):
    desk.give_name()
    desk.finish()
    learner = desk.learner()
    desk.lms.retire(desk.ann)
    assert CertificateName.objects.count() == 0
    assert rows()[0].state == State.DUE
    assert deliver_due().delivered == 1
    assert json.loads(registry.requests[0][1])["learner"]["name"] == "Ana Ruiz"
    sweep()
    assert personal(learner) == (0, 0, 0)
    assert rows()[0].receipt


def test_a_report_that_waits_is_not_erased_before_it_arrived(desk):
    desk.give_name()
    desk.finish()
    desk.lms.retire(desk.ann)
    sweep()
    assert report(rows()[0])["learner"]["name"] == "Ana Ruiz"


def test_a_draft_without_a_name_is_closed_and_never_sent(desk, registry):
    desk.finish()
    desk.lms.retire(desk.ann)
    sweep()
    assert (rows()[0].state, rows()[0].last_error) == (State.CLOSED, outbox.CLOSED)
    assert deliver_due().sent == 0
    with pytest.raises(Clash, match="closed"):
        outbox.send_again(rows()[0].webhook_id)
    assert "Ruiz" not in json.dumps(report(rows()[0]))


def test_a_draft_that_only_lacked_settings_is_finished_while_the_name_is_known(desk, settings):
    back = settings.PEER_XBLOCKS
    settings.PEER_XBLOCKS = {**back, "MATCH_SALT": ""}
    desk.give_name()
    desk.finish()
    assert rows()[0].state == State.PARKED
    settings.PEER_XBLOCKS = back
    desk.lms.retire(desk.ann)
    assert rows()[0].state == State.DUE
    assert report(rows()[0])["learner"]["name"] == "Ana Ruiz"


def test_a_draft_that_cannot_be_finished_even_then_is_closed(desk, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "MATCH_SALT": ""}
    desk.give_name()
    desk.finish()
    learner = desk.learner()
    desk.lms.retire(desk.ann)
    assert rows()[0].state == State.CLOSED
    assert personal(learner) == (0, 1, 0)


def test_a_lost_vault_key_does_not_keep_an_account_from_being_retired(desk, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "MATCH_SALT": ""}
    desk.give_name()
    desk.finish()
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "VAULT_KEYS": [new_key()]}
    desk.lms.retire(desk.ann)
    assert rows()[0].state == State.CLOSED
    assert CertificateName.objects.count() == 0


def test_others_keep_what_is_theirs(desk, registry):
    bea = desk.lms.learner("bea", desk.course)
    for user, name in ((desk.ann, "Ana Ruiz"), (bea, "Bea Stone")):
        desk.give_name(name, user)
        desk.finish(user)
    deliver_due()
    desk.lms.retire(desk.ann)
    sweep()
    assert personal(desk.learner(bea)) == (1, 1, 1)


def test_a_retirement_that_stops_midway_changes_nothing(desk, monkeypatch):
    desk.give_name()
    desk.finish()

    def cut(*_rows):
        raise RuntimeError("the line to the database went away")

    monkeypatch.setattr("peer_xblocks.certification.retirement._erase", cut)
    with pytest.raises(RuntimeError):
        desk.lms.retire(desk.ann)
    assert CertificateName.objects.count() == 1
    assert Learner.objects.filter(user_id=desk.ann.id).exists()


def test_a_retired_report_that_the_registry_lost_is_said_and_not_made_up(desk, registry):
    desk.give_name()
    desk.finish()
    deliver_due()
    desk.lms.retire(desk.ann)
    assert outbox.lost(rows()[0], registry.ledger_id) == outbox.ERASED
    assert (rows()[0].state, bool(rows()[0].receipt)) == (State.DELIVERED, True)


def test_every_state_has_words_for_the_learner():
    assert set(progress.SAID) == set(State)
