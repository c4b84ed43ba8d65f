"""A course with one example of every block in it."""

import pytest

from tests.conformance import bench
from tests.conformance.blocks import EXAMPLES


@pytest.fixture
def course(lms):
    return lms.course()


@pytest.fixture
def unit(lms, course):
    return lms.unit(course)


@pytest.fixture(params=sorted(EXAMPLES))
def example(request):
    return EXAMPLES[request.param]


@pytest.fixture
def usage(lms, unit, example):
    if example.tag != "peer_module":
        bench.add(lms, unit, EXAMPLES["peer_module"].olx)
    return bench.add(lms, unit, example.olx)


@pytest.fixture
def ann(lms, course):
    return lms.learner("ann", course)
