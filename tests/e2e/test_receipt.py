"""A registry that is down loses nothing and enters nothing twice."""

import pytest

from tests.e2e import records
from tests.e2e.checks import unit_frame
from tests.e2e.demo import answering
from tests.e2e.walk import COURSE, Walk


@pytest.fixture
def walk(browser, demo):
    made = Walk(browser, demo)
    yield made
    made.close()


def test_a_course_finished_while_the_registry_is_down_ends_with_one_entry_and_its_receipt(walk):
    demo = walk.demo
    settle(walk, lambda: records.ledger(demo) >= 1)  # who was done when the demo began
    before = records.ledger(demo)
    demo.registry.stop()
    walk.step_in("Marcus")
    walk.unit("record")
    unit_frame(walk.page).locator("input[name=name]").fill("Marcus Example")
    unit_frame(walk.page).get_by_role("button", name="Save this name").click()
    unit_frame(walk.page).get_by_text("Marcus Example").wait_for()
    walk.unit("bnd2-notes")
    walk.read(14)
    assert walk.full()
    walk.open(f"/courses/{COURSE}/progress")
    assert "Everything is done" in walk.page.inner_text("main")
    walk.unit("record")
    assert not unit_frame(walk.page).locator(".peer-progress__proof").is_visible()
    walk.page.wait_for_timeout(2500)
    demo.registry.start()
    answering(f"{demo.place.registry_address}/healthz")
    demo.advance(2 * 3600)  # whatever the next try was put off to
    settle(walk, lambda: records.ledger(demo) == before + 1)
    settle(walk, lambda: shown(walk))
    assert "The registry signed this" in unit_frame(walk.page).locator(".peer-progress__proof").inner_text()
    walk.page.wait_for_timeout(1500)
    assert records.ledger(demo) == before + 1
    assert not walk.errors


def shown(walk):
    walk.unit("record")
    return unit_frame(walk.page).locator(".peer-progress__proof").is_visible()


def settle(walk, condition, seconds=20):
    """Waits until something is so."""
    for _ in range(seconds * 2):
        if condition():
            return
        walk.page.wait_for_timeout(500)
    raise AssertionError("it did not come to be so")
