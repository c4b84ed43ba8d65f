"""A trainee who is ready sits the exam and sees the receipt of the whole training, by keyboard alone."""

import pytest

from tests.e2e import sitting
from tests.e2e.checks import unit_frame
from tests.e2e.keys import focused, into_frame, press, tab_to
from tests.e2e.walk import TRACK, Walk


@pytest.fixture
def walk(browser, demo):
    made = Walk(browser, demo, width=320, scheme="dark")
    yield made
    made.close()


def test_a_trainee_who_is_ready_goes_from_the_exam_to_the_receipt_without_a_mouse(walk):
    walk.step_in("Wesley")
    page = walk.page
    assert "40 h of 40 h" in page.inner_text("main")
    assert "Pass “The certification exam”" in page.inner_text("main")
    walk.calm()
    press(page, "The certification exam", tag="A")
    page.wait_for_url("**/units/**")
    walk.framed()
    walk.calm()
    into_frame(page)
    press(page, "Start the exam", tag="BUTTON")
    unit_frame(page).locator("legend").wait_for()
    walk.calm()
    sit(walk, sitting.key())
    sitting.hand_in(page)
    unit_frame(page).get_by_role("heading", name="You passed").wait_for()
    assert focused(page).words == "You passed"
    walk.calm()
    receipt(walk)
    walk.open(f"/courses/{TRACK}")
    assert "Everything is done" in page.inner_text("main")
    assert not walk.errors


def sit(walk, key):
    """Answers every question; reloads once on the way, and nothing is lost."""
    page, of = walk.page, sitting.count(walk.page)
    assert of == 24
    for number in range(1, of + 1):
        assert unit_frame(page).locator(".peer-exam__place").first.inner_text() == f"Question {number} of {of}"
        sitting.answer(page, key[sitting.stem(page)])
        sitting.saved(page)
        if number == 5:
            page.reload()
            walk.framed()
            unit_frame(page).get_by_text(f"Question {number + 1} of {of}").wait_for()
            continue
        press(page, "Next" if number < of else "See all questions", tag="BUTTON")
    unit_frame(page).get_by_text(f"You have answered {of} of {of}.").wait_for()
    walk.calm()


def receipt(walk):
    """Gives the name on the record page and waits for what the registry signed."""
    page = walk.page
    press(page, "Go on:", tag="A")
    page.wait_for_url("**crss-record")
    walk.framed()
    walk.calm()
    tab_to(page, "Write your name", tag="INPUT")
    page.keyboard.type("Wesley Example")
    press(page, "Save this name", tag="BUTTON")
    unit_frame(page).get_by_text("Wesley Example").wait_for()
    proof = unit_frame(page).locator(".peer-progress__proof")
    for _ in range(60):
        if proof.is_visible():
            break
        walk.context.clock.run_for(1000)
        page.wait_for_timeout(250)
    assert "The registry signed this" in proof.inner_text()
    walk.calm()
