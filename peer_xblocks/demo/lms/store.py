"""The course store: blocks as authors made them, read as one immutable snapshot per version of a course."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import transaction
from opaque_keys.edx.keys import CourseKey, UsageKey

from peer_xblocks.demo.models import Block, Course, new_version

#: The versions that the request of this thread asked for, None outside one.
_asked: ContextVar[dict[str, tuple[str, bool]] | None] = ContextVar("peer_demo_courses", default=None)


@dataclass(frozen=True, slots=True)
class Row:
    """One block as stored. `fields` stays JSON text, so that nobody changes a snapshot by changing a value."""

    usage: UsageKey
    type: str
    parent: UsageKey | None
    children: tuple[UsageKey, ...]
    fields: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All blocks of one version of a course."""

    course: CourseKey
    version: str
    public: bool
    rows: Mapping[UsageKey, Row] = field(repr=False)

    @property
    def root(self) -> UsageKey | None:
        """The course block itself."""
        return next((usage for usage, row in self.rows.items() if row.type == "course"), None)

    def under(self, usage: UsageKey) -> list[UsageKey]:
        """A block and everything below it, in course order."""
        row = self.rows.get(usage)
        return [usage, *(each for child in row.children for each in self.under(child))] if row else []


@dataclass(slots=True)
class Draft:
    """One block on its way into the store."""

    usage: UsageKey
    parent: UsageKey | None = None
    children: list[UsageKey] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)


def course_of(usage: UsageKey) -> CourseKey:
    """The course a block stands in."""
    key = usage.context_key
    if not isinstance(key, CourseKey):
        raise TypeError(f"{usage} stands in no course")
    return key


@contextmanager
def once() -> Iterator[None]:
    """While inside, the version of a course is asked for once, as the platform remembers a course for a request."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def snapshot(course: CourseKey) -> Snapshot | None:
    """A course as it is now, None for an unknown one: one small query once a version was read."""
    asked = _asked.get()
    found = asked.get(str(course)) if asked else None
    found = found or Course.objects.filter(key=str(course)).values_list("version", "public").first()
    if asked is not None and found:
        asked[str(course)] = found
    return _read(course, *found) if found else None


def _forget(course: CourseKey) -> None:
    (_asked.get() or {}).pop(str(course), None)


@lru_cache(maxsize=64)
def _read(course: CourseKey, version: str, public: bool) -> Snapshot:
    rows = {}
    for block in Block.objects.filter(course_id=str(course)):
        usage = UsageKey.from_string(block.usage)
        rows[usage] = Row(
            usage=usage,
            type=block.type,
            parent=UsageKey.from_string(block.parent) if block.parent else None,
            children=tuple(UsageKey.from_string(child) for child in json.loads(block.children)),
            fields=block.fields,
        )
    return Snapshot(course, version, public, rows)


def make_course(course: CourseKey, *, public: bool = False) -> None:
    """A course run with nothing in it; its blocks of an earlier one of the same key are removed."""
    with transaction.atomic():
        Course.objects.filter(key=str(course)).delete()
        Course.objects.create(key=str(course), public=public)
    _forget(course)


def put(course: CourseKey, drafts: Iterable[Draft]) -> None:
    """Writes blocks as they are given; each counts as saved, changed or not."""
    with transaction.atomic():
        for draft in drafts:
            row, _ = Block.objects.get_or_create(
                usage=str(draft.usage), defaults={"course_id": str(course), "type": draft.usage.block_type}
            )
            row.parent = str(draft.parent or "")
            row.fields = json.dumps(draft.fields)
            row.children = json.dumps([str(child) for child in draft.children])
            row.saves += 1
            row.save()
        touch(course)


def remove(course: CourseKey, usages: Iterable[UsageKey]) -> None:
    """Takes blocks out; their parents must have let go of them."""
    with transaction.atomic():
        Block.objects.filter(usage__in=[str(usage) for usage in usages]).delete()
        touch(course)


def touch(course: CourseKey) -> None:
    """Names the course's state anew, so that every reader reads it again."""
    Course.objects.filter(key=str(course)).update(version=new_version())
    _forget(course)


def draft(row: Row) -> Draft:
    """A stored block to be changed."""
    return Draft(row.usage, row.parent, list(row.children), json.loads(row.fields))
