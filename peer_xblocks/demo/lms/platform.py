"""How the demo answers what rooms ask of a platform."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock
from xblock.fields import Scope

from peer_xblocks.compat import Account, BlockFacts
from peer_xblocks.demo.lms import access, acting, publish, retiring, store
from peer_xblocks.demo.lms.runtime import DemoRuntime
from peer_xblocks.demo.lms.visit import Place, Visit
from peer_xblocks.demo.models import Enrolment


class DemoPlatform:
    """See `peer_xblocks.compat.Platform`."""

    def acting_user(self) -> int | None:
        """The person signed in, whoever's eyes they look through."""
        user = acting.user()
        return user.id if user is not None else None

    def account(self, user_id: int) -> Account | None:
        """One account."""
        return self.accounts([user_id]).get(user_id)

    def accounts(self, user_ids: Sequence[int]) -> dict[int, Account]:
        """Many accounts in one query."""
        rows = get_user_model().objects.filter(id__in=list(user_ids))
        return {row.id: Account(row.id, row.username, row.get_full_name(), row.email, row.is_active) for row in rows}

    def enrolled(self, user_id: int, course: str) -> bool:
        """Whether the person has an active enrolment."""
        return Enrolment.objects.filter(user_id=user_id, course=course, is_active=True).exists()

    def staff(self, user_id: int, course: str) -> bool:
        """Whether the person is staff of the course."""
        return access.is_staff(get_user_model().objects.filter(id=user_id).first(), course)

    def learners(self, course: str) -> list[int]:
        """The accounts with an active enrolment, by username."""
        enrolled = Enrolment.objects.filter(course=course, is_active=True).values_list("user_id", flat=True)
        rows = get_user_model().objects.filter(id__in=list(enrolled)).order_by("username")
        return list(rows.values_list("id", flat=True))

    def course_title(self, course: str) -> str:
        """The display name of a course; its key where it has none."""
        runtime = _runtime(course)
        root = _root(runtime)
        return (runtime.get_block(root).display_name if root else "") or course

    def blocks(self, course: str, types: Sequence[str]) -> list[BlockFacts]:
        """The blocks of these types in course order."""
        found = store.snapshot(CourseKey.from_string(course))
        return list(_walk(course, found.version, frozenset(types))) if found and found.root else []

    def unit_url(self, course: str, unit: str) -> str:
        """Where a learner opens a unit."""
        return f"/courses/{course}/jump_to/{unit}"

    def complete(self, user_id: int, usage: str, value: float) -> None:
        """Records completion for a person, outside any request of theirs."""
        publish.complete(user_id, UsageKey.from_string(usage), value)

    def publish_for(self, user_id: int, usage: str, earned: float, possible: float) -> None:
        """Records a grade for a person, outside any request of theirs; fields of the block's state stay as they are."""
        block = bound(UsageKey.from_string(usage), None)
        publish.grade(user_id, block, earned, possible)
        publish.announce("grade", user_id, block, {"value": earned, "max_value": possible}, True)

    def on_retirement(self, heard: Callable[[int], object]) -> None:
        """Calls `heard` with an account's id while the account is being retired."""

        def retired(user: Any, **_said: Any) -> None:
            heard(user.id)

        retiring.account_retired.connect(retired, weak=False, dispatch_uid="peer_learner.retirement")


def bound(usage: UsageKey, user: Any, acting: Any = None) -> XBlock:
    """A block of the LMS bound to a person, outside any request; `user` None leaves it bound to nobody."""
    visit = Visit(Place.LMS, store.course_of(usage), user, acting or user, root=usage)
    if visit.snapshot is None or usage not in visit.snapshot.rows:
        raise Http404("There is no such block.")
    return DemoRuntime(visit).get_block(usage)


def _runtime(course: str) -> DemoRuntime:
    return DemoRuntime(Visit(Place.LMS, CourseKey.from_string(course)))


@lru_cache(maxsize=128)
def _walk(course: str, _version: str, types: frozenset[str]) -> tuple[BlockFacts, ...]:
    runtime = _runtime(course)
    found = []
    for chapter in runtime.get_block(_root(runtime)).get_children():
        for subsection in chapter.get_children():
            for unit in subsection.get_children():
                found += [_facts(each, unit, subsection) for each in _leaves(unit) if _type(each) in types]
    return tuple(found)


def _root(runtime: DemoRuntime) -> UsageKey | None:
    return runtime.visit.snapshot.root if runtime.visit.snapshot else None


def _type(block: XBlock) -> str:
    return str(block.scope_ids.block_type)


def _leaves(block: XBlock) -> list[XBlock]:
    return [leaf for child in block.get_children() for leaf in (child, *_leaves(child))]


def _facts(block: XBlock, unit: XBlock, subsection: XBlock) -> BlockFacts:
    authored = {
        name: each.read_from(block)
        for name, each in block.fields.items()
        if each.scope in (Scope.settings, Scope.content)
    }
    return BlockFacts(
        usage=str(block.scope_ids.usage_id),
        type=_type(block),
        title=getattr(block, "display_name", "") or "",
        unit=str(unit.scope_ids.usage_id),
        unit_title=unit.display_name or "",
        subsection=str(subsection.scope_ids.usage_id),
        subsection_title=subsection.display_name or "",
        fields=authored,
    )
