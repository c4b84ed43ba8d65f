"""What an operator does with the ledger: check it, write it out."""

from __future__ import annotations

from uuid import UUID

from peer_xblocks.hours.digests import COVERED, check
from peer_xblocks.hours.models import Entry
from peer_xblocks.hours.table import csv_of

__all__ = ["check", "exported"]


def exported(course: str, learner: UUID | None = None) -> tuple[str, int]:
    """The entries of a course (or of one learner in it) as CSV, oldest first, and how many they are."""
    rows = Entry.objects.filter(course=course).order_by("learner", "id")
    if learner is not None:
        rows = rows.filter(learner=learner)
    lines = [[str(row.learner), *(_cell(getattr(row, name)) for name in COVERED)] for row in rows.iterator()]
    return csv_of([["learner", *COVERED], *lines]), len(lines)


def _cell(value: object) -> object:
    return "" if value is None else value if isinstance(value, int) else str(value)
