"""Sittings as records: begun once, answered through the deadline, closed with one score."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.exam import banks, journal, models, results, sweep
from peer_xblocks.exam.models import Answer, Journal, Score, Sitting
from peer_xblocks.learner import learners, signals
from tests.exam.conftest import BANK, EXAM, ms
from tests.exam.made import RIGHT, WRONG, bank

pytestmark = pytest.mark.django_db
LIMIT = 40 * 60


def test_a_double_click_starts_one_sitting(stage):
    first, second = stage.start().json(), stage.start().json()
    assert first["sitting"] == second["sitting"]
    assert first["questions"] == second["questions"]
    assert (Sitting.objects.count(), models.Form.objects.count()) == (1, 1)


def test_looking_at_the_page_starts_nothing(stage):
    stage.lms.render(stage.usage, stage.ann)
    stage.state()
    assert Sitting.objects.count() == 0


def test_the_time_begins_with_the_start_not_with_the_page(stage):
    stage.lms.render(stage.usage, stage.ann)
    stage.at.forward(3600)
    told = stage.start().json()["clock"]
    assert told["deadline"] - told["server_now"] == LIMIT * 1000


def test_the_database_itself_allows_one_open_sitting(stage):
    from django.db import IntegrityError, transaction

    stage.start()
    row = stage.row()
    row.pk, row._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_saved_answer_is_there_after_a_reload(stage):
    stage.start()
    item = stage.items()[0]
    assert stage.answer(item, RIGHT, flagged=True).json()["word"] == "counts"
    shown = stage.state()
    assert shown["answers"] == {item: {"chosen": ["a"], "flagged": True}}


def test_an_answer_can_be_changed_and_taken_back(stage):
    stage.start()
    item = stage.items()[0]
    for chosen in (RIGHT, WRONG, ()):
        stage.answer(item, chosen)
    assert stage.state()["answers"][item]["chosen"] == []
    assert Journal.objects.filter(kind="answer").count() == 3


def test_the_same_answer_sent_again_is_told_again_and_changes_nothing(stage):
    stage.start()
    sent = stage.reply(stage.items()[0])
    first, second = stage.send("answer", sent).json(), stage.send("answer", sent).json()
    assert first["word"] == second["word"] == "counts"
    assert Journal.objects.filter(kind="answer").count() == 1


def test_a_lower_number_of_the_same_device_is_journaled_and_does_not_count(stage):
    stage.start()
    item = stage.items()[0]
    stage.answer(item, RIGHT, seq=9)
    assert stage.answer(item, WRONG, seq=8).json()["word"] == "stale"
    assert Answer.objects.get().chosen == ["a"]
    assert list(Journal.objects.filter(kind="answer").values_list("word", flat=True)) == ["counts", "stale"]


def test_between_devices_the_last_received_wins_both_are_kept_and_it_is_told(stage):
    stage.start()
    item = stage.items()[0]
    stage.answer(item, RIGHT, device="device-one", seq=500)
    told = stage.answer(item, WRONG, device="device-two", seq=3).json()
    assert told == {**told, "word": "counts", "replaced": True}
    assert Answer.objects.get().chosen == ["b"]
    assert Journal.objects.filter(kind="answer").count() == 2
    assert stage.answer(item, RIGHT, device="device-one", seq=400).json()["word"] == "stale"


def test_another_device_that_opens_it_is_told_to_the_first(stage):
    stage.start()
    assert stage.send("tick", {"device": "device-one"}).json()["elsewhere"] is False
    stage.send("look", {"device": "device-two", "client_id": "opened-it-here"})
    assert stage.send("tick", {"device": "device-one"}).json()["elsewhere"] is True


@pytest.mark.parametrize(("after", "word"), [(0, "counts"), (20, "counts"), (20.001, "late"), (3600, "late")])
def test_answers_are_taken_through_the_deadline_and_kept_as_late_after_the_grace(stage, after, word):
    stage.start()
    stage.at.forward(LIMIT + after)
    reply = stage.answer(stage.items()[0])
    assert (reply.status_code, reply.json()["word"]) == (200, word)
    assert Answer.objects.count() == (word == "counts")
    assert Journal.objects.filter(kind="answer", word=word).count() == 1


def test_a_clock_that_a_browser_names_decides_nothing(stage):
    stage.start()
    stage.at.forward(LIMIT + 60)
    assert stage.answer(stage.items()[0], after=5).json()["word"] == "late"


@pytest.mark.parametrize(
    "change",
    [
        {"item": "D1-999"}, {"item": ""}, {"chosen": ["z"]}, {"chosen": "a"}, {"chosen": None}, {"chosen": [1]},
        {"chosen": ["a"] * 21}, {"seq": -1}, {"seq": "1"}, {"seq": True}, {"seq": 2**40}, {"device": "x"},
        {"client_id": ""}, {"client_id": "x" * 65}, {"flagged": "yes"}, {"after": -1},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_a_sentence_and_changes_nothing(stage, change):
    stage.start()
    before = Journal.objects.count()
    reply = stage.send("answer", {**stage.reply(stage.items()[0]), **change})
    assert reply.status_code == 400
    assert reply.json()["error"].endswith(".")
    assert (Journal.objects.count(), Answer.objects.count()) == (before, 0)


def test_an_answer_is_at_most_a_kilobyte(stage):
    stage.start()
    assert len(json.dumps(stage.reply("D1-10", after=2**31 - 1))) < 300
    assert stage.send("answer", {**stage.reply(stage.items()[0]), "more": "x" * 1100}).status_code == 413


def test_a_sitting_is_its_learners_alone(stage):
    stage.start()
    ben = stage.lms.learner("ben", stage.course)
    tom = stage.lms.staff("tom", stage.course)
    for user in (ben, tom):
        learners.of(user.id)
        assert stage.answer(stage.items()[0], user=user).status_code == 404
        assert stage.submit(user=user).status_code == 404
        assert stage.send("look", {"device": "device-two", "client_id": "12345678"}, user=user).status_code == 404
        assert stage.send("tick", {"device": "device-two"}, user=user).status_code == 404
    assert Answer.objects.count() == 0


def test_somebody_who_is_not_signed_in_is_asked_to(stage):
    stage.start()
    address = f"/peer_xblocks/exam/sitting/{stage.row().id}/answer"
    reply = stage.lms.client().post(address, {}, content_type="application/json")
    assert reply.status_code == 403
    assert "sign in" in reply.json()["error"]
    assert stage.lms.client().get(address).status_code == 405


def test_handing_in_scores_once_and_tells_it_once(stage):
    heard = []
    signals.exam_decided.connect(
        lambda **said: heard.append((said["usage"], said["passed"])), weak=False, dispatch_uid="t"
    )
    try:
        first = stage.sit(right=14).json()
        second = stage.submit().json()
    finally:
        signals.exam_decided.disconnect(dispatch_uid="t")
    assert first["result"] == second["result"] == {"raw": 14, "of": 20, "needed": 14, "passed": True, "domains": []}
    assert Score.objects.count() == 1
    assert heard == [(stage.usage, True)]


def test_handing_in_carries_what_was_never_acknowledged(stage):
    stage.start()
    counted = [place.item for place in stage.form().counted]
    stage.answer(counted[0], WRONG)
    unsent = [stage.reply(item) for item in counted]
    result = stage.submit(unsent).json()["result"]
    assert result["raw"] == 20
    assert Answer.objects.count() == 20


def test_what_arrives_after_handing_in_is_kept_as_late_and_does_not_count(stage):
    stage.sit(right=3)
    assert stage.answer(stage.items()[0], RIGHT, device="device-two").json()["word"] == "late"
    assert stage.submit([stage.reply(stage.items()[1], device="device-two")]).status_code == 200
    assert Journal.objects.filter(word="late").count() == 2
    assert Score.objects.get().raw == 3


def test_handing_in_within_the_grace_counts_what_it_carries(stage):
    stage.start()
    sent = [stage.reply(place.item) for place in stage.form().counted]
    stage.at.forward(LIMIT + 19.9)
    assert stage.submit(sent).json()["result"]["raw"] == 20
    assert stage.row().state == "submitted"


def test_handing_in_after_the_grace_counts_what_was_acknowledged_before(stage):
    stage.start()
    counted = [place.item for place in stage.form().counted]
    stage.answer(counted[0])
    stage.at.forward(LIMIT + 21)
    done = stage.submit([stage.reply(item) for item in counted[1:]]).json()
    assert (done["result"]["raw"], done["state"]) == (1, "timed_out")
    assert Journal.objects.filter(word="late").count() == 19


def test_the_sweep_closes_what_the_learner_left_and_its_end_is_the_deadline(stage):
    stage.start()
    begun = stage.row().started
    stage.answer_all(right=15)
    stage.at.forward(LIMIT + 20)
    assert sweep.sweep() == 0
    stage.at.forward(86_400)
    assert sweep.sweep() == 1
    assert sweep.sweep() == 0
    row = stage.row()
    assert (row.state, row.finished, row.passed) == ("timed_out", begun + LIMIT * 1000, True)
    assert stage.lms.grade(stage.usage, stage.ann) == (0.75, 1.0)
    assert stage.lms.completion(stage.usage, stage.ann) == 1.0


def test_a_page_that_comes_back_closes_what_ran_out(stage):
    stage.start()
    stage.at.forward(LIMIT + 60)
    assert "over" in stage.lms.render(stage.usage, stage.ann)
    assert stage.row().state == "started"
    assert stage.state()["kind"] == "done"
    assert stage.row().state == "timed_out"


def test_a_sitting_that_was_not_passed_completes_the_block_and_grades_it(stage):
    stage.sit(right=9)
    with_grade = stage.lms.grade(stage.usage, stage.ann)
    if with_grade is None:  # on_commit waits for a transaction that a test never ends
        sweep.sweep()
    assert stage.lms.grade(stage.usage, stage.ann) == (0.45, 1.0)
    assert stage.lms.completion(stage.usage, stage.ann) == 1.0
    assert results.passed(stage.learner(), stage.course)[stage.usage].passed is False


def test_the_platform_is_told_until_it_takes_it(stage, monkeypatch):
    from peer_xblocks.demo.lms.platform import DemoPlatform

    took = DemoPlatform.publish_for
    monkeypatch.setattr(DemoPlatform, "publish_for", lambda *_: 1 / 0)
    stage.sit(right=20)
    sweep.sweep()
    assert models.Standing.objects.get().taken is False
    monkeypatch.setattr(DemoPlatform, "publish_for", took)
    stage.at.forward(86_400)
    sweep.sweep()
    assert models.Standing.objects.get().taken is True
    assert stage.lms.grade(stage.usage, stage.ann) == (1.0, 1.0)


def test_an_author_who_removes_the_block_stops_nobody(stage):
    from opaque_keys.edx.keys import UsageKey

    from peer_xblocks.demo.lms import studio

    stage.start()
    studio.delete(UsageKey.from_string(stage.usage))
    stage.answer_all(right=20)
    assert stage.submit().json()["result"]["passed"] is True
    sweep.sweep()
    assert results.passed(stage.learner(), stage.course)[stage.usage].passed is True


def test_a_bank_that_changes_meanwhile_changes_nothing_of_an_open_sitting(stage):
    told = stage.start().json()["questions"]
    changed = bank(code=BANK, per_domain=5)
    banks.keep(changed, by="An officer")
    assert stage.state()["questions"] == told
    stage.answer_all(right=20)
    assert stage.submit().json()["result"]["raw"] == 20


def test_a_second_attempt_waits_two_weeks_and_asks_other_questions(stage):
    stage.sit(right=3)
    first = stage.items()
    refused = stage.start()
    assert refused.status_code == 409
    shown = stage.state()["standing"]
    assert (shown["why"], shown["left"]) == ("wait", 2)
    assert "2026" in shown["since"]
    stage.at.forward(14 * 86_400)
    assert stage.start().status_code == 200
    assert stage.items() != first
    assert stage.row().attempt == 2


def test_after_a_pass_nothing_more_can_be_begun(stage):
    stage.sit(right=20)
    stage.at.forward(100 * 86_400)
    assert stage.start().status_code == 409
    assert Sitting.objects.count() == 1


def test_practice_is_repeated_at_once_and_told_to_nobody(stage):
    usage = stage.lms.add(stage.unit, "peer_exam", display_name="Practice", exam="crss-practice")
    stage.usage = usage
    for _ in range(3):
        stage.sit(right=12)
    assert Sitting.objects.count() == 3
    assert results.passed(stage.learner(), stage.course) == {}


def test_training_is_asked_of_the_rooms_that_know_it(stage, monkeypatch):
    from dataclasses import replace

    from peer_xblocks.exam import sittings

    real = sittings.defined

    def needs(rules, code):
        found = real(rules, code)
        return replace(found, policy=replace(found.policy, needs_seconds=60))

    monkeypatch.setattr(sittings, "defined", needs)
    assert stage.start().status_code == 409
    signals.training_asked.connect(_sixty, dispatch_uid="t")
    try:
        assert stage.start().status_code == 200
    finally:
        signals.training_asked.disconnect(dispatch_uid="t")


def _sixty(**_asked):
    return 60


def test_an_exam_without_a_bank_says_that_nothing_is_missing_on_the_learners_side(lms, at):
    course = lms.course()
    usage = lms.add(lms.unit(course), "peer_exam", exam=EXAM)
    ann = lms.learner("ann", course)
    assert lms.post(usage, "state", {}, ann).json() == {"kind": "not_ready"}
    refused = lms.post(usage, "start", {"device": "device-one", "client_id": "12345678"}, ann)
    assert (refused.status_code, "not ready" in refused.json()["error"]) == (409, True)


def test_the_journal_is_whole_and_shows_every_change(stage):
    stage.sit(right=14)
    row = stage.row()
    assert journal.first_break(row) is None
    kinds = list(Journal.objects.filter(sitting=row).order_by("number").values_list("kind", flat=True))
    assert kinds[0] == "started"
    assert kinds[-1] == "submitted"
    assert kinds.count("answer") == 24


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE peer_exam_journal SET body = '{}' WHERE number = 5", 5),
        ("UPDATE peer_exam_journal SET at = at - 60000 WHERE number = 9", 9),
        ("DELETE FROM peer_exam_journal WHERE number = 7", 8),
        ("DELETE FROM peer_exam_journal WHERE number > 20", 21),
    ],
)
def test_a_journal_that_was_changed_shows_where(stage, change, number):
    stage.sit(right=14)
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert journal.first_break(stage.row()) == number


def test_nothing_is_deleted(stage):
    stage.sit(right=14)
    for kept in (stage.row().form, Journal.objects.first(), Score.objects.first()):
        with pytest.raises(TypeError):
            kept.delete()
        with pytest.raises(TypeError):
            kept.save()


def test_an_answer_costs_four_queries(stage):
    stage.start()
    client, row = stage.lms.client(stage.ann), stage.row()
    address = f"/peer_xblocks/exam/sitting/{row.id}/answer"
    for item in [*stage.items()[:2]] * 2:
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address, stage.reply(item), content_type="application/json").status_code == 200
        assert len(own(queries)) == 4, own(queries)


def own(queries):
    """Statements beyond session and user."""
    asked = [each["sql"] for each in queries if each["sql"].split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}]
    return [each for each in asked if "django_session" not in each and "auth_user" not in each]


def test_what_certification_may_know(stage):
    stage.sit(right=15)
    found = results.passed(stage.learner(), stage.course)[stage.usage]
    assert (found.passed, found.percent, found.attempt, found.exam) == (True, 75.0, 1, EXAM)
    assert found.at == ms() // 1000
    since = stage.at.now - timedelta(seconds=1)
    assert results.recent(since) == {(stage.learner(), stage.course)}
    assert results.recent(stage.at.now + timedelta(seconds=1)) == set()
