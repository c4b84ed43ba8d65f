"""Pages of the certification room for staff of the site: reports on their way, and what the site is set up with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from peer_xblocks.certification import agreement, outbox, site
from peer_xblocks.certification.models import Outbox, State
from peer_xblocks.certification.site import NotSetUp
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotAllowed, Refusal

PER_PAGE = 50
SAID = {"sent": "The report is on its way again.", "closed": "Marked as looked into."}
View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """A page that only staff of the whole site may see; a refusal is a page with one sentence."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        try:
            if not (request.user.is_authenticated and request.user.is_active and request.user.is_staff):
                raise NotAllowed("Only staff of this site can see this page. Sign in with a staff account.")
            return view(request, **parts)
        except Refusal as refusal:
            said = {"title": gettext("This page is not open to you"), "sentence": gettext(refusal.sentence)}
            return _page(request, "page", said, refusal.status)

    return never_cache(guarded)


@require_GET
@for_staff
def reports(request: HttpRequest) -> HttpResponse:
    """The outbox: each report with its state, attempts, next try and last answer."""
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in State.values else ""
    rows = Outbox.objects.select_related("completion").order_by("-id")
    page = Paginator(rows.filter(state=chosen) if chosen else rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.can_be_sent = row.state in (State.DUE, State.PARKED)
    counts = dict(Outbox.objects.values_list("state").annotate(count=Count("id")).order_by())
    shown = {
        "title": gettext("Reports to the registry"),
        "page": page,
        "chosen": chosen,
        "states": [(value, label, counts.get(value, 0)) for value, label in State.choices],
        "said": next((gettext(words) for name, words in SAID.items() if name in request.GET), ""),
        "agreement": agreement.standing(),
        "not_set_up": next(iter(_troubles()), ""),
    }
    return _page(request, "reports", shown)


@require_POST
@for_staff
def send_again(_request: HttpRequest, *, webhook_id: str) -> HttpResponse:
    """Puts one report back on its way. Twice is as good as once: the registry answers the same receipt."""
    outbox.send_again(webhook_id)
    return HttpResponseRedirect(reverse("peer_certification:reports") + "?sent=1")


@require_POST
@for_staff
def looked_into(request: HttpRequest, *, number: int) -> HttpResponse:
    """Closes a difference between the two sides; it stays closed, and stays in the list with who closed it."""
    agreement.close(number, request.user.pk)
    return HttpResponseRedirect(reverse("peer_certification:reports") + "?closed=1#both-sides")


@require_GET
@for_staff
def setup(request: HttpRequest) -> HttpResponse:
    """Every fact of the programme: value, confirmed or not, source, who, when; and how reporting is set up."""
    rules = programme()
    try:
        registry = site.registry()
    except NotSetUp:
        registry = None
    shown = {
        "title": gettext("Set-up"),
        "rules": rules,
        "facts": [(name, _words(fact.value), fact) for name, fact in rules.facts.items()],
        "hours": asdict(rules.hours).items(),
        "registry": registry,
        "troubles": _troubles(),
    }
    return _page(request, "setup", shown)


def _page(request: HttpRequest, template: str, shown: Mapping[str, Any], status: int = 200) -> HttpResponse:
    context = {"demonstration": not programme().live, **shown}
    return render(request, f"peer_certification/{template}.html", context, status=status)


def _troubles() -> list[str]:
    """What keeps reports from going, a sentence each."""
    found = []
    for ask in (site.issuer_and_salt, site.registry):
        try:
            ask()
        except NotSetUp as trouble:
            found.append(gettext(str(trouble)))
    return found


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_words(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(_words(each) for each in value)
    return str(value) if value != "" else "–"
