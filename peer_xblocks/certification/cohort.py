"""Staff's pages of a cohort: who has what of all that the course asks for, and the entries that staff make by hand."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.certification import evidence, observations, outline, requirements, roll, standings
from peer_xblocks.certification.observations import WATCHED
from peer_xblocks.compat import platform
from peer_xblocks.hours import grants, modules
from peer_xblocks.hours.grant import REASONS, Grant, Kind
from peer_xblocks.hours.words import minutes
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotAllowed, NotThere, Refusal

View = Callable[..., HttpResponse]
KINDS = {Kind.LIVE: "Live", Kind.SELF: "Self-paced", Kind.MAKE_UP: "Made up with a trainer"}
MOST_ID = 64


def for_course_staff(view: View) -> View:
    """Open to staff of the course alone; a refusal is a page with one sentence."""

    @wraps(view)
    def guarded(request: HttpRequest, course: str, **parts: Any) -> HttpResponse:
        try:
            _demand_staff(request, course)
            return view(request, course, **parts)
        except Refusal as refusal:
            said = {"title": gettext("This could not be done"), "sentence": gettext(refusal.sentence)}
            return _page(request, "page", said, refusal.status)

    return never_cache(guarded)


def _demand_staff(request: HttpRequest, course: str) -> None:
    if request.user.pk is None:
        raise NotAllowed("Please sign in first.")
    try:
        CourseKey.from_string(course)
    except InvalidKeyError as error:
        raise NotThere("There is no such course. Check the address.") from error
    if not platform().staff(request.user.pk, course):
        raise NotAllowed("Only staff of this course can see this page.")


@require_GET
@for_course_staff
def cohort(request: HttpRequest, course: str) -> HttpResponse:
    """Everybody who is enrolled: hours, checks, and each task, done or not yet."""
    shown = {"title": gettext("What the cohort has"), "course": course, "course_title": platform().course_title(course)}
    return _page(request, "cohort", {**shown, **_told(roll.of(course))})


def _told(found: roll.Roll) -> Mapping[str, Any]:
    rows = [(row, minutes(row.seconds), minutes(row.entered)) for row in found.rows]
    return {"needed": minutes(found.needed), "rows": rows}


@require_GET
@for_course_staff
def person(request: HttpRequest, course: str, user_id: int) -> HttpResponse:
    """One learner: what is there, what is missing, what staff entered, and the forms to enter more."""
    account = _account(course, user_id)
    learner = learners.known(user_id)
    found = outline.of(course)
    standing = standings.of(learner, course)
    shown = {
        "title": account.username,
        "course": course,
        "user_id": user_id,
        "steps": roll.steps(requirements.of(found.asked, standing)),
        **(_entries(learner, course) if learner else {}),
        "modules": modules.of_course(course),
        "outlines": any(each.outline_only for each in modules.of_course(course)),
        "kinds": KINDS.items(),
        "reasons": REASONS.items(),
        "practices": WATCHED.items(),
        "mark": uuid.uuid4().hex,
        "said": SAID.get(request.GET.get("said", ""), ""),
    }
    return _page(request, "person", shown)


def _entries(learner: UUID, course: str) -> Mapping[str, Any]:
    names = evidence.staff_names(learner, course)
    entered = [
        (
            row.id,
            row.module,
            gettext(KINDS[Kind(row.kind)]),
            row.seconds // 60,
            gettext(REASONS.get(row.reason, "")),
            row.note,
            names[row.by],
        )
        for row in grants.standing(course).filter(learner=learner)
    ]
    watched = [
        (row.id, gettext(WATCHED.get(row.what, "")), row.note, names[row.by])
        for row in observations.of(learner, course)
    ]
    return {"entered": entered, "watched": watched}


SAID = {
    "minutes": "The minutes are entered.",
    "outlines": "The minutes of all modules without pages are entered.",
    "practice": "What you watched is written down.",
    "back": "The entry is taken back.",
}


@require_POST
@for_course_staff
def enter(request: HttpRequest, course: str, user_id: int) -> HttpResponse:
    """Enters minutes of one module."""
    _account(course, user_id)
    given = Grant.from_form(request.POST)
    module = str(request.POST.get("module", ""))[:MOST_ID]
    grants.enter(user_id, course, module, given, by=_me(request), client_id=_mark(request), now=clock.epoch())
    return _back(course, user_id, "minutes")


@require_POST
@for_course_staff
def enter_outlines(request: HttpRequest, course: str, user_id: int) -> HttpResponse:
    """Enters all that is missing in the modules whose pages are not written yet."""
    _account(course, user_id)
    grants.enter_outlines(user_id, course, by=_me(request), client_id=_mark(request), now=clock.epoch())
    return _back(course, user_id, "outlines")


@require_POST
@for_course_staff
def watch(request: HttpRequest, course: str, user_id: int) -> HttpResponse:
    """Writes down practice that this trainer watched."""
    _account(course, user_id)
    what, note = (str(request.POST.get(name, "")).strip() for name in ("what", "note"))
    observations.watch(user_id, course, what, note, by=_me(request), client_id=_mark(request), now=clock.epoch())
    return _back(course, user_id, "practice")


@require_POST
@for_course_staff
def take_back(request: HttpRequest, course: str, user_id: int, kind: str, number: int) -> HttpResponse:
    """Takes one entry back; the row stays, with who did so."""
    room = {"minutes": grants, "practice": observations}.get(kind)
    if room is None:
        raise NotThere("There is no such entry in this course.")
    room.take_back(number, course, by=_me(request), now=clock.epoch())
    return _back(course, user_id, "back")


def _account(course: str, user_id: int) -> Any:
    """The enrolled learner of that number; anybody else is not there."""
    account = platform().account(user_id) if platform().enrolled(user_id, course) else None
    if account is None:
        raise NotThere("Nobody of this number is enrolled in this course.")
    return account


def _me(request: HttpRequest) -> UUID:
    return learners.of(request.user.pk)


def _mark(request: HttpRequest) -> str:
    mark = str(request.POST.get("mark", ""))
    if not 8 <= len(mark) <= 32 or not mark.isalnum():
        raise Refusal("This form is too old. Reload the page and enter it again.")
    return mark


def _back(course: str, user_id: int, said: str) -> HttpResponse:
    address = reverse("peer_certification:person", kwargs={"course": course, "user_id": user_id})
    return HttpResponseRedirect(f"{address}?said={said}")


def _page(request: HttpRequest, template: str, shown: Mapping[str, Any], status: int = 200) -> HttpResponse:
    context = {"demonstration": not programme().live, **shown}
    return render(request, f"peer_certification/{template}.html", context, status=status)
