"""A practitioner's own page: their hours, each entry, and a code to claim one with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.refusal import Refusal
from peer_xblocks.registry import audit, credentials, hours, matches, roles
from peer_xblocks.registry.models import Practitioner


@require_safe
@roles.practitioner
def page(request: HttpRequest) -> HttpResponse:
    """The record of who is signed in, and nobody else's."""
    return _page(request)


def _page(request: HttpRequest, told: str = "", status: int = 200) -> HttpResponse:
    person = Practitioner.objects.get(user_id=request.user.pk)
    tallies = hours.by_category(person)
    context = {
        "person": person,
        "tallies": tallies,
        "minutes": sum(each.minutes for each in tallies),
        "credentials": credentials.of(person),
        "entries": person.entries.select_related("line").order_by("-completed_at", "-pk"),
        "told": told,
        "typed": request.POST.get("code", "")[:20],
    }
    return render(request, "peer_registry/mine.html", context, status=status)


@require_POST
@roles.practitioner
def claim(request: HttpRequest) -> HttpResponse:
    """Claims an entry by its link code; what does not work is said beside the field."""
    person = Practitioner.objects.get(user_id=request.user.pk)
    try:
        entry = matches.claim(request.POST.get("code", ""), person, by=request.user, place=audit.place(request))
    except Refusal as refusal:
        return _page(request, refusal.sentence, refusal.status)
    messages.success(request, _("“%s” is now on your record.") % entry.activity)
    return redirect("mine")
