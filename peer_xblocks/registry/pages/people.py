"""The practitioners: their list, and one record with its entries and decisions."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.registry import audit, credentials, finding, hours, practitioners, roles
from peer_xblocks.registry.models import Practitioner

PAGE = 25


@require_safe
@roles.staff
def listed(request: HttpRequest) -> HttpResponse:
    """The list of practitioners."""
    words = finding.words(request)
    if words:
        audit.looked(request, "searched practitioners", after=words)
    standing = Q(entries__stands=True)
    found = practitioners.search(words).annotate(
        reports=Count("entries", filter=standing), minutes=Sum("entries__minutes", filter=standing, default=0)
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    address = f"?{urlencode({'find': finding.name(request)})}" if words else ""
    return render(request, "peer_registry/practitioners.html", {"words": words, "page": page, "address": address})


@require_POST
@roles.staff
def find(request: HttpRequest) -> HttpResponse:
    """Keeps the words of a search and leads to its list."""
    name = finding.kept(request)
    return redirect(reverse("practitioners") + (f"?{urlencode({'find': name})}" if name else ""))


@require_safe
@roles.staff
def detail(request: HttpRequest, registry_id: str) -> HttpResponse:
    """One practitioner."""
    person = practitioners.get(registry_id)
    audit.looked(request, "looked at a record", person.registry_id)
    context = {
        "person": person,
        "tallies": hours.by_category(person),
        "credentials": credentials.of(person),
        "entries": person.entries.order_by("-completed_at", "-pk"),
        "decisions": person.decisions.select_related("by").order_by("-pk"),
        "statuses": [each for each in Practitioner.Status.choices if each[0] != person.status],
    }
    return render(request, "peer_registry/practitioner.html", context)


@require_POST
@roles.registrar
def decide(request: HttpRequest, registry_id: str) -> HttpResponse:
    """Changes a practitioner's status."""
    person = practitioners.get(registry_id)
    practitioners.decide(person, request.POST.get("status", ""), request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The status is changed, and why is kept below."))
    return redirect("practitioner", person.registry_id)
