"""What a registrar and an auditor keep an eye on: alerts, and the log of who did what."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks import clock
from peer_xblocks.refusal import NotThere
from peer_xblocks.registry import audit, roles
from peer_xblocks.registry.models import Alert, Audit, Entry

PAGE = 50


@require_safe
@roles.staff
def alerts(request: HttpRequest) -> HttpResponse:
    """Alerts, open ones first."""
    standing = Entry.objects.filter(
        sender=OuterRef("line__sender"), completion_key=OuterRef("line__completion_key")
    ).values("pk")[:1]
    found = Alert.objects.select_related("closed_by").annotate(entry_id=Subquery(standing))
    still = found.filter(closed_at=None).order_by("-last_at")
    done = found.exclude(closed_at=None).order_by("-closed_at")[:PAGE]
    page = Paginator(still, PAGE).get_page(request.GET.get("page"))
    return render(request, "peer_registry/alerts.html", {"page": page, "done": done})


@require_POST
@roles.registrar
def close(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Marks an alert as looked into; the same thing again opens it anew."""
    changed = Alert.objects.filter(pk=alert_id, closed_at=None).update(closed_at=clock.now(), closed_by=request.user)
    if not changed and not Alert.objects.filter(pk=alert_id).exists():
        raise NotThere(_("There is no such alert. Go back to the list."))
    if changed:
        audit.looked(request, "closed an alert", f"alert {alert_id}")
        messages.success(request, _("Closed. It opens again if the same thing happens."))
    return redirect("alerts")


@require_safe
@roles.staff
def log(request: HttpRequest) -> HttpResponse:
    """The audit log, newest first."""
    act = request.GET.get("act", "").replace("\0", "")[:40]
    found = Audit.objects.select_related("who").order_by("-pk")
    if act:
        found = found.filter(act=act)
    acts = Audit.objects.order_by("act").values_list("act", flat=True).distinct()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "acts": acts, "act": act, "address": f"?{urlencode({'act': act})}" if act else ""}
    return render(request, "peer_registry/audit.html", context)
