"""Probes, installed as blocks, in one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from xblock import plugin

from tests.demo.lms import probes
from tests.lms import Lms


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The probes as installed kinds of block."""
    probes.cleared.clear()
    probes.hooks.clear()
    for name, block in probes.BLOCKS.items():
        monkeypatch.setitem(plugin.PLUGIN_CACHE, ("xblock.v1", name), block)


@dataclass
class Room:
    """A unit with a learner and staff around it."""

    lms: Lms
    course: str
    unit: str
    ann: Any
    tom: Any
    eve: Any

    def add(self, kind: str = "probe", **fields: Any) -> str:
        """One more block in the unit."""
        return self.lms.add(self.unit, kind, **fields)


@pytest.fixture
def room(lms: Lms) -> Room:
    """A course with one unit, a learner, staff and an author."""
    course = lms.course()
    people = (lms.learner("ann", course), lms.staff("tom", course), lms.author("eve", course))
    return Room(lms, course, lms.unit(course), *people)
