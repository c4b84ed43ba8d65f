"""Staff's pages of a cohort: who may see them, what they say, what their forms write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peer_xblocks.certification.models import Observation
from peer_xblocks.hours.models import Grant
from peer_xblocks.learner import learners

FORM = {
    "mark": "mark0001",
    "module": "M1",
    "kind": "self",
    "minutes": "12",
    "reason": "paper",
    "note": "sheet of Monday",
}
PRACTICE = {"mark": "mark0002", "what": "role-play", "note": ""}


def address(desk, name="cohort", user=None, **more):
    person = {} if name == "cohort" else {"user_id": (user or desk.ann).id}
    return reverse(f"peer_certification:{name}", kwargs={"course": desk.course, **person, **more})


@pytest.fixture
def tom(desk):
    return desk.lms.client(desk.lms.staff("tom", desk.course))


def text(client, where):
    answer = client.get(where)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_everybody_is_listed_with_the_hours_that_count(desk, tom):
    desk.credit("M1", seconds=1200)
    desk.lms.learner("bob", desk.course)
    page = text(tom, address(desk))
    assert "20 min" in page and ">bob<" in page and "Not yet" in page


def test_the_list_asks_no_more_of_the_database_for_more_people(desk, tom):
    counted = []
    for names in ((), ("bob", "cleo", "dan", "eve", "fay")):
        for name in names:
            desk.credit("M1", seconds=60, user=desk.lms.learner(name, desk.course))
        text(tom, address(desk))
        with CaptureQueriesContext(connection) as asked:
            text(tom, address(desk))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_minutes_are_entered_shown_and_taken_back(desk, tom):
    answer = tom.post(address(desk, "enter"), FORM)
    assert answer.status_code == 302
    page = text(tom, answer["Location"])
    assert "The minutes are entered." in page and "12 min" in page and "sheet of Monday" in page
    back = address(desk, "take_back", kind="minutes", number=Grant.objects.get().id)
    assert tom.post(back).status_code == 302
    assert "Nothing is entered by hand." in text(tom, address(desk, "person"))


def test_the_same_form_twice_is_one_entry(desk, tom):
    for _ in range(2):
        assert tom.post(address(desk, "enter"), FORM).status_code == 302
        assert tom.post(address(desk, "watch"), PRACTICE).status_code == 302
    assert (Grant.objects.count(), Observation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"minutes": "31"}, 409),
        ({"minutes": "many"}, 400),
        ({"module": "M9"}, 404),
        ({"mark": "<script>"}, 400),
        ({"reason": ""}, 400),
    ],
)
def test_what_cannot_be_entered_is_said_in_one_sentence(desk, tom, change, status):
    answer = tom.post(address(desk, "enter"), {**FORM, **change})
    assert answer.status_code == status
    assert b"Traceback" not in answer.content
    assert not Grant.objects.exists()


def test_a_note_is_text_and_nothing_else(desk, tom):
    tom.post(address(desk, "enter"), {**FORM, "note": "<script>alert(1)</script>"})
    page = text(tom, address(desk, "person"))
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("name", ["cohort", "person"])
def test_trainees_strangers_and_staff_of_other_courses_see_nothing(desk, name):
    other = desk.lms.staff("zoe", desk.lms.course("course-v1:Other+C+1"))
    for user in (None, desk.ann, other):
        assert desk.lms.client(user).get(address(desk, name)).status_code == 403


@pytest.mark.parametrize(
    ("name", "sent"), [("enter", FORM), ("watch", PRACTICE), ("enter_outlines", {"mark": "mark0003"})]
)
def test_nobody_else_writes(desk, name, sent):
    other = desk.lms.staff("zoe", desk.lms.course("course-v1:Other+C+1"))
    for user in (None, desk.ann, other):
        assert desk.lms.client(user).post(address(desk, name), sent).status_code == 403
    assert not Grant.objects.exists() and not Observation.objects.exists()


def test_a_form_without_its_token_is_refused(desk):
    tom = desk.lms.client(desk.lms.staff("tom", desk.course), csrf=True)
    assert tom.post(address(desk, "enter"), FORM).status_code == 403


def test_somebody_who_is_not_enrolled_is_not_there(desk, tom):
    stranger = desk.lms.user("stranger")
    assert tom.get(address(desk, "person", stranger)).status_code == 404
    assert tom.post(address(desk, "enter", stranger), FORM).status_code == 404
    assert learners.known(stranger.id) is None


def test_an_entry_of_another_course_is_not_taken_back_here(desk, tom):
    tom.post(address(desk, "enter"), FORM)
    elsewhere = desk.lms.course("course-v1:Other+C+1")
    zoe = desk.lms.client(desk.lms.staff("zoe", elsewhere))
    where = reverse(
        "peer_certification:take_back",
        kwargs={"course": elsewhere, "user_id": desk.ann.id, "kind": "minutes", "number": Grant.objects.get().id},
    )
    assert zoe.post(where).status_code == 404
    assert Grant.objects.count() == 1
