"""Staff who view a course as a learner: as one by name, or as "generic student"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from peer_xblocks.demo.lms import access

KEY = "peer_demo_masquerade"


@dataclass(frozen=True, slots=True)
class View:
    """Who is looked through: `user` is whom blocks are bound to."""

    user: Any
    as_student: bool = False


def view_as(session: Any, course: str, *, username: str | None = None, as_student: bool = False) -> None:
    """Lets this session see the course as somebody else from here on; neither name nor role ends it."""
    kept = dict(session.get(KEY, {}))
    kept.pop(course, None)
    if username or as_student:
        kept[course] = {"username": username, "as_student": as_student}
    session[KEY] = kept
    session.pop("peer_demo_mask", None)


def looking(session: Mapping[str, Any], course: str, acting: Any) -> View:
    """Through whose eyes the acting person sees the course; only staff may borrow a learner's."""
    wish = session.get(KEY, {}).get(course)
    if not wish or not access.is_staff(acting, course):
        return View(acting)
    if wish["as_student"]:
        return View(acting, as_student=True)
    learner = get_user_model().objects.filter(username=wish["username"]).first()
    if learner is None:
        return View(acting)
    learner.real_user = acting
    return View(learner)
