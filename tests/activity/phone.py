"""A phone in which an activity is opened, and what its tests ask of the page."""

from tests.e2e import axe
from tests.lms import Lms

OF_THE_PAGE_AROUND = ("landmark-one-main", "page-has-heading-one", "region", "heading-order", "document-title")


def sign_in(page, live_server, user):
    """From here on the page is `user`'s."""
    session = Lms().client(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def violations(page):
    """What axe finds in the block; the page around it has its own tests."""
    return [each for each in axe.violations(page) if not any(f": {rule} " in each for rule in OF_THE_PAGE_AROUND)]


def focused(page):
    """The words of what has the focus."""
    return page.evaluate("document.activeElement.textContent")
