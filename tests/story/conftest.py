"""A course with one story, and Ann who writes it."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.lms import Lms

MARKER = "zebrafinch under the kitchen light"


@dataclass
class Writer:
    """One open page of one person: its id, how often it saved, and what it saw."""

    stage: Any
    user: Any
    page: str = field(default_factory=lambda: secrets.token_hex(16))
    seq: int = 0
    base: dict[str, list[str]] = field(default_factory=dict)

    @property
    def who(self):
        return self.post("look", {}).json()["who"]

    def post(self, handler, data):
        return self.stage.lms.post(self.stage.usage, handler, data, self.user)

    def ask(self, handler, **data):
        return self.post(handler, {"who": self.who, **data})

    def look(self):
        told = self.post("look", {}).json()
        self.base = {part: [each["mark"] for each in versions] for part, versions in told["parts"].items()}
        return told

    def write(self, text, part="open"):
        self.seq += 1
        answer = self.ask("keep", part=part, text=text, page=self.page, seq=self.seq, base=self.base.get(part, []))
        if answer.status_code == 200:
            self.base[part] = [f"{self.page}:{self.seq}"]
        return answer


@dataclass
class Stage:
    lms: Any
    course: str
    unit: str
    usage: str
    ann: Any

    def writer(self, user=None):
        return Writer(self, user or self.ann)


def made(lms, **fields):
    course = lms.course()
    unit = lms.unit(course)
    usage = lms.add(unit, "peer_story", display_name="Your story", **fields)
    return Stage(lms, course, unit, usage, lms.learner("ann", course))


@pytest.fixture
def stage(lms, at):
    return made(lms)


@pytest.fixture
def ann(stage):
    return stage.writer()


@pytest.fixture
def opened(page, live_server):
    """Ann's story in a phone-sized browser."""
    stage = made(Lms())
    page.set_viewport_size({"width": 320, "height": 720})
    page.spoken = []
    page.on("console", lambda said: page.spoken.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.spoken.append(str(error)))
    page.stage, page.home = stage, live_server.url
    sign_in(page, stage.ann)
    page.goto(f"{live_server.url}/xblock/{stage.unit}")
    return page


def sign_in(page, user):
    session = Lms().client(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.home}])
