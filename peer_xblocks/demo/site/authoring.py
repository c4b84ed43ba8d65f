"""The author's pages around the blocks: courses, a course, a unit, a block's editor, archives in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_POST
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from peer_xblocks.compat import platform
from peer_xblocks.demo.lms import access, olx, store, studio
from peer_xblocks.demo.lms.handlers import usage_key
from peer_xblocks.demo.lms.store import Snapshot
from peer_xblocks.demo.models import Course
from peer_xblocks.demo.site import standing
from peer_xblocks.demo.site.learning import signed_in
from peer_xblocks.demo.site.pages import note, page, persona
from peer_xblocks.demo.site.personas import Role
from peer_xblocks.refusal import NotAllowed, NotThere, Refusal

MOST_ARCHIVE = 20 * 1024 * 1024


@require_GET
@signed_in
def courses(request: HttpRequest) -> HttpResponse:
    """The courses that this person may write."""
    keys = [
        key
        for key in Course.objects.order_by("key").values_list("key", flat=True)
        if access.is_author(request.user, key)
    ]
    cards = [
        {
            "key": key,
            "title": platform().course_title(key),
            "url": reverse("peer_demo_site:studio_course", args=[key]),
            "export": reverse("peer_demo_site:export", args=[key]),
        }
        for key in keys
    ]
    return page(
        request, "studio.html", {"courses": cards, "suggested": keys[0] if keys else "course-v1:Office+New+2027"}
    )


@require_GET
@signed_in
def course(request: HttpRequest, course: str) -> HttpResponse:
    """One course as its author sees it."""
    demand_author(request, course)
    outline = standing.outline(course, lambda usage: reverse("peer_demo_site:studio_unit", args=[usage]))
    if outline is None:
        raise NotThere("There is no such course. Go back to Studio's list.")
    return page(request, "studio_course.html", {"outline": outline, "key": course})


@require_GET
@signed_in
def unit(request: HttpRequest, usage: str) -> HttpResponse:
    """One unit: each block as its author sees it, with what can be done to it."""
    key, found = _found(request, usage)
    row = found.rows[key]
    shown = {
        "title": standing.title(found, key),
        "course_title": standing.title(found, found.root) if found.root else "",
        "course_url": reverse("peer_demo_site:studio_course", args=[str(key.context_key)]),
        "blocks": [_block(found, child) for child in row.children],
    }
    return page(request, "studio_unit.html", shown)


@require_GET
@signed_in
def edit(request: HttpRequest, usage: str) -> HttpResponse:
    """The editor of one block, in a frame as in Studio."""
    key, found = _found(request, usage)
    parent = found.rows[key].parent
    shown = {
        "title": standing.title(found, key),
        "frame": reverse("peer_demo_editor", args=[usage]),
        "back": reverse("peer_demo_site:studio_unit", args=[str(parent or key)]),
    }
    return page(request, "studio_edit.html", shown)


@csrf_protect
@require_POST
@signed_in
def duplicate(request: HttpRequest, usage: str) -> HttpResponse:
    """A copy of a block, after it."""
    key, found = _found(request, usage)
    studio.duplicate(key)
    note(
        request, "The block was duplicated. The copy is its own: what learners did in one does not count in the other."
    )
    return redirect("peer_demo_site:studio_unit", str(found.rows[key].parent))


@csrf_protect
@require_POST
@signed_in
def remove(request: HttpRequest, usage: str) -> HttpResponse:
    """Takes a block out of its unit. What learners did stays on record."""
    key, found = _found(request, usage)
    studio.delete(key)
    note(request, "The block was removed. What learners did in it stays on record.")
    return redirect("peer_demo_site:studio_unit", str(found.rows[key].parent))


@require_GET
@signed_in
def export(request: HttpRequest, course: str) -> HttpResponse:
    """The course as an archive."""
    demand_author(request, course)
    response = HttpResponse(olx.export(CourseKey.from_string(course)), content_type="application/gzip")
    response["Content-Disposition"] = 'attachment; filename="course.tar.gz"'
    return response


@csrf_protect
@require_POST
@signed_in
def import_(request: HttpRequest) -> HttpResponse:
    """Brings an archive in as a course that this person may write."""
    key = _course_key(request.POST.get("course", ""))
    sent: Any = request.FILES.get("archive")
    if sent is None or sent.size > MOST_ARCHIVE:
        raise Refusal("Choose a course archive of at most 20 MB.")
    if store.snapshot(key) is None:
        _demand_writer(request)
    else:
        demand_author(request, str(key))
    dropped = olx.load(sent.read(), key)
    access.appoint(request.user.pk, str(key), "instructor")
    note(request, " ".join(["The course is in.", *dropped]))
    return redirect("peer_demo_site:studio_course", str(key))


def demand_author(request: HttpRequest, course: str) -> None:
    """Refuses everybody who may not write a course."""
    if not access.is_author(request.user, course):
        raise NotAllowed("Studio is for the authors of this course.")


def _demand_writer(request: HttpRequest) -> None:
    """A new course may come from anybody who writes one already."""
    here = persona(request)
    if here is None or here.role is not Role.AUTHOR:
        raise NotAllowed("Only course authors may bring in a new course.")


def _found(request: HttpRequest, usage: str) -> tuple[UsageKey, Snapshot]:
    key = usage_key(usage)
    demand_author(request, str(key.context_key))
    found = store.snapshot(store.course_of(key))
    if found is None or key not in found.rows:
        raise NotThere("This block is not in the course any more. Open the course to find your place.")
    return key, found


def _block(found: Snapshot, usage: UsageKey) -> dict[str, Any]:
    return {
        "title": standing.title(found, usage),
        "frame": reverse("peer_demo_preview", args=[str(usage)]),
        "edit": reverse("peer_demo_site:edit", args=[str(usage)]),
        "duplicate": reverse("peer_demo_site:duplicate", args=[str(usage)]),
        "remove": reverse("peer_demo_site:remove", args=[str(usage)]),
    }


def _course_key(text: str) -> CourseKey:
    try:
        return CourseKey.from_string(text.strip())
    except InvalidKeyError as error:
        raise Refusal("Name the course run, for example course-v1:Office+CE-Boundaries+2027.") from error
