"""Who sent the request that this thread is answering (what crum remembers in the LMS)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

from peer_xblocks.demo.lms import store

_request: ContextVar[HttpRequest | None] = ContextVar("peer_demo_request", default=None)


class ActingUser:
    """Middleware: remembers the request, and what it was told of a course, while it is answered. Stands after Django's authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with answering(request), store.once():
            return self.get_response(request)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """While inside, `request` is the one that is being answered."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def user() -> Any:
    """The signed-in person who sent the request, whoever they masquerade as; None outside a request."""
    request = _request.get()
    found = getattr(request, "user", None)
    return found if found is not None and found.is_authenticated else None
