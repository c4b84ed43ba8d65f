"""Who may beat, what a beat may carry, and what it costs."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks import clock
from peer_xblocks.demo.models import Enrolment
from peer_xblocks.hours.models import Entry
from tests.hours.classroom import BEAT, Classroom, Page

LOCAL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture
def room(lms, at):
    return Classroom(lms)


def refused(answer, status):
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert Entry.objects.count() == 0


def test_a_stranger_is_asked_to_sign_in(room, lms):
    refused(Page(lms.client(), room.page().token).beat(), 403)


def test_a_lease_of_another_learner_is_refused(room, lms):
    bob = lms.learner("bob", room.course)
    refused(Page(lms.client(bob), room.page().token).beat(), 409)


def test_a_lost_enrolment_is_refused(room):
    page = room.page()
    Enrolment.objects.update(is_active=False)
    refused(page.beat(), 403)


def test_staff_of_the_course_may_try_it_as_themselves(room, lms):
    assert room.page(user=lms.staff("tom", room.course)).beat().status_code == 200


@pytest.mark.parametrize(
    "forge", [lambda token: token[:-1] + "x", lambda token: "", lambda token: "e30:abc", str.upper]
)
def test_a_forged_lease_is_refused(room, forge):
    page = room.page()
    page.token = forge(page.token)
    refused(page.beat(), 409)


def test_an_old_lease_asks_for_a_reload(room, at):
    page = room.page()
    at.forward(12 * 3600)
    refused(page.beat(), 409)


def test_a_beat_without_its_csrf_token_is_refused(room, lms):
    page = room.page(client=lms.client(room.ann, csrf=True))
    assert page.beat().status_code == 403
    page.client.cookies["csrftoken"] = "a" * 32
    assert page.beat(HTTP_X_CSRFTOKEN="a" * 32).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b'{"lease": "x", "seq": 1, "segments": NaN}', 400),
        (b'{"lease": "x", "seq": 1, "segments": [[1, Infinity]]}', 400),
        (b"[" * 4000, 400),
        (b'{"a":' * 1500 + b"1" + b"}" * 1500, 413),
        (b" " * 10_000_000, 413),
    ],
)
def test_bad_input_is_refused_in_one_sentence(room, lms, body, status):
    refused(lms.client(room.ann).post(BEAT, body, content_type="application/json"), status)


def test_a_beat_is_a_post(room, lms):
    assert lms.client(room.ann).get(BEAT).status_code == 405
    assert lms.client().get(BEAT).status_code == 405


def test_an_answer_carries_the_servers_time_and_no_secret(room):
    body = room.page().beat().json()
    assert body["server_now"] == pytest.approx(clock.now().timestamp())
    assert set(body) == {"server_now", "counted", "total", "planned", "sentence", "why", "acknowledged", "seq"}


def test_an_answer_is_kept_by_no_cache(room):
    assert "no-store" in room.page().beat()["Cache-Control"]


@pytest.mark.parametrize("others", [0, 5])
def test_a_beat_costs_four_queries_beyond_session_and_user(room, at, others):
    for _ in range(others):
        room.opened("M2").live(at, 45)
    page = room.opened()
    page.live(at, 45)
    at.forward(15)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page.beat((clock.epoch() - 15, clock.epoch()))
    asked = [each["sql"] for each in caught if not each["sql"].startswith(LOCAL)]
    ours = [sql for sql in asked if "django_session" not in sql and "auth_user" not in sql]
    assert len(ours) <= 4, ours
    assert page.answers[-1].json()["counted"] == 15


def test_a_beat_in_the_middle_of_trouble_answers_calmly(room, monkeypatch):
    from django.db import OperationalError

    from peer_xblocks.hours import seat

    def broken(*_args, **_more):
        raise OperationalError("disk I/O error")

    page = room.page()
    monkeypatch.setattr(seat, "record", broken)
    answer = page.client.post(
        BEAT, json.dumps({"lease": page.token, "seq": 1, "segments": []}), content_type="application/json"
    )
    refused(answer, 503)
