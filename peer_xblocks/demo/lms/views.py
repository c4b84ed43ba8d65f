"""The addresses of LMS and Studio that blocks live at: units, handlers, files."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_safe
from opaque_keys.edx.keys import UsageKey
from xblock.core import XBlock

from peer_xblocks.demo.lms import assets, handlers, page, studio
from peer_xblocks.demo.lms.visit import Place


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Studio knows no strangers: they are sent to sign in."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return checked


@require_GET
@transaction.non_atomic_requests
@xframe_options_exempt
@ensure_csrf_cookie
def unit(request: HttpRequest, usage: str) -> HttpResponse:
    """One block (a unit, as a rule) as a page of its own, as the learning front end shows it in a frame."""
    key = handlers.usage_key(usage)
    visit = handlers.lms_visit(request, key)
    fragment = page.lms_fragment(visit, key)
    return render(request, "peer_demo/unit.html", {"page": page.assets(fragment), "usage": key, "place": "lms"})


@csrf_exempt
@transaction.non_atomic_requests
def handler(request: HttpRequest, course: str, usage: str, name: str, suffix: str = "") -> HttpResponse:
    """A block's handler in the LMS: outside any transaction."""
    return handlers.call_lms(request, course, usage, name, suffix)


@signed_in
@transaction.atomic
@ensure_csrf_cookie
def studio_handler(request: HttpRequest, usage: str, name: str, suffix: str = "") -> HttpResponse:
    """A block's handler in Studio: inside one transaction, and open to everybody who is signed in."""
    return studio.call(request, handlers.usage_key(usage), name, suffix, Place.STUDIO)


@signed_in
@transaction.atomic
def preview_handler(request: HttpRequest, usage: str, name: str, suffix: str = "") -> HttpResponse:
    """A block's handler in Studio's preview: settings and content are read only there."""
    return studio.call(request, handlers.usage_key(usage), name, suffix, Place.PREVIEW)


@require_GET
@signed_in
@transaction.atomic
@xframe_options_exempt
@ensure_csrf_cookie
def studio_page(request: HttpRequest, usage: str, view: str = "author_view") -> HttpResponse:
    """A block as its author sees it (author_view) or edits it (studio_view); authors only."""
    key: UsageKey = handlers.usage_key(usage)
    fragment = studio.fragment(key, request.user, view)
    return render(request, "peer_demo/unit.html", {"page": page.assets(fragment), "usage": key, "place": "studio"})


@require_safe
def resource(_request: HttpRequest, type_: str, path: str) -> HttpResponse:
    """A file of a block's `public/` folder, as the debug server of the platform gives it."""
    try:
        found = XBlock.load_class(type_).open_local_resource(path)
    except Exception as error:
        raise Http404("There is no such file.") from error
    with found:
        return HttpResponse(found.read(), content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")


@require_safe
@transaction.non_atomic_requests
def asset(request: HttpRequest, key: str) -> HttpResponse:
    """A file of a course, for everybody who may see the course."""
    found = assets.find(key, request.user)
    if found is None:
        raise Http404("There is no such file in a course that is open to you.")
    return HttpResponse(bytes(found.data), headers=assets.headers(found.name))
