"""Pages and POSTs that are not a block's: beats, and what course staff see of a cohort's hours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.compat import platform
from peer_xblocks.handler import NOT_SAVED, read
from peer_xblocks.hours import leases, ledger, roster, seat, table, words
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.lease import Lease
from peer_xblocks.hours.proof import days_of
from peer_xblocks.plugin import programme, vault
from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal
from peer_xblocks.ui import finds

log = logging.getLogger(__name__)

MOST_BYTES = 8 * 1024

Page = Callable[..., HttpResponse]


@never_cache
@require_POST
@transaction.non_atomic_requests
def beat(request: HttpRequest) -> HttpResponse:
    """Hears one page's claim and answers what counts. It owns its transaction, so that it may try again."""
    try:
        return JsonResponse(_answer(request, Beat.from_json(read(_body(request), MOST_BYTES))))
    except Refusal as refusal:
        return JsonResponse({"error": gettext(refusal.sentence)}, status=refusal.status)
    except DatabaseError:
        log.exception("A beat could not be saved.")
        return JsonResponse({"error": gettext(NOT_SAVED)}, status=503)


def _body(request: HttpRequest) -> bytes:
    """No more of the body than may be read, whatever its length says."""
    return request.read(MOST_BYTES + 1)


def _answer(request: HttpRequest, heard: Beat) -> Mapping[str, Any]:
    now = clock.epoch()
    lease = _own(request, leases.opened(heard.token, now=now))
    answer = seat.record(lease, heard, now=now)
    return {
        "server_now": clock.now().timestamp(),
        "counted": answer.counted,
        "total": answer.total,
        "planned": lease.planned,
        "sentence": words.progress(answer.total, lease.planned, gettext),
        "why": words.losses(answer.why, programme().hours.offline_gap, gettext),
        "acknowledged": answer.acknowledged,
        "seq": answer.seq,
    }


def _own(request: HttpRequest, lease: Lease) -> Lease:
    """The lease, if the person who sends it is the enrolled learner it was made for."""
    user_id = request.user.pk
    if user_id is None:
        raise NotAllowed("Please sign in again and reload this page; your time counts from then on.")
    asked = platform()
    if lease.user_id != user_id or asked.acting_user() not in (None, user_id):
        raise Clash("This page belongs to another account. Reload it, and your own time counts.")
    if not asked.enrolled(user_id, lease.course) and not asked.staff(user_id, lease.course):
        raise NotAllowed("You are not enrolled in this course, so no time is counted. Enrol first, then reload.")
    return lease


def for_staff(page: Page) -> Page:
    """Open to staff of the course alone; refusals are pages with one sentence."""

    @wraps(page)
    def shown(request: HttpRequest, course: str, **more: Any) -> HttpResponse:
        try:
            _demand_staff(request, course)
            return page(request, course, **more)
        except Refusal as refusal:
            said = {"sentence": gettext(refusal.sentence), "title": gettext("This page is not open to you")}
            return render(request, "peer_hours/refused.html", said, status=refusal.status)

    return never_cache(shown)


def staff_page(page: Page) -> Page:
    """A GET for staff of the course."""
    return require_GET(for_staff(page))


def _demand_staff(request: HttpRequest, course: str) -> None:
    if request.user.pk is None:
        raise NotAllowed("Please sign in first.")
    try:
        CourseKey.from_string(course)
    except InvalidKeyError as error:
        raise NotThere("There is no such course. Check the address.") from error
    if not platform().staff(request.user.pk, course):
        raise NotAllowed("Only staff of this course can see its hours.")


@staff_page
def cohort(request: HttpRequest, course: str) -> HttpResponse:
    """A cohort's minutes by module: a table that sorts, filters and exports."""
    find = request.GET.get("find", "")[:32]
    wanted = table.Wanted(finds.words(request.session, find, vault()), request.GET.get("sort", "")[:80])
    shown = table.arranged(roster.of_course(course), wanted)
    if request.GET.get("format") == "csv":
        return _csv(table.csv_text(shown), "hours.csv")
    return render(request, "peer_hours/cohort.html", {"course": course, "table": shown, "find": find, **_site(course)})


@require_POST
@for_staff
def find(request: HttpRequest, course: str) -> HttpResponse:
    """Keeps the name that is looked for out of any address, and leads to the table."""
    name = finds.keep(request.session, request.POST.get("words", ""), vault())
    asked = {"find": name, "sort": request.POST.get("sort", "")[:80]}
    return redirect(f"{reverse('peer_hours:cohort', args=[course])}?{urlencode(asked)}")


@staff_page
def evidence(request: HttpRequest, course: str, learner: UUID) -> HttpResponse:
    """Every interval of one learner by day, and what did not count and why."""
    person = roster.person(course, learner)
    if person is None:
        raise NotThere("There are no hours of this person in this course.")
    zone = programme().time_zone
    days = days_of(ledger.entries(learner, course), zone)
    shown = {"course": course, "person": person, "days": days, "zone": zone.key, **_site(course)}
    return render(request, "peer_hours/evidence.html", shown)


def _site(course: str) -> Mapping[str, Any]:
    return {"course_title": platform().course_title(course), "demonstration": not programme().live}


def _csv(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
