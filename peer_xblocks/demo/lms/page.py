"""A fragment as a page: which view somebody gets, and the styles and scripts that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.safestring import SafeString, mark_safe
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment

from peer_xblocks.demo.lms import access, handlers, store
from peer_xblocks.demo.lms.visit import Place, Visit


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered fragment, ready for a template."""

    head: SafeString
    body: SafeString
    foot: SafeString


def lms_fragment(visit: Visit, usage: UsageKey, context: dict[str, Any] | None = None) -> Fragment:
    """What the visit's person may see of a block: `student_view`, or `public_view` of a public course, else 404."""
    block = handlers.block_of(visit, usage)
    course = str(visit.course)
    if visit.known and (access.enrolment(visit.user.id, course) or access.is_staff(visit.acting, course)):
        return block.render("student_view", context)
    if visit.snapshot is not None and visit.snapshot.public:
        return block.render("public_view", context)
    raise Http404("Course not found")


def render_unit(usage: str, user: Any, *, masquerade: Any = None) -> Page:
    """A unit as `user` sees it; with `masquerade`, as staff `user` sees it through that learner's eyes. 404 as above."""
    key = handlers.usage_key(usage)
    return assets(lms_fragment(Visit(Place.LMS, store.course_of(key), masquerade or user, user, root=key), key))


def assets(fragment: Fragment) -> Page:
    """Styles for the head, the body, scripts for the foot, each resource once. Fragments are HTML already."""
    return Page(
        head=mark_safe(fragment.head_html()),  # noqa: S308 - addresses and styles that blocks' code named
        body=mark_safe(fragment.body_html()),  # noqa: S308 - rendered by the blocks' templates
        foot=mark_safe(fragment.foot_html()),  # noqa: S308 - addresses and scripts that blocks' code named
    )
