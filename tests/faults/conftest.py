"""A desk with one report on its way, and a registry that can misbehave."""

import pytest

from peer_xblocks.certification import line
from tests.certification.desk import REGISTRY_KEY, SITE_KEY, Desk, set_up
from tests.faults.stub import Registry


@pytest.fixture
def registry():
    """A registry on this machine."""
    with Registry(REGISTRY_KEY, SITE_KEY.public) as running:
        yield running


@pytest.fixture
def desk(lms, at, settings, registry):
    """A course on a site that reports to that registry."""
    set_up(settings, registry.url)
    return Desk(lms)


@pytest.fixture
def due(desk):
    """The same with Ann's report on its way."""
    desk.give_name()
    desk.finish()
    return desk


@pytest.fixture
def quick(monkeypatch):
    """Time-outs that a test can wait for."""
    monkeypatch.setattr(line.Line.__init__, "__kwdefaults__", {"connect": 0.5, "read": 0.4, "total": 0.8})
