"""Authors write checks in a form: saved whole, linted as they type, pasted as GIFT."""

import json

import pytest

from peer_xblocks.item.data import to_data
from tests.activity.check.made import data, item, items


@pytest.fixture
def eve(stage):
    return stage.lms.author("eve", stage.course)


def kept(stage):
    return stage.lms.block(stage.usage)


def saved(stage, eve, **change):
    sent = {"display_name": "New", "mastery": 0.75, "shuffle": True, "items": data(items(2)), **change}
    return stage.lms.studio_post(stage.usage, "save_check", sent, eve)


def test_what_the_author_wrote_is_kept(stage, eve):
    assert saved(stage, eve).status_code == 200
    block = kept(stage)
    assert (block.display_name, block.mastery, block.shuffle) == ("New", 0.75, True)
    assert list(block.bank) == items(2)


def test_an_empty_mark_is_the_programmes_own(stage, eve):
    saved(stage, eve, mastery=None)
    assert kept(stage).mastery is None
    assert kept(stage).check.mastery == 0.8


def test_what_is_not_finished_is_kept_and_named(stage, eve):
    response = saved(stage, eve, items=[{**data(items(1))[0], "stem": ""}])
    assert "The question has no words." in [each["what"] for each in response.json()["faults"]]
    assert kept(stage).bank[0].stem == ""


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": ""},
        {"display_name": 7},
        {"display_name": "x" * 256},
        {"mastery": 0},
        {"mastery": 1.2},
        {"mastery": "most"},
        {"mastery": True},
        {"items": None},
        {"items": [7]},
        {"items": data(items(1)) * 2},
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(stage, eve, change):
    before = stage.lms.olx(stage.usage)
    response = saved(stage, eve, **change)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert stage.lms.olx(stage.usage) == before


def test_the_linter_follows_what_is_being_written(stage, eve):
    written = [{**data(items(1))[0], "rationale": "", "stem": "Is it not?"}]
    faults = stage.lms.studio_post(stage.usage, "lint", {"items": written}, eve).json()["faults"]
    assert {"where", "what", "do", "item", "rule", "grave"} == set(faults[0])
    assert "There is no reason for the right answer." in [each["what"] for each in faults]
    assert list(kept(stage).bank) == stage.items


def test_pasted_questions_come_back_under_free_ids(stage, eve):
    text = "// [id:q1]\nOne? {=a ~b ~c}\n\nTwo? {T}\n"
    sent = {"text": text, "taken": ["q1"]}
    pasted = stage.lms.studio_post(stage.usage, "paste", sent, eve).json()["items"]
    assert [each["stem"] for each in pasted] == ["One?", "Two?"]
    assert len({"q1", *(each["id"] for each in pasted)}) == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "One? {}"}, "Line 1"),
        ({"text": ""}, "no question"),
        ({"text": 7}, "cannot be taken in"),
        ({"text": "x" * 400_001}, "cannot be taken in"),
        ({"text": "One? {T}", "taken": 1}, "cannot be taken in"),
    ],
)
def test_a_paste_that_holds_no_question_is_refused(stage, eve, sent, said):
    response = stage.lms.studio_post(stage.usage, "paste", sent, eve)
    assert response.status_code == 400
    assert said in response.json()["error"]


def test_questions_are_given_out_as_gift_and_taken_back(stage, eve):
    text = stage.lms.studio_post(stage.usage, "gift", {"items": data(stage.items)}, eve).json()["text"]
    pasted = stage.lms.studio_post(stage.usage, "paste", {"text": text}, eve).json()["items"]
    assert pasted == data(stage.items)


@pytest.mark.parametrize("handler", ["save_check", "lint", "paste", "gift"])
def test_only_authors_may_use_the_editor(stage, handler):
    sent = {"display_name": "x", "items": [], "text": "A? {T}"}
    tom = stage.lms.staff("tom", stage.course)
    for user in (stage.ann, tom):
        assert stage.lms.studio_post(stage.usage, handler, sent, user).status_code == 403
        assert stage.lms.post(stage.usage, handler, sent, user).status_code == 403
    assert list(kept(stage).bank) == stage.items


def test_the_editor_is_a_form_that_holds_the_questions_as_values(stage):
    page = stage.lms.render(stage.usage, view="studio_view")
    assert "PeerCheckEditor" in page
    assert json.dumps(to_data(stage.items[0]))[:20] in page.replace("&quot;", '"')
    assert "<textarea" in page


def test_the_editor_shows_whether_answers_are_shuffled(stage, eve):
    ticked = 'name="shuffle" type="checkbox" checked'
    assert ticked not in stage.lms.render(stage.usage, view="studio_view")
    assert saved(stage, eve, shuffle=True).status_code == 200
    assert ticked in stage.lms.render(stage.usage, view="studio_view")


def test_the_author_sees_questions_keys_and_what_to_mend(stage, eve):
    page = stage.lms.render(stage.usage, view="author_view")
    for words in ("What about q1?", "q1 teaches a", "q1 because", "Right:", "2 of 3"):
        assert words in page
    saved(stage, eve, items=[to_data(item("x", right=""))])
    assert "No answer is marked as right." in stage.lms.render(stage.usage, view="author_view")


def test_an_empty_check_asks_for_a_question(stage):
    usage = stage.lms.add(stage.unit, "peer_check")
    assert "has no questions yet" in stage.lms.render(usage, view="author_view")
