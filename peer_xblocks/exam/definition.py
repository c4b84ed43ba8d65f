"""One exam of the programme with the rules that hold for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peer_xblocks.exam import attempts, blueprint
from peer_xblocks.exam.attempts import Policy
from peer_xblocks.exam.bank import Bank
from peer_xblocks.exam.blueprint import Blueprint
from peer_xblocks.exam.form import Form, drawn, fixed, named
from peer_xblocks.programme import Exam, Programme

PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Definition:
    """What is asked, for how long, how often, and the mark (percent) that passes."""

    exam: Exam
    blueprint: Blueprint
    policy: Policy
    mark: float
    track: str

    @property
    def code(self) -> str:
        """The exam's name in the programme file."""
        return self.exam.code

    @property
    def counts(self) -> bool:
        """Whether a result is told to other rooms; practice is for the learner alone."""
        return self.exam.purpose != PRACTICE

    @property
    def limit(self) -> int:
        """Everybody's time in milliseconds."""
        return self.exam.minutes * 60_000

    @property
    def grace(self) -> int:
        """How long after the deadline an answer on its way still counts, in milliseconds."""
        return self.exam.grace * 1000

    def form(self, bank: Bank, seed: str, taken: Sequence[str] = ()) -> Form:
        """The form of the next sitting; `taken` are the fixed forms that the learner had before."""
        if not self.exam.forms:
            return drawn(bank, self.blueprint, seed, purpose=self.exam.purpose)
        name = named(tuple(self.exam.forms), seed, taken)
        return fixed(bank, self.blueprint, name, self.exam.forms[name], seed, purpose=self.exam.purpose)


def of(rules: Programme, code: str) -> Definition | None:
    """The exam of that code; None where the programme has none."""
    exam = rules.exams.get(code)
    if exam is None:
        return None
    practice = exam.purpose == PRACTICE
    policy = Policy() if practice else attempts.read(rules.value("exam_retakes"), exam.needs_minutes)
    track = rules.track(exam.track)
    name = track.code if track else exam.track
    mark = float(rules.value("exam_pass_mark")[name])
    return Definition(exam, blueprint.read(exam.blueprint, exam.trial), policy, mark, track.name if track else name)
