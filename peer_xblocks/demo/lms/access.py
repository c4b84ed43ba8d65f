"""Who may do what in a course of the demo, and the names that blocks know people by."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import get_user_model

from peer_xblocks.demo.models import AnonymousId, CourseRole, Enrolment

STAFF = ("limited_staff", "staff", "instructor")
AUTHORS = ("staff", "instructor")


def enrol(user_id: int, course: str, mode: str = "audit") -> None:
    """Makes the person a learner of the course."""
    Enrolment.objects.update_or_create(user_id=user_id, course=course, defaults={"mode": mode, "is_active": True})
    remember(user_id, course)


def appoint(user_id: int, course: str, role: str) -> None:
    """Gives the person a role in the course."""
    CourseRole.objects.get_or_create(user_id=user_id, course=course, role=role)
    remember(user_id, course)


def enrolment(user_id: int, course: str) -> Enrolment | None:
    """The person's active enrolment."""
    return Enrolment.objects.filter(user_id=user_id, course=course, is_active=True).first()


def is_staff(user: Any, course: str) -> bool:
    """Whether the person is staff of the course in the LMS."""
    return _may(user, course, STAFF)


def is_author(user: Any, course: str) -> bool:
    """Whether the person may write the course in Studio."""
    return _may(user, course, AUTHORS)


def _may(user: Any, course: str, roles: tuple[str, ...]) -> bool:
    if user is None or not user.is_authenticated:
        return False
    return user.is_staff or CourseRole.objects.filter(user_id=user.id, course=course, role__in=roles).exists()


def anonymous_id(user_id: int, course: str) -> str:
    """The person's name towards blocks of this course."""
    return hashlib.md5(f"{user_id}|{course}".encode(), usedforsecurity=False).hexdigest()


def remember(user_id: int, course: str) -> str:
    """The same name, kept so that `by_anonymous_id` finds the person. Rendering never needs it, so it may write."""
    name = anonymous_id(user_id, course)
    AnonymousId.objects.get_or_create(user_id=user_id, course=course, defaults={"id": name})
    return name


def by_anonymous_id(name: str) -> Any:
    """The account behind a name that was remembered, None for an unknown one."""
    user_id = AnonymousId.objects.filter(id=name).values_list("user_id", flat=True).first()
    return get_user_model().objects.filter(id=user_id).first() if user_id else None
