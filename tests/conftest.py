"""What tests share: the bench of a small LMS, and a clock that can be set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from peer_xblocks import clock
from peer_xblocks.demo.lms import services
from tests.chromium import CHROMIUM, SWITCHES
from tests.lms import At, Lms

collect_ignore = ["registry"]

# Playwright's loop stays in the thread of a test that uses it; what the test asks of the database is in turn all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Chromium from the system's packages; one browser for all tests of a process."""
    return {"executable_path": CHROMIUM, "args": SWITCHES}


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
