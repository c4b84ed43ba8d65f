"""A course with one text to sign, Ann who signs it, and a programme whose office has or has not given its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from peer_xblocks import plugin
from peer_xblocks.activity.attestation import block as block_module
from peer_xblocks.activity.attestation import editor as editor_module
from tests.activity.attestation.made import TEXT, reply


@dataclass
class Stage:
    lms: Any
    course: str
    unit: str
    usage: str
    ann: Any
    office: Callable[[str], None]

    def sign(self, text=TEXT, user=None, **more):
        """Signs a text as a page does, and returns the response."""
        return self.send({**reply(text), **more}, user)

    def send(self, sent, user=None):
        return self.lms.post(self.usage, "sign", sent, user or self.ann)

    def look(self, user=None):
        return self.lms.post(self.usage, "look", {}, user or self.ann).json()

    def write(self, **change):
        """An author's save of the form."""
        sent = {"display_name": "Our promise", "text": TEXT, "version": "spring", "source": "", **change}
        eve = self.lms.author("eve", self.course)
        return self.lms.studio_post(self.usage, "save_text", sent, eve)


@pytest.fixture
def office(monkeypatch):
    """Says what the office's code of ethics is from here on."""

    def give(text, on=date(2026, 5, 1)):
        rules = plugin.programme()
        fact = replace(rules.facts["ethics_text"], value=text, on=on)
        given = replace(rules, facts={**rules.facts, "ethics_text": fact})
        for module in (block_module, editor_module):
            monkeypatch.setattr(module, "programme", lambda: given)

    return give


@pytest.fixture
def stage(lms, at, office):
    course = lms.course()
    unit = lms.unit(course)
    usage = lms.add(unit, "peer_attestation", display_name="Our promise", text=TEXT, version="spring")
    return Stage(lms, course, unit, usage, lms.learner("ann", course), office)
