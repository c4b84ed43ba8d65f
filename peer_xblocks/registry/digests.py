"""`POST /v1/digests`: what the ledger holds of one site for one day, so that both sides can compare."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from peer_xblocks import clock
from peer_xblocks.registry import alerts, api, intake, ledger, senders
from peer_xblocks.registry.intake import NotTaken
from peer_xblocks.registry.models import Alert, Line
from peer_xblocks.wire import completion, digest, webhook
from peer_xblocks.wire.digest import DigestRefused, Question

REFUSALS = {
    401: "no known key signed this, or it belongs to another site",
    413: "larger than 20 KB",
    422: "not canonical JSON, not a question, or a day that is not over",
    425: "signed more than five minutes before or after now",
    429: "too many a minute; see Retry-After",
    503: "the database is busy; see Retry-After",
}
COLUMNS = ("completion_key", "version", "payload_sha256")
ANSWER = {(200, "application/json"): {**api.wire("digest.v1"), "description": "The signed digest of the day."}}


class Digests(APIView):
    """Answers what was received of a site on a day."""

    content_negotiation_class = api.JsonOnly

    @extend_schema(
        operation_id="digest_of_a_day",
        summary="Compare a day",
        description="How many reports of the site were received on a day (UTC), one hash over them, and on request "
        "their ids and digests page by page. Signed like a report (Standard Webhooks, scheme v1a), RFC 8785 form. "
        "A site may name reports that it does not know; the registry's people are told.",
        parameters=api.SIGNED,
        request={"application/json": api.wire("digest-request.v1")},
        responses=ANSWER | api.refusals(REFUSALS),
        auth=[],
    )
    def post(self, request: Request) -> HttpResponse:
        """The signed digest; else a refusal that says what to do."""
        return api.answered(request._request, _digest)


def _digest(request: HttpRequest) -> HttpResponse:
    body, now = api.body_of(request), clock.now()
    sender = intake.signer(request.headers, body, senders.senders(), int(now.timestamp()))
    question = _question(intake.parsed(body), sender, now.astimezone(UTC).date())
    api.demand_calm(sender)
    lines = _lines(sender, question.day)
    _tell(lines, question)
    held = {completion.webhook_id(key, version): sha for key, version, sha in lines.values_list(*COLUMNS)}
    ledger_id, key = ledger.name(), senders.signing_key()
    signed = digest.answer(question, request.headers[webhook.ID], held, ledger_id=ledger_id, key=key)
    return JsonResponse(signed.as_dict())


def _question(data: Any, sender: str, today: date) -> Question:
    try:
        question = Question.of(data)
    except DigestRefused as error:
        raise NotTaken(422, "This is no question about a day; see problems.", problems=[str(error)]) from error
    if question.issuer != sender:
        raise NotTaken(401, "The key that signed this belongs to another site than the issuer.")
    if question.day >= today:
        raise NotTaken(422, "This day is not over; ask again after midnight UTC.")
    return question


def _lines(sender: str, day: date) -> QuerySet[Line]:
    begin = datetime.combine(day, time.min, UTC)
    return Line.objects.filter(sender=sender, received_at__gte=begin, received_at__lt=begin + timedelta(days=1))


def _tell(lines: QuerySet[Line], question: Question) -> None:
    """Notes an alert for each report that is held here and unknown there."""
    asked = set(question.unknown)
    for line in lines.filter(completion_key__in={name.partition("_v")[0] for name in asked}):
        name = completion.webhook_id(line.completion_key, line.version)
        if name in asked:
            alerts.note(Alert.Kind.UNKNOWN, line.sender, name, line=line)
