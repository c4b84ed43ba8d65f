"""The meter in a real browser, its clock set forward: what it claims is a part of what was true.

The server is the rule itself, without a database; `Stage` answers the page's requests and keeps the truth.
"""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string

from peer_xblocks.hours import words
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.credit import Known, credit
from peer_xblocks.hours.meter import SAYINGS
from peer_xblocks.intervals import Intervals
from tests.e2e import axe

pytestmark = pytest.mark.browser

HOME = "http://meter.test/"
BEGIN = 1_777_000_000
SHOWN = """shown => {
  Object.defineProperty(document, 'visibilityState', {configurable: true, value: shown ? 'visible' : 'hidden'});
  document.dispatchEvent(new Event('visibilitychange'));
}"""


class Stage:
    """A page with a meter, the server behind it, and what really happened on it."""

    def __init__(self, page, planned=36_000):
        self.page = page
        self.planned = planned
        self.ahead = 5000.0
        self.down = False
        self.status = 200
        self.beats = []
        self.had = Intervals()
        self.answered = None
        page.clock.install(time=0)
        page.route("**/*", self.serve)
        page.goto(HOME)

    # -- the server ------------------------------------------------------------------------------------------------

    @property
    def now(self):
        """The server's time, which the page is never told but by answers."""
        return BEGIN + self.ahead + self.page.evaluate("Date.now()") / 1000

    def serve(self, route):
        address = route.request.url.removeprefix(HOME)
        if address == "":
            route.fulfill(body=self.html(), content_type="text/html")
        elif address.startswith("static/"):
            route.fulfill(path=find(address.removeprefix("static/")))
        elif self.down:
            route.abort()
        else:
            self.beats.append(json.loads(route.request.post_data))
            route.fulfill(status=self.status, json=self.answer(self.beats[-1]))

    def answer(self, data):
        if self.status != 200:
            return {"error": "Reload this page."} if self.status < 500 else {}
        beat = Beat.from_json(data)
        now = BEGIN + self.ahead + self.clock / 1000
        known = Known(self.answered, self.had, self.had.seconds, self.planned)
        found = credit(beat.claimed, known, now=int(now), beat=15)
        self.had |= found.credit
        self.answered = found.answered
        return {
            "server_now": now,
            "counted": found.credit.seconds,
            "total": self.had.seconds,
            "planned": self.planned,
            "sentence": words.progress(self.had.seconds, self.planned),
            "why": words.losses(found.why, 300),
            "acknowledged": found.answered,
            "seq": beat.seq,
        }

    # -- the person ------------------------------------------------------------------------------------------------

    clock = 0

    def stay(self, seconds, *, signs=True):
        """Lets time pass in steps of a second, with or without a sign of life now and then."""
        for second in range(seconds):
            self.clock += 1000
            self.page.clock.run_for(1000)
            if signs and second % 20 == 0:
                self.page.keyboard.press("Shift")
        self.page.wait_for_timeout(50)

    def show(self, visible):
        self.page.evaluate(SHOWN, visible)

    def text(self, part):
        return self.page.text_content(f".peer-meter__{part}")

    # -- the page --------------------------------------------------------------------------------------------------

    def html(self):
        given = {"lease": "token", "url": "/beat", "beat": 15, "present": 300, "prompt": 240, "words": SAYINGS}
        given |= {"total": 0, "planned": self.planned}
        shown = {"module": {"planned": self.planned}, "total": 0, "sentence": "0 min", "data": json.dumps(given)}
        styles = "".join(f'<link rel="stylesheet" href="/static/{each}">' for each in STYLES)
        scripts = "".join(f'<script src="/static/{each}"></script>' for each in SCRIPTS)
        body = f"<main><h1>A unit</h1>{render_to_string('peer_hours/meter.html', shown)}</main>"
        head = f'<meta name="viewport" content="width=device-width"><title>A unit</title>{styles}'
        return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}{scripts}</body></html>'


STYLES = ("peer_ui/tokens.css", "peer_ui/parts.css", "peer_hours/meter.css")
SCRIPTS = ("peer_ui/peer.js", "peer_hours/meter.js")


@pytest.fixture
def stage(page):
    return Stage(page)


def span(stage, start, end):
    """Seconds of the page's life as the server's time."""
    return Intervals.of((int(BEGIN + stage.ahead) + start, int(BEGIN + stage.ahead) + end))


def test_a_person_who_is_there_gets_the_time_but_for_the_first_and_the_last_beat(stage):
    stage.stay(120)
    assert stage.had - span(stage, 0, 120) == Intervals()
    assert stage.had.seconds >= 120 - 15 - 2
    assert stage.text("sum") == words.progress(stage.had.seconds, 36_000)
    assert stage.text("state") == "Counting."


def test_a_hidden_page_tells_at_once_and_earns_nothing(stage):
    stage.stay(40)
    stage.show(False)
    stage.stay(120, signs=False)
    assert stage.text("state") == SAYINGS["paused"]
    before = stage.had.seconds
    assert 36 <= before <= 40
    stage.show(True)
    stage.stay(60)
    assert stage.had - (span(stage, 0, 40) | span(stage, 160, 220)) == Intervals()
    assert stage.had.seconds >= before + 45 - 2


def test_an_idle_spell_asks_at_four_minutes_and_pauses_at_five(stage):
    stage.stay(10)
    stage.stay(245, signs=False)
    assert stage.text("state") == SAYINGS["asking"]
    assert stage.page.is_visible(".peer-meter__here")
    stage.stay(120, signs=False)
    assert stage.text("state") == SAYINGS["idle"]
    assert 295 <= stage.had.seconds <= 301
    stage.page.click(".peer-meter__here")
    stage.stay(60)
    assert stage.text("state") == "Counting."
    assert stage.had.seconds >= 295 + 45 - 2
    assert stage.had - (span(stage, 0, 301) | span(stage, 375, 435)) == Intervals()


def test_a_cut_line_is_said_and_its_claim_comes_later(stage):
    stage.stay(60)
    stage.down = True
    stage.stay(180, signs=False)
    assert stage.text("state") == SAYINGS["offline"]
    before = stage.had.seconds
    stage.down = False
    stage.stay(30)
    assert stage.had.seconds - before <= 30 + 15 + 1
    claimed = Intervals.union(tuple(each) for each in stage.beats[-2]["segments"] + stage.beats[-1]["segments"])
    assert claimed.seconds >= 170
    assert "could not see the page" in stage.text("why")


@pytest.mark.parametrize(("status", "said"), [(500, SAYINGS["trouble"]), (503, SAYINGS["trouble"])])
def test_trouble_of_the_server_is_said_and_tried_again(stage, status, said):
    stage.stay(30)
    stage.status = status
    stage.stay(30)
    assert stage.text("state") == said
    stage.status = 200
    stage.stay(30)
    assert stage.had.seconds >= 90 - 15 - 15 - 3


def test_a_refused_lease_asks_for_a_reload_and_falls_silent(stage):
    stage.stay(30)
    stage.status = 409
    stage.stay(60)
    assert stage.text("state") == "Reload this page."
    count = len(stage.beats)
    stage.stay(60)
    assert len(stage.beats) == count


def test_a_full_module_says_so_and_sends_no_more(page):
    stage = Stage(page, planned=60)
    stage.stay(120)
    assert stage.had.seconds == 60
    assert stage.text("state") == SAYINGS["full"]
    count = len(stage.beats)
    stage.stay(60)
    assert len(stage.beats) == count


def test_a_machine_that_slept_claims_nothing_of_its_sleep(stage):
    stage.stay(60)
    stage.clock += 3_600_000
    stage.page.clock.fast_forward(3_600_000)
    stage.stay(60)
    assert stage.had - (span(stage, 0, 61) | span(stage, 3659, 3721)) == Intervals()
    assert stage.had.seconds >= 60 - 15 + 60 - 30


def test_leaving_the_page_sends_the_rest_once(stage):
    stage.stay(35)
    count = len(stage.beats)
    stage.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    stage.show(False)
    stage.page.wait_for_timeout(0)
    assert len(stage.beats) == count + 1
    assert stage.had.seconds >= 33


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_is_accessible(stage, width):
    stage.page.set_viewport_size({"width": width, "height": 700})
    stage.stay(30)
    stage.page.click(".peer-meter__why summary")
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
    stage.page.evaluate("document.documentElement.dir = 'rtl'")
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe.violations(stage.page) == []


def test_its_script_is_small_and_plain():
    script = Path(find("peer_hours/meter.js")).read_text(encoding="utf-8")
    assert len(script.encode()) <= 10_240
    assert len(script.splitlines()) < 400
    assert not re.search(r"innerHTML|document\.write|eval\(|sendBeacon", script)


# -- what has no page in it -----------------------------------------------------------------------------------------

PURE = """({spans, ahead, slack, answered}) => PeerMeter.claim(spans, {ahead, slack}, answered)"""


@pytest.mark.parametrize(
    ("spans", "ahead", "slack", "answered", "claimed"),
    [
        ([[0, 10]], 100, 0, 0, [[100, 110]]),
        ([[0, 10]], 100, 0.4, 0, [[101, 109]]),
        ([[0.2, 10.9]], 100, 0, 0, [[101, 110]]),
        ([[0, 10]], 100, 0, 105, [[105, 110]]),
        ([[0, 10]], 100, 0, 110, []),
        ([[0, 0.5]], 100, 0, 0, []),
    ],
)
def test_only_whole_seconds_that_are_sure_are_claimed(stage, spans, ahead, slack, answered, claimed):
    given = {"spans": spans, "ahead": ahead, "slack": slack, "answered": answered}
    assert stage.page.evaluate(PURE, given) == claimed


def test_a_slow_answer_does_not_blur_what_a_quick_one_told(stage):
    found = stage.page.evaluate("""() => {
      const quick = PeerMeter.synced(null, 1000, 0, 0.1);
      const slow = PeerMeter.synced(quick, 1010.2, 10, 20);
      const moved = PeerMeter.synced(quick, 5000, 10, 20);
      return [quick.slack, slow.slack, moved.slack];
    }""")
    assert found[0] == pytest.approx(0.05)
    assert found[1] < 0.06
    assert found[2] == 5


def test_a_page_in_the_background_begins_without_time(page):
    page.add_init_script("Object.defineProperty(document, 'visibilityState', {configurable: true, value: 'hidden'})")
    stage = Stage(page)
    stage.stay(60)
    assert not stage.had
    assert stage.text("state") == SAYINGS["paused"]
