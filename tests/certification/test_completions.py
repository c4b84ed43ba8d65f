"""A completion and its report: written once, in one transaction, corrected by the next version."""

import json

import pytest
from django.db import transaction

from peer_xblocks.certification import completions, listeners, names, outbox
from peer_xblocks.certification.models import Completion, Outbox, State, Unsettled
from peer_xblocks.certification.sweep import sweep
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner import learners, signals
from peer_xblocks.vault import new_key
from peer_xblocks.wire import completion as wire
from peer_xblocks.wire.canonical import canonical, sha256
from tests.certification.desk import done, report, rows


def test_nothing_is_written_while_something_is_missing(desk):
    desk.credit("M1")
    desk.pass_("M1")
    desk.credit("M2", seconds=desk.seconds - 1)
    desk.pass_("M2")
    assert not Completion.objects.exists()
    desk.credit("M2", seconds=1)
    assert done().stands


def test_the_last_thing_asked_for_writes_completion_and_report(desk):
    desk.finish()
    assert done().learner == desk.learner()
    assert done().key == wire.key("alabama", desk.course, str(desk.learner()), "ce", "1")
    assert [row.webhook_id for row in rows()] == [f"{done().key}_v1"]


def test_without_a_name_the_report_waits(desk):
    desk.finish()
    row = rows()[0]
    assert (row.state, row.payload_sha256, row.next_attempt) == (State.WAITING_NAME, "", None)


def test_it_goes_when_the_name_is_given(desk, at):
    desk.finish()
    desk.give_name("Ana Ruiz")
    row = rows()[0]
    assert (row.state, row.next_attempt, row.last_error) == (State.DUE, at.now, "")
    assert report(row)["learner"]["name"] == "Ana Ruiz"
    assert row.payload_sha256 == sha256(canonical(report(row)))


def test_with_a_name_given_before_it_goes_at_once(desk):
    desk.give_name()
    desk.finish()
    assert rows()[0].state == State.DUE


def test_the_report_says_what_was_done(desk):
    desk.give_name()
    desk.finish()
    found = report(rows()[0])
    completion = {"category": found["category"], "kind": found["kind"], "provider": found["provider"]}
    wire.check(found)
    assert completion == {"category": "ethics", "kind": "ce", "provider": "Office"}
    assert (found["minutes"]["required"], found["minutes"]["credited"]) == (60, 60)
    assert [each["module"] for each in found["minutes"]["by_module"]] == ["M1", "M2"]
    assert [each["title"] for each in found["checks"]] == ["Check M1", "Check M2"]
    assert found["learner"]["email_hash"] == wire.email_hash("ann@example.com", "salt of the test site")
    assert not found["live"]


def test_name_and_address_are_nowhere_in_the_tables_as_plain_text(desk):
    desk.give_name("Ana Ruiz")
    desk.finish()
    text = json.dumps([list(Outbox.objects.values()), list(Completion.objects.values())], default=str)
    assert "Ana Ruiz" not in text
    assert "ann@example.com" not in text


def test_the_same_signal_a_hundred_times_is_one_report(desk):
    desk.finish()
    for _ in range(100):
        signals.module_credited.send(sender=Entry, learner=desk.learner(), course=desk.course, module="M1")
    assert (Completion.objects.count(), Outbox.objects.count()) == (1, 1)


def test_a_transaction_that_is_undone_leaves_neither(desk):
    desk.credit("M1")
    desk.pass_("M1")
    desk.credit("M2")

    class Stopped(Exception):
        pass

    with pytest.raises(Stopped), transaction.atomic():
        desk.pass_("M2")
        assert Outbox.objects.exists()
        raise Stopped
    assert not Completion.objects.exists()
    assert not Outbox.objects.exists()


def test_credit_taken_back_is_the_next_version(desk):
    desk.give_name()
    desk.finish()
    desk.reverse("M1")
    first, second = rows()
    assert (done().version, done().stands) == (2, False)
    assert (report(second)["stands"], report(second)["supersedes"]) == (False, first.webhook_id)
    assert report(second)["minutes"]["credited"] == 30
    assert report(first)["stands"]


def test_credit_that_comes_back_is_one_more(desk):
    desk.give_name()
    desk.finish()
    desk.reverse("M1")
    desk.credit("M1")
    assert [(row.version, report(row)["stands"]) for row in rows()] == [(1, True), (2, False), (3, True)]


def test_a_course_edited_afterwards_takes_nothing_away(desk):
    desk.give_name()
    desk.finish()
    desk.lms.add(desk.end, "peer_module", module_id="M3", self_minutes=60)
    completions.evaluate(desk.learner(), desk.course)
    assert (done().version, done().stands) == (1, True)
    desk.reverse("M1")
    first, second = map(report, rows())
    assert first["course"]["version"] == second["course"]["version"]
    assert second["minutes"]["required"] == 60


def test_another_programme_code_later_reports_nobody_twice(desk, settings, tmp_path):
    desk.finish()
    mine = tmp_path / "mine.toml"
    mine.write_text('[programme]\ncode = "other"\noffice = "Other"\n')
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "PROGRAMME": str(mine)}
    completions.evaluate(desk.learner(), desk.course)
    assert Completion.objects.count() == 1


def test_a_course_without_a_goal_reports_nothing(lms, at, desk):
    course = lms.course("course-v1:Test+Plain+2026")
    unit = lms.unit(course)
    lms.add(unit, "peer_module", module_id="P1", self_minutes=1)
    completions.evaluate(desk.learner(), course)
    assert not Completion.objects.exists()


def test_the_training_of_a_track_is_not_reported_by_itself(desk):
    block = desk.lms.block(desk.progress)
    assert block.completes == "ce"
    author = desk.lms.author("eve", desk.course)
    aim = {"display_name": "End", "completes": "track", "track": "CRSS", "category": "", "provider": "Office"}
    assert desk.lms.studio_post(desk.progress, "save_settings", aim, author).status_code == 200
    desk.finish()
    assert not Completion.objects.exists()


def test_missing_settings_park_the_report_where_staff_see_it_and_the_sweep_mends_it(desk, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "MATCH_SALT": ""}
    desk.give_name()
    desk.finish()
    assert rows()[0].state == State.PARKED
    assert "MATCH_SALT" in rows()[0].last_error
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "MATCH_SALT": "salt of the test site"}
    sweep()
    assert rows()[0].state == State.DUE


def test_a_fault_here_never_costs_the_learner_the_credit(desk, monkeypatch):
    desk.credit("M1")
    desk.pass_("M1")
    desk.credit("M2")
    monkeypatch.setattr(outbox, "add", lambda *_: 1 / 0)
    desk.pass_("M2")
    assert not Completion.objects.exists()
    assert Unsettled.objects.count() == 1
    monkeypatch.undo()
    assert sweep() >= 1
    assert done().stands
    assert not Unsettled.objects.exists()


def test_the_sweep_finds_what_no_signal_said(desk, monkeypatch):
    monkeypatch.setattr(listeners.completions, "evaluate", lambda *_: None)
    desk.finish()
    monkeypatch.undo()
    assert not Completion.objects.exists()
    assert sweep() == 1
    assert sweep() == 0
    assert len(rows()) == 1


def test_one_learner_that_cannot_be_evaluated_holds_up_nobody(desk, monkeypatch):
    bob = desk.lms.learner("bob", desk.course)
    monkeypatch.setattr(listeners.completions, "evaluate", lambda *_: None)
    desk.finish()
    desk.finish(bob)
    monkeypatch.undo()
    real, bad = completions.evaluate, desk.learner()
    monkeypatch.setattr(completions, "evaluate", lambda who, course: 1 / 0 if who == bad else real(who, course))
    assert sweep() == 1
    assert done().learner == desk.learner(bob)


def test_an_account_that_was_closed_is_left_alone(desk):
    who = desk.learner()
    type(desk.ann)  # the account itself stays; only the link is gone
    from peer_xblocks.learner.models import Learner

    Learner.objects.filter(id=who).update(user_id=None)
    completions.evaluate(who, desk.course)
    assert not Completion.objects.exists()


def test_modules_are_complete_for_the_platform_with_seconds_and_check(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.credit("M1")
        desk.pass_("M1")
    assert _completion(desk, "M1") == 1.0
    assert _completion(desk, "M2") is None
    with django_capture_on_commit_callbacks(execute=True):
        desk.reverse("M1")
    assert _completion(desk, "M1") == 0.0


def test_the_page_that_ends_the_course_is_complete_with_everything(desk, django_capture_on_commit_callbacks):
    desk.modules["end"] = desk.progress
    with django_capture_on_commit_callbacks(execute=True):
        desk.credit("M1")
        desk.pass_("M1")
    assert _completion(desk, "end") is None
    with django_capture_on_commit_callbacks(execute=True):
        desk.credit("M2")
        desk.pass_("M2")
    assert _completion(desk, "end") == 1.0


def test_what_the_platform_did_not_take_is_told_again(desk, at, monkeypatch, django_capture_on_commit_callbacks):
    from peer_xblocks.demo.lms.platform import DemoPlatform

    monkeypatch.setattr(DemoPlatform, "complete", lambda *_: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        desk.credit("M1")
        desk.pass_("M1")
    monkeypatch.undo()
    assert _completion(desk, "M1") is None
    at.forward(60)
    sweep()
    assert _completion(desk, "M1") == 1.0


def _completion(desk, module):
    from peer_xblocks.demo.models import BlockCompletion

    rows = BlockCompletion.objects.filter(user_id=desk.ann.id, usage=desk.modules[module])
    return rows.values_list("completion", flat=True).first()


def test_a_lost_key_parks_a_draft_and_stops_neither_sweep_nor_learner(desk, settings):
    desk.finish()
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "VAULT_KEYS": [new_key()]}
    desk.give_name()
    assert (rows()[0].state, rows()[0].last_error) == (State.PARKED, outbox.SEALED)
    sweep()
    assert rows()[0].state == State.PARKED


def test_an_account_that_is_retired_while_the_sweep_runs_stops_nothing(desk, monkeypatch):
    desk.finish()
    names.keep(desk.learner(), "Ana Ruiz")
    gone = dict.fromkeys([desk.learner()], 10**6)
    monkeypatch.setattr(learners, "users_of", lambda _learners: gone)
    outbox.finish_named()
    assert rows()[0].state == State.WAITING_NAME
