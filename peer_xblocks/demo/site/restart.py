"""The page that starts the demo over."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from peer_xblocks.demo import reset
from peer_xblocks.demo.site.pages import page
from peer_xblocks.demo.site.stepping import from_here
from peer_xblocks.refusal import NotAllowed, Refusal


@csrf_protect
@require_http_methods(["GET", "POST"])
def reset_page(request: HttpRequest) -> HttpResponse:
    """Asks whether all shall begin anew; a POST that says yes leaves the wish for the process above."""
    if request.method == "GET":
        return page(request, "reset.html")
    if not from_here(request):
        raise NotAllowed("The demonstration starts over from this machine only.")
    if request.POST.get("sure") != "yes":
        raise Refusal("Nothing was removed. Use the button that says so if you want to start over.")
    shown = page(request, "starting.html")
    reset.ask(Path(settings.PEER_DEMO["DATA"]))
    return shown
