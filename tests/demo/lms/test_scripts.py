"""The JavaScript runtime in a real browser (lms_checked Q1, Q7, Q10)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browse(room, browser: Browser, live_server: LiveServer) -> Iterator:
    """Opens a page of the site as somebody."""
    contexts = []

    def open_as(user, path: str) -> Page:
        context = browser.new_context()
        contexts.append(context)
        session = room.lms.client(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_as
    for each in contexts:
        each.close()


def test_the_toggle_works_as_in_the_lms(room, browse):
    """Init function, arguments, `handlerUrl`, and jQuery with the token preset."""
    done = room.add("done")
    page = browse(room.ann, f"/xblock/{room.unit}")
    assert page.locator('.xblock-initialized[data-block-type="done"]').count() == 1
    with page.expect_response(lambda answer: "toggle_button" in answer.url) as answered:
        page.locator(".done_onoffswitch-checkbox").evaluate("box => box.click()")
    assert answered.value.status == 200
    assert room.lms.grade(done, room.ann) == (1, 1)


def test_a_drag_and_drop_by_keyboard(room, browse):
    block = room.add("drag-and-drop-v2")
    page = browse(room.ann, f"/xblock/{room.unit}")
    page.locator(".xblock--drag-and-drop .option").first.wait_for()
    page.locator(".option").first.focus()
    page.keyboard.press("Enter")
    with page.expect_response(lambda answer: "drop_item" in answer.url) as answered:
        page.keyboard.press("Enter")
    assert answered.value.status == 200
    assert room.lms.state(block, room.ann)


def test_a_poll_takes_a_vote(room, browse):
    poll = room.add("poll")
    page = browse(room.ann, f"/xblock/{room.unit}")
    page.locator("input[type=radio]").first.check()
    with page.expect_response(lambda answer: answer.url.endswith("/vote")) as answered:
        page.locator("button.submit").click()
    assert answered.value.json()["success"]
    assert room.lms.completion(poll, room.ann) == 1.0


def test_being_seen_completes_a_text(room, browse, monkeypatch):
    monkeypatch.setattr("peer_xblocks.demo.lms.services.VIEW_DELAY_MS", 200)
    html = room.add("html", data="<p>Read me</p>")
    page = browse(room.ann, f"/xblock/{room.unit}")
    for _ in range(50):
        page.wait_for_timeout(100)
        if room.lms.completion(html, room.ann):
            break
    assert room.lms.completion(html, room.ann) == 1.0


def test_the_runtime_gives_blocks_what_version_1_has(room, browse):
    """`element` is a DOM node; `children` answers the inner blocks, which start first; args arrive as written."""
    room.lms.add_olx(room.unit, '<box url_name="b"><probe url_name="p1"/><probe url_name="p2"/></box>')
    page = browse(room.ann, f"/xblock/{room.unit}")
    told = page.evaluate(
        """() => {
            const seen = [];
            window.Probe = function (runtime, element, args) {
                seen.push([element instanceof HTMLElement, args.text, runtime.handlerUrl(element, "plain", "a", "b=c")]);
                this.runtime = runtime;
            };
            document.dispatchEvent(new Event("DOMContentLoaded"));
            const box = document.querySelector('[data-block-type="box"]');
            const first = document.querySelector('[data-block-type="probe"]').peerBlock;
            return { seen, inner: first.runtime.children(box).length };
        }"""
    )
    assert told["inner"] == 2
    is_node, text, url = told["seen"][-1]
    assert (is_node, text) == (True, "</script><b>&")
    assert url.endswith("type@probe+block@p1/handler/plain/a?b=c")


def test_studio_shows_what_is_being_saved(room, browse):
    """lms_checked Q10: notify('save', …) and notify('error', …)."""
    probe = room.add()
    page = browse(room.eve, f"/studio/xblock/{probe}")
    page.evaluate(
        """() => {
            window.Probe = function (runtime) { window.told = runtime; };
            document.querySelector(".xblock").dataset.init = "Probe";
            document.dispatchEvent(new Event("DOMContentLoaded"));
        }"""
    )
    line = page.locator("#studio-status")
    for name, data, said in (
        ("save", {"state": "start", "message": "Saving the questions"}, "Saving the questions"),
        ("save", {"state": "end"}, "Saved."),
        ("error", {"title": "Not saved", "message": "Try again."}, "Not saved: Try again."),
        ("cancel", {}, ""),
    ):
        page.evaluate(f"window.told.notify({json.dumps(name)}, {json.dumps(data)})")
        assert line.text_content() == said
