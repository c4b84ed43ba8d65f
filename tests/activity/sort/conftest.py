"""A course with one card sort of three cards, and Ann who takes it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.activity.sort.made import data, deck, reply


@dataclass
class Stage:
    lms: Any
    course: str
    unit: str
    usage: str
    deck: Any
    ann: Any

    def place(self, name, pile, user=None, **more):
        """Places a card as a page does, and returns the response."""
        return self.send(reply(self.deck, name, pile, **more), user)

    def send(self, sent, user=None):
        return self.lms.post(self.usage, "place", sent, user or self.ann)

    def all(self, c2="not", **more):
        """Places every card, and returns the last response."""
        return [self.place(*each, **more) for each in (("c1", "peer"), ("c2", c2), ("c3", "peer"))][-1]

    def look(self, user=None):
        return self.lms.post(self.usage, "look", {}, user or self.ann).json()


@pytest.fixture
def stage(lms, at):
    course = lms.course()
    unit = lms.unit(course)
    made = deck()
    usage = lms.add(unit, "peer_sort", display_name="Yours or not", **data(made))
    return Stage(lms, course, unit, usage, made, lms.learner("ann", course))
