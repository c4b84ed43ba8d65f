"""Pages and POSTs that are not a block's: beats, and what course staff see of a cohort's hours."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date
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
from django.views.decorators.http import require_http_methods, require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from peer_xblocks import clock
from peer_xblocks.compat import platform
from peer_xblocks.handler import NOT_SAVED, read
from peer_xblocks.hours import diary, leases, ledger, modules, roster, seat, table, words
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.lease import Lease
from peer_xblocks.hours.proof import days_of
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme, vault
from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal
from peer_xblocks.ui import finds

log = logging.getLogger(__name__)

MOST_BYTES = 8 * 1024

#: How many days one page shows.
DAYS = 31

Page = Callable[..., HttpResponse]
Demand = Callable[[HttpRequest, str], None]


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


def open_to(demand: Demand, method: str = "GET") -> Callable[[Page], Page]:
    """Opens a page to those whom `demand` lets pass; refusals are pages with one sentence."""

    def opened(page: Page) -> Page:
        @wraps(page)
        def shown(request: HttpRequest, course: str, **more: Any) -> HttpResponse:
            try:
                demand(request, course)
                return page(request, course, **more)
            except Refusal as refusal:
                said = {"sentence": gettext(refusal.sentence), "title": gettext("This page is not open to you")}
                return render(request, "peer_hours/refused.html", said, status=refusal.status)

        return never_cache(require_http_methods([method])(shown))

    return opened


def person(request: HttpRequest, course: str) -> None:
    """Refuses whoever is not signed in, and what is no course."""
    if request.user.pk is None:
        raise NotAllowed("Please sign in first.")
    try:
        CourseKey.from_string(course)
    except InvalidKeyError as error:
        raise NotThere("There is no such course. Check the address.") from error


def staff(request: HttpRequest, course: str) -> None:
    """Refuses everybody but staff of the course."""
    person(request, course)
    if not platform().staff(request.user.pk, course):
        raise NotAllowed("Only staff of this course can see its hours.")


@open_to(person)
def days(request: HttpRequest, course: str) -> HttpResponse:
    """A learner's own days: what counted, what did not, and why. Of nobody else, whoever asks."""
    learner, asked = learners.known(request.user.pk), platform()
    known = modules.of_course(course)
    unit = _unit(request, course) or (known[0].unit if known else "")
    rows, earlier = ledger.newest_days(learner, course, before=_day(request), most=DAYS)
    zone = programme().time_zone
    shown = {
        "course": course,
        "sums": diary.sums(known, ledger.seconds_by_module(learner, course) if learner else {}, gettext),
        "days": diary.told(days_of(rows, zone), {each.id: each.title for each in known}, gettext),
        "earlier": earlier,
        "zone": zone.key,
        "from": unit,
        "back": asked.unit_url(course, unit) if unit else "",
    }
    return render(request, "peer_hours/days.html", {**shown, **_site(course)})


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None


def _unit(request: HttpRequest, course: str) -> str:
    """The page of this course that the learner came from, empty for anything else."""
    try:
        usage = UsageKey.from_string(request.GET.get("from", ""))
    except InvalidKeyError:
        return ""
    return str(usage) if str(usage.context_key) == course else ""


@open_to(staff)
def cohort(request: HttpRequest, course: str) -> HttpResponse:
    """A cohort's minutes by module: a table that sorts, filters and exports."""
    find = request.GET.get("find", "")[:32]
    wanted = table.Wanted(finds.words(request.session, find, vault()), request.GET.get("sort", "")[:80])
    shown = table.arranged(roster.of_course(course), wanted)
    if request.GET.get("format") == "csv":
        return _csv(table.csv_text(shown), "hours.csv")
    return render(request, "peer_hours/cohort.html", {"course": course, "table": shown, "find": find, **_site(course)})


@open_to(staff, "POST")
def find(request: HttpRequest, course: str) -> HttpResponse:
    """Keeps the name that is looked for out of any address, and leads to the table."""
    name = finds.keep(request.session, request.POST.get("words", ""), vault())
    asked = {"find": name, "sort": request.POST.get("sort", "")[:80]}
    return redirect(f"{reverse('peer_hours:cohort', args=[course])}?{urlencode(asked)}")


@open_to(staff)
def evidence(request: HttpRequest, course: str, learner: UUID) -> HttpResponse:
    """Every interval of one learner by day, and what did not count and why."""
    name = roster.person(course, learner)
    if name is None:
        raise NotThere("There are no hours of this person in this course.")
    zone = programme().time_zone
    found = days_of(ledger.entries(learner, course), zone)
    shown = {"course": course, "person": name, "days": found, "zone": zone.key, **_site(course)}
    return render(request, "peer_hours/evidence.html", shown)


def _site(course: str) -> Mapping[str, Any]:
    return {"course_title": platform().course_title(course), "demonstration": not programme().live}


def _csv(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
