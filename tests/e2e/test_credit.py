"""What counts of an evening with two tabs, a hidden tab, an idle spell and a line that was down."""

import contextlib

import pytest

from tests.e2e import records
from tests.e2e.checks import unit_frame
from tests.e2e.walk import BEAT, Walk

HIDE = """seen => {
  Object.defineProperty(document, "visibilityState", { value: seen, configurable: true });
  Object.defineProperty(document, "hidden", { value: seen === "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PRESENT = 300


class Evening:
    """The script: somebody is there or not, and what is true of it by the server's clock."""

    def __init__(self, walk):
        self.walk = walk
        self.truth = []
        self._since = None

    def there(self):
        if self._since is None:
            self._since = int(self.walk.demo.now())

    def away(self, at=None):
        self.truth.append((self._since, int(self.walk.demo.now()) + 1 if at is None else at))
        self._since = None

    def pass_by(self, beats, page, *, touching=(), heard=True):
        for number in range(beats):
            if number % 4 == 0:
                for each in touching:
                    touch(each)
            self.walk.beat(page, heard=heard)


def touch(page):
    """A click inside the unit."""
    unit_frame(page).locator(".peer-meter__sum").click()


def turn(page, seen):
    """The tab is shown or hidden, as its page hears of it."""
    with contextlib.suppress(Exception):
        unit_frame(page).evaluate(HIDE, seen)


@pytest.fixture
def walk(browser, demo):
    made = Walk(browser, demo)
    yield made
    made.close()


def test_two_tabs_a_hidden_tab_an_idle_spell_and_a_cut_line_never_count_twice_and_lose_little(walk):
    walk.step_in("Tomas")
    first, second = walk.page, walk.tab()
    begun = walk.demo.advance(1)
    evening = Evening(walk)
    evening.there()
    walk.unit("bnd2-story", first)
    walk.unit("bnd2-private", second)

    evening.pass_by(8, first, touching=[first, second])  # two tabs at once

    turn(second, "hidden")
    evening.pass_by(8, first, touching=[first])
    turn(first, "hidden")
    evening.away()
    evening.pass_by(6, first, heard=False)  # nobody sees either

    turn(first, "visible")
    evening.there()
    touch(first)
    touched = int(walk.demo.now()) + 1
    evening.pass_by(20, first)  # open for eight minutes, touched once
    evening.pass_by(12, first, heard=False)
    evening.away(touched + PRESENT)

    touch(first)
    evening.there()
    evening.pass_by(4, first, touching=[first])
    cut = walk.demo.now()
    walk.context.set_offline(True)
    evening.pass_by(12, first, touching=[first], heard=False)  # three minutes without a line
    walk.context.set_offline(False)
    cut = walk.demo.now() - cut
    evening.pass_by(6, first, touching=[first])
    evening.away()

    counted = records.credit(walk.demo, "tomas", begun)
    total = sum(end - start for start, end in counted)
    true = sum(end - start for start, end in evening.truth)
    refused = cut - 2 * BEAT  # without saved work, two beats of a gap are believed
    untrue = [span for span in counted if not any(low <= span[0] and span[1] <= high for low, high in evening.truth)]
    assert not untrue, f"{untrue} counted; true is {evening.truth}"
    assert all(before[1] <= after[0] for before, after in zip(counted, counted[1:], strict=False))
    assert true - refused - total <= 4 * BEAT, f"{total} s of {true} s counted"
    assert not walk.errors
