"""A block's POSTs: who may send them, what they may carry, how a refusal is said."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db import DatabaseError
from webob import Response
from xblock.core import XBlock

from peer_xblocks.block import PeerBlock
from peer_xblocks.refusal import Refusal

log = logging.getLogger(__name__)

Change = Callable[[Any, dict[str, Any]], Mapping[str, Any]]
MOST_BYTES = 512 * 1024
UNREADABLE = "This request could not be read. Reload the page and try again."
NOT_SAVED = "We could not save just now. Your work is kept on this page; try again in a moment."


def learner_handler(change: Change) -> Any:
    """Makes `change(self, data)` a JSON POST of the enrolled learner's own; a `Refusal` becomes its status and sentence."""
    return _handler(change, PeerBlock.demand_learner)


def author_handler(change: Change) -> Any:
    """Makes `change(self, data)` a JSON POST that only Studio authors of this course may send."""
    return _handler(change, PeerBlock.demand_author)


def read(body: bytes, most: int = MOST_BYTES) -> dict[str, Any]:
    """The JSON object in a request's body; a `Refusal` for anything else, however large or deep."""
    if len(body) > most:
        raise Refusal("This is more than one request can carry. Send it in smaller parts.", 413)
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal(UNREADABLE) from error
    if not isinstance(data, dict):
        raise Refusal(UNREADABLE)
    return data


def _handler(change: Change, demand: Callable[[PeerBlock], None]) -> Any:
    @wraps(change)
    def handle(self: PeerBlock, request: Any, _suffix: str = "") -> Response:
        if request.method != "POST":
            return _answer(405, {"error": "Use the buttons of the page; this address takes a POST."}, allow="POST")
        try:
            demand(self)
            return _answer(200, change(self, read(request.body)))
        except Refusal as refusal:
            return _answer(refusal.status, {"error": refusal.sentence})
        except DatabaseError:
            log.exception("%s could not save", type(self).__name__)
            return _answer(503, {"error": NOT_SAVED})

    return XBlock.handler(handle)


def _answer(status: int, body: Mapping[str, Any], *, allow: str = "") -> Response:
    response = Response(json.dumps(body), status=status, content_type="application/json", charset="utf8")
    if allow:
        response.allow = allow
    return response
