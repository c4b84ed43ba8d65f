"""What a learner's page of an exam shows now. It reads and never writes: a sitting that ran out waits for a POST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import dateformat

from peer_xblocks.exam import forms, models, public, scores, sitting, sittings, words
from peer_xblocks.exam.attempts import Standing
from peer_xblocks.exam.definition import Definition
from peer_xblocks.exam.scoring import Domain, needed
from peer_xblocks.exam.sitting import OPEN
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Screen:
    """Whose page it is (a platform account), of which exam, where, and the language it speaks."""

    user_id: int | None
    place: sittings.Place
    exam: Definition | None
    gettext: words.Gettext

    def state(self, now: int) -> Plain:
        """The whole page: not ready, to be started, open with its questions, over, or done with its result."""
        if self.exam is None:
            return {"kind": "not_ready"}
        rows = sittings.of_account(self.user_id, self.place.course, self.exam.code)
        if rows and rows[-1].state in OPEN:
            return opened(rows[-1], now)
        if not rows and not models.Bank.objects.filter(code=self.exam.exam.bank).exists():
            return {"kind": "not_ready"}
        learner = rows[-1].learner if rows else learners.known(self.user_id)
        standing = sittings.standing(self.exam, rows, learner, self.place.course, now=now)
        last = {"kind": "done", **self._result(rows[-1])} if rows else {"kind": "start"}
        rules = self._rules(self.exam, standing, learner)
        return {**last, "standing": self._standing(standing), "rules": rules}

    def _result(self, row: models.Sitting) -> Plain:
        score = scores.newest([row])[row.id]
        practice = row.purpose == "practice"
        shown = public.result(
            score.raw, score.of, score.needed, score.passed, scores.domains(score),
            detail=practice or not score.passed, say=self._domain,
        )  # fmt: skip
        return {"result": shown, "practice": practice, "state": row.state}

    def _domain(self, each: Domain) -> dict[str, str]:
        return words.domain(each, self.gettext)

    def _standing(self, found: Standing) -> Plain:
        since = "" if found.since is None else _day(found.since)
        return {"may": found.may, "why": found.why.value, "number": found.number, "left": found.left, "since": since}

    def _rules(self, exam: Definition, found: Standing, learner: UUID | None) -> Plain:
        minutes = exam.exam.minutes
        if learner is not None and found.may:
            minutes = sittings.allowed(learner, self.place, exam).allowed // sitting.MINUTE
        return {
            "questions": exam.blueprint.length,
            "counted": exam.blueprint.counted,
            "trial": exam.blueprint.trial,
            "needed": needed(exam.mark, exam.blueprint.counted),
            "minutes": minutes,
            "longer": minutes > exam.exam.minutes,
            "attempts": exam.policy.attempts,
            "days": exam.policy.days_apart,
            "practice": not exam.counts,
        }


def opened(row: models.Sitting, now: int) -> Plain:
    """An open sitting with its own questions, so that a lost line does not stop it; without them once its time is over."""
    value = sittings.value(row)
    if value.over(now):
        return {"kind": "over", "sitting": str(row.id)}
    kept = models.Answer.objects.filter(sitting=row.id)
    return {
        "kind": "open",
        "sitting": str(row.id),
        "clock": public.clock(value, now),
        "questions": _paper(row.form_id),
        "answers": public.answers(kept.values_list("item", "chosen", "flagged")),
    }


@lru_cache(maxsize=256)
def _paper(form_id: UUID) -> Sequence[Plain]:
    """A form never changes, so what is read of it is made once in a process."""
    form = forms.of(form_id)
    return public.paper(form, forms.items(form))


def _day(moment: int) -> str:
    """A moment in words, in the office's time zone."""
    at = datetime.fromtimestamp(moment / 1000, UTC).astimezone(programme().time_zone)
    return dateformat.format(at, "l, j F Y, g:i A")
