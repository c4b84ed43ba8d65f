"""How many examples a property takes: few at the desk, ten thousand where `HYPOTHESIS_PROFILE=ci` asks for them."""

import os

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

settings.register_profile("desk", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))


@pytest.fixture(autouse=True)
def _nothing_cached():
    cache.clear()
