"""Recomputing a learner's ledger: nothing counts twice, every total adds up, every reversal fits what it takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit: where, what, and what to do."""

    where: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.do}"


def faults_of(learner: str, entries: Sequence[Any]) -> list[Fault]:
    """Everything that does not fit among one learner's entries, in the order they were written."""
    return [*_overlaps(learner, entries), *_totals(learner, entries), *_reversals(learner, entries)]


def _overlaps(learner: str, entries: Sequence[Any]) -> Iterator[Fault]:
    spans = sorted((row for row in entries if not row.reverses_id and row.start < row.end), key=lambda row: row.start)
    for before, after in zip(spans, spans[1:], strict=False):
        if after.start < before.end:
            what = f"counts {before.end - after.start} s that entry {before.id} counts"
            yield Fault(f"learner {learner}, entry {after.id}", what, "Reverse one of the two.")


def _totals(learner: str, entries: Sequence[Any]) -> Iterator[Fault]:
    totals: dict[tuple[str, str], int] = {}
    for row in entries:
        key = (row.course, row.module)
        signed = (row.start - row.end) if row.reverses_id else (row.end - row.start)
        totals[key] = totals.get(key, 0) + signed
        if signed and row.end < row.start or row.total != totals[key]:
            what = f"says {row.total} s of {row.module}, the entries add up to {totals[key]} s"
            yield Fault(
                f"learner {learner}, entry {row.id}", what, "Compare with a backup: an entry was changed or lost."
            )
            totals[key] = row.total


def _reversals(learner: str, entries: Sequence[Any]) -> Iterator[Fault]:
    known = {row.id: (row.course, row.module, row.start, row.end) for row in entries}
    for row in entries:
        if row.reverses_id and known.get(row.reverses_id) != (row.course, row.module, row.start, row.end):
            where = f"learner {learner}, entry {row.id}"
            yield Fault(where, f"does not fit entry {row.reverses_id} that it takes back", "Compare with a backup.")
