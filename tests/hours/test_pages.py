"""Pages of the hours room in a real browser: they fit, and axe finds nothing wrong."""

import pytest
from django.contrib.staticfiles.finders import find

from peer_xblocks.learner import learners
from tests.e2e import axe
from tests.hours.classroom import Classroom

pytestmark = pytest.mark.browser

HOME = "http://pages.test"


@pytest.fixture
def shown(lms, at, page):
    """Opens an address as staff of the course, a learner's own as Ann; answers the page."""
    room = Classroom(lms)
    for name in ("ann", "bob", "a-person-with-a-very-long-name-of-thirty"):
        person = lms.learner(name, room.course)
        one, other = room.opened("M1", user=person), room.opened("M2", user=person)
        one.live(at, 300)
        other.beat((at.now.timestamp() - 30, at.now.timestamp()))

    staff, ann, held = lms.client(lms.author("tom", room.course)), lms.client(room.ann), {}

    def serve(route):
        address = route.request.url.removeprefix(HOME)
        if address.startswith("/static/"):
            route.fulfill(path=find(address.removeprefix("/static/")))
        else:
            route.fulfill(body=held["body"], content_type="text/html")

    page.route("**/*", serve)

    def visit(address):
        client = ann if "/days/" in address else staff
        answer = client.get(address.format(course=room.course, ann=learners.of(room.ann.id)))
        held["body"] = answer.content.decode()
        page.goto(HOME)
        return page

    return visit


ADDRESSES = [
    "/peer_xblocks/hours/cohort/{course}?sort=-total",
    "/peer_xblocks/hours/cohort/{course}?find=ended",
    "/peer_xblocks/hours/evidence/{course}/{ann}",
    "/peer_xblocks/hours/cohort/course-v1:No+Such+Run",
    "/peer_xblocks/hours/days/{course}",
    "/peer_xblocks/hours/days/{course}?before=2000-01-01",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_a_page_fits_and_is_accessible(shown, address, width, scheme):
    page = shown(address)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe.violations(page) == []


def test_the_days_of_a_learner_are_read_by_keyboard_alone(shown):
    page = shown("/peer_xblocks/hours/days/{course}")
    page.set_viewport_size({"width": 320, "height": 800})
    assert not page.locator("details.peer-days__part li").first.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Back to the course"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Module M1")
    page.keyboard.press("Enter")
    assert page.locator("details[open] li").first.is_visible()
    assert axe.violations(page) == []


def test_the_days_of_a_learner_fit_at_large_text_and_from_right_to_left(shown):
    page = shown("/peer_xblocks/hours/days/{course}")
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'; document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
