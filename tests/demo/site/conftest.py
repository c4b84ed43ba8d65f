"""The demo's own site, as its settings put it together, on the database of the tests."""

import pytest

REFUSALS = "peer_xblocks.demo.site.refused.Refusals"


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    """Requests go to the demo's pages; its clock file is of this test alone."""
    settings.ROOT_URLCONF = "peer_xblocks.demo.site.root"
    settings.MIDDLEWARE = [*(each for each in settings.MIDDLEWARE if each != REFUSALS), REFUSALS]
    settings.CSRF_FAILURE_VIEW = "peer_xblocks.demo.site.refused.no_csrf"
    settings.PEER_DEMO = {"CLOCK": str(tmp_path / "clock.json"), "DATA": str(tmp_path), "REGISTRY": ""}
