"""What tests share: the bench of a small LMS, and a clock that can be set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from peer_xblocks import clock
from peer_xblocks.demo import services
from tests.lms import At, Lms

collect_ignore = ["registry"]


@pytest.fixture
def lms(db: None) -> Iterator[Lms]:
    """A small LMS with its Studio, recording what blocks publish."""
    services.forget()
    with Lms().recording() as bench:
        yield bench


@pytest.fixture
def at() -> Iterator[At]:
    """A clock that stands still until it is told to move."""
    yield At()
    clock.use(None)
