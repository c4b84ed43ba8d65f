"""Calls of blocks' handlers over HTTP: who may call, in which transaction, what the answers are."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock import exceptions
from xblock.core import XBlock
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import NoSuchHandlerError, NoSuchUsage

from peer_xblocks.demo.lms import masquerade, store
from peer_xblocks.demo.lms.runtime import DemoRuntime
from peer_xblocks.demo.lms.visit import Place, Visit

log = logging.getLogger(__name__)

# XBlock names them from 5.3 on; before that the platform had its own.
ProcessingError: type[Exception] = getattr(exceptions, "ProcessingError", type("ProcessingError", (Exception,), {}))
NotFoundError: type[Exception] = getattr(exceptions, "NotFoundError", type("NotFoundError", (Exception,), {}))

MOST_UPLOAD = 20 * 1024 * 1024


def csrf_refusal(request: HttpRequest) -> HttpResponse | None:
    """The platform's own check of a signed-in session's request; None where it passes."""
    return CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {})  # type: ignore[arg-type]


def usage_key(text: str) -> UsageKey:
    """A usage key of a course from an address; 404 for anything else."""
    try:
        key = UsageKey.from_string(text)
    except InvalidKeyError as error:
        raise Http404("There is no such block.") from error
    if not isinstance(key.context_key, CourseKey):
        raise Http404("There is no such block.")
    return key


def lms_visit(request: HttpRequest, usage: UsageKey) -> Visit:
    """The visit of a request to the LMS, through the eyes that staff may have borrowed."""
    course = store.course_of(usage)
    view = masquerade.looking(request.session, str(course), request.user)
    acting = request.user if request.user.is_authenticated else None
    return Visit(Place.LMS, course, view.user, acting, view.as_student, usage, request.session)


def block_of(visit: Visit, usage: UsageKey) -> XBlock:
    """The block of a visit; 404 where it does not exist."""
    try:
        return DemoRuntime(visit).get_block(usage)
    except NoSuchUsage as error:
        raise Http404("There is no such block.") from error


def call_lms(request: HttpRequest, course: str, usage_text: str, handler: str, suffix: str) -> HttpResponse:
    """A handler in the LMS: CSRF for sessions, strangers may only GET and then nobody checks them further."""
    if request.user.is_authenticated:
        refused = csrf_refusal(request)
        if refused is not None:
            return refused
    elif request.method != "GET":
        return HttpResponseForbidden("Unauthenticated")
    usage = usage_key(usage_text)
    if str(store.course_of(usage)) != course:
        raise Http404("There is no such block.")
    return answer(block_of(lms_visit(request, usage), usage), request, handler, suffix)


def answer(block: XBlock, request: HttpRequest, handler: str, suffix: str = "") -> HttpResponse:
    """What a block's handler answers, with the platform's reading of its exceptions."""
    if sum(each.size or 0 for each in request.FILES.values()) > MOST_UPLOAD:
        return JsonResponse({"success": "The files are too large."}, status=413)
    try:
        return webob_to_django_response(block.handle(handler, django_to_webob_request(request), suffix))
    except (NoSuchHandlerError, NotFoundError) as error:
        raise Http404("There is no such handler.") from error
    except ProcessingError as error:
        log.warning("%s refused in %s", handler, block.scope_ids.usage_id)
        return JsonResponse({"success": error.args[0]}, status=200)


def _nothing(*_args: Any) -> HttpResponse:
    return HttpResponse()
