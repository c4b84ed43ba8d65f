"""Practice that a trainer watched: written once under the learner's lock, taken back by a row of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from peer_xblocks.certification.models import Observation
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.news import tell
from peer_xblocks.refusal import NotThere, Refusal

#: What a trainer may have watched, in words for people.
WATCHED = {
    "role-play": "A role-play in the live session",
    "story": "The story, told to the group",
    "listening": "A listening exercise in pairs",
    "planning": "A wellness plan made with a partner",
}
MOST_NOTE = 500


def watch(user_id: int, course: str, what: str, note: str, *, by: UUID, client_id: str, now: int) -> Observation:
    """Writes down what a trainer watched; the same `client_id` of the same trainer writes nothing again."""
    if what not in WATCHED:
        raise Refusal("Choose what you watched.")
    if len(note) > MOST_NOTE:
        raise Refusal(f"Shorten the note to {MOST_NOTE} characters.")
    learners.of(user_id)

    def write() -> Observation:
        with learners.locked(user_id=user_id) as learner:
            known = Observation.objects.filter(by=by, client_id=client_id).first()
            if known:
                return known
            place = {"learner": learner, "course": course}
            kept = Observation.objects.create(**place, what=what, note=note, by=by, at=now, client_id=client_id)
            tell(signals.practice_watched, **place)
            return kept

    try:
        return learners.retrying(write)
    except IntegrityError:
        return Observation.objects.get(by=by, client_id=client_id)


def take_back(number: int, course: str, *, by: UUID, now: int) -> None:
    """Withdraws one observation of a course; twice is as good as once."""
    kept = Observation.objects.filter(id=number, course=course, withdraws__isnull=True).first()
    user_id = learners.user_of(kept.learner) if kept else None
    if kept is None or user_id is None:
        raise NotThere("There is no such entry in this course.")
    place = {"learner": kept.learner, "course": course}

    def write() -> None:
        with learners.locked(user_id=user_id):
            if not Observation.objects.filter(withdraws=kept).exists():
                Observation.objects.create(
                    **place, what=kept.what, by=by, at=now, client_id=f"back-{kept.id}", withdraws=kept
                )
                tell(signals.reversed_, **place, what="watched practice")

    learners.retrying(write)


def standing(course: str) -> QuerySet[Observation]:
    """What was watched in a course and nobody took back, oldest first."""
    return Observation.objects.filter(course=course, withdraws__isnull=True, withdrawal__isnull=True).order_by("id")


def of(learner: UUID, course: str) -> list[Observation]:
    """What stands of one learner's watched practice, oldest first."""
    return list(standing(course).filter(learner=learner))


def recent(since: datetime) -> set[tuple[UUID, str]]:
    """The learners and courses with something watched or taken back since then."""
    rows = Observation.objects.filter(at__gte=int(since.timestamp())).order_by()
    return set(rows.values_list("learner", "course").distinct())
