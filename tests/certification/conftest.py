"""A desk for each test: a course, a learner, a site that reports."""

import pytest

from tests.certification.desk import Desk, set_up


@pytest.fixture
def desk(lms, at, settings):
    """A course of one contact hour on a site that is set up to report."""
    set_up(settings)
    return Desk(lms)
