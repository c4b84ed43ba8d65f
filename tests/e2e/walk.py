"""One person at one browser window, with a clock that is moved together with the server's."""

from __future__ import annotations

import contextlib

from playwright.sync_api import TimeoutError

from tests.e2e import axe
from tests.e2e.checks import unit_frame
from tests.e2e.keys import press, tab_to

BEAT = 15
COURSE = "course-v1:peer-xblocks+CE-BND+demo"
UNIT = "block-v1:peer-xblocks+CE-BND+demo+type@vertical+block@"
TRACK = "course-v1:peer-xblocks+CRSS+demo"
PAGE = "block-v1:peer-xblocks+CRSS+demo+type@vertical+block@"
"""Begins the key of a page of the track, as `UNIT` that of a page of the course."""
HOMES = {
    "Joan": "**/courses",
    "Ellis": "**/studio",
    "Bernice": "**/exam/office",
    "Gwen": "**/demo/registry",
}


class Walk:
    """A learner's (or anybody's) way through the pages."""

    def __init__(self, browser, demo, *, width: int = 1280, scheme: str = "light"):
        self.demo = demo
        self.scheme = scheme
        self.browser = browser
        window = {"viewport": {"width": width, "height": 720}, "color_scheme": scheme, "reduced_motion": "reduce"}
        self.context = browser.new_context(**window)
        self.context.clock.install()
        self.context.set_default_timeout(15_000)
        self.errors: list[str] = []
        self.page = self.tab()

    def tab(self):
        """One more tab of the same browser."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def open(self, path: str, page=None) -> int:
        """Opens an address of the site; answers the status."""
        return (page or self.page).goto(self.demo.place.address + path).status

    def unit(self, name: str, page=None) -> None:
        """Opens one unit of the course."""
        self.open(f"/units/{UNIT}{name}", page)
        self.framed(page)

    def framed(self, page=None) -> None:
        """Waits until all frames of the page are there and their scripts run."""
        page = page or self.page
        for number in range(page.locator("iframe[data-unit]").count()):
            frame = page.locator("iframe[data-unit]").nth(number)
            frame.content_frame.locator("#content").wait_for()
            frame.element_handle().content_frame().wait_for_load_state("load")

    def step_in(self, name: str) -> None:
        """Becomes somebody from the front page, by keyboard."""
        self.open("/")
        press(self.page, f"Be {name}", tag="BUTTON")
        self.page.wait_for_url(HOMES.get(name, "**/courses/**"))

    def calm(self) -> None:
        """axe finds nothing in light or dark, nothing runs out of the window, no script broke."""
        for scheme in ("dark", "light") if self.scheme == "light" else ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = axe.violations(self.page)
            assert not found, f"{scheme}:\n" + "\n".join(found)
        for frame in self.page.frames:
            wide = frame.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{frame.url} is {wide} px wider than its window"
        assert not self.errors, self.errors

    # -- time --------------------------------------------------------------------------------------------------

    def beat(self, page=None, *, heard: bool = True) -> None:
        """Fifteen seconds pass for the server and for every page; where a beat can be `heard`, waits for its answer.

        The pages jump, so that all their timers fire at the very second that the server has come to.
        """
        self.demo.advance(BEAT)
        if not heard:
            self.context.clock.fast_forward(BEAT * 1000)
            return
        with contextlib.suppress(TimeoutError), (page or self.page).expect_response("**/hours/beat", timeout=3000):
            self.context.clock.fast_forward(BEAT * 1000)

    def read(self, beats: int) -> None:
        """Reads the page that is open, with a key pressed now and then; ends early when all minutes are counted."""
        for number in range(beats):
            if self.full():
                return
            if number % 6 == 0:
                self.page.keyboard.press("PageDown")
            self.beat()

    def full(self) -> bool:
        """Whether the meter of this page has all its minutes."""
        return unit_frame(self.page).evaluate(
            "() => { const bar = document.querySelector('.peer-meter__bar'); return !bar || bar.value >= bar.max; }"
        )

    def go_on(self, words: str = "Go on:") -> None:
        """Follows the page's main link by keyboard."""
        tab_to(self.page, words, tag="A")
        here = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda there: there != here)

    def close(self) -> None:
        """Closes the window."""
        self.context.close()
