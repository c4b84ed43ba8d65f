"""Who may call a handler, in which transaction, and what the answers are (xblock_anchors §5 item 3, lms_checked Q3, Q7)."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model

KEY = "block-v1:Test+CE1+2026+type@probe+block@"


def address(usage, name, course="course-v1:Test+CE1+2026"):
    return f"/courses/{course}/xblock/{usage}/handler/{name}"


def test_any_signed_in_person_may_call_any_handler(room):
    """lms_checked item 5: handlers do not check enrolment, blocks must."""
    assert room.lms.post(room.add(), "bump", {}, room.lms.user("bob")).json() == {"count": 1}


def test_a_stranger_may_get_a_plain_handler(room):
    """xblock_anchors §5 item 3: anonymous GETs skip the access check."""
    answer = room.lms.get(room.add(), "plain")
    assert (answer.status_code, answer.json()["bound"]) == (200, None)


def test_a_stranger_may_not_post(room):
    answer = room.lms.post(room.add(), "bump", {})
    assert (answer.status_code, answer.content) == (403, b"Unauthenticated")


def test_json_handlers_take_posts_only(room):
    """lms_checked Q7: GET on a `json_handler` is a 405."""
    assert room.lms.get(room.add(), "bump", room.ann).status_code == 405


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"not json"])
def test_a_body_that_is_no_json_is_a_400(room, body):
    """lms_checked Q7."""
    assert room.lms.post(room.add(), "bump", None, room.ann, raw=body).status_code == 400


@pytest.mark.parametrize("body", [b"[]", b"7", b"null"])
def test_json_that_is_no_object_reaches_the_block(room, body):
    """lms_checked Q7: so blocks must check for a dict."""
    assert room.lms.post(room.add(), "bump", None, room.ann, raw=body).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_the_content_type_does_not_matter(room, kind):
    """lms_checked Q7: `json_handler` ignores it."""
    client = room.lms.client(room.ann)
    assert client.post(address(room.add(), "bump"), data="{}", content_type=kind).status_code == 200


class TestCsrf:
    """lms_checked Q7: the header counts, a token in the JSON does not, a foreign origin never."""

    @pytest.fixture
    def browser(self, room):
        browser = room.lms.client(room.ann, csrf=True)
        browser.get(f"/xblock/{room.unit}")
        return browser

    def send(self, browser, usage, *, header=True, body="{}", **extra):
        token = browser.cookies["csrftoken"].value
        headers = {"HTTP_X_CSRFTOKEN": token} if header else {}
        sent = body.replace("TOKEN", token)
        return browser.post(address(usage, "bump"), data=sent, content_type="application/json", **headers, **extra)

    def test_the_header_lets_it_through(self, room, browser):
        assert self.send(browser, room.add()).status_code == 200

    def test_without_it_nothing_happens(self, room, browser):
        probe = room.add()
        assert self.send(browser, probe, header=False).status_code == 403
        assert self.send(browser, probe, header=False, body='{"csrfmiddlewaretoken": "TOKEN"}').status_code == 403
        assert room.lms.state(probe, room.ann) is None

    def test_a_foreign_origin_is_refused(self, room, browser):
        assert self.send(browser, room.add(), HTTP_ORIGIN="http://elsewhere.example").status_code == 403

    def test_studio_checks_too(self, room):
        browser = room.lms.client(room.eve, csrf=True)
        answer = browser.post(f"/studio/xblock/{room.add()}/handler/bump", "{}", content_type="application/json")
        assert answer.status_code == 403

    def test_a_form_with_the_token_reaches_a_plain_handler(self, room, browser):
        """lms_checked Q7: what sendBeacon(URLSearchParams) sends."""
        token = browser.cookies["csrftoken"].value
        answer = browser.post(address(room.add(), "plain"), {"csrfmiddlewaretoken": token, "data": "1"})
        assert answer.status_code == 200

    @pytest.mark.parametrize(("form", "status"), [("application/x-www-form-urlencoded", 400), ("multipart", 500)])
    def test_a_form_cannot_reach_a_json_handler(self, room, browser, form, status):
        """lms_checked Q7: what sendBeacon sends is no JSON, or a body that was read already."""
        sent = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value, "data": "1"}
        url = address(room.add(), "bump")
        if form == "multipart":
            answer = browser.post(url, sent)
        else:
            answer = browser.post(url, urlencode(sent), content_type=form)
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("usage", "name", "course"),
    [
        (KEY + "none", "bump", "course-v1:Test+CE1+2026"),
        ("not-a-key", "bump", "course-v1:Test+CE1+2026"),
        ("lib-block-v1:x", "bump", "course-v1:Test+CE1+2026"),
        ("lb:org:lib:probe:x", "bump", "course-v1:Test+CE1+2026"),
        (KEY + "none", "bump", "course-v1:No+Such+Run"),
        ("block-v1:No+Such+Run+type@probe+block@x", "bump", "course-v1:No+Such+Run"),
        ("probe", "no_such_handler", "course-v1:Test+CE1+2026"),
        ("probe", "student_view", "course-v1:Test+CE1+2026"),
        ("probe", "bump", "course-v1:Another+Course+Run"),
        ("probe", "nothing_there", "course-v1:Test+CE1+2026"),
    ],
)
def test_what_does_not_exist_is_a_plain_404(room, usage, name, course):
    usage = room.add() if usage == "probe" else usage
    client = room.lms.client(room.ann)
    answer = client.post(address(usage, name, course), "{}", content_type="application/json")
    assert answer.status_code == 404
    assert b"Traceback" not in answer.content


def test_a_processing_error_is_a_200_with_its_sentence(room):
    """xblock_anchors §5 item 3."""
    answer = room.lms.post(room.add(), "processing", {}, room.ann)
    assert (answer.status_code, answer.json()) == (200, {"success": "Not like that."})


def test_a_suffix_and_a_query_arrive(room):
    answer = room.lms.client(room.ann).get(address(room.add(), "plain/a/b.csv?x=1"))
    assert answer.json()["suffix"] == "a/b.csv"


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    """lms_checked Q3."""

    def test_a_handler_of_the_lms_has_none(self, room):
        told = room.lms.post(room.add(), "within", {}, room.ann).json()
        assert told == {"atomic": False, "on_commit": ["committed"]}

    def test_a_handler_of_studio_has_one(self, room):
        told = room.lms.studio_post(room.add(), "within", {}, room.eve).json()
        assert told == {"atomic": True, "on_commit": []}

    def test_after_a_fault_in_the_lms_committed_rows_stay_and_state_is_lost(self, room):
        probe = room.add()
        assert room.lms.post(probe, "write_and_fail", {}, room.ann).status_code == 500
        assert get_user_model().objects.filter(username="written").exists()
        assert room.lms.state(probe, room.ann) is None

    def test_after_a_fault_in_studio_everything_rolls_back(self, room):
        assert room.lms.studio_post(room.add(), "write_and_fail", {}, room.eve).status_code == 500
        assert not get_user_model().objects.filter(username="written").exists()


def test_the_addresses_given_to_blocks_are_the_ones_that_answer(room):
    block = room.lms.block(room.add(), room.ann)
    url = block.runtime.handler_url(block, "plain", "a/b", "c=1")
    assert room.lms.client(room.ann).get(url).json() == {"suffix": "a/b", "bound": room.ann.id, "method": "GET"}


def test_too_large_an_upload_is_refused(room, monkeypatch):
    monkeypatch.setattr("peer_xblocks.demo.lms.handlers.MOST_UPLOAD", 3)
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = room.lms.client(room.ann).post(address(room.add(), "plain"), {"f": SimpleUploadedFile("a.txt", b"1234")})
    assert answer.status_code == 413


def test_json_of_any_size_and_depth_ends_in_a_plain_answer(room):
    deep = b"[" * 10_000 + b"]" * 10_000
    for body in (deep, b'{"a": "' + b"x" * 3_000_000 + b'"}'):
        answer = room.lms.post(room.add(), "bump", None, room.ann, raw=body)
        assert answer.status_code in (200, 400, 413, 500)
        assert b"Traceback" not in answer.content


def test_json_args_cannot_leave_their_script(room):
    html = room.lms.render(room.add(), room.ann)
    held = html.split('class="xblock-json-init-args">')[1].split("</script>")[0]
    assert json.loads(held) == {"text": "</script><b>&", "count": 0}
