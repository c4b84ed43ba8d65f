"""Comparing with the registry day by day: claimed in a row, so that two workers do it once; what differs is kept.

What the registry has lost is sent again. What it holds otherwise, or what is unknown here, is never overwritten: staff
of both sides are told.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as moment_of

from django.db import transaction
from django.db.models import F, Q

from peer_xblocks import clock
from peer_xblocks.certification import asking, comparison, outbox, schedule, site
from peer_xblocks.certification.asking import Post, Unanswered
from peer_xblocks.certification.comparison import Compared, Held, Kind
from peer_xblocks.certification.line import Line
from peer_xblocks.certification.models import ComparedDay, Difference, Outbox, Watch
from peer_xblocks.certification.site import Registry
from peer_xblocks.learner import learners
from peer_xblocks.wire import digest
from peer_xblocks.wire.digest import Question

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
#: Seconds of one round; deliveries come first.
BUDGET = 10.0
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """One day: how many reports each side holds, and what differs."""

    day: date
    here: int
    there: int
    found: dict[str, Kind]

    @property
    def agreed(self) -> bool:
        """Whether both sides hold the same."""
        return not self.found


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks whom, and over which line."""

    issuer: str
    registry: Registry
    post: Post


def compare_due(
    *,
    post: Post | None = None,
    chance: Callable[[], float] = random.random,
    ticks: Callable[[], float] = time.monotonic,
) -> list[Outcome]:
    """Compares the days that are due, as far as the time of one round goes; nothing where another worker is at it."""
    now = clock.now()
    if not Watch.objects.filter(pk=1, next_attempt__gt=now).exists() and _set_up():
        fence = learners.retrying(lambda: _claimed(now))
        if fence is not None:
            return _round(fence, comparison.days_due(now, known()), post, chance, ticks() + BUDGET, ticks)
    return []


def compare(days: Iterable[date], *, post: Post | None = None) -> Iterable[Outcome]:
    """Compares these days now; raises `Unanswered`, or `NotSetUp` of the site."""
    issuer, registry = site.issuer_and_salt()[0], site.registry()
    line = Line()
    try:
        desk = Desk(issuer, registry, post or line.post)
        for day in days:
            yield _compared(day, desk)
    finally:
        line.close()


def known() -> dict[date, Compared]:
    """Every day that was compared."""
    return {row.day: Compared(row.at, row.agreed) for row in ComparedDay.objects.all()}


def _set_up() -> bool:
    try:
        return bool(site.issuer_and_salt() and site.registry())
    except site.NotSetUp:
        return False


def _claimed(now: datetime) -> int | None:
    """The fence of a fresh claim on the one row of the watch; None where another worker holds it."""
    Watch.objects.get_or_create(pk=1, defaults={"next_attempt": now})
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    fence = Watch.objects.values_list("fence", flat=True).get(pk=1)
    mine = Watch.objects.filter(free, pk=1, fence=fence, next_attempt__lte=now)
    return fence + 1 if mine.update(fence=fence + 1, lease_until=now + LEASE) else None


def _round(
    fence: int,
    days: list[date],
    post: Post | None,
    chance: Callable[[], float],
    until: float,
    ticks: Callable[[], float],
) -> list[Outcome]:
    done: list[Outcome] = []
    trouble = ""
    try:
        for outcome in compare(days, post=post):
            done.append(outcome)
            if ticks() > until:
                break
    except Unanswered as error:
        trouble = str(error)
        log.warning("The registry could not be compared with: %s", trouble)
    _rested(fence, trouble, all_done=len(done) == len(days), chance=chance())
    return done


def _rested(fence: int, trouble: str, *, all_done: bool, chance: float) -> None:
    """Gives the claim back and says when to look again: soon, within the hour, or as often as the registry allows."""
    held = Watch.objects.filter(pk=1, fence=fence)
    attempts = held.values_list("attempts", flat=True).first() or 0
    wait = 0
    if trouble:
        wait = min(schedule.HOUR, schedule.wait(attempts + 1, chance))
    elif all_done:
        wait = schedule.polite_wait(schedule.HOUR, chance)
    rest = {"lease_until": None, "trouble": trouble[:200], "next_attempt": clock.now() + timedelta(seconds=wait)}
    held.update(**rest, attempts=attempts + 1 if trouble else 0)


def _compared(day: date, desk: Desk) -> Outcome:
    """One day, compared and written down."""
    question = Question(desk.issuer, day)
    mine = dict(_received_on(day))
    said = asking.digest_of(question, desk.registry, desk.post)
    found: dict[str, Kind] = {}
    if (said.count, said.hash) != (len(mine), digest.hash_of(mine.items())):
        said, there = asking.reports_of(question, desk.registry, desk.post)
        found = comparison.differences(day, _held([*mine, *there]), there)
        with transaction.atomic():
            for name, kind in found.items():
                _note(day, name, kind, there.get(name, ""), said.ledger_id)
        _tell(question, desk)
    _settled(day, found)
    kept = {"at": clock.now(), "agreed": not found, "here": len(mine), "there": said.count}
    ComparedDay.objects.update_or_create(day=day, defaults=kept)
    return Outcome(day, len(mine), said.count, found)


def _received_on(day: date) -> Iterable[tuple[str, str]]:
    begin = datetime.combine(day, moment_of.min, UTC)
    rows = Outbox.objects.filter(received_at__gte=begin, received_at__lt=begin + timedelta(days=1))
    return rows.values_list("webhook_id", "payload_sha256")


def _held(names: list[str]) -> dict[str, Held]:
    found = {}
    for at in range(0, len(names), CHUNK):
        rows = Outbox.objects.filter(webhook_id__in=names[at : at + CHUNK])
        for name, sha, received in rows.values_list("webhook_id", "payload_sha256", "received_at"):
            found[name] = Held(sha, received.astimezone(UTC).date() if received else None)
    return found


def _settled(day: date, found: Iterable[str]) -> None:
    """Closes what differed on a day and no longer does."""
    still = Difference.objects.filter(day=day, closed_at=None)
    still.exclude(webhook_id__in=list(found)).update(closed_at=clock.now())


def _note(day: date, name: str, kind: Kind, there: str, ledger: str) -> None:
    """Keeps what differs and does what can be done about it. What a person has closed stays closed."""
    if kind is Kind.UNHEARD:
        outbox.hurry(name)
        return
    row, now = Outbox.objects.filter(webhook_id=name).first(), clock.now()
    said = {"day": day, "there": there, "here": row.payload_sha256 if row else "", "seen": now}
    if row and row.receipt:
        said["receipt"] = row.receipt
    if row and kind is Kind.MISSING:
        said["words"] = outbox.lost(row, ledger)
    same = Difference.objects.filter(kind=kind.value, webhook_id=name)
    if not same.update(**said, times=F("times") + 1):
        Difference.objects.create(kind=kind.value, webhook_id=name, since=now, **said)
    same.filter(closed_by=None).update(closed_at=None)


def _tell(question: Question, desk: Desk) -> None:
    """Tells the registry's people which reports of the day nobody knows here; each once."""
    rows = Difference.objects.filter(kind=Kind.UNKNOWN.value, day=question.day, told=False)
    names = list(rows.order_by("id").values_list("webhook_id", flat=True))
    for at in range(0, len(names), digest.MOST_UNKNOWN):
        some = tuple(names[at : at + digest.MOST_UNKNOWN])
        asking.digest_of(Question(question.issuer, question.day, None, some), desk.registry, desk.post)
        rows.filter(webhook_id__in=some).update(told=True)
