"""Time behind a lost line: kept as claimed, settled when saved work shows it, in whichever order both arrive."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Sum

from peer_xblocks import clock
from peer_xblocks.hours import ledger
from peer_xblocks.hours.days import split
from peer_xblocks.hours.lease import Lease
from peer_xblocks.hours.models import Claim, Entry, Kind, SavedWork
from peer_xblocks.hours.offline import Gap, Room, Work, attested
from peer_xblocks.intervals import Intervals
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.news import tell
from peer_xblocks.plugin import programme


def keep(learner: UUID, lease: Lease, seq: int, gap: Gap, taken: Intervals, total: int, *, now: int) -> int:
    """Keeps what a page claims of a gap and settles it if its work is here already. Answers the module's total.

    The caller holds the learner's lock; `taken` is what the learner has in the gap.
    """
    if not programme().hours.offline_gap:
        return total
    claim = Claim.objects.create(
        learner=learner,
        course=lease.course,
        module=lease.module,
        unit=lease.unit,
        lease=lease.nonce,
        seq=seq,
        start=gap.start,
        end=gap.end,
        spans=" ".join(f"{start}-{end}" for start, end in gap.claimed),
        planned=lease.planned,
        zone=lease.zone,
    )
    rows = SavedWork.objects.filter(learner=learner, course=lease.course, at__gte=gap.start, at__lt=gap.end)
    works = [Work(row.at, row.received) for row in rows]
    return _settle(claim, works, taken, total, now)


def work_saved(*, learner: UUID, course: str, usage: str, at: int, received: int, **_others: Any) -> None:
    """Answers `signals.work_saved`: keeps the work and settles the gaps it was done in."""
    user_id = learners.user_of(learner)
    if user_id is None or at > received:
        return
    with learners.locked(user_id=user_id):
        SavedWork.objects.create(learner=learner, course=course, usage=usage, at=at, received=received)
        for claim in _open(learner, course, at):
            _settle_later(claim, Work(at, received))


def _open(learner: UUID, course: str, at: int) -> list[Claim]:
    settled = Entry.objects.filter(lease=OuterRef("lease"), seq=OuterRef("seq"), kind=Kind.OFFLINE)
    rows = Claim.objects.filter(learner=learner, course=course, start__lte=at, end__gt=at)
    return list(rows.filter(~Exists(settled)).order_by("id"))


def _settle_later(claim: Claim, work: Work) -> None:
    before = ledger.total(claim.learner, claim.course, claim.module)
    rows = Entry.objects.filter(learner=claim.learner, end__gt=claim.start, start__lt=claim.end)
    after = _settle(claim, [work], Intervals.union(rows.values_list("start", "end")), before, clock.epoch())
    if before < claim.planned <= after:
        tell(signals.module_credited, learner=claim.learner, course=claim.course, module=claim.module)


def _settle(claim: Claim, works: list[Work], taken: Intervals, total: int, now: int) -> int:
    zone = ZoneInfo(claim.zone)
    gap = Gap(claim.start, claim.end, _spans(claim.spans))
    policy = programme().hours
    used = _used(claim.learner, [day for day, _ in split(gap.claimed, zone)])
    room = Room(policy.offline_gap, policy.offline_day, used, max(claim.planned - total, 0))
    rows = []
    for day, part in split(attested(gap, works, taken, room, zone), zone):
        for start, end in part:
            total += end - start
            rows.append(_entry(claim, day, start, end, total, now))
    Entry.objects.bulk_create(rows)
    return total


def _entry(claim: Claim, day: date, start: int, end: int, total: int, now: int) -> Entry:
    return Entry(
        learner=claim.learner,
        course=claim.course,
        module=claim.module,
        unit=claim.unit,
        lease=claim.lease,
        seq=claim.seq,
        kind=Kind.OFFLINE,
        at=now,
        seen=claim.end,
        start=start,
        end=end,
        total=total,
        day=day,
    )


def _spans(text: str) -> Intervals:
    pairs = (each.split("-") for each in text.split())
    return Intervals.union((int(start), int(end)) for start, end in pairs)


def _used(learner: UUID, days: list[date]) -> dict[date, int]:
    """Offline seconds by day; what was reversed stays used, so that a reversal cannot be earned again."""
    rows = Entry.objects.filter(learner=learner, day__in=days, kind=Kind.OFFLINE, reverses__isnull=True)
    return dict(rows.values_list("day").annotate(seconds=Sum(F("end") - F("start"))).order_by())
