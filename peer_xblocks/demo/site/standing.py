"""How one person stands in one course: its outline, read from the course store and the rooms' own records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock

from peer_xblocks.certification import outline as requirements
from peer_xblocks.certification import standings
from peer_xblocks.certification.requirements import Credit, Kind, Standing, Task
from peer_xblocks.demo.lms import store
from peer_xblocks.demo.lms.standins import STANDINS
from peer_xblocks.demo.lms.store import Snapshot
from peer_xblocks.demo.models import BlockCompletion
from peer_xblocks.demo.site.outline import Asked, Chapter, Outline, Part, Unit, done
from peer_xblocks.hours import modules
from peer_xblocks.learner import learners

Link = Callable[[str], str]
TODO = {Kind.TEXT: "read and sign “{}”", Kind.STORY: "finish “{}”", Kind.EXAM: "pass “{}”", Kind.PRACTICE: "{}"}
"""How an open task is said beside what it is called."""


def outline(course: str, link: Link, user_id: int | None = None) -> Outline | None:
    """A course with the standing of one person, or of nobody; `link` says where a unit is opened. None: no such course."""
    found = store.snapshot(CourseKey.from_string(course))
    if found is None or found.root is None:
        return None
    has = standings.of(learners.known(user_id), course)
    tasks = [each for each in requirements.of(course).asked.tasks if each.usage not in has.done]
    asked = _asked(course, has, _by_part(found, tasks))
    complete = _complete(course, user_id)
    return Outline(
        title(found, found.root),
        tuple(
            Chapter(
                title(found, chapter),
                tuple(_part(found, part, asked, complete, link) for part in _children(found, chapter)),
            )
            for chapter in _children(found, found.root)
        ),
        tuple(_todo(each) for each in tasks if not each.unit),
    )


def title(found: Snapshot, usage: UsageKey) -> str:
    """The display name of a block as its author set it."""
    return str(json.loads(found.rows[usage].fields).get("display_name") or _default(usage.block_type))


def leaves(found: Snapshot, usage: UsageKey) -> list[UsageKey]:
    """The blocks below one that hold no others."""
    return [each for each in found.under(usage) if not found.rows[each].children and each != usage]


def inside(usage: str) -> list[UsageKey]:
    """A block of a course and everything below it."""
    key = UsageKey.from_string(usage)
    found = store.snapshot(store.course_of(key))
    return found.under(key) if found else []


def _part(found: Snapshot, part: UsageKey, asked: dict[str, Asked], complete: set[str], link: Link) -> Part:
    units = (
        Unit(str(unit), title(found, unit), link(str(unit)), done(_completable(found, unit), complete))
        for unit in _children(found, part)
    )
    return Part(title(found, part), tuple(units), asked.get(str(part), Asked()))


def _asked(course: str, has: Standing, tasks: Mapping[str, tuple[str, ...]]) -> dict[str, Asked]:
    asked = {part: Asked(open_tasks=open_tasks) for part, open_tasks in tasks.items()}
    for each in modules.of_course(course):
        credit = has.credit.get(each.id, Credit())
        asked[each.subsection] = Asked(
            each.planned + each.live,
            min(credit.alone, each.planned) + min(credit.attended, each.live),
            tuple(check.title for check in each.checks if check.usage not in has.passed),
            tasks.get(each.subsection, ()),
            each.outline_only,
        )
    return asked


def _by_part(found: Snapshot, tasks: Iterable[Task]) -> dict[str, tuple[str, ...]]:
    """What is still to do, by the subsection that it stands in."""
    said: dict[str, tuple[str, ...]] = {}
    for task in tasks:
        parent = found.rows[UsageKey.from_string(task.unit)].parent if task.unit else None
        if parent:
            said[str(parent)] = (*said.get(str(parent), ()), _todo(task))
    return said


def _todo(task: Task) -> str:
    said = TODO[task.kind].format(task.title)
    return said[:1].upper() + said[1:]


def _complete(course: str, user_id: int | None) -> set[str]:
    if user_id is None:
        return set()
    rows = BlockCompletion.objects.filter(user_id=user_id, course=course, completion=1.0)
    return set(rows.values_list("usage", flat=True))


def _completable(found: Snapshot, unit: UsageKey) -> list[str]:
    return [str(leaf) for leaf in leaves(found, unit) if _counts(leaf.block_type)]


def _children(found: Snapshot, usage: UsageKey) -> Iterable[UsageKey]:
    return found.rows[usage].children


@cache
def _class(block_type: str) -> Any:
    return STANDINS.get(block_type) or XBlock.load_class(block_type, XBlock)


def _counts(block_type: str) -> bool:
    return bool(XBlockCompletionMode.get_mode(_class(block_type)) == XBlockCompletionMode.COMPLETABLE)


def _default(block_type: str) -> str:
    field = _class(block_type).fields.get("display_name")
    return str(field.default or block_type) if field else block_type
