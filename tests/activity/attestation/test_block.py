"""A text as a learner reads and signs it, and as it is asked again."""

import json

import pytest

from peer_xblocks.activity.models import Reversal, Signature, SignedText
from peer_xblocks.learner import learners, signals
from tests.activity.attestation.made import NEWER, TEXT, digest, reply
from tests.conformance.bench import clear_state, completion_of


def test_signing_keeps_who_when_which_version_and_the_hash_of_what_was_shown(stage):
    assert stage.sign().status_code == 200
    row = Signature.objects.get()
    assert (row.learner, row.course, row.usage) == (learners.known(stage.ann.id), stage.course, stage.usage)
    assert (row.version, row.sha256, row.at) == ("spring", digest(TEXT), 1772463600)
    assert row.statement == "I have read this and will keep to it"
    assert SignedText.objects.get().body == TEXT


def test_the_page_says_when_it_was_signed_in_the_offices_zone(stage):
    assert stage.look()["signed"] == ""
    assert stage.sign().json()["signed"] == "March 2, 2026, 9 a.m. CST"
    assert stage.look()["signed"] == "March 2, 2026, 9 a.m. CST"


def test_signing_completes_the_block_and_is_no_grade(stage):
    stage.sign()
    assert [each["completion"] for each in stage.lms.completions] == [1.0]
    assert stage.lms.grades == []


def test_other_rooms_hear_of_it_once_inside_the_transaction(stage):
    from django.db import connection

    heard = []

    def hear(**facts):
        heard.append((connection.in_atomic_block, facts["learner"], facts["course"], facts["usage"]))

    signals.text_signed.connect(hear)
    for _ in range(2):
        stage.sign()
    signals.text_signed.disconnect(hear)
    assert heard == [(True, learners.known(stage.ann.id), stage.course, stage.usage)]


def test_a_lost_reply_or_a_second_tab_signs_once(stage):
    sent = reply(TEXT)
    for again in (sent, sent, reply(TEXT)):
        assert stage.send(again).status_code == 200
    assert Signature.objects.count() == 1


def test_many_learners_share_one_text(stage):
    stage.sign()
    stage.sign(user=stage.lms.learner("ben", stage.course))
    assert (Signature.objects.count(), SignedText.objects.count()) == (2, 1)


def test_a_newer_text_is_asked_again_and_the_old_one_can_be_read_as_it_was(stage):
    stage.sign()
    stage.write(text=NEWER, version="fall")
    state = stage.look()
    assert (state["signed"], state["newer"]) == ("", "March 2, 2026, 9 a.m. CST")
    assert "I ask when" in state["text"]["html"]
    assert [(each["version"], "I ask when" in each["html"]) for each in state["earlier"]] == [("spring", False)]
    after = stage.sign(NEWER).json()
    assert (bool(after["signed"]), after["newer"], len(after["earlier"])) == (True, "", 1)
    assert SignedText.objects.count() == 2


def test_another_name_for_the_same_text_asks_nobody_again(stage):
    stage.sign()
    stage.write(version="Spring 2026")
    assert stage.look()["signed"]


def test_a_text_that_comes_back_is_signed_again(stage):
    stage.sign()
    stage.write(text=NEWER)
    stage.sign(NEWER)
    stage.write()
    assert stage.look()["newer"]
    assert stage.sign().json()["signed"]
    assert (Signature.objects.count(), SignedText.objects.count()) == (3, 2)


def test_a_text_that_changed_under_the_reader_is_not_signed(stage):
    stage.write(text=NEWER)
    response = stage.sign(TEXT)
    assert response.status_code == 409
    assert "changed while you had it open" in response.json()["error"]
    assert (Signature.objects.count(), SignedText.objects.count()) == (0, 0)
    assert stage.lms.completions == []


# -- the office's text -------------------------------------------------------------------------------------------


def test_where_the_office_has_given_no_text_nothing_is_asked(stage):
    stage.write(source="ethics", text="")
    page = stage.lms.render(stage.usage, stage.ann)
    assert "The office has not given its text yet." in page
    assert stage.look()["text"] is None
    assert stage.sign("").status_code == 404
    assert stage.lms.completions == []


def test_until_the_office_gives_its_text_the_blocks_own_is_asked(stage):
    stage.write(source="ethics")
    stage.sign()
    stage.office("The office's code.")
    state = stage.look()
    assert "The office" in state["text"]["html"]
    assert (state["text"]["version"], bool(state["newer"])) == ("2026-05-01", True)
    stage.sign("The office's code.")
    assert Signature.objects.order_by("-id")[0].version == "2026-05-01"


def test_a_newer_text_of_the_office_is_asked_again(stage):
    stage.write(source="ethics", text="")
    stage.office("One.")
    assert stage.sign("One.").status_code == 200
    stage.office("Two.")
    assert stage.look()["newer"]


def test_what_was_signed_can_be_read_when_the_text_is_gone(stage):
    stage.sign()
    stage.write(text="")
    state = stage.look()
    assert (state["text"], state["signed"], state["newer"]) == (None, "", "")
    assert "private" in state["earlier"][0]["html"]


# -- staff and strangers -----------------------------------------------------------------------------------------


def test_deleting_state_takes_back_and_destroys_nothing(stage):
    stage.sign()
    tom = stage.lms.author("tom", stage.course)
    for _ in range(2):
        clear_state(stage.lms, stage.usage, stage.ann, by=tom)
    assert (Signature.objects.count(), SignedText.objects.count()) == (1, 1)
    assert Reversal.objects.get().by == learners.known(tom.id)
    assert completion_of(stage.usage, stage.ann) == 0.0
    assert stage.look()["signed"] == ""
    assert stage.sign().json()["signed"]
    assert Signature.objects.count() == 2


def test_nobody_sees_what_another_signed(stage):
    stage.sign()
    ben = stage.lms.learner("ben", stage.course)
    assert (stage.look(ben)["signed"], stage.look(ben)["earlier"]) == ("", [])


@pytest.mark.parametrize("change", [{"digest": "x"}, {"digest": None}, {"client_id": "a"}, {"client_id": 7}])
def test_what_is_no_signature_is_refused(stage, change):
    response = stage.sign(**change)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")


def test_a_mark_of_another_text_is_refused(stage):
    stage.sign(client_id="0123456789")
    stage.write(text=NEWER)
    assert stage.sign(NEWER, client_id="0123456789").status_code == 409
    assert Signature.objects.count() == 1


def test_looking_writes_nothing(stage):
    stage.look()
    stage.lms.render(stage.usage, stage.ann)
    assert learners.known(stage.ann.id) is None
    assert SignedText.objects.count() == 0


def test_signatures_and_texts_are_never_changed(stage):
    stage.sign()
    for row in (Signature.objects.get(), SignedText.objects.get()):
        with pytest.raises(TypeError):
            row.save()


def test_the_text_can_be_read_without_scripts(stage):
    page = stage.lms.render(stage.usage, stage.ann)
    assert "<em>private</em>" in page.split("<noscript>")[0]


def test_staff_tools_find_the_learner_alone(stage):
    stage.sign()
    assert stage.lms.state(stage.usage, stage.ann) == {"record": str(learners.known(stage.ann.id))}
    assert "private" not in json.dumps(stage.lms.block(stage.usage, stage.ann).student_view_data())
