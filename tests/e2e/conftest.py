"""A real browser against the true processes of the demo."""

from __future__ import annotations

import pytest

from tests.e2e.demo import Demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Site, registry and worker, started once."""
    made = Demo(tmp_path_factory.mktemp("demo"))
    made.start()
    yield made
    made.stop()


def pytest_collection_modifyitems(items):
    """Everything here needs Chromium, and no database of the test process."""
    for item in items:
        if "tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.browser)
