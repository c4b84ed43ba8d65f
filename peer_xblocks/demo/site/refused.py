"""What a page of the demo says when something cannot be done: one plain sentence, and the way on."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from peer_xblocks.demo.site.pages import page
from peer_xblocks.refusal import Refusal

LOST = "There is no such page. It may have moved; the front page leads everywhere."
STALE = "This page was open too long. Go back, reload it, and try again."


class Refusals:
    """Middleware: a `Refusal` of one of our own pages becomes its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, or JSON for who sent JSON; None for every other fault."""
        if not isinstance(exception, Refusal):
            return None
        if request.content_type == "application/json":
            return JsonResponse({"error": exception.sentence}, status=exception.status)
        return page(request, "refused.html", {"sentence": exception.sentence}, status=exception.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's page for an address that does not exist."""
    return page(request, "refused.html", {"sentence": LOST}, status=404)


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's page for a POST without its token."""
    return page(request, "refused.html", {"sentence": STALE}, status=403)
