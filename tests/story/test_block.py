"""The block: what staff and the platform may see and do, and what never leaves it."""

import io
import zipfile

import pytest
from docx import Document
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.learner import learners
from peer_xblocks.story.documents import right_to_left
from peer_xblocks.story.models import Passage
from tests.conformance.bench import completion_of
from tests.story.conftest import MARKER

pytestmark = pytest.mark.django_db


def test_done_publishes_a_grade_and_completion_once_and_not_a_word(stage, ann):
    ann.write(MARKER)
    assert stage.lms.grades == stage.lms.completions == []
    ann.ask("finish")
    ann.ask("finish")
    assert [(each["value"], each["max_value"]) for each in stage.lms.grades] == [(1.0, 1.0)]
    assert stage.lms.completion(stage.usage, stage.ann) == 1.0
    assert MARKER not in str(stage.lms.grades + stage.lms.completions + stage.lms.events)


def test_an_empty_story_is_not_marked_done(stage, ann):
    refused = ann.ask("finish")
    assert refused.status_code == 400
    assert "one line is enough" in refused.json()["error"]
    ann.write("   ")
    assert ann.ask("finish").status_code == 400
    ann.write("A page beside the talk.", "note")
    assert ann.ask("finish").status_code == 400


def test_staff_read_done_yes_or_no_and_nothing_else(stage, ann):
    ann.write(MARKER)
    ben = stage.writer(stage.lms.learner("ben", stage.course))
    ben.write("Ben's words")
    ben.ask("finish")
    assert stage.lms.report(stage.usage) == [{"username": "ann", "Done": "no"}, {"username": "ben", "Done": "yes"}]


def test_the_report_has_one_column(stage, ann):
    ann.write("words")
    learner = learners.known(stage.ann.id)
    rows = stage.lms.block(stage.usage).report_rows([learner])
    assert {key: [dict(row) for row in found] for key, found in rows.items()} == {learner: [{"Done": "no"}]}
    ann.ask("finish")
    rows = stage.lms.block(stage.usage).report_rows([learner])
    assert [dict(row) for row in rows[learner]] == [{"Done": "yes"}]


def test_deleting_state_takes_the_mark_back_and_leaves_every_word(stage, ann):
    ann.write("words")
    ann.ask("finish")
    tom = stage.lms.staff("tom", stage.course)
    stage.lms.delete_state(stage.usage, stage.ann, tom)
    assert stage.lms.grade(stage.usage, stage.ann) == (0.0, 1.0)
    assert completion_of(stage.usage, stage.ann) == 0.0
    told = ann.look()
    assert told["done"] is None
    assert told["parts"]["open"][0]["text"] == "words"


def test_rescoring_reads_the_mark_alone(stage, ann):
    assert stage.lms.rescore(stage.usage, stage.ann) != "succeeded"
    ann.write("words")
    ann.ask("finish")
    stage.lms.override(stage.usage, stage.ann, 0.2)
    stage.lms.rescore(stage.usage, stage.ann)
    assert stage.lms.grade(stage.usage, stage.ann) == (1.0, 1.0)


def test_user_state_holds_a_pointer_and_the_platforms_fields_alone(stage, ann):
    ann.write(MARKER)
    ann.ask("finish")
    assert set(stage.lms.state(stage.usage, stage.ann)) <= {"record", "attempts", "earned", "possible"}


def test_the_page_itself_carries_no_word_and_no_key(stage, ann):
    ann.write(MARKER)
    told = ann.look()
    page = stage.lms.render(stage.usage, stage.ann)
    assert MARKER not in page
    assert told["key"] not in page
    assert told["who"] not in page


def test_the_key_of_the_device_is_each_persons_own_and_stays(stage, ann):
    ben = stage.writer(stage.lms.learner("ben", stage.course))
    assert ann.look()["key"] == ann.look()["key"] != ben.look()["key"]
    assert ann.look()["who"] != ben.look()["who"]


def test_a_page_that_ann_opened_writes_nothing_as_ben(stage, ann):
    ben = stage.lms.learner("ben", stage.course)
    data = {"who": ann.who, "part": "open", "text": MARKER, "page": "p" * 32, "seq": 1, "base": []}
    answer = stage.lms.post(stage.usage, "keep", data, ben)
    assert answer.status_code == 409
    assert "Another person is signed in" in answer.json()["error"]
    assert Passage.objects.count() == 0


@pytest.mark.parametrize("preset", ["ten_minutes", "two_minutes", "unheard of"])
def test_words_of_another_plan_stay_and_are_shown(lms, at, preset):
    from tests.story.conftest import made

    stage = made(lms, preset=preset)
    ann = stage.writer()
    ann.write("for ten minutes", "turn")
    ann.write("for two minutes", "m-help")
    told = ann.look()
    assert set(told["parts"]) == {"turn", "m-help"}
    others = {each["id"] for each in told["others"]}
    assert others == ({"turn"} if preset == "two_minutes" else {"m-help"})


def test_a_preference_of_the_helper_is_kept_like_a_text_and_shown_as_none(ann):
    ann.write('{"off":true,"never":[]}', "helper")
    told = ann.look()
    assert told["parts"]["helper"][0]["text"].startswith("{")
    assert told["others"] == []


# -- cards and file --------------------------------------------------------------------------------------------


def own(stage, name, user=None):
    return stage.lms.client(user or stage.ann).get(f"/peer_xblocks/story/{name}/{stage.usage}")


def test_cards_are_the_owners_and_stay_in_no_cache(stage, ann):
    ann.write("My name is Ann. I fix boats.")
    page = own(stage, "cards")
    assert page.status_code == 200
    assert "I fix boats." in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert "<title>Cards</title>" in page.content.decode()
    assert "988" in page.content.decode()


def test_the_word_file_holds_the_talk_under_a_neutral_name(stage, ann):
    ann.write("First line.\nSecond line with <b> & 🌱.")
    ann.write("مرحبا بكم", "hard")
    ann.write("Grief.", "note")
    answer = own(stage, "notes")
    assert answer["Content-Disposition"] == 'attachment; filename="notes.docx"'
    document = Document(io.BytesIO(answer.content))
    lines = [each.text for each in document.paragraphs]
    assert lines[:3] == ["Open", "First line.", "Second line with <b> & 🌱."]
    assert lines[-2:] == ["My content note", "Grief."]
    assert (document.core_properties.author, document.core_properties.title) == ("", "Notes")
    inside = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "<w:bidi/>" in inside
    assert "ann" not in zipfile.ZipFile(io.BytesIO(answer.content)).read("docProps/core.xml").decode()


@pytest.mark.parametrize(("text", "rtl"), [("12 שלום", True), ("Hello مرحبا", False), ("123 …", False)])
def test_the_first_letter_tells_the_direction(text, rtl):
    assert right_to_left(text) is rtl


@pytest.mark.parametrize("name", ["cards", "notes"])
def test_others_see_their_own_empty_pages_and_never_hers(stage, ann, name):
    ann.write(MARKER)
    for user in (
        stage.lms.learner("ben", stage.course),
        stage.lms.staff("tom", stage.course),
        stage.lms.author("eve", stage.course),
    ):
        answer = own(stage, name, user)
        body = answer.content
        if name == "notes":
            body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
        assert MARKER not in body.decode()


@pytest.mark.parametrize("name", ["cards", "notes"])
def test_strangers_and_odd_addresses_get_a_sentence(stage, name):
    signed_out = stage.lms.client().get(f"/peer_xblocks/story/{name}/{stage.usage}")
    assert (signed_out.status_code, "Please sign in first." in signed_out.content.decode()) == (403, True)
    odd = stage.lms.client(stage.ann).get(f"/peer_xblocks/story/{name}/nonsense")
    assert odd.status_code == 404
    library = stage.lms.client(stage.ann).get(f"/peer_xblocks/story/{name}/lb:A:B:peer_story:c")
    assert library.status_code == 404


def test_a_story_whose_block_was_taken_out_can_still_be_had(stage, ann, monkeypatch):
    ann.write("My words.")
    from peer_xblocks.compat import platform

    monkeypatch.setattr(type(platform()), "blocks", lambda self, course, types: [])
    assert "My words." in own(stage, "cards").content.decode()


def test_the_word_list_is_the_same_for_everybody(stage):
    answer = stage.lms.client().get("/peer_xblocks/story/terms")
    assert len(answer.json()) == 68
    assert "public" in answer["Cache-Control"]
    assert "why" in answer.json()[0]


def test_an_office_may_bring_its_own_word_list(stage, settings, tmp_path):
    from peer_xblocks import language

    rows = language.SHIPPED.read_text(encoding="utf-8").replace('"on": true', '"on": false', 1)
    own_list = tmp_path / "terms.json"
    own_list.write_text(rows, encoding="utf-8")
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "LANGUAGE_TERMS": str(own_list)}
    assert len(stage.lms.client().get("/peer_xblocks/story/terms").json()) == 67


# -- the author ------------------------------------------------------------------------------------------------


def test_an_author_sets_it_up_by_a_form(stage):
    eve = stage.lms.author("eve", stage.course)
    page = stage.lms.render(stage.usage, eve, "studio_view")
    assert "The two-minute message" in page
    assert 'name="required" type="checkbox" checked' in page
    sent = {"display_name": " My  message ", "preset": "two_minutes", "required": False, "asides": ["after"]}
    assert stage.lms.studio_post(stage.usage, "save_settings", sent, eve).status_code == 200
    block = stage.lms.block(stage.usage)
    assert (block.display_name, block.preset, block.required, block.asides) == (
        "My message",
        "two_minutes",
        False,
        "after",
    )
    card = dict(block.author_card())
    assert card == {
        "Plan": "The two-minute message",
        "The course asks for it": "no",
        "Pages beside the talk": "After I speak",
    }
    assert "The course does not ask for it." in stage.lms.render(stage.usage, stage.ann)
    assert 'name="required" type="checkbox">' in stage.lms.render(stage.usage, eve, "studio_view")


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": ""},
        {"display_name": "x" * 256},
        {"preset": "song"},
        {"asides": "note"},
        {"asides": ["x"]},
        {"asides": [{}]},
    ],
    ids=str,
)
def test_a_form_that_cannot_be_used_says_what_to_mend(stage, wrong):
    eve = stage.lms.author("eve", stage.course)
    sent = {"display_name": "T", "preset": "ten_minutes", "required": True, "asides": [], **wrong}
    answer = stage.lms.studio_post(stage.usage, "save_settings", sent, eve)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert stage.lms.block(stage.usage).preset == "ten_minutes"


def test_only_authors_change_it(stage, ann):
    for user in (stage.ann, stage.lms.staff("tom", stage.course)):
        assert stage.lms.studio_post(stage.usage, "save_settings", {}, user).status_code == 403


def test_its_olx_is_short_and_says_what_was_chosen(stage):
    eve = stage.lms.author("eve", stage.course)
    sent = {"display_name": "T", "preset": "two_minutes", "required": True, "asides": ["note", "after"]}
    stage.lms.studio_post(stage.usage, "save_settings", sent, eve)
    olx = stage.lms.olx(stage.usage)
    assert 'asides="note after"' in olx
    assert 'preset="two_minutes"' in olx
    assert UsageKey.from_string(stage.usage).block_id in olx or "peer_story" in olx
