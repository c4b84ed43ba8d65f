"""A course with one check of three questions, two of them needed, and Ann who takes it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.activity.check.made import data, items, reply


@dataclass
class Stage:
    lms: Any
    course: str
    unit: str
    usage: str
    items: list[Any]
    ann: Any

    def answer(self, each, *chosen, user=None, **more):
        """Answers an item as a page does, and returns the response."""
        return self.send(reply(each, *chosen, **more), user=user)

    def send(self, sent, user=None):
        return self.lms.post(self.usage, "answer", sent, user or self.ann)


@pytest.fixture
def stage(lms, at):
    course = lms.course()
    unit = lms.unit(course)
    several = items(3)
    usage = lms.add(unit, "peer_check", display_name="Boundaries", mastery=0.6, items=data(several))
    return Stage(lms, course, unit, usage, several, lms.learner("ann", course))
