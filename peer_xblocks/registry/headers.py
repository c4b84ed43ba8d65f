"""What every answer of the site carries, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from peer_xblocks.refusal import Refusal

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Headers:
    """No script, no framing, no caching of pages, no search engine: the list of people is itself sensitive."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class Refusals:
    """Turns a refusal into its status and sentence, and a busy database into "come again"."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the page."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that says what to do; None for what nobody foresaw."""
        if isinstance(exception, Refusal):
            return said(request, exception.sentence, exception.status)
        if isinstance(exception, OperationalError):
            response = said(request, _("The registry is busy. Nothing was changed; try again in a minute."), 503)
            response.headers["Retry-After"] = "10"
            return response
        return None


def said(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A page with one plain sentence."""
    heading = _("Not here") if status == 404 else _("Nothing was changed")
    return render(request, "peer_registry/said.html", {"heading": heading, "sentence": sentence}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that another site sent."""
    return said(request, _("This form is no longer valid. Go back, reload the page and send it again."), 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    return said(request, _("There is no such page. Go back, or start from the first page."), 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something nobody foresaw; without the database, which may be the reason."""
    return HttpResponse(
        _("Something went wrong here and nothing was changed. Try again in a minute."),
        status=500,
        content_type="text/plain; charset=utf-8",
    )
