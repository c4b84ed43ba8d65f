"""Seat time: what a beat writes, under the lock of its learner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from peer_xblocks.hours import claims
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.credit import Known, Losses, Outcome, Reason, credit, settles
from peer_xblocks.hours.days import day_of, split
from peer_xblocks.hours.lease import Lease
from peer_xblocks.hours.models import Entry, Kind
from peer_xblocks.hours.offline import Gap
from peer_xblocks.hours.words import written
from peer_xblocks.intervals import Intervals
from peer_xblocks.learner import learners, signals, statement
from peer_xblocks.learner.models import Learner
from peer_xblocks.learner.news import tell
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import Refusal

SPAN, LEASE, MODULE = 1, 2, 3

#: Five pages that are all read at once write this much in an hour; whoever has more of them open is asked to wait.
MOST_AN_HOUR = 1200
HOUR = 3600
TOO_MANY = "Many pages of your courses are open at once. Close those you do not read; your time goes on counting then."

#: The taken spans, the newest entry of the lease, the newest entry of the module, how many entries the last hour has.
HELD = """
SELECT 1, "start", "end", seen, seq, total FROM peer_hours_entry
WHERE learner = %s AND "end" > %s AND "start" < %s
UNION ALL
SELECT 2, "start", "end", seen, seq, total FROM peer_hours_entry
WHERE id = (SELECT id FROM peer_hours_entry WHERE lease = %s ORDER BY seq DESC, id DESC LIMIT 1)
UNION ALL
SELECT 3, "start", "end", seen, seq, total FROM peer_hours_entry
WHERE id = (
    SELECT id FROM peer_hours_entry WHERE learner = %s AND course = %s AND module = %s ORDER BY id DESC LIMIT 1
)
UNION ALL
SELECT 4, COUNT(*), 0, 0, 0, 0 FROM peer_hours_entry WHERE learner = %s AND "end" > %s AND "end" <= %s
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page hears: seconds that this beat added, the module's total, up to where it is answered, and why."""

    counted: int
    total: int
    acknowledged: int
    seq: int
    why: Losses


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger holds for a beat: `seq` is the lease's last one (-1 before the first), `lately` counts an hour."""

    known: Known
    seq: int
    lately: int


def record(lease: Lease, beat: Beat, *, now: int) -> Answer:
    """Writes what a beat earned. The same beat sent again, or one that was overtaken, changes nothing."""
    return learners.retrying(lambda: _made_sure(lease, beat, now))


def _made_sure(lease: Lease, beat: Beat, now: int) -> Answer:
    try:
        return _locked(lease, beat, now)
    except Learner.DoesNotExist:
        learners.of(lease.user_id)
        return _locked(lease, beat, now)


def _locked(lease: Lease, beat: Beat, now: int) -> Answer:
    with learners.locked(user_id=lease.user_id) as learner:
        held = _held(learner, lease, beat.claimed, now)
        if beat.seq <= held.seq:
            return Answer(0, held.known.total, held.known.answered or 0, held.seq, {})
        every = programme().hours.beat
        outcome = credit(beat.claimed, held.known, now=now, beat=every)
        if not settles(outcome, held.known, now=now, beat=every):
            return Answer(0, held.known.total, held.known.answered or 0, held.seq, outcome.why)
        if held.lately >= MOST_AN_HOUR:
            raise Refusal(TOO_MANY, 429)
        total = _write(learner, lease, beat.seq, held.known, outcome, now)
        counted = total - held.known.total
        why = _less(outcome.why, counted - outcome.credit.seconds)
        return Answer(counted, total, outcome.answered, beat.seq, why)


def _less(why: Losses, brought_back: int) -> Losses:
    """The losses without what saved work brought back at once."""
    left = why.get(Reason.UNSEEN, 0) - brought_back
    return {**why, Reason.UNSEEN: left} if brought_back else why


def _write(learner: UUID, lease: Lease, seq: int, known: Known, outcome: Outcome, now: int) -> int:
    rows = _rows(learner, lease, seq, known.total, outcome, now)
    total = rows[-1].total
    Entry.objects.bulk_create(rows)
    if outcome.unobserved and known.answered is not None:
        gap = Gap(known.answered, outcome.answered, outcome.unobserved)
        total = claims.keep(learner, lease, seq, gap, known.taken | outcome.credit, total, now=now)
    if known.total < lease.planned <= total:
        tell(signals.module_credited, learner=learner, course=lease.course, module=lease.module)
    return total


def _rows(learner: UUID, lease: Lease, seq: int, total: int, outcome: Outcome, now: int) -> list[Entry]:
    spans = [(day, *span) for day, part in split(outcome.credit, lease.time_zone) for span in part]
    nothing = (day_of(outcome.answered, lease.time_zone), outcome.answered, outcome.answered)
    rows: list[Entry] = []
    for day, start, end in spans or [nothing]:
        total += end - start
        why = "" if rows else written(outcome.why)
        rows.append(
            Entry(
                learner=learner,
                course=lease.course,
                module=lease.module,
                unit=lease.unit,
                lease=lease.nonce,
                seq=seq,
                kind=Kind.SELF,
                at=now,
                seen=outcome.answered,
                start=start,
                end=end,
                total=total,
                why=why,
                day=day,
            )
        )
    return rows


def _held(learner: UUID, lease: Lease, claimed: Intervals, now: int) -> Held:
    """All that a beat must know, in one query after the lock: what is taken, the lease's mark, the module's total."""
    low = max(claimed.spans[0][0], lease.issued) if claimed else now
    spans, answered, seq, total, lately = [], None, -1, 0, 0
    asked = (learner, low, now, lease.nonce, learner, lease.course, lease.module, learner, now - HOUR, now)
    found = statement.read(HELD, *asked)
    for row in found:
        # MariaDB was seen to hand the last figure of this UNION out as text.
        role, start, end, seen, number, after = (int(each or 0) for each in row)
        if role == SPAN:
            spans.append((start, end))
        elif role == LEASE:
            answered, seq = seen, number
        elif role == MODULE:
            total = after
        else:
            lately = start
    return Held(Known(answered, Intervals.union(spans), total, lease.planned), seq, lately)
