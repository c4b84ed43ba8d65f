"""The texts of stories: versions of parts, kept under the learner's lock and sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

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
COLUMNS = ("id", "page", "seq", "live", "begun", "at")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Place:
    """Which block of which course, as text."""

    course: str
    usage: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a save: what is live of its part now, and whether a row was added."""

    learner: UUID
    live: tuple[Version, ...]
    added: bool


def keep(user_id: int, place: Place, passage: Passage, *, now: int) -> Taken:
    """Keeps a text. The same save again changes nothing.

    Raises `NoKey` where it cannot be sealed, `Clash` where the story was deleted since the page was opened.
    """
    locker = sealer()
    return under_lock(user_id, lambda learner: _kept(learner, place, passage, locker, now))


def live(learner: UUID, usage: str) -> dict[str, tuple[Version, ...]]:
    """What is live of each part of a story."""
    locker = reader()
    parts: dict[str, tuple[Version, ...]] = {}
    rows = models.Passage.objects.filter(learner=learner, usage=usage, live=True).order_by("id")
    for part, *row in rows.values_list("part", *COLUMNS, "sealed"):
        parts[part] = (*parts.get(part, ()), _version(tuple(row), locker))
    return parts


def versions(learner: UUID | None, usage: str, part: str) -> list[Version]:
    """All versions of one part, newest first."""
    rows = models.Passage.objects.filter(learner=learner, usage=usage, part=part).order_by("-at", "-id")
    locker = reader()
    return [_version(row, locker) for row in rows.values_list(*COLUMNS, "sealed")]


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


def _kept(learner: UUID, place: Place, passage: Passage, locker: Vault, now: int) -> Taken:
    save = passage.save
    mine = {"learner": learner, "usage": place.usage, "part": passage.part}
    known = _known(mine, save.mark.page, locker)
    try:
        put = settle(known, save, now=now)
    except Gone as error:
        raise Clash(DELETED) from error
    if put.heard:
        return Taken(learner, live(learner, place.usage).get(passage.part, ()), added=False)
    written = {"page": save.mark.page, "seq": save.mark.seq, "sealed": seal(locker, save.text), "at": now}
    if put.over:
        models.Passage.objects.filter(id__in=put.over).update(live=False)
    row = put.into
    if row is None:
        row = models.Passage.objects.create(**mine, course=place.course, begun=now, **written).id
    else:
        models.Passage.objects.filter(id=row).update(**written)
    beside = [each for each in known if each.live and each.id not in (*put.over, row)]
    new = Version(row, save.mark, True, now, save.text, now)
    return Taken(learner, (*beside, new), added=put.into is None)


def _known(mine: Mapping[str, Any], page: str, locker: Vault) -> list[Version]:
    """All versions of a part, of which only what other pages have live is opened: nothing else is compared."""
    rows = list(models.Passage.objects.filter(**mine).order_by("id").values_list(*COLUMNS))
    others = [row[0] for row in rows if row[3] and row[1] != page]
    opened = models.Passage.objects.filter(id__in=others).values_list("id", "sealed") if others else ()
    sealed = dict(opened)
    return [_version((*row, sealed.get(row[0])), locker) for row in rows]


def _version(row: tuple[Any, ...], locker: Vault | None) -> Version:
    number, page, seq, is_live, begun, at, sealed = row
    return Version(number, Mark(page, seq), is_live, begun, unseal(locker, sealed) if locker and sealed else None, at)
