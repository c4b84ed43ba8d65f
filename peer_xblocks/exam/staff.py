"""Pages and POSTs of staff: trainers see states and may ask for a void; exam officers see and decide sittings."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.compat import platform
from peer_xblocks.exam import desk, grades, models, officers
from peer_xblocks.exam.answer import client_id
from peer_xblocks.exam.officers import Act
from peer_xblocks.exam.words import STATES
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotAllowed, NotThere, Refusal

Page = Callable[..., HttpResponse]


def guarded(demand: Callable[..., None]) -> Callable[[Page], Page]:
    """A page that `demand` opens; a refusal is a page with one sentence."""

    def made(page: Page) -> Page:
        @wraps(page)
        def shown(request: HttpRequest, **parts: Any) -> HttpResponse:
            try:
                demand(request, **parts)
                return page(request, **parts)
            except Refusal as refusal:
                said = {"title": gettext("This cannot be done"), "sentence": gettext(refusal.sentence)}
                return _page(request, "refused", said, refusal.status)

        return never_cache(shown)

    return made


def is_officer(user: Any) -> bool:
    """Whether the person may see and decide sittings: a permission of the site, apart from every role in a course."""
    return bool(user.is_authenticated and user.has_perm(officers.PERMISSION))


def _officer(request: HttpRequest, **_parts: Any) -> None:
    if not is_officer(request.user):
        raise NotAllowed("Only exam officers can see this page.")


def _trainer(request: HttpRequest, course: str) -> None:
    if request.user.pk is None:
        raise NotAllowed("Please sign in first.")
    try:
        CourseKey.from_string(course)
    except InvalidKeyError as error:
        raise NotThere("There is no such course. Check the address.") from error
    if not is_officer(request.user) and not platform().staff(request.user.pk, course):
        raise NotAllowed("Only staff of this course can see its sittings.")


@require_GET
@guarded(_trainer)
def course(request: HttpRequest, course: str) -> HttpResponse:
    """The sittings of a course as trainers may see them: who, when, which state. No answer, no key, no score."""
    shown = {"title": gettext("Exam sittings"), "course": course, "course_title": platform().course_title(course)}
    return _page(request, "course", {**shown, "lines": desk.of_course(course), "asked": "asked" in request.GET})


@require_POST
@guarded(_trainer)
def ask(request: HttpRequest, course: str) -> HttpResponse:
    """A trainer asks for a void."""
    sitting = _sitting(request.POST.get("sitting", ""))
    if sitting.course != course:
        raise NotThere("There is no such sitting in this course.")
    officers.ask_void(sitting.id, _act(request), now=clock.millis())
    return HttpResponseRedirect(reverse("peer_exam:course", args=[course]) + "?asked=1")


@require_GET
@guarded(_officer)
def office(request: HttpRequest) -> HttpResponse:
    """All sittings, what trainers asked for, time for everybody after an outage, time for one person beforehand."""
    state, course = request.GET.get("state", ""), request.GET.get("course", "")[:255]
    shown = {
        "title": gettext("Exam office"),
        "lines": desk.everywhere(state=state, course=course),
        "requests": desk.requests(),
        "states": STATES.items(),
        "state": state,
        "course": course,
        "exams": programme().exams.values(),
        "done": request.GET.get("done", ""),
    }
    return _page(request, "office", shown)


@require_GET
@guarded(_officer)
def sitting(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """One sitting exactly as it was, with its journal, late answers, scores and acts."""
    row = _sitting(str(sitting))
    shown = {"title": gettext("A sitting"), "done": "done" in request.GET, **desk.whole(row, clock.millis())}
    return _page(request, "sitting", shown)


@require_POST
@guarded(_officer)
def act(request: HttpRequest, sitting: UUID, kind: str) -> HttpResponse:
    """One act of an officer on one sitting."""
    change = ACTS.get(kind)
    if change is None:
        raise NotThere("There is no such act.")
    row = _sitting(str(sitting))
    change(row.id, _act(request), request.POST, clock.millis())
    transaction.on_commit(lambda: grades.publish_due(learner=row.learner))
    return HttpResponseRedirect(reverse("peer_exam:sitting", args=[sitting]) + "?done=1")


@require_POST
@guarded(_officer)
def outage(request: HttpRequest) -> HttpResponse:
    """Minutes back to every running sitting."""
    minutes = _number(request.POST, "minutes")
    given = officers.make_good(
        _act(request), minutes=minutes, now=clock.millis(), course=request.POST.get("course", "")
    )
    return HttpResponseRedirect(reverse("peer_exam:office") + f"?done={given}")


@require_POST
@guarded(_officer)
def allowance(request: HttpRequest) -> HttpResponse:
    """More time for one person, from the next start on. The reason is not asked and not kept."""
    name, course, exam = (request.POST.get(each, "").strip() for each in ("person", "course", "exam"))
    user_id = get_user_model().objects.filter(username=name).values_list("id", flat=True).first()
    if user_id is None or exam not in programme().exams or not platform().enrolled(user_id, course):
        raise Refusal("Name a person by account name, an exam, and a course in which the person is enrolled.")
    percent, minutes = _number(request.POST, "percent"), _number(request.POST, "minutes")
    given = _act(request, "more time")
    officers.grant(learners.of(user_id), course, exam, given, percent=percent, minutes=minutes, now=clock.millis())
    return HttpResponseRedirect(reverse("peer_exam:office") + "?done=1")


Posted = Mapping[str, str]
ACTS: Mapping[str, Callable[[UUID, Act, Posted, int], bool]] = {
    "void": lambda key, given, _posted, now: officers.void(key, given, now=now),
    "pause": lambda key, given, _posted, now: officers.pause(key, given, now=now),
    "resume": lambda key, given, _posted, now: officers.resume(key, given, now=now),
    "allow": lambda key, given, posted, now: officers.allow(
        key, given, percent=_number(posted, "percent"), minutes=_number(posted, "minutes"), now=now
    ),
    "rescore": lambda key, given, posted, now: officers.rescore(key, given, given=_items(posted), now=now),
    "override": lambda key, given, posted, now: officers.override(key, given, raw=_number(posted, "raw"), now=now),
}


def _act(request: HttpRequest, reason: str = "") -> Act:
    why = " ".join(request.POST.get("reason", reason).split()) or reason
    return Act(learners.of(int(request.user.pk)), why, client_id(request.POST.get("client_id")))


def _sitting(key: str) -> models.Sitting:
    try:
        row = models.Sitting.objects.filter(id=UUID(key)).first()
    except ValueError:
        row = None
    if row is None:
        raise NotThere("There is no such sitting.")
    return row


def _number(posted: Posted, name: str) -> int:
    value = posted.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        raise Refusal("Give whole numbers.")
    return int(value)


def _items(posted: Posted) -> list[str]:
    return posted.get("given", "").replace(",", " ").split()


def _page(request: HttpRequest, name: str, shown: Mapping[str, Any], status: int = 200) -> HttpResponse:
    context = {"demonstration": not programme().live, "fresh": uuid.uuid4().hex, **shown}
    return render(request, f"peer_exam/{name}.html", context, status=status)
