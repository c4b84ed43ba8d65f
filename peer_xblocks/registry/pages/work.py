"""To decide: the training reports that wait for a registrar, and certifying on the strength of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.registry import audit, credentials, roles, tracks

PAGE = 25


@require_safe
@roles.staff
def listed(request: HttpRequest) -> HttpResponse:
    """The reports that wait, the oldest first."""
    audit.looked(request, "looked at what to decide")
    found = credentials.waiting().select_related("practitioner", "line__payload")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": credentials.opened(page)}
    return render(request, "peer_registry/work.html", context)


@require_POST
@roles.registrar
def certify(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Certifies; a second press changes nothing and says the same."""
    made = credentials.certify(entry_id, by=request.user)
    told = _("%(id)s is certified: %(track)s, number %(number)s.")
    said = {"id": made.practitioner.registry_id, "track": tracks.words(made.track), "number": made.number}
    messages.success(request, told % said)
    return redirect("work")
