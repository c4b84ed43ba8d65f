"""What course sites speak to: `POST /v1/completions`, its description, and a sign of life; and what every answer to a site shares."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from peer_xblocks import clock
from peer_xblocks.registry import alerts, intake, reports, senders, throttle
from peer_xblocks.registry.intake import NotTaken
from peer_xblocks.registry.models import Alert, Head
from peer_xblocks.wire import schema, webhook

log = logging.getLogger("peer_registry")

BUSY = NotTaken(503, "The registry is busy and took nothing; send it again in a while.", retry_after=10)

REFUSED = {
    "type": "object",
    "required": ["say"],
    "properties": {
        "say": {"type": "string", "description": "One plain sentence that says what to do."},
        "problems": {"type": "array", "items": {"type": "string"}, "description": "Where the report breaks a rule."},
    },
}
REFUSALS = {
    401: "no known key signed this, or it belongs to another site",
    409: "another report is held under this id",
    413: "larger than 20 KB",
    422: "not canonical JSON, or not a report",
    425: "signed more than five minutes before or after now",
    429: "too many a minute; see Retry-After",
    503: "the database is busy; see Retry-After",
}


def wire(name: str) -> dict[str, Any]:
    """A schema of the contract as OpenAPI takes it."""
    return {key: value for key, value in schema.text(name).items() if not key.startswith("$")}


def _answers() -> dict[Any, Any]:
    receipt = wire("receipt.v1")
    taken = {
        (201, "application/json"): {**receipt, "description": "Taken: the signed receipt."},
        (200, "application/json"): {**receipt, "description": "Held already: the very same receipt."},
    }
    return taken | refusals(REFUSALS)


def refusals(why: Mapping[int, str]) -> dict[Any, Any]:
    """The refusals of an endpoint as OpenAPI takes them."""
    return {(status, "application/json"): {**REFUSED, "description": words} for status, words in why.items()}


def _header(name: str, pattern: str) -> OpenApiParameter:
    kind = {"type": "string", "pattern": pattern}
    return OpenApiParameter(name=name, location=OpenApiParameter.HEADER, required=True, type=kind)


SIGNED = [
    _header(webhook.ID, r"^[A-Za-z0-9_-]{1,128}$"),
    _header(webhook.TIMESTAMP, r"^[0-9]{1,12}$"),
    _header(webhook.SIGNATURE, r"^v1a,[A-Za-z0-9+/=]+( v1a,[A-Za-z0-9+/=]+)*$"),
]


class JsonOnly(BaseContentNegotiation):
    """Answers JSON whatever was asked for, so that a proxy's Accept header never costs a report."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        """No parser: the body is read as bytes, for its signature."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: str | None = None) -> Any:
        """JSON."""
        return renderers[0], renderers[0].media_type


class Completions(APIView):
    """Takes completion reports."""

    content_negotiation_class = JsonOnly

    @extend_schema(
        operation_id="report_completion",
        summary="Report a completion",
        description="A signed completion report (Standard Webhooks, scheme v1a) in RFC 8785 form, at most 20 KB. "
        "The same report sent again gets the same receipt.",
        parameters=SIGNED,
        request={"application/json": wire("completion.v1")},
        responses=_answers(),
        auth=[],
    )
    def post(self, request: Request) -> HttpResponse:
        """The signed receipt: 201 the first time, 200 from then on; else a refusal that says what to do."""
        return answered(request._request, _receipt)


def answered(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """What `answer` makes of a site's request; a refusal and a busy database in the words of the contract."""
    try:
        return _judged(request, answer)
    except (OperationalError, InterfaceError):
        log.warning("busy: a request was not answered", exc_info=True)
        return _refusal(BUSY)


def _judged(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    try:
        return answer(request)
    except NotTaken as refusal:
        if refusal.status == 425:
            alerts.note(Alert.Kind.CLOCK, refusal.sender, f"{clock.now():%Y-%m-%d}")
        return _refusal(refusal)


def _receipt(request: HttpRequest) -> HttpResponse:
    """The receipt for the report in `request`; raises `NotTaken`."""
    body, now = body_of(request), clock.now()
    arrival = intake.read(request.headers, body, senders.senders(), now=int(now.timestamp()))
    demand_calm(arrival.sender)
    reply = reports.receive(arrival, senders.signing_key(), now=now)
    return HttpResponse(reply.body, status=201 if reply.first else 200, content_type="application/json")


def demand_calm(sender: str) -> None:
    """Raises `NotTaken` after more requests of one site in a minute than the registry lets through."""
    seconds = throttle.wait(sender, settings.PEER_REGISTRY["RATE"])
    if seconds:
        raise NotTaken(429, "Too many requests in a minute; send the rest later.", retry_after=seconds)


def body_of(request: HttpRequest) -> bytes:
    """The bytes of the request; never more than a report may have, whatever its headers promise."""
    declared = request.headers.get("Content-Length", "0")
    if declared.isdigit() and int(declared) > intake.MOST_BYTES:
        raise intake.too_large()
    return request.read(intake.MOST_BYTES + 1)


def _refusal(refusal: NotTaken) -> JsonResponse:
    said: dict[str, Any] = {"say": refusal.sentence}
    if refusal.problems:
        said["problems"] = refusal.problems
    response = JsonResponse(said, status=refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def refused(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What the framework itself refuses, such as a wrong method, in our words."""
    if not isinstance(error, APIException):
        return None
    response = JsonResponse({"say": str(error.detail)}, status=error.status_code)
    if error.status_code == 405:
        response.headers["Allow"] = "POST, OPTIONS"
    return response


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 where the site and its database answer, 503 where they do not."""
    try:
        Head.objects.filter(pk=1).first()
    except (OperationalError, InterfaceError):
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})
