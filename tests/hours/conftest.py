"""How many examples a property takes: few at the desk, ten thousand where `HYPOTHESIS_PROFILE=ci` asks for them."""

import os

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

# Playwright leaves its event loop running in this thread; the tests' use of the database is sequential all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

settings.register_profile("desk", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))


@pytest.fixture(autouse=True)
def _nothing_cached():
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Chromium of the system."""
    switches = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking"]
    return {"executable_path": "/usr/bin/chromium", "args": switches}
