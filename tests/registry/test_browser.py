"""The pages in a real browser: by keyboard alone, on a phone and on a desk, light and dark, with axe on each."""

from __future__ import annotations

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.chromium import CHROMIUM, SWITCHES

pytestmark = pytest.mark.browser


@pytest.fixture
def served(running):
    """A demonstration with one report that waits."""
    running.environment["PEER_REGISTRY_DEMO"] = "1"
    assert running.run("seed").returncode == 0
    running.start()
    assert running.post(running.site.report(learner__name="Marcus Oyelaran")).status_code == 201
    return running


def looked_at(page: Page) -> None:
    """Nothing that axe finds, nothing that sticks out, nothing that the page's own policy had to stop."""
    found = Axe().run(page)["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0, page.url


def press_on(page: Page, name: str, role: str = "button") -> None:
    """Reaches a control with the Tab key and presses it, as somebody without a mouse does."""
    target = page.get_by_role(role, name=name).first
    for _ in range(80):
        if target.evaluate("each => each === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never reaches {name}")


def look_for(page: Page, words: str, said: str) -> None:
    """Types into the search and presses Enter; no address on the way carries a word of it."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text(said).first.is_visible()
    assert addresses
    assert not [each for each in addresses if words.split()[0] in each]
    looked_at(page)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_registrar_matches_a_report_by_keyboard_and_the_practitioner_sees_it(served, width, scheme):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        stopped: list[str] = []
        page.on("console", lambda said: stopped.append(said.text) if "Security Policy" in said.text else None)

        page.goto(served.address)
        looked_at(page)
        press_on(page, "Step in as Gwen Tolliver")
        looked_at(page)
        look_for(page, "nobody here", "No report fits this search.")
        look_for(page, "oyelaran", "1 report")
        page.go_back()
        page.go_back()
        assert page.get_by_role("searchbox").input_value() == ""
        page.go_forward()
        page.go_forward()
        assert page.get_by_role("searchbox").input_value() == "oyelaran"
        press_on(page, "Marcus Oyelaran", "link")
        looked_at(page)
        press_on(page, "Verify now", "link")
        assert page.get_by_text("Verified just now").is_visible()
        press_on(page, "Join to AL-")
        assert page.get_by_text("You can take it apart again").is_visible()
        looked_at(page)
        for link in ("To decide", "Practitioners", "Alerts", "Log"):
            press_on(page, link, "link")
            looked_at(page)
        press_on(page, "gwen", "link")
        looked_at(page)
        press_on(page, "Sign out")
        press_on(page, "Step in as Marcus Oyelaran")
        assert page.get_by_text("1 h 1 min").first.is_visible()
        looked_at(page)
        assert not stopped
        browser.close()
