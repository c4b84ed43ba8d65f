"""A phone-sized page that remembers what went wrong in it."""

import pytest


@pytest.fixture
def page(browser):
    """A phone-sized page; `spoken` is every error of its console."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    page = context.new_page()
    page.spoken = []
    page.on("console", lambda said: page.spoken.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.spoken.append(str(error)))
    yield page
    context.close()
