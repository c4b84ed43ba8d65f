"""The learner's pages around the blocks: courses, outline, a unit in its frame, progress."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.compat import platform
from peer_xblocks.demo.lms import access
from peer_xblocks.demo.site import standing
from peer_xblocks.demo.site.outline import Outline
from peer_xblocks.demo.site.pages import courses as courses_of
from peer_xblocks.demo.site.pages import page, student
from peer_xblocks.refusal import NotAllowed, NotThere

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """A page for people who stepped into somebody; others are led to the front page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else redirect("peer_demo_site:front")

    return guarded


@require_GET
@signed_in
def courses(request: HttpRequest) -> HttpResponse:
    """The courses of this person; the only one opens at once."""
    keys = courses_of(request.user.pk)
    if len(keys) == 1:
        return redirect("peer_demo_site:outline", keys[0])
    return page(request, "courses.html", {"courses": [_card(request, key) for key in keys]})


@require_GET
@signed_in
def outline(request: HttpRequest, course: str) -> HttpResponse:
    """The outline of one course, with what counted and what is still to do."""
    return page(request, "outline.html", {"outline": of(request, course), "course": course})


@require_GET
@signed_in
def progress(request: HttpRequest, course: str) -> HttpResponse:
    """What is done and missing; the page with the receipt is one of the course's own."""
    found = of(request, course)
    blocks = platform().blocks(course, ["peer_progress"])
    unit = next((each for each in found.units if blocks and each.usage == blocks[0].unit), None)
    return page(request, "progress.html", {"outline": found, "receipt": unit})


@require_GET
@signed_in
def unit(request: HttpRequest, usage: str) -> HttpResponse:
    """One page of the course, its blocks in a frame as the learning front end shows them."""
    course = course_of(usage)
    found = of(request, course)
    if usage not in {each.usage for each in found.units}:
        raise NotThere("This page is not in the course any more. Open the outline to find your place.")
    before, after = found.around(usage)
    shown = {
        "title": found.units[found.number(usage) - 1].title,
        "part": found.part_of(usage).title,
        "number": found.number(usage),
        "of": len(found.units),
        "frame": f"/xblock/{usage}?show_title=0&show_bookmark_button=0&recheck_access=1&view=student_view",
        "course_url": reverse("peer_demo_site:outline", args=[course]),
        "before": before,
        "after": after,
    }
    return page(request, "unit.html", {"unit": shown})


@require_GET
@signed_in
def jump(request: HttpRequest, course: str, usage: str) -> HttpResponse:
    """Leads to the page that holds a block, as the LMS does."""
    for each in of(request, course).units:
        if usage in {each.usage, *_inside(each.usage)}:
            return redirect("peer_demo_site:unit", each.usage)
    raise NotThere("This part is not in the course any more. Open the outline to find your place.")


def _card(request: HttpRequest, course: str) -> dict[str, str]:
    url, learners = (reverse(f"peer_demo_site:{name}", args=[course]) for name in ("outline", "learners"))
    works = access.is_staff(request.user, course)
    return {"title": platform().course_title(course), "url": url, "learners": learners if works else ""}


def of(request: HttpRequest, course: str) -> Outline:
    """The outline for whoever looks, or whom staff look as; refuses people who are not in the course."""
    if not access.enrolment(request.user.pk, course) and not access.is_staff(request.user, course):
        raise NotAllowed("You are not in this course. Step into somebody who is, from the front page.")
    found = standing.outline(course, link, student(request, course))
    if found is None:
        raise Http404
    return found


def link(usage: str) -> str:
    """Where a unit is opened."""
    return reverse("peer_demo_site:unit", args=[usage])


def course_of(usage: str) -> str:
    """The course of a usage key; NotThere for what is no key."""
    try:
        return str(UsageKey.from_string(usage).context_key)
    except InvalidKeyError as error:
        raise NotThere("There is no such page. Open the outline to find your place.") from error


def _inside(unit_usage: str) -> set[str]:
    return {str(each) for each in standing.inside(unit_usage)}
