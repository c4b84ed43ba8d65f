"""The trainer's pages: who is where, and what to do when something got stuck."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import CourseKey

from peer_xblocks.compat import platform
from peer_xblocks.demo.lms import access, masquerade, store
from peer_xblocks.demo.site import helping, standing
from peer_xblocks.demo.site.learning import link, signed_in
from peer_xblocks.demo.site.pages import Door, note, page
from peer_xblocks.refusal import NotAllowed, NotThere

LINKS = (
    ("What the cohort has, and what you enter by hand", "peer_certification:cohort"),
    ("Contact hours of all learners", "peer_hours:cohort"),
)
EXAM = ("Exam sittings", "peer_exam:course")


@require_GET
@signed_in
def learners(request: HttpRequest, course: str) -> HttpResponse:
    """Where each learner of a course stands."""
    demand_staff(request, course)
    rows = [_row(course, person) for person in _people(platform().learners(course))]
    shown = {"title": platform().course_title(course), "rows": rows, "links": _links(course)}
    return page(request, "learners.html", shown)


@require_GET
@signed_in
def learner(request: HttpRequest, course: str, username: str) -> HttpResponse:
    """One learner: what is missing, seeing the course as they do, and what to do when something got stuck."""
    demand_staff(request, course)
    person = of_course(course, username)
    shown = {
        "learner": {"name": person.get_full_name(), "first": person.first_name, "username": person.username},
        "outline": standing.outline(course, link, person.pk),
        "blocks": _blocks(course),
        "actions": helping.ACTIONS,
        "back": reverse("peer_demo_site:learners", args=[course]),
        "entries": reverse("peer_certification:person", args=[course, person.pk]),
        "view_as": reverse("peer_demo_site:view_as", args=[course]),
        "act": reverse("peer_demo_site:act", args=[course, username]),
    }
    return page(request, "learner.html", shown)


@csrf_protect
@require_POST
@signed_in
def act(request: HttpRequest, course: str, username: str) -> HttpResponse:
    """Carries out one of the instructor's actions on one learner and one block."""
    demand_staff(request, course)
    person = of_course(course, username)
    said = helping.carry_out(request.POST, course=course, learner=person, staff=request.user)
    note(request, said)
    return redirect("peer_demo_site:learner", course, username)


@csrf_protect
@require_POST
@signed_in
def view_as(request: HttpRequest, course: str) -> HttpResponse:
    """Shows staff the course as one learner sees it; without a learner, as themselves again."""
    demand_staff(request, course)
    username = request.POST.get("learner", "")
    if username:
        masquerade.view_as(request.session, course, username=of_course(course, username).username)
        return redirect("peer_demo_site:outline", course)
    masquerade.view_as(request.session, course)
    return redirect("peer_demo_site:learners", course)


def demand_staff(request: HttpRequest, course: str) -> None:
    """Refuses everybody but the staff of a course."""
    if not access.is_staff(request.user, course):
        raise NotAllowed("These pages are for the trainers of this course.")


def of_course(course: str, username: str) -> Any:
    """The account of a learner of a course; NotThere for anybody else."""
    person = get_user_model().objects.filter(username=username).first()
    if person is None or not access.enrolment(person.pk, course):
        raise NotThere("Nobody of that name learns in this course. Go back to the list of learners.")
    return person


def _people(user_ids: list[int]) -> list[Any]:
    found = {person.pk: person for person in get_user_model().objects.filter(pk__in=user_ids)}
    return [found[each] for each in user_ids]


def _row(course: str, person: Any) -> dict[str, Any]:
    return {
        "name": person.get_full_name(),
        "url": reverse("peer_demo_site:learner", args=[course, person.username]),
        "outline": standing.outline(course, link, person.pk),
    }


def _blocks(course: str) -> list[dict[str, str]]:
    found = store.snapshot(CourseKey.from_string(course))
    if found is None or found.root is None:
        return []
    return [
        {"usage": str(leaf), "title": standing.title(found, leaf), "where": standing.title(found, unit)}
        for unit in found.under(found.root)
        if unit.block_type == "vertical"
        for leaf in standing.leaves(found, unit)
        if leaf.block_type not in {"html", "video"}
    ]


def _links(course: str) -> list[Door]:
    """Where a trainer goes on: the pages that the rooms have for a cohort; sittings where there is an exam."""
    exam = [EXAM] if platform().blocks(course, ["peer_exam"]) else []
    return [Door(name, reverse(to, args=[course])) for name, to in (*LINKS, *exam)]
