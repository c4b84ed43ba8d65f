"""How far a learner is with a course, and what became of the report, in words for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peer_xblocks.certification import completions, held, outline, requirements, standings
from peer_xblocks.certification.held import Report
from peer_xblocks.certification.models import State
from peer_xblocks.certification.requirements import Kind, Requirement
from peer_xblocks.compat import platform
from peer_xblocks.hours.words import Translate, minutes, plain
from peer_xblocks.plugin import programme

NOT_YET = "Nothing is reported yet. It happens by itself as soon as everything here is done."
NO_REPORT = "This course does not report to a registry by itself."
SETTLING = "You have done everything. Your report is being written."
TAKEN_BACK = "Some of what counted here was taken back, so this course is not complete at the moment."
SAID = {
    State.WAITING_NAME: "You have done everything. Your report goes to the registry once you write your name below.",
    State.DUE: "You have done everything. Your report is on its way to the registry.",
    State.LEASED: "You have done everything. Your report is on its way to the registry.",
    State.PARKED: "You have done everything. A person in your office has to look at the report; your hours are safe.",
    State.CLOSED: "This account is closed, so nothing is reported any more.",
    State.DELIVERED: "You have done everything, and the registry has your report.",
}
TRYING = "You have done everything. We could not reach the registry yet and keep trying; you need do nothing."
ON_THE_WAY = (State.DUE, State.LEASED)


@dataclass(frozen=True, slots=True)
class Step:
    """One requirement in words, with the page to go to."""

    title: str
    words: str
    url: str
    met: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A verified receipt as the learner sees it."""

    ledger: str
    number: int
    received: str
    digest: str
    key: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of the report: a state for the page's script, words for the learner, the receipt once there is one."""

    state: str
    words: str
    proof: Proof | None = None

    @property
    def waiting(self) -> bool:
        """Whether something may change by itself soon."""
        return self.state in (*ON_THE_WAY, "settling")


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the page shows."""

    steps: Sequence[Step]
    reported: Reported
    name: str

    @property
    def missing(self) -> list[Step]:
        """What is still to do."""
        return [each for each in self.steps if not each.met]

    @property
    def done(self) -> list[Step]:
        """What is done."""
        return [each for each in self.steps if each.met]


def of(user_id: int | None, course: str, translate: Translate = plain) -> Progress:
    """The progress of a platform account; reads only."""
    found = outline.of(course)
    known = held.of(user_id, course)
    has = standings.of(known.learner, course)
    steps = [_step(each, course, translate) for each in requirements.of(found.asked, has)]
    reports = found.goal is not None and found.goal.kind == completions.REPORTED
    shown = reported(known.report, reports, translate)
    if shown.state == "none" and reports and steps and all(each.met for each in steps):
        shown = Reported("settling", translate(SETTLING))
    return Progress(steps, shown, known.name)


def reported(report: Report | None, reports: bool = True, translate: Translate = plain) -> Reported:
    """What became of a completion's newest report."""
    if report is None:
        return Reported("none", translate(NOT_YET if reports else NO_REPORT))
    proof = _proof(report.receipt)
    if not report.stands:
        return Reported("taken_back", translate(TAKEN_BACK), proof)
    words = TRYING if report.state in ON_THE_WAY and report.last_error else SAID[report.state]
    return Reported(report.state, translate(words), proof)


def as_json(shown: Reported) -> dict[str, Any]:
    """What the page's script is told."""
    proof = shown.proof
    facts = {name: getattr(proof, name) for name in Proof.__slots__} if proof else None
    return {"state": shown.state, "words": shown.words, "waiting": shown.waiting, "proof": facts}


def _step(each: Requirement, course: str, translate: Translate) -> Step:
    return Step(each.title, _words(each, translate), platform().unit_url(course, each.unit), each.met)


def _words(each: Requirement, translate: Translate) -> str:
    if each.kind is Kind.CHECK:
        return translate("passed") if each.met else translate("not yet passed")
    sentence = translate("{have} of {need}") if each.kind is Kind.ALONE else translate("{have} of {need} live")
    return sentence.format(have=minutes(each.have, translate), need=minutes(each.need, translate))


def _proof(receipt: str) -> Proof | None:
    if not receipt:
        return None
    kept = json.loads(receipt)
    at = datetime.fromisoformat(kept["received_at"]).astimezone(programme().time_zone)
    received = f"{at:%B} {at.day}, {at:%Y}, {at:%I:%M %p %Z}"
    return Proof(kept["ledger_id"], kept["seq"], received, kept["payload_sha256"], kept["key_id"])
