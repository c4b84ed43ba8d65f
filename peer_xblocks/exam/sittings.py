"""The records of sittings: started once, changed by compare-and-swap under the row's lock, closed with a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from peer_xblocks.exam import attempts, banks, definition, forms, grades, journal, models, scores, sitting
from peer_xblocks.exam.definition import Definition
from peer_xblocks.exam.form import CannotFill
from peer_xblocks.exam.journal import Event, Head
from peer_xblocks.exam.sitting import DONE, OPEN, State
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.models import Learner
from peer_xblocks.refusal import Clash, NotThere

#: The fields of the rule that a row keeps under another name, `percent` being a score there.
RENAMED = {"percent": "percent_time"}
COLUMNS = {each.name: RENAMED.get(each.name, each.name) for each in fields(sitting.Sitting)}
#: Plain, because a learner's page asks this before anything else.
OF_ACCOUNT = """
    SELECT sitting.* FROM peer_exam_sitting sitting
    JOIN peer_learner_learner learner ON learner.id = sitting.learner
    WHERE learner.user_id = %s AND sitting.course = %s AND sitting.exam = %s
"""
Rule = Callable[[sitting.Sitting], sitting.Sitting]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exam is sat: the course and the block, as text, and when it closes there for this learner (ms)."""

    course: str
    usage: str
    close: int | None = None


class NotReady(Clash):
    """An exam that nobody can start, because its bank is missing or cannot fill a form."""

    def __init__(self) -> None:
        super().__init__("This exam is not ready yet. Tell your trainer; nothing is missing on your side.")


def value(row: models.Sitting) -> sitting.Sitting:
    """The row as the rule's value."""
    kept = {name: getattr(row, column) for name, column in COLUMNS.items()}
    return sitting.Sitting(**{**kept, "state": State(row.state)})


def locked(sitting_id: UUID, user_id: int | None = None) -> models.Sitting:
    """The row under its lock, inside a transaction; `NotThere` where there is none, or it is not this account's own."""
    if connection.features.has_select_for_update:
        rows = models.Sitting.objects.select_for_update().filter(id=sitting_id)
        row = (rows if user_id is None else rows.filter(learner__in=learner_of(user_id))).first()
    else:
        row = _write_locked(sitting_id, user_id)
    if row is None:
        raise NotThere("There is no such exam of yours. Go back to the course and open it again.")
    return row


def learner_of(user_id: int) -> QuerySet:
    """The learner of an account, as part of a query."""
    return Learner.objects.filter(user_id=user_id).values("id")


def _write_locked(sitting_id: UUID, user_id: int | None) -> models.Sitting | None:
    """SQLite takes its write lock by an update that changes nothing; `RETURNING` makes it one statement."""
    own = "" if user_id is None else " AND learner IN (SELECT id FROM peer_learner_learner WHERE user_id = %s)"
    asked = "UPDATE peer_exam_sitting SET version = version WHERE id = %s" + own + " RETURNING *"  # noqa: S608 - fixed text
    key = models.Sitting._meta.pk.get_db_prep_value(sitting_id, connection)
    found = list(models.Sitting.objects.raw(asked, [key] if user_id is None else [key, user_id]))
    return found[0] if found else None


def start(user_id: int, place: Place, exam: Definition, *, seed: str, client_id: str, now: int) -> models.Sitting:
    """The learner's open sitting of this exam, begun now where there is none; `Clash` where none may begin.

    Twice, from two tabs or after a lost answer, is the same sitting.
    """
    learner = learners.of(user_id)
    close_overdue(learner, place.course, exam.code, now=now)

    def begin() -> models.Sitting:
        with learners.locked(user_id=user_id):
            return open_sitting(learner, place.course, exam.code) or _begun(learner, place, exam, seed, client_id, now)

    try:
        return learners.retrying(begin)
    except IntegrityError:
        found = open_sitting(learner, place.course, exam.code)
        if found is None:
            raise
        return found


def open_sitting(learner: UUID, course: str, exam: str) -> models.Sitting | None:
    """The sitting that is open."""
    return models.Sitting.objects.filter(learner=learner, course=course, exam=exam, open_slot=1).first()


def of_learner(learner: UUID | None, course: str, exam: str) -> list[models.Sitting]:
    """All sittings of a learner that count or are open, oldest first."""
    if learner is None:
        return []
    return _standing_rows(models.Sitting.objects.filter(learner=learner, course=course, exam=exam))


def of_account(user_id: int | None, course: str, exam: str) -> list[models.Sitting]:
    """The same by account, in one statement."""
    if user_id is None:
        return []
    return _standing_rows(models.Sitting.objects.raw(OF_ACCOUNT, [user_id, course, exam]))


def _standing_rows(rows: Iterable[models.Sitting]) -> list[models.Sitting]:
    """Those that are not void, in the order they were begun."""
    return sorted((row for row in rows if row.state != State.VOIDED), key=lambda row: (row.attempt, row.started or 0))


def standing(exam: Definition, rows: Sequence[models.Sitting], learner: UUID | None, course: str, *, now: int) -> attempts.Standing:  # fmt: skip
    """Whether the learner of these sittings may begin another one."""
    past = [attempts.Past(row.started or 0, row.finished, bool(row.passed)) for row in rows]
    trained = _trained(learner, course) if exam.policy.needs_seconds else 0
    return attempts.standing(exam.policy, past, now=now, trained=trained)


def _trained(learner: UUID | None, course: str) -> int:
    """The seconds of training, as the rooms that keep them answer; 0 where none does."""
    if learner is None:
        return 0
    answers = signals.training_asked.send(sender=None, learner=learner, course=course)
    return max((int(found or 0) for _, found in answers), default=0)


def _begun(learner: UUID, place: Place, exam: Definition, seed: str, client_id: str, now: int) -> models.Sitting:
    rows = of_learner(learner, place.course, exam.code)
    found = standing(exam, rows, learner, place.course, now=now)
    if not found.may:
        raise Clash(REFUSED[found.why])
    try:
        bank = banks.load(exam.exam.bank, exam.exam.bank_version or None)
        made = exam.form(bank, seed, [forms.of(row.form_id).name for row in rows])
    except (NotThere, CannotFill) as error:
        raise NotReady from error
    row = models.Sitting(
        learner=learner, course=place.course, usage=place.usage, exam=exam.code, purpose=exam.exam.purpose,
        mark=exam.mark, attempt=found.number, form=forms.keep(made, now=now),
    )  # fmt: skip
    begun = sitting.start(allowed(learner, place, exam), now)
    _fill(row, begun, now)
    row.save(force_insert=True)
    said = {"form": made.digest, "bank": made.bank_digest, "allowed": begun.allowed, "deadline": row.deadline}
    journal.write(row, [Event("started", client_id, said)], Head(), now=now)
    return row


def allowed(learner: UUID, place: Place, exam: Definition) -> sitting.Sitting:
    """A sitting that has not begun, with what an officer granted before."""
    fresh = sitting.Sitting(exam.limit, exam.grace, close=place.close)
    rows = models.Allowance.objects.filter(learner=learner, course=place.course, exam=exam.code)
    granted = rows.order_by("-id").first()
    if granted is None:
        return fresh
    return sitting.allow(fresh, percent=granted.percent_time, minutes=granted.minutes)


def change(sitting_id: UUID, rule: Rule, event: Event, *, now: int) -> models.Sitting:
    """Applies a rule under the row's lock and writes it into the journal; the caller may hold a transaction."""

    def write() -> models.Sitting:
        with transaction.atomic():
            row = locked(sitting_id)
            swap(row, rule(value(row)), event, journal.head(row), now=now)
            return row

    return learners.retrying(write)


def swap(row: models.Sitting, after: sitting.Sitting, event: Event, at: Head, *, now: int) -> Head:
    """Writes `after` over the row it was made from, and what follows from it: score, seal, grade, news."""
    before = value(row)
    end = journal.write(row, [event], at, now=now)
    _fill(row, after, now)
    if after.state not in OPEN:
        row.open_slot, row.sealed = None, end.link
    if after.state in DONE and before.state in OPEN:
        scores.first(row, now=now)
    changed = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    same = models.Sitting.objects.filter(id=row.id, state=before.state, version=before.version)
    if not same.update(**changed):
        raise Clash("This exam was changed just now by somebody else. Look at it again, then try once more.")
    if after.state not in OPEN and before.state is not after.state:
        grades.settle(row, now=now)
    return end


def _fill(row: models.Sitting, now_is: sitting.Sitting, now: int) -> None:
    for name, column in COLUMNS.items():
        setattr(row, column, getattr(now_is, name))
    resting = now_is.state is State.PAUSED
    row.deadline = now_is.close if resting else now_is.deadline(now)


def close_overdue(learner: UUID, course: str, exam: str, *, now: int) -> None:
    """Closes what this learner left; the sweep does the same for everybody."""
    row = open_sitting(learner, course, exam)
    if row is not None and value(row).over(now):
        time_out(row.id, now=now)


def time_out(sitting_id: UUID, *, now: int) -> bool:
    """Closes one overdue sitting, its end being its deadline; False where somebody else did, or time was added."""

    def write() -> bool:
        with transaction.atomic():
            row = locked(sitting_id)
            before = value(row)
            if not before.over(now):
                return False
            after = sitting.time_out(before, now)
            swap(row, after, Event("timed_out", "timed_out", {"finished": after.finished}), journal.head(row), now=now)
            return True

    return learners.retrying(write)


def defined(rules: object, code: str) -> Definition:
    """The exam of that code; `NotReady` where the programme has none."""
    found = definition.of(rules, code)  # type: ignore[arg-type]
    if found is None:
        raise NotReady
    return found


REFUSED = {
    attempts.Why.OPEN: "Your exam is open already. Reload the page to go on with it.",
    attempts.Why.PASSED: "You have passed this exam. There is nothing more to do.",
    attempts.Why.TRAINING: "The exam opens when your training hours are complete. Your progress page shows what is missing.",
    attempts.Why.WAIT: "The next attempt opens later. This page shows you when.",
    attempts.Why.USED_UP: "All attempts have been used. Talk with your trainer about repeating the training; it opens new ones.",
    attempts.Why.WINDOW: "The months in which attempts fall are over. Talk with your trainer about repeating the training.",
}
