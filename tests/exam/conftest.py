"""A course with the demonstration exam, its bank loaded, and Ann who sits it."""

import itertools
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from peer_xblocks import clock
from peer_xblocks.exam import banks, forms, models
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from tests.exam.made import RIGHT, WRONG, bank

EXAM = "crss-demo"
BANK = programme().exams[EXAM].bank


@dataclass
class Stage:
    lms: Any
    at: Any
    course: str
    unit: str
    usage: str
    ann: Any
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def start(self, user=None, **more):
        """Presses "Start the exam"."""
        sent = {"device": "device-one", "client_id": secrets.token_hex(8), **more}
        return self.lms.post(self.usage, "start", sent, user or self.ann)

    def send(self, name, data, user=None, sitting=None):
        """POSTs to an open sitting as a page does."""
        address = f"/peer_xblocks/exam/sitting/{sitting or self.row().id}/{name}"
        return self.lms.client(user or self.ann).post(address, data, content_type="application/json")

    def reply(self, item, chosen=RIGHT, **more):
        """What a page sends to answer a question."""
        sent = {"item": item, "chosen": list(chosen), "device": "device-one", "seq": next(self.numbers)}
        return {**sent, "client_id": secrets.token_hex(8), **more}

    def answer(self, item, chosen=RIGHT, user=None, **more):
        """Answers a question and returns what the server says."""
        return self.send("answer", self.reply(item, chosen, **more), user=user)

    def answer_all(self, right, of=24):
        """Answers all questions, so many of those that count right."""
        counted = [place.item for place in self.form().counted]
        for place in self.form().places[:of]:
            chosen = RIGHT if place.item in counted[:right] else WRONG
            assert self.answer(place.item, chosen).status_code == 200

    def submit(self, answers=(), user=None, **more):
        """Hands in."""
        return self.send("submit", {"answers": list(answers), "client_id": secrets.token_hex(8), **more}, user=user)

    def sit(self, right):
        """A whole sitting."""
        assert self.start().status_code == 200
        self.answer_all(right)
        return self.submit()

    def row(self):
        """Ann's newest sitting."""
        return models.Sitting.objects.order_by("-started", "-attempt").first()

    def form(self):
        return forms.of(self.row().form_id)

    def items(self):
        return [place.item for place in self.form().places]

    def learner(self, user=None) -> UUID:
        return learners.of((user or self.ann).id)

    def state(self, user=None):
        return self.lms.post(self.usage, "state", {}, user or self.ann).json()


@pytest.fixture
def loaded(db):
    """The demonstration's bank."""
    banks.keep(bank(code=programme().exams["crss-practice"].bank), by="An officer")
    return banks.keep(bank(code=BANK), by="An officer")


@pytest.fixture
def stage(lms, at, loaded):
    course = lms.course()
    unit = lms.unit(course)
    usage = lms.add(unit, "peer_exam", display_name="The exam", exam=EXAM)
    return Stage(lms, at, course, unit, usage, lms.learner("ann", course))


@pytest.fixture
def officer(lms):
    """A made-up exam officer, with no role in any course."""
    from django.contrib.auth.models import Permission

    user = lms.user("olu")
    user.user_permissions.add(Permission.objects.get(codename="officer", content_type__app_label="peer_exam"))
    return user


def ms():
    return clock.millis()
