"""The only file that knows the platform: what we ask of an LMS or Studio, and how edx-platform answers.

`PEER_XBLOCKS["PLATFORM"]` names another class with the same methods; the demo and the tests supply theirs.
Every platform import is inside a method, so that this file imports anywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.utils.module_loading import import_string

from peer_xblocks.plugin import setting

try:
    from openedx_filters import PipelineStep
except ImportError:  # a site without openedx-filters never runs a pipeline
    PipelineStep = object  # type: ignore[assignment,misc]

log = logging.getLogger(__name__)

__all__ = ["Account", "BlockFacts", "EdxPlatform", "PipelineStep", "Platform", "platform"]


@dataclass(frozen=True, slots=True)
class Account:
    """What the registry must match a person by; never shown to anyone else, never logged."""

    user_id: int
    username: str
    name: str
    email: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """A block of a course as its author set it, and where it stands. All keys are text; `fields` holds author settings."""

    usage: str
    type: str
    title: str
    unit: str
    unit_title: str
    subsection: str
    subsection_title: str
    fields: Mapping[str, Any]


class Platform(Protocol):
    """What we ask of the platform. Keys are text (`str(usage_key)`), people are platform account ids."""

    def acting_user(self) -> int | None:
        """Who really sent the request of this thread (staff stay themselves while they masquerade); None outside one."""

    def account(self, user_id: int) -> Account | None:
        """The account of a person, None where it does not exist."""

    def accounts(self, user_ids: Sequence[int]) -> dict[int, Account]:
        """Many accounts in one query."""

    def enrolled(self, user_id: int, course: str) -> bool:
        """Whether the person has an active enrolment."""

    def staff(self, user_id: int, course: str) -> bool:
        """Whether the person is staff of the course."""

    def learners(self, course: str) -> list[int]:
        """The accounts with an active enrolment as learners, by username."""

    def course_title(self, course: str) -> str:
        """The display name of a course."""

    def blocks(self, course: str, types: Sequence[str]) -> list[BlockFacts]:
        """The published blocks of these types in course order. Cached per published version."""

    def unit_url(self, course: str, unit: str) -> str:
        """Where a learner opens a unit."""

    def complete(self, user_id: int, usage: str, value: float) -> None:
        """Records completion (0.0 to 1.0) of a block for a person, outside any request of theirs."""

    def publish_for(self, user_id: int, usage: str, earned: float, possible: float) -> None:
        """Records a grade of a block for a person, outside any request of theirs."""

    def on_retirement(self, heard: Callable[[int], object]) -> None:
        """Calls `heard` with an account's id, from now on, while that account is being retired. What it raises stops
        the retirement, which the platform then repeats."""


def platform() -> Platform:
    """The platform of this site."""
    return _made(setting("PLATFORM", "peer_xblocks.compat.EdxPlatform"))


@cache
def _made(path: str) -> Platform:
    return import_string(path)()  # type: ignore[no-any-return]


class EdxPlatform:
    """Open edX, Teak to Verawood."""

    def acting_user(self) -> int | None:
        """See `Platform.acting_user`."""
        from crum import get_current_user

        user = get_current_user()
        return user.id if user and user.is_authenticated else None

    def account(self, user_id: int) -> Account | None:
        """See `Platform.account`."""
        return self.accounts([user_id]).get(user_id)

    def accounts(self, user_ids: Sequence[int]) -> dict[int, Account]:
        """See `Platform.accounts`."""
        from django.contrib.auth import get_user_model

        rows = get_user_model().objects.filter(id__in=list(user_ids)).select_related("profile")
        return {
            # An account made on the command line has no profile.
            row.id: Account(
                row.id, row.username, getattr(getattr(row, "profile", None), "name", ""), row.email, row.is_active
            )
            for row in rows
        }

    def enrolled(self, user_id: int, course: str) -> bool:
        """See `Platform.enrolled`."""
        from common.djangoapps.student.models import CourseEnrollment

        return CourseEnrollment.objects.filter(user_id=user_id, course_id=_course(course), is_active=True).exists()

    def staff(self, user_id: int, course: str) -> bool:
        """See `Platform.staff`."""
        from django.contrib.auth import get_user_model
        from lms.djangoapps.courseware.access import has_access

        user = get_user_model().objects.filter(id=user_id).first()
        return bool(user and has_access(user, "staff", _course(course)))

    def learners(self, course: str) -> list[int]:
        """See `Platform.learners`."""
        from common.djangoapps.student.models import CourseEnrollment

        rows = CourseEnrollment.objects.filter(course_id=_course(course), is_active=True)
        return list(rows.order_by("user__username").values_list("user_id", flat=True))

    def course_title(self, course: str) -> str:
        """See `Platform.course_title`."""
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        return CourseOverview.get_from_id(_course(course)).display_name or ""

    def blocks(self, course: str, types: Sequence[str]) -> list[BlockFacts]:
        """See `Platform.blocks`."""
        from django.conf import settings
        from django.core.cache import cache as shared
        from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

        # Studio shows drafts, and may share its cache with the LMS, which must never see them.
        if settings.ROOT_URLCONF.startswith("cms."):
            return _walk(_course(course), frozenset(types))
        version = CourseOverview.get_from_id(_course(course)).modified.isoformat()
        key = f"peer_xblocks.blocks.{course}.{','.join(sorted(types))}.{version}"
        found = shared.get(key)
        if found is None:
            found = _walk(_course(course), frozenset(types))
            shared.set(key, found, 3600)
        return list(found)

    def unit_url(self, course: str, unit: str) -> str:
        """See `Platform.unit_url`."""
        return f"/courses/{course}/jump_to/{unit}"

    def complete(self, user_id: int, usage: str, value: float) -> None:
        """See `Platform.complete`."""
        from completion.models import BlockCompletion
        from completion.waffle import ENABLE_COMPLETION_TRACKING_SWITCH
        from django.contrib.auth import get_user_model

        if not ENABLE_COMPLETION_TRACKING_SWITCH.is_enabled():
            return
        user = get_user_model().objects.get(id=user_id)
        BlockCompletion.objects.submit_completion(user=user, block_key=_usage(usage), completion=value)

    def publish_for(self, user_id: int, usage: str, earned: float, possible: float) -> None:
        """See `Platform.publish_for`."""
        from django.contrib.auth import get_user_model
        from lms.djangoapps.grades.api import signals as grades

        grades.SCORE_PUBLISHED.send(
            sender=None,
            block=_unbound(usage),
            user=get_user_model().objects.get(id=user_id),
            raw_earned=earned,
            raw_possible=possible,
            only_if_higher=False,
        )

    def on_retirement(self, heard: Callable[[int], object]) -> None:
        """See `Platform.on_retirement`."""
        try:
            from openedx.core.djangoapps.user_api.accounts.signals import USER_RETIRE_LMS_CRITICAL
        except ImportError:
            log.error("Account retirement is not heard here; run “peer-xblocks learners retire” for each account.")
            return

        def retired(user: Any, **_said: Any) -> None:
            heard(user.id)

        USER_RETIRE_LMS_CRITICAL.connect(retired, weak=False, dispatch_uid="peer_learner.retirement")


def _course(course: str) -> Any:
    from opaque_keys.edx.keys import CourseKey

    return CourseKey.from_string(course)


def _usage(usage: str) -> Any:
    from opaque_keys.edx.keys import UsageKey

    return UsageKey.from_string(usage)


def _unbound(usage: str) -> Any:
    from xmodule.modulestore.django import modulestore

    return modulestore().get_item(_usage(usage))


def _walk(course_key: Any, types: frozenset[str]) -> list[BlockFacts]:
    from xmodule.modulestore.django import modulestore

    found: list[BlockFacts] = []
    course = modulestore().get_course(course_key, depth=None)
    for chapter in course.get_children():
        for subsection in chapter.get_children():
            for unit in subsection.get_children():
                for block in _leaves(unit):
                    if block.scope_ids.block_type in types:
                        found.append(_facts(block, unit, subsection))
    return found


def _leaves(block: Any) -> list[Any]:
    children = block.get_children() if block.has_children else []
    return [leaf for child in children for leaf in ([child, *_leaves(child)] if child.has_children else [child])]


def _facts(block: Any, unit: Any, subsection: Any) -> BlockFacts:
    from xblock.fields import Scope

    authored = {
        name: each.read_from(block)
        for name, each in block.fields.items()
        if each.scope in (Scope.settings, Scope.content)
    }
    return BlockFacts(
        usage=str(block.scope_ids.usage_id),
        type=block.scope_ids.block_type,
        title=block.display_name or "",
        unit=str(unit.scope_ids.usage_id),
        unit_title=unit.display_name or "",
        subsection=str(subsection.scope_ids.usage_id),
        subsection_title=subsection.display_name or "",
        fields=authored,
    )
