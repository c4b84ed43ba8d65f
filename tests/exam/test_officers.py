"""What exam officers do to sittings, and what trainers may ask them for."""

import secrets
from dataclasses import replace

import pytest

from peer_xblocks.exam import banks, desk, journal, officers, results, sittings, sweep
from peer_xblocks.exam.models import Allowance, Journal, Score, Sitting, StaffAct
from peer_xblocks.exam.officers import Act
from peer_xblocks.learner import learners
from peer_xblocks.refusal import Refusal
from tests.exam.conftest import BANK, ms
from tests.exam.made import RIGHT, WRONG, bank, item

pytestmark = pytest.mark.django_db
LIMIT = 40 * 60


@pytest.fixture
def act(officer):
    def made(reason="A made-up reason", client_id=""):
        return Act(learners.of(officer.id), reason, client_id or secrets.token_hex(8))

    return made


def test_extra_time_while_the_time_runs_is_in_the_next_reply_and_holds_to_the_end(stage, act):
    stage.start()
    stage.at.forward(LIMIT - 60)
    officers.allow(stage.row().id, act(), percent=150, minutes=0, now=ms())
    told = stage.answer(stage.items()[0]).json()["clock"]
    assert told["deadline"] - told["started"] == LIMIT * 1500
    assert told["version"] == 2
    stage.at.forward(1200)
    assert stage.answer(stage.items()[1]).json()["word"] == "counts"
    assert sweep.sweep() == 0


def test_more_time_for_one_person_holds_from_the_next_start_on_and_its_reason_is_nowhere(stage, act):
    officers.grant(stage.learner(), stage.course, "crss-demo", act("private"), percent=200, minutes=10, now=ms())
    assert stage.state()["rules"]["minutes"] == 90
    told = stage.start().json()["clock"]
    assert told["deadline"] - told["server_now"] == 90 * 60_000
    assert "private" not in str(Allowance.objects.values())


def test_a_pause_stops_the_time_to_the_millisecond(stage, act):
    stage.start()
    stage.at.forward(61.5)
    officers.pause(stage.row().id, act(), now=ms())
    left = sittings.value(stage.row()).remaining(ms())
    stage.at.forward(86_400)
    assert sweep.sweep() == 0
    assert stage.answer(stage.items()[0]).json()["word"] == "late"
    officers.resume(stage.row().id, act(), now=ms())
    assert sittings.value(stage.row()).remaining(ms()) == left == LIMIT * 1000 - 61_500
    assert stage.answer(stage.items()[1]).json()["word"] == "counts"


def test_handing_in_while_paused_keeps_the_answers_and_stays_open(stage, act):
    stage.start()
    officers.pause(stage.row().id, act(), now=ms())
    assert stage.submit([stage.reply(stage.items()[0])]).json()["kind"] == "open"
    assert stage.row().state == "paused"
    assert stage.state()["answers"] != {}


def test_an_outage_gives_its_minutes_once_to_every_running_sitting(stage, act):
    stage.start()
    ben = stage.lms.learner("ben", stage.course)
    stage.start(ben)
    lost = act()
    assert officers.make_good(lost, minutes=7, now=ms()) == 2
    assert officers.make_good(lost, minutes=7, now=ms()) == 0
    assert {row.deadline - row.started for row in Sitting.objects.all()} == {(LIMIT + 420) * 1000}


def test_an_outage_told_again_reaches_only_who_was_missed(stage, act):
    stage.start()
    lost = act()
    officers.make_good(lost, minutes=7, now=ms())
    stage.start(stage.lms.learner("ben", stage.course))
    assert officers.make_good(lost, minutes=7, now=ms()) == 1


def test_a_void_sitting_counts_for_nothing_and_keeps_every_row(stage, act):
    stage.sit(right=20)
    sweep.sweep()
    before = Journal.objects.count()
    assert officers.void(stage.row().id, act("The line was down"), now=ms())
    sweep.sweep()
    assert results.passed(stage.learner(), stage.course) == {}
    assert stage.lms.grade(stage.usage, stage.ann) == (0.0, 1.0)
    assert stage.lms.completion(stage.usage, stage.ann) == 0.0
    assert (Score.objects.count(), Journal.objects.count()) == (1, before + 1)
    assert stage.state()["kind"] == "start"
    assert stage.start().status_code == 200
    assert stage.row().attempt == 1


def test_an_open_sitting_that_is_void_takes_no_more_answers_but_keeps_them(stage, act):
    stage.start()
    officers.void(stage.row().id, act(), now=ms())
    assert stage.answer(stage.items()[0]).json()["word"] == "late"
    assert stage.submit().json()["kind"] == "start"


def test_a_rescore_lets_an_unfair_question_count_for_everybody_and_keeps_the_old_score(stage, act):
    stage.sit(right=13)
    last = stage.form().counted[-1].item
    assert officers.rescore(stage.row().id, act("Two answers fit"), given=[last], now=ms())
    sweep.sweep()
    assert list(Score.objects.order_by("number").values_list("kind", "raw", "passed")) == [
        ("first", 13, False),
        ("rescore", 14, True),
    ]
    assert results.passed(stage.learner(), stage.course)[stage.usage].passed
    assert stage.lms.grade(stage.usage, stage.ann) == (0.7, 1.0)


def test_a_question_of_another_form_cannot_be_given(stage, act):
    stage.sit(right=13)
    with pytest.raises(Refusal, match="no questions of this form"):
        officers.rescore(stage.row().id, act(), given=["nowhere"], now=ms())
    assert Score.objects.count() == 1


def test_an_override_keeps_the_old_score_and_says_who_and_why(stage, act):
    stage.sit(right=13)
    assert officers.override(stage.row().id, act("A paper form was used"), raw=18, now=ms())
    newest = Score.objects.order_by("-number")[0]
    assert (newest.kind, newest.raw, newest.passed, newest.reason) == ("override", 18, True, "A paper form was used")
    assert stage.state()["result"]["raw"] == 18
    with pytest.raises(Refusal, match="0 to 20"):
        officers.override(stage.row().id, act(), raw=21, now=ms())


def test_an_open_sitting_has_no_score_to_change(stage, act):
    stage.start()
    with pytest.raises(Refusal, match="handed in"):
        officers.override(stage.row().id, act(), raw=18, now=ms())
    assert StaffAct.objects.count() == 0


@pytest.mark.parametrize("do", ["void", "pause"])
def test_a_second_click_does_nothing(stage, act, do):
    stage.start()
    once = act()
    assert getattr(officers, do)(stage.row().id, once, now=ms())
    assert not getattr(officers, do)(stage.row().id, once, now=ms())
    assert StaffAct.objects.count() == 1


def test_every_act_needs_a_reason(stage, act):
    stage.start()
    with pytest.raises(Refusal, match="Say why"):
        officers.void(stage.row().id, act(""), now=ms())
    assert stage.row().state == "started"


def test_every_act_is_in_the_journal_and_the_chain_holds(stage, act):
    stage.start()
    officers.pause(stage.row().id, act(), now=ms())
    officers.resume(stage.row().id, act(), now=ms())
    officers.allow(stage.row().id, act(), percent=150, minutes=0, now=ms())
    stage.submit()
    officers.override(stage.row().id, act(), raw=1, now=ms())
    officers.void(stage.row().id, act(), now=ms())
    kinds = list(Journal.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["started", "opened", "pause", "resume", "allow", "submitted", "override", "void"]
    assert journal.first_break(stage.row()) is None


def test_staffs_delete_state_voids_and_destroys_nothing(stage):
    stage.sit(right=20)
    sweep.sweep()
    tom = stage.lms.staff("tom", stage.course)
    stage.lms.delete_state(stage.usage, stage.ann, tom)
    assert stage.row().state == "voided"
    assert Score.objects.count() == 1
    assert stage.lms.completion(stage.usage, stage.ann) == 0.0


def test_of_an_exam_that_decides_a_trainers_delete_state_only_asks(stage):
    stage.sit(right=20)
    Sitting.objects.update(purpose="deciding")
    tom = stage.lms.staff("tom", stage.course)
    stage.lms.delete_state(stage.usage, stage.ann, tom)
    assert stage.row().state == "submitted"
    assert [each.kind for each in StaffAct.objects.all()] == ["ask_void"]
    stage.at.forward(60)
    sweep.sweep()
    assert stage.lms.grade(stage.usage, stage.ann) == (1.0, 1.0)
    assert stage.lms.completion(stage.usage, stage.ann) == 1.0


# -- pages ---------------------------------------------------------------------------------------------------------


def get(stage, address, user):
    return stage.lms.client(user).get(f"/peer_xblocks/exam/{address}")


def post(stage, address, user, **data):
    sent = {"client_id": secrets.token_hex(8), "reason": "A made-up reason", **data}
    return stage.lms.client(user).post(f"/peer_xblocks/exam/{address}", sent)


def test_a_trainer_sees_states_and_nothing_of_what_was_asked_or_answered(stage):
    stage.sit(right=15)
    tom = stage.lms.staff("tom", stage.course)
    page = get(stage, f"course/{stage.course}", tom).content.decode()
    assert "ann" in page
    assert "handed in" in page
    assert "What about" not in page
    assert "SECRET" not in page
    assert "75.0" not in page
    assert "passed" not in page


def test_the_way_to_the_sittings_is_shown_to_staff_alone(stage):
    way = f"/peer_xblocks/exam/course/{stage.course}"
    assert way in stage.lms.render(stage.usage, stage.lms.staff("tom", stage.course))
    assert way not in stage.lms.render(stage.usage, stage.ann)


def test_a_trainer_asks_for_a_void_and_an_officer_decides(stage, officer):
    stage.sit(right=15)
    tom = stage.lms.staff("tom", stage.course)
    assert post(stage, f"course/{stage.course}/ask", tom, sitting=stage.row().id, reason="Power cut").status_code == 302
    assert stage.row().state == "submitted"
    assert "Power cut" in get(stage, "office", officer).content.decode()
    assert post(stage, f"office/{stage.row().id}/void", officer, reason="Power cut, confirmed").status_code == 302
    assert stage.row().state == "voided"
    assert "Power cut" not in get(stage, "office", officer).content.decode()


@pytest.mark.parametrize("who", ["ann", "trainer", "author", "stranger"])
def test_nobody_but_an_officer_sees_or_decides_a_sitting(stage, who):
    stage.sit(right=15)
    user = {
        "ann": lambda: stage.ann,
        "trainer": lambda: stage.lms.staff("tom", stage.course),
        "author": lambda: stage.lms.author("eve", stage.course),
        "stranger": lambda: stage.lms.user("mia"),
    }[who]()
    assert get(stage, "office", user).status_code == 403
    assert get(stage, f"office/{stage.row().id}", user).status_code == 403
    for kind in ("void", "pause", "resume", "allow", "rescore", "override"):
        assert post(stage, f"office/{stage.row().id}/{kind}", user, raw=1).status_code == 403
    assert post(stage, "office/outage", user, minutes=5).status_code == 403
    assert post(stage, "office/allowance", user, person="ann").status_code == 403
    assert (StaffAct.objects.count(), Score.objects.count()) == (0, 1)


def test_a_trainer_of_another_course_sees_nothing_of_this_one(stage):
    stage.sit(right=15)
    other = stage.lms.course("course-v1:Test+Other+2026")
    tom = stage.lms.staff("tom", other)
    assert get(stage, f"course/{stage.course}", tom).status_code == 403
    assert post(stage, f"course/{other}/ask", tom, sitting=stage.row().id).status_code == 404
    assert StaffAct.objects.count() == 0


def test_an_officers_page_shows_the_form_exactly_as_it_was_after_the_bank_changed(stage, officer):
    stage.start()
    counted = stage.form().counted
    stage.answer_all(right=20)
    stage.submit()
    before = [(each.item, each.stem, [o.text for o in each.options]) for each in desk.paper(stage.row())]
    other = bank(code=BANK)
    changed = [replace(each, item=replace(each.item, stem=f"Changed {each.id}?", options=item(each.id, texts=["x", "y", "z"]).options)) for each in other.items]  # fmt: skip
    banks.keep(replace(other, items=tuple(changed)), by="An officer")
    from peer_xblocks.exam import forms

    forms._item.cache_clear()
    forms.of.cache_clear()
    assert [(each.item, each.stem, [o.text for o in each.options]) for each in desk.paper(stage.row())] == before
    page = get(stage, f"office/{stage.row().id}", officer).content.decode()
    assert f"What about {counted[0].item}?" in page
    assert "Changed" not in page
    assert "The journal is whole" in page


def test_late_answers_are_shown_to_officers(stage, officer):
    stage.start()
    first = stage.items()[0]
    stage.answer(first, RIGHT)
    stage.at.forward(LIMIT + 60)
    stage.answer(first, WRONG)
    stage.state()
    page = get(stage, f"office/{stage.row().id}", officer).content.decode()
    assert f"Came late, not counted: {first} choice b" in page


def test_a_journal_that_was_changed_is_said_on_the_officers_page(stage, officer):
    from django.db import connection

    stage.sit(right=15)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE peer_exam_journal SET body = '{}' WHERE number = 4")
    assert "does not hold from entry 4 on" in get(stage, f"office/{stage.row().id}", officer).content.decode()


def test_an_officer_gives_time_by_form(stage, officer):
    given = {"person": "ann", "course": stage.course, "exam": "crss-demo", "percent": "150", "minutes": "0"}
    assert post(stage, "office/allowance", officer, **given).status_code == 302
    assert stage.state()["rules"]["minutes"] == 60
    stage.start()
    assert post(stage, f"office/{stage.row().id}/allow", officer, percent=200, minutes=5).status_code == 302
    assert post(stage, "office/outage", officer, minutes=3).status_code == 302
    assert stage.row().deadline - stage.row().started == (80 + 5 + 3) * 60_000


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("office/allowance", {"person": "nobody", "percent": "150", "minutes": "0"}),
        ("office/outage", {"minutes": "-1"}),
        ("office/outage", {"minutes": "0"}),
        ("office/outage", {"minutes": "99999999"}),
        ("office/outage", {"minutes": "5", "client_id": "?"}),
    ],
)
def test_what_an_officer_mistypes_is_refused_in_one_sentence(stage, officer, address, wrong):
    stage.start()
    refused = post(stage, address, officer, **wrong)
    assert refused.status_code in (400, 409)
    assert StaffAct.objects.count() == Allowance.objects.count() == 0


def test_posts_of_staff_need_their_token_and_pages_a_get(stage, officer):
    stage.start()
    forged = stage.lms.client(officer, csrf=True).post(f"/peer_xblocks/exam/office/{stage.row().id}/void", {})
    assert forged.status_code == 403
    assert get(stage, f"office/{stage.row().id}/void", officer).status_code == 405
    assert stage.row().state == "started"
