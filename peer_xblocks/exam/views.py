"""POSTs of an open sitting. They know the sitting, not the block: an author who removes the block stops nobody's exam."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from peer_xblocks import clock
from peer_xblocks.compat import platform
from peer_xblocks.exam import answers, definition, models, public, screen, sittings
from peer_xblocks.exam.answer import MOST_BYTES, Sent, client_id
from peer_xblocks.handler import NOT_SAVED, read
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal

log = logging.getLogger(__name__)
MOST_ANSWERS = 500
Change = Callable[[int, UUID, Mapping[str, Any]], Mapping[str, Any]]


def learners_own(most: int) -> Callable[[Change], Callable[..., HttpResponse]]:
    """A JSON POST about a sitting, of the learner whose sitting it is; it owns its transaction, so that it may try again."""

    def made(change: Change) -> Callable[..., HttpResponse]:
        @wraps(change)
        def answered(request: HttpRequest, sitting: UUID) -> HttpResponse:
            try:
                body = read(request.read(most + 1), most)
                return JsonResponse(dict(change(_account(request), sitting, body)))
            except Refusal as refusal:
                return JsonResponse({"error": gettext(refusal.sentence)}, status=refusal.status)
            except DatabaseError:
                log.exception("A sitting's POST could not be saved.")
                return JsonResponse({"error": gettext(NOT_SAVED)}, status=503)

        return never_cache(require_POST(transaction.non_atomic_requests(answered)))

    return made


@learners_own(MOST_BYTES)
def answer(user_id: int, sitting: UUID, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Takes one answer; says whether it counts, and how the time stands."""
    now = clock.millis()
    taken = answers.save(user_id, sitting, Sent.from_json(data), now=now)
    said = {"word": taken.word, "replaced": bool(taken.replaced)}
    return {**said, "clock": public.clock(sittings.value(taken.row), now)}


@learners_own(MOST_BYTES)
def look(user_id: int, sitting: UUID, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The open sitting as it is now, for a page that was just opened; notes the device."""
    device, now = client_id(data.get("device")), clock.millis()
    row = answers.look(user_id, sitting, device, client_id(data.get("client_id")), now=now)
    return _shown(user_id, row, now)


@learners_own(MOST_BYTES)
def tick(user_id: int, sitting: UUID, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """How the time stands, and whether another device was heard last; writes nothing."""
    device, now = client_id(data.get("device")), clock.millis()
    row = models.Sitting.objects.filter(id=sitting, learner__in=sittings.learner_of(user_id)).first()
    if row is None:
        raise NotThere("There is no such exam of yours. Go back to the course and open it again.")
    heard = answers.device_of(row)
    return {"clock": public.clock(sittings.value(row), now), "elsewhere": heard not in ("", device)}


@learners_own(MOST_ANSWERS * MOST_BYTES)
def submit(user_id: int, sitting: UUID, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Hands in with all answers that the page holds; answers the result."""
    given = data.get("answers", [])
    if not isinstance(given, list) or len(given) > MOST_ANSWERS:
        raise Refusal("This could not be read. Your answers are kept; reload the page and hand in again.")
    sent, now = [Sent.from_json(each) for each in given], clock.millis()
    row = answers.submit(user_id, sitting, sent, client_id(data.get("client_id")), now=now)
    return _shown(user_id, row, now)


def _shown(user_id: int, row: models.Sitting, now: int) -> Mapping[str, Any]:
    if row.state in sittings.OPEN:
        return screen.opened(row, now)
    place = sittings.Place(row.course, row.usage)
    return screen.Screen(user_id, place, definition.of(programme(), row.exam), gettext).state(now)


def _account(request: HttpRequest) -> int:
    """The person who really asks."""
    user_id = request.user.pk
    if user_id is None:
        raise NotAllowed("Please sign in again. Your answers are kept on this device.")
    if platform().acting_user() not in (None, user_id):
        raise Clash("You are looking at this page as somebody else, so nothing was saved.")
    return int(user_id)
