"""No key, rationale, source, seed, or item outside the learner's own form leaves the server."""

import json

import pytest

from peer_xblocks.exam import forms
from tests.conformance import bench

pytestmark = pytest.mark.django_db


def seen(stage):
    """Everything that reaches Ann's browser from start to result, and what the platform may pass on."""
    pages = [stage.lms.render(stage.usage, stage.ann)]
    pages.append(stage.start().content.decode())
    pages.append(stage.lms.render(stage.usage, stage.ann))
    for item in stage.items():
        pages.append(stage.answer(item).content.decode())
    pages.append(stage.send("look", {"device": "device-two", "client_id": "12345678"}).content.decode())
    pages.append(stage.send("tick", {"device": "device-two"}).content.decode())
    pages.append(stage.submit().content.decode())
    pages.append(stage.lms.render(stage.usage, stage.ann))
    pages.append(json.dumps(stage.state()))
    return pages


def test_no_learner_page_or_reply_holds_a_secret(stage):
    pages = seen(stage)
    form = stage.form()
    whole = "\n".join(pages)
    assert f"What about {form.places[0].item}?" in whole
    assert "SECRET" not in whole
    assert form.seed not in whole
    assert form.bank_digest not in whole
    for place in form.places:
        assert place.digest not in whole


def test_no_item_outside_the_own_form_is_seen(stage, loaded):
    whole = "\n".join(seen(stage))
    asked = set(stage.items())
    assert not [each.id for each in loaded.items if each.id not in asked and f"What about {each.id}?" in whole]


def test_a_question_says_neither_its_domain_nor_its_level_nor_whether_it_is_on_trial(stage):
    for question in stage.start().json()["questions"]:
        assert set(question) == {"id", "several", "stem", "options"}
        assert [set(each) for each in question["options"]] == [{"id", "text"}] * 3


def test_nothing_of_a_bank_is_in_views_that_others_may_read(stage):
    stage.start()
    eve = stage.lms.author("eve", stage.course)
    block = stage.lms.block(stage.usage, stage.ann)
    shown = [json.dumps(block.student_view_data()), json.dumps(block.index_dictionary()), stage.lms.olx(stage.usage)]
    shown += [stage.lms.render(stage.usage, eve, view) for view in ("author_view", "studio_view")]
    shown += [stage.lms.render(stage.usage, None, "public_view"), json.dumps(stage.lms.report(stage.usage))]
    shown += [body.decode(errors="replace") for body in bench.files(stage.lms.export(stage.course)).values()]
    for each in shown:
        assert "What about" not in each
        assert "SECRET" not in each
        assert stage.form().seed not in each


def test_the_report_of_staff_tools_says_states_alone(stage):
    stage.sit(right=15)
    (row,) = stage.lms.report(stage.usage)
    assert row["State"] == "handed in"
    assert "75" not in json.dumps(row)


def test_user_state_is_a_pointer(stage):
    stage.sit(right=15)
    assert set(stage.lms.state(stage.usage, stage.ann)) <= {"record", "attempts"}


def test_what_the_result_says_of_a_domain_with_one_question_is_nothing(stage):
    stage.start()
    sent = [stage.reply(each.item, ("b",)) for each in stage.form().counted]
    domains = {each["title"]: each for each in stage.submit(sent).json()["result"]["domains"]}
    assert domains["Sharing lived experience"]["word"] == "few"
    assert domains["Your track"]["word"] == "again"
    assert all(set(each) == {"title", "word", "said"} for each in domains.values())


def test_a_form_keeps_what_it_takes_to_make_it_again(stage, loaded):
    stage.start()
    from peer_xblocks.exam.blueprint import read
    from peer_xblocks.exam.form import drawn
    from peer_xblocks.plugin import programme

    exam = programme().exams["crss-demo"]
    kept = forms.of(stage.row().form_id)
    assert kept.bank_digest == loaded.digest
    assert drawn(loaded, read(exam.blueprint, exam.trial), kept.seed, purpose=exam.purpose) == kept
