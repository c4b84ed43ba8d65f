"""The services that blocks may ask for, as LMS and Studio offer them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache as django_cache
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.completable import XBlockCompletionMode
from xblock.reference.user_service import UserService, XBlockUser

from peer_xblocks.demo.lms import access, assets, publish, state
from peer_xblocks.demo.lms.translations import Translations
from peer_xblocks.demo.lms.visit import Place, Visit
from peer_xblocks.demo.models import BlockCompletion, Enrolment

VIEW_DELAY_MS = 5000
STATIC = re.compile(r"(?P<quote>[\"'])/static/(?P<name>[^\"'?#]+)")
JUMP = re.compile(r"(?P<quote>[\"'])/jump_to_id/(?P<id>[^\"']+)")

_off: ContextVar[frozenset[str]] = ContextVar("peer_demo_services_off", default=frozenset())
_shared: dict[Place, dict[str, Any]] = {}


@contextmanager
def without(*names: str) -> Iterator[None]:
    """While inside, these services do not exist."""
    token = _off.set(_off.get() | frozenset(names))
    try:
        yield
    finally:
        _off.reset(token)


def is_off(name: str) -> bool:
    """Whether a service was switched off."""
    return name in _off.get()


def offered(visit: Visit) -> MutableMapping[str, Any]:
    """The services of a visit.

    Where `PEER_DEMO["SHARED_SERVICES"]` is set they live in one dictionary that every visit of the process overwrites,
    as in the LMS: a block that was bound earlier, or is bound to nobody, then sees those of whoever was served last.
    """
    if not getattr(settings, "PEER_DEMO", {}).get("SHARED_SERVICES"):
        return _of(visit)
    kept = _shared.setdefault(visit.place, {})  # LMS and Studio are processes of their own
    if visit.place is not Place.LMS or visit.bound or not kept:
        kept.update(_of(visit))
    return kept


def forget() -> None:
    """Empties the shared dictionary, as a new process begins."""
    _shared.clear()


def _of(visit: Visit) -> dict[str, Any]:
    """What this place offers to this person; an unbound block's visit leaves shared services as they are."""
    services: dict[str, Any] = {
        "cache": Cache(),
        "i18n": Translations(),
        "replace_urls": ReplaceUrls(visit.course),
        "settings": Settings(),
        "user": Users(visit),
    }
    if visit.place is not Place.LMS:
        return services | {"studio_user_permissions": StudioPermissions(visit.acting)}
    services |= {"enrollments": Enrolments(), "publish": publish.Publisher(visit), "user_state": UserState()}
    if visit.known:
        services["completion"] = Completion(visit)
    return services


class Users(UserService):
    """Who looks, in the attributes of edx-platform."""

    def __init__(self, visit: Visit):
        super().__init__()
        self._visit = visit

    def get_current_user(self) -> XBlockUser:
        """The bound person; the author in Studio."""
        visit = self._visit
        person = visit.user if visit.place is Place.LMS else visit.acting
        told = XBlockUser(is_current_user=True)
        if person is None or not person.is_authenticated:
            told.opt_attrs["edx-platform.is_authenticated"] = False
            return told
        told.full_name, told.emails = person.get_full_name(), [person.email]
        told.opt_attrs |= {f"edx-platform.{name}": value for name, value in self._attributes(person).items()}
        return told

    def get_anonymous_user_id(self, username: str, course_id: str) -> str | None:
        """The person's name towards blocks; for staff alone."""
        person = get_user_model().objects.filter(username=username).first()
        if person is None or not access.is_staff(self._visit.acting or self._visit.user, str(self._visit.course)):
            return None
        return access.anonymous_id(person.id, str(course_id))

    def get_user_by_anonymous_id(self, uid: str | None = None) -> Any:
        """The account behind such a name; of the current person without one."""
        return access.by_anonymous_id(uid) if uid else self._visit.user

    def _attributes(self, person: Any) -> dict[str, Any]:
        course = str(self._visit.course)
        in_lms = self._visit.place is Place.LMS
        staff = in_lms and access.is_staff(person, course) and not self._visit.as_student
        known_as = {Place.PREVIEW: "student", Place.STUDIO: None}
        return {
            "user_id": person.id,
            "username": person.username,
            "anonymous_user_id": access.anonymous_id(person.id, course) if in_lms else known_as[self._visit.place],
            "is_authenticated": True,
            "user_is_staff": staff,
            "user_is_global_staff": in_lms and person.is_staff,
            "user_is_beta_tester": False,
            "user_role": self._role(staff),
            "request_country_code": None,
            "user_preferences": {},
        }

    def _role(self, staff: bool) -> str:
        return "instructor" if self._visit.place is Place.PREVIEW else "staff" if staff else "student"


class Completion:
    """How far the bound person is."""

    def __init__(self, visit: Visit):
        self._visit = visit

    def completion_tracking_enabled(self) -> bool:
        """Whether the site records completion; the demo always does."""
        return True

    def get_completions(self, candidates: Iterable[UsageKey]) -> dict[UsageKey, float]:
        """The completion of each candidate, 0.0 where none is recorded."""
        wanted = {str(key): key for key in candidates}
        rows = BlockCompletion.objects.filter(user_id=self._visit.user.id, usage__in=wanted)
        stored = {wanted[usage]: value for usage, value in rows.values_list("usage", "completion")}
        return dict.fromkeys(wanted.values(), 0.0) | stored

    def submit_completion(self, block_key: UsageKey, completion: float) -> None:
        """Records a completion of the bound person."""
        publish.complete(self._visit.user.id, block_key, completion)

    def get_complete_on_view_delay_ms(self) -> int:
        """How long a block must be in view to complete."""
        return VIEW_DELAY_MS

    def can_mark_block_complete_on_view(self, block: Any) -> bool:
        """Whether being seen completes this block: not with a score, not with completion of its own."""
        return publish.completes_itself(block) and not getattr(block, "has_score", False)

    def blocks_to_mark_complete_on_view(self, blocks: Iterable[Any]) -> set[Any]:
        """Those that being seen would complete now."""
        able = {block for block in blocks if self.can_mark_block_complete_on_view(block)}
        done = self.get_completions({block.scope_ids.usage_id for block in able})
        return {block for block in able if done.get(block.scope_ids.usage_id, 0.0) < 1.0}

    def get_completable_children(self, node: Any) -> list[Any]:
        """The blocks whose completion makes up that of `node`."""
        mode = XBlockCompletionMode.get_mode(type(node))
        if mode == XBlockCompletionMode.EXCLUDED:
            return []
        if mode == XBlockCompletionMode.COMPLETABLE:
            return [node]
        return [each for child in node.get_children() for each in self.get_completable_children(child)]

    def vertical_is_complete(self, item: Any) -> bool:
        """Whether everything in a unit is complete."""
        keys = [each.scope_ids.usage_id for each in self.get_completable_children(item)]
        return all(value >= 1.0 for value in self.get_completions(keys).values())


class Enrolments:
    """Who takes which course."""

    def get_active_enrollments_by_course_and_user(self, course_id: Any, user: Any) -> Enrolment | None:
        """The person's active enrolment, None without one."""
        return access.enrolment(user.id, str(course_id))

    def get_active_enrollments_by_course(self, course_id: Any) -> Any:
        """All active enrolments of a course."""
        return Enrolment.objects.filter(course=str(course_id), is_active=True)


class UserState:
    """The state of other people, for staff's reports."""

    def get_state_as_dict(self, username_or_email: str, block_id: str) -> dict[str, Any]:
        """The user state of a person in a block."""
        person = get_user_model().objects.filter(username=username_or_email).first()
        person = person or get_user_model().objects.filter(email=username_or_email).first()
        return state.of(person.id, str(block_id)) if person else {}


class StudioPermissions:
    """What the author may do; exists in Studio only."""

    def __init__(self, author: Any):
        self._author = author

    def can_read(self, course_key: Any) -> bool:
        """Whether the author may look at a course."""
        return access.is_author(self._author, str(course_key))

    def can_write(self, course_key: Any) -> bool:
        """Whether the author may change a course."""
        return access.is_author(self._author, str(course_key))


class Settings:
    """The site's settings for a kind of block."""

    def get_settings_bucket(self, block: Any, default: Any = None) -> Any:
        """`XBLOCK_SETTINGS` under the block's `block_settings_key`."""
        default = {} if default is None else default
        return getattr(settings, "XBLOCK_SETTINGS", {}).get(block.block_settings_key, default)


class Cache:
    """Values kept for a while for all learners."""

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """See Django's cache."""
        return django_cache.get(f"xblock.{key}", *args, **kwargs)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        """See Django's cache."""
        return django_cache.set(f"xblock.{key}", value, *args, **kwargs)


class ReplaceUrls:
    """Portable addresses inside author text, made into those of this course."""

    def __init__(self, course: CourseKey):
        self._course = course

    def replace_urls(self, text: str, static_replace_only: bool = False) -> str:
        """`/static/…` becomes the course asset's address, `/jump_to_id/…` the block's."""
        text = STATIC.sub(self._asset, text)
        if static_replace_only:
            return text
        return JUMP.sub(rf"\g<quote>/courses/{self._course}/jump_to_id/\g<id>", text)

    def _asset(self, found: re.Match[str]) -> str:
        return f"{found['quote']}{assets.address(self._course, found['name'])}"
