"""The page that moves the demo's clock. Time only goes forward, and nobody gets minutes for moving it."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from peer_xblocks import clock
from peer_xblocks.demo.clock import FileClock
from peer_xblocks.demo.site.outline import minutes
from peer_xblocks.demo.site.pages import note, page
from peer_xblocks.demo.site.stepping import from_here
from peer_xblocks.handler import read
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotAllowed, Refusal

MOST = 40 * 86400
_writing = threading.Lock()


@csrf_protect
@require_http_methods(["GET", "POST"])
def clock_page(request: HttpRequest) -> HttpResponse:
    """Shows the time of the demo, and moves it: by a button, or by JSON `{"advance": seconds}`."""
    if request.method == "GET":
        return page(request, "clock.html", _shown())
    if not from_here(request):
        raise NotAllowed("The clock is moved on this machine only.")
    asked = read(request.body) if request.content_type == "application/json" else request.POST
    offset = advance(_file(), _seconds(asked.get("advance")))
    if request.content_type == "application/json":
        return JsonResponse({"offset": offset, "now": clock.epoch()})
    note(request, "The clock was moved forward.")
    return HttpResponseRedirect(reverse("peer_demo_site:clock"))


def advance(file: FileClock, seconds: int) -> int:
    """Moves the clock forward for all processes that read the file; answers how far it is ahead now."""
    with _writing:
        moved = file.offset + seconds
        file.move(moved)
    return moved


def until_morning(now: datetime) -> int:
    """The seconds until nine o'clock tomorrow, in the zone of `now`."""
    morning = datetime.combine(now.date() + timedelta(days=1), time(9), tzinfo=now.tzinfo)
    return round(morning.timestamp() - now.timestamp())


def _seconds(value: object) -> int:
    try:
        seconds = int(str(value))
    except ValueError as error:
        raise Refusal("Say by how many seconds the clock shall move, as a whole number.") from error
    if not 0 < seconds <= MOST:
        raise Refusal("The clock moves forward only, by at most 40 days at once.")
    return seconds


def _shown() -> dict[str, object]:
    here = clock.now().astimezone(programme().time_zone)
    steps = [(900, "15 minutes on"), (3600, "1 hour on"), (until_morning(here), "To tomorrow, 9 in the morning")]
    return {
        "now": here,
        "shown": here.strftime("%A, %B %-d, %Y, %-I:%M %p %Z"),
        "ahead": _ahead(_file().offset),
        "steps": [{"seconds": seconds, "words": words} for seconds, words in steps],
    }


def _ahead(seconds: float) -> str:
    days, rest = divmod(int(seconds), 86400)
    named = [f"{days} day{'s' if days > 1 else ''}"] if days else []
    if rest >= 60:
        named.append(minutes(rest))
    return " ".join(named) or ("less than a minute" if rest else "")


def _file() -> FileClock:
    return FileClock(Path(settings.PEER_DEMO["CLOCK"]))
