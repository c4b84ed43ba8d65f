"""What certification may know of exams: passed or not yet, when, in which sitting. Practice is nobody else's matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from peer_xblocks.exam.definition import PRACTICE
from peer_xblocks.exam.models import Sitting
from peer_xblocks.exam.sitting import DONE


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an exam. `at` is when it was decided (Unix seconds), `exam` its code in the programme."""

    at: int
    passed: bool
    sitting: UUID
    percent: float
    attempt: int
    exam: str


def passed(learner: UUID, course: str) -> dict[str, Result]:
    """The result that stands of each exam block of a course, by usage: the first pass, else the newest attempt."""
    rows = Sitting.objects.filter(learner=learner, course=course, state__in=DONE, decided__isnull=False)
    found: dict[str, Result] = {}
    for row in rows.exclude(purpose=PRACTICE).order_by("attempt", "decided"):
        if not (row.usage in found and found[row.usage].passed):
            found[row.usage] = _result(row)
    return found


def recent(since: datetime) -> set[tuple[UUID, str]]:
    """The learners and courses with a sitting that was decided since then."""
    rows = Sitting.objects.filter(decided__gte=int(since.timestamp() * 1000)).exclude(purpose=PRACTICE)
    return set(rows.order_by().values_list("learner", "course").distinct())


def _result(row: Sitting) -> Result:
    return Result((row.decided or 0) // 1000, bool(row.passed), row.id, row.percent or 0.0, row.attempt, row.exam)
