"""The texts of stories: versions of parts, kept under the learner's lock and sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner
from peer_xblocks.plugin import vault
from peer_xblocks.refusal import Clash
from peer_xblocks.story import models
from peer_xblocks.story.passage import Passage
from peer_xblocks.story.sealed import NoKey, seal, unseal
from peer_xblocks.story.versions import Gone, Mark, Version, settle
from peer_xblocks.vault import Vault

DELETED = "You deleted this story, on this device or on another one. Reload the page to begin a new one."
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Place:
    """Which block of which course, as text."""

    course: str
    usage: str


def keep(user_id: int, place: Place, passage: Passage, *, now: int) -> tuple[UUID, tuple[Version, ...]]:
    """Keeps a text; answers the learner and what is live of that part now. The same save again changes nothing.

    Raises `NoKey` where it cannot be sealed, `Clash` where the story was deleted since the page was opened.
    """
    locker = sealer()

    def write(learner: UUID) -> tuple[UUID, tuple[Version, ...]]:
        return learner, _kept(learner, place, passage, locker, now)

    return under_lock(user_id, write)


def live(learner: UUID, usage: str) -> dict[str, tuple[Version, ...]]:
    """What is live of each part of a story."""
    locker = reader()
    parts: dict[str, tuple[Version, ...]] = {}
    for row in models.Passage.objects.filter(learner=learner, usage=usage, live=True).order_by("id"):
        parts[row.part] = (*parts.get(row.part, ()), _version(row, locker))
    return parts


def versions(learner: UUID | None, usage: str, part: str) -> list[Version]:
    """All versions of one part, newest first."""
    rows = models.Passage.objects.filter(learner=learner, usage=usage, part=part).order_by("-at", "-id")
    locker = reader()
    return [_version(row, locker) for row in rows]


def under_lock(user_id: int, write: Callable[[UUID], Result]) -> Result:
    """What `write` answers for an account's learner, inside a transaction that holds the learner's lock."""

    def change() -> Result:
        with learners.locked(user_id=user_id) as learner:
            return write(learner)

    try:
        return learners.retrying(change)
    except Learner.DoesNotExist:
        learners.of(user_id)
        return learners.retrying(change)


def sealer() -> Vault:
    """The vault to seal with; `NoKey` where the site has none."""
    try:
        return vault()
    except ValueError as error:
        raise NoKey from error


def reader() -> Vault | None:
    """The vault, None where the site has no key: what is stored then shows as locked, and nothing is lost."""
    try:
        return vault()
    except ValueError:
        return None


def _kept(learner: UUID, place: Place, passage: Passage, locker: Vault, now: int) -> tuple[Version, ...]:
    save = passage.save
    mine = {"learner": learner, "usage": place.usage, "part": passage.part}
    pages = {save.mark.page, *(each.page for each in save.base)}
    rows = list(models.Passage.objects.filter(Q(live=True) | Q(page__in=pages), **mine).order_by("id"))
    known = [_version(row, locker) for row in rows]
    try:
        put = settle(known, save, now=now)
    except Gone as error:
        raise Clash(DELETED) from error
    if put.heard:
        return tuple(each for each in known if each.live)
    written = {"page": save.mark.page, "seq": save.mark.seq, "sealed": seal(locker, save.text), "at": now}
    if put.over:
        models.Passage.objects.filter(id__in=put.over).update(live=False)
    if put.into is not None:
        models.Passage.objects.filter(id=put.into).update(**written)
        new = Version(put.into, save.mark, True, now, save.text, now)
    else:
        row = models.Passage.objects.create(**mine, course=place.course, begun=now, **written)
        new = Version(row.id, save.mark, True, now, save.text, now)
    beside = [each for each in known if each.live and each.id not in (*put.over, put.into)]
    return (*beside, new)


def _version(row: models.Passage, locker: Vault | None) -> Version:
    text = unseal(locker, row.sealed) if locker else None
    return Version(row.id, Mark(row.page, row.seq), row.live, row.begun, text, row.at)
