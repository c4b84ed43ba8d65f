"""The records of whole stories: runs, marks, deletion, changed under the learner's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.news import tell
from peer_xblocks.story import models, passages
from peer_xblocks.story.models import What
from peer_xblocks.story.pace import Pace, measured
from peer_xblocks.story.passages import Place, reader, sealer, under_lock
from peer_xblocks.story.plan import Plan
from peer_xblocks.story.run import Run
from peer_xblocks.story.sealed import seal, unseal
from peer_xblocks.story.versions import Version
from peer_xblocks.vault import Vault


@dataclass(frozen=True, slots=True)
class Story:
    """All of a story that its owner sees: live versions by part, runs oldest first, when it was done or deleted.

    Times are Unix seconds, None where it never happened.
    """

    parts: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    done: int | None = None
    deleted: int | None = None

    @property
    def pace(self) -> Pace:
        """The owner's pace, from the runs."""
        return measured([each.reading for each in self.runs])

    def text(self, part: str) -> str:
        """The text of a part; two versions one after the other."""
        return "\n\n".join(each.text for each in self.parts.get(part, ()) if each.text)


# -- writing ---------------------------------------------------------------------------------------------------


def rehearse(user_id: int, place: Place, run: Run, *, now: int) -> UUID:
    """Keeps the times of a run, once."""
    sealed = seal(sealer(), run.to_text())

    def write(learner: UUID) -> UUID:
        where = {"learner": learner, "client_id": run.client_id}
        if not models.Run.objects.filter(**where).exists():
            models.Run.objects.create(**where, course=place.course, usage=place.usage, at=now, sealed=sealed)
        return learner

    return under_lock(user_id, write)


def finish(user_id: int, place: Place, *, now: int) -> UUID:
    """Marks a story done, once; it stays done while its owner goes on writing."""

    def write(learner: UUID) -> UUID:
        if _done_at(_marks(learner, place.usage)) is None:
            _mark(learner, place, What.DONE, now)
            tell(signals.story_done, learner=learner, course=place.course, usage=place.usage)
        return learner

    return under_lock(user_id, write)


def take_back(learner: UUID, place: Place, *, by: UUID | None, now: int) -> bool:
    """Staff take the done mark back; no word and no run is touched. False where there is no mark."""
    user_id = learners.user_of(learner)
    if user_id is None:
        return False

    def write(found: UUID) -> bool:
        if _done_at(_marks(found, place.usage)) is None:
            return False
        _mark(found, place, What.TAKEN_BACK, now, by)
        tell(signals.reversed_, learner=found, course=place.course, what=f"story {place.usage}")
        return True

    return under_lock(user_id, write)


def delete(user_id: int, place: Place, *, now: int) -> UUID:
    """Deletes every version and every run of a story. That it was done, and that it was deleted, stays on record."""

    def write(learner: UUID) -> UUID:
        mine = {"learner": learner, "usage": place.usage}
        passages, _ = models.Passage.objects.filter(**mine).delete()
        runs, _ = models.Run.objects.filter(**mine).delete()
        if passages or runs:
            _mark(learner, place, What.DELETED, now)
        return learner

    return under_lock(user_id, write)


def erase(learner: UUID) -> int:
    """Deletes every word and run of a learner in all courses, for the retirement of an account; how many rows.

    Marks stay under a UUID that by then belongs to nobody.
    """
    passages, _ = models.Passage.objects.filter(learner=learner).delete()
    runs, _ = models.Run.objects.filter(learner=learner).delete()
    return passages + runs


# -- reading ---------------------------------------------------------------------------------------------------


def of(learner: UUID | None, usage: str) -> Story:
    """A learner's story; an empty one for a newcomer. Writes nothing."""
    if learner is None:
        return Story()
    mine = {"learner": learner, "usage": usage}
    locker = reader()
    marks = _marks(learner, usage)
    deleted = next((mark.at for mark in reversed(marks) if mark.what == What.DELETED), None)
    return Story(passages.live(learner, usage), _runs(mine, locker), _done_at(marks), deleted)


def begun(story: Story, plan: Plan) -> bool:
    """Whether a talk holds a word; a text that no key opens counts as one."""
    found = [each for part in plan.parts for each in story.parts.get(part.id, ())]
    return any(each.text is None or each.text.strip() for each in found)


def done_at(learner: UUID | None, usage: str) -> int | None:
    """When a story was marked done (Unix seconds); None where it was not, or staff took it back."""
    return None if learner is None else _done_at(_marks(learner, usage))


def done(learner: UUID, course: str) -> dict[str, int]:
    """The stories of a course that a learner marked done and nobody took back: when (Unix seconds), by usage."""
    found: dict[str, int] = {}
    rows = models.Mark.objects.filter(learner=learner, course=course).exclude(what=What.DELETED).order_by("id")
    for usage, what, at in rows.values_list("usage", "what", "at"):
        if what == What.DONE:
            found[usage] = at
        else:
            found.pop(usage, None)
    return found


def done_by(usage: str, who: Iterable[UUID]) -> dict[UUID, int | None]:
    """For each of many learners with a mark on a story: when it was marked done, None where staff took it back."""
    rows = models.Mark.objects.filter(usage=usage, learner__in=list(who)).exclude(what=What.DELETED).order_by("id")
    return {
        learner: at if what == What.DONE else None for learner, what, at in rows.values_list("learner", "what", "at")
    }


def recent(since: datetime) -> set[tuple[UUID, str]]:
    """The learners and courses with a story marked done since then."""
    rows = models.Mark.objects.filter(what=What.DONE, at__gte=int(since.timestamp())).order_by()
    return set(rows.values_list("learner", "course").distinct())


# -- underneath ------------------------------------------------------------------------------------------------


def _runs(mine: Mapping[str, object], locker: Vault | None) -> tuple[Run, ...]:
    rows = models.Run.objects.filter(**mine).order_by("id").values_list("sealed", "at")
    opened = [(unseal(locker, sealed), at) for sealed, at in rows] if locker else []
    return tuple(Run.from_text(text, at) for text, at in opened if text is not None)


def _marks(learner: UUID, usage: str) -> list[models.Mark]:
    return list(models.Mark.objects.filter(learner=learner, usage=usage).order_by("id"))


def _done_at(marks: Iterable[models.Mark]) -> int | None:
    found = None
    for each in marks:
        if each.what != What.DELETED:
            found = each.at if each.what == What.DONE else None
    return found


def _mark(learner: UUID, place: Place, what: str, now: int, by: UUID | None = None) -> None:
    models.Mark.objects.create(learner=learner, course=place.course, usage=place.usage, at=now, what=what, by=by)
