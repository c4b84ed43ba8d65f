"""What every page of the demo site has: who is here, where they can go, what just happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.demo.lms import masquerade
from peer_xblocks.demo.models import CourseRole, Enrolment
from peer_xblocks.demo.site import personas
from peer_xblocks.demo.site.personas import Persona, Role

NOTE = "peer_demo_note"
WAYS = {
    Role.LEARNER: (("Course", "peer_demo_site:outline"), ("Progress", "peer_demo_site:progress")),
    Role.STAFF: (("Learners", "peer_demo_site:learners"), ("Course", "peer_demo_site:outline")),
}
"""Where people go in a course, by what they do there."""


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation."""

    name: str
    url: str
    here: bool = False


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """One page of the site."""
    here = persona(request)
    frame = {
        "persona": here,
        "viewing": viewing(request),
        "doors": doors(request, here),
        "note": request.session.pop(NOTE, "") if NOTE in request.session else "",
        "registry": getattr(settings, "PEER_DEMO", {}).get("REGISTRY", ""),
    }
    return render(request, f"peer_demo/site/{template}", {**frame, **(context or {})}, status=status)


def note(request: HttpRequest, sentence: str) -> None:
    """Says on the next page what just happened."""
    request.session[NOTE] = sentence


def persona(request: HttpRequest) -> Persona | None:
    """Which made-up person is signed in; None for nobody."""
    return personas.named(request.user.get_username()) if request.user.is_authenticated else None


def student(request: HttpRequest, course: str) -> int:
    """The account whose standing the pages of a course show: one's own, or that of the learner one looks as."""
    return int(masquerade.looking(request.session, course, request.user).user.pk)


def viewing(request: HttpRequest) -> dict[str, str]:
    """Whom somebody of the staff looks as, and in which course; empty for everybody else."""
    for course in request.session.get(masquerade.KEY, {}):
        seen = masquerade.looking(request.session, course, request.user)
        if seen.as_student or seen.user.pk != request.user.pk:
            return {"name": "a learner" if seen.as_student else seen.user.get_full_name(), "course": course}
    return {}


def courses(user_id: int) -> list[str]:
    """The courses that a person learns in or works on, by key."""
    learns = Enrolment.objects.filter(user_id=user_id, is_active=True).values_list("course", flat=True)
    works = CourseRole.objects.filter(user_id=user_id).values_list("course", flat=True)
    return sorted({*learns, *works})


def doors(request: HttpRequest, here: Persona | None) -> list[Door]:
    """Where this person can go."""
    if here is None or here.role is Role.REGISTRAR:
        return []
    if here.role is Role.AUTHOR:
        return [_door(request, "Studio", "peer_demo_site:studio")]
    if here.role is Role.OFFICER:
        return [_door(request, "Exam office", "peer_exam:office")]
    found = courses(request.user.pk)
    every = [] if len(found) == 1 else [_door(request, "Your courses", "peer_demo_site:courses")]
    course = _course(request, found)
    return [*every, *(_door(request, name, to, course) for name, to in WAYS[here.role] if course)]


def _course(request: HttpRequest, found: list[str]) -> str:
    """Which of somebody's courses the page is about: the only one, or the one that its address names."""
    parts = request.resolver_match.kwargs if request.resolver_match else {}
    named = parts.get("course") or _holding(str(parts.get("usage", "")))
    return found[0] if len(found) == 1 else next((each for each in found if each == named), "")


def _holding(usage: str) -> str:
    try:
        return str(UsageKey.from_string(usage).context_key)
    except InvalidKeyError:
        return ""


def _door(request: HttpRequest, name: str, to: str, *keys: str) -> Door:
    url = reverse(to, args=keys)
    return Door(name, url, here=request.path == url)
