"""Staff pages in a real browser: they fit, and axe finds nothing wrong."""

import pytest
from django.contrib.staticfiles.finders import find

from peer_xblocks.learner import learners
from tests.e2e import axe
from tests.hours.classroom import Classroom

pytestmark = pytest.mark.browser

HOME = "http://pages.test"


@pytest.fixture
def shown(lms, at, page):
    """Opens an address as staff of the course; answers the page."""
    room = Classroom(lms)
    for name in ("ann", "bob", "a-person-with-a-very-long-name-of-thirty"):
        person = lms.learner(name, room.course)
        one, other = room.opened("M1", user=person), room.opened("M2", user=person)
        one.live(at, 300)
        other.beat((at.now.timestamp() - 30, at.now.timestamp()))

    client, held = lms.client(lms.author("tom", room.course)), {}

    def serve(route):
        address = route.request.url.removeprefix(HOME)
        if address.startswith("/static/"):
            route.fulfill(path=find(address.removeprefix("/static/")))
        else:
            route.fulfill(body=held["body"], content_type="text/html")

    page.route("**/*", serve)

    def visit(address):
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
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_staff_page_fits_and_is_accessible(shown, address, width):
    page = shown(address)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe.violations(page) == []
