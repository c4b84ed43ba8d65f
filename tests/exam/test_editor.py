"""An author chooses one of the programme's exams, and is told what hinders learners."""

import pytest

pytestmark = pytest.mark.django_db


def save(stage, user, **data):
    return stage.lms.studio_post(
        stage.usage, "save_exam", {"display_name": "The exam", "exam": "crss-demo", **data}, user
    )


def test_the_form_shows_the_exam_that_was_chosen(stage):
    eve = stage.lms.author("eve", stage.course)
    assert '<option value="crss-demo" selected>' in stage.lms.render(stage.usage, eve, "studio_view")


def test_an_author_chooses_another_exam_and_title(stage):
    eve = stage.lms.author("eve", stage.course)
    assert save(stage, eve, display_name="  Practice\n run ", exam="crss-practice").json() == {"faults": []}
    block = stage.lms.block(stage.usage)
    assert (block.display_name, block.exam) == ("Practice run", "crss-practice")


@pytest.mark.parametrize(
    "wrong", [{"display_name": " "}, {"display_name": 7}, {"exam": "nowhere"}, {"exam": None}, {"exam": []}]
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(stage, wrong):
    eve = stage.lms.author("eve", stage.course)
    refused = save(stage, eve, **wrong)
    assert (refused.status_code, refused.json()["error"].endswith(".")) == (400, True)
    assert stage.lms.block(stage.usage).exam == "crss-demo"


def test_a_trainer_without_rights_in_studio_may_not_choose(stage):
    assert save(stage, stage.lms.staff("tom", stage.course)).status_code == 403


def test_an_author_is_told_when_the_bank_is_missing(lms, at):
    course = lms.course()
    usage = lms.add(lms.unit(course), "peer_exam", exam="crss-demo")
    assert "has not loaded" in lms.render(usage, lms.author("eve", course), "author_view")


def test_an_author_is_told_when_the_programme_has_no_such_exam(lms, at):
    course = lms.course()
    usage = lms.add(lms.unit(course), "peer_exam", exam="gone")
    assert "Choose an exam" in lms.render(usage, lms.author("eve", course), "author_view")
