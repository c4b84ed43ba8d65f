"""The course from outline to receipt, by keyboard alone."""

import pytest

from tests.e2e import checks
from tests.e2e.checks import unit_frame
from tests.e2e.keys import focused, into_frame, press, tab_to
from tests.e2e.walk import Walk

READ = 20
"""Beats on each page: five minutes."""


@pytest.fixture
def walk(browser, demo, request):
    width, scheme = request.param
    made = Walk(browser, demo, width=width, scheme=scheme)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("walk", "name", "stumbles"),
    [((320, "dark"), "Renee", False), ((1280, "light"), "Priya", True)],
    indirect=["walk"],
    ids=["phone, dark", "desktop, light"],
)
def test_the_hour_is_taken_from_outline_to_receipt_without_a_mouse(walk, name, stumbles):
    walk.open("/")
    walk.calm()
    walk.step_in(name)
    page = walk.page
    assert "0 min of 1 h" in page.inner_text("main")
    walk.calm()
    walk.go_on("Begin:")
    for number in (1, 2):
        for _ in range(5):
            read(walk)
            walk.go_on()
        walk.framed()
        walk.calm()
        into_frame(page)
        pass_check(walk, checks.key(f"bnd{number}-check"), stumbles=stumbles)
        walk.read(60)
        assert walk.full()
        walk.calm()
        walk.go_on()
    receipt(walk, name)
    press(page, "Progress", tag="A")
    page.wait_for_url("**/progress")
    assert "1 h of 1 h" in page.inner_text("main") and "Everything is done" in page.inner_text("main")
    walk.calm()


def read(walk):
    walk.framed()
    walk.calm()
    into_frame(walk.page)
    walk.read(READ)


def pass_check(walk, key, *, stumbles):
    page, frame = walk.page, unit_frame(walk.page)
    for number in range(len(key)):
        first_wrong = stumbles and number == 0
        checks.answer(page, checks.right(page, key), wrongly=first_wrong)
        title = frame.locator("[data-part=feedback] h3").inner_text()
        assert title == ("Not yet" if first_wrong else "That is right")
        assert focused(page).words == title, "what the answer teaches is not where the focus is"
        if number in (0, 1):
            walk.calm()
        press(page, "Go on", tag="BUTTON")
    frame.get_by_role("heading", name="You passed this check").wait_for()


def receipt(walk, name):
    page, frame = walk.page, None
    walk.framed()
    frame = unit_frame(page)
    walk.calm()
    tab_to(page, "Write your name", tag="INPUT")
    page.keyboard.type(f"{name} Example")
    press(page, "Save this name", tag="BUTTON")
    frame.get_by_text(f"{name} Example").wait_for()
    proof = frame.locator(".peer-progress__proof")
    for _ in range(60):
        if proof.is_visible():
            break
        walk.context.clock.run_for(1000)
        page.wait_for_timeout(250)
    assert "The registry signed this" in proof.inner_text()
    walk.calm()
