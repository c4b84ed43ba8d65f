"""A copy of the course that may be spoiled."""

from pathlib import Path

import pytest

from tests.course.tampered import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The course that ships, in a folder of its own."""
    return Copy(tmp_path)
