"""What came in: the list, its sheet, one report with its receipt, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks import clock
from peer_xblocks.chain import START
from peer_xblocks.refusal import NotThere
from peer_xblocks.registry import audit, finding, ledger, matches, practitioners, roles, senders, sheet
from peer_xblocks.registry.models import Entry, Head, Line
from peer_xblocks.registry.roles import Role
from peer_xblocks.registry.search import Search
from peer_xblocks.wire.receipt import Receipt

PAGE = 25


@require_safe
@roles.staff
def listed(request: HttpRequest) -> HttpResponse:
    """The list of reports, searched, filtered, sorted and in pages."""
    search = _asked(request)
    if search.words:
        audit.looked(request, "searched reports", after=search.words)
    page = Paginator(search.entries().select_related("line"), PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "categories": Entry.objects.exclude(category="").order_by("category").values_list("category", flat=True),
        "senders": Entry.objects.order_by("sender").values_list("sender", flat=True),
        "waiting": Search(state="waiting").entries().count(),
    }
    for name in ("categories", "senders"):
        context[name] = context[name].distinct()
    return render(request, "peer_registry/received.html", context)


@require_POST
@roles.staff
def find(request: HttpRequest) -> HttpResponse:
    """Keeps the words of a search and leads to its list."""
    search = Search.of(request.POST, find=finding.kept(request))
    return redirect(reverse("received") + search.address())


def _asked(request: HttpRequest) -> Search:
    return Search.of(request.GET, words=finding.words(request), find=finding.name(request))


@require_safe
@roles.staff
def sheeted(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a sheet."""
    search = _asked(request)
    audit.looked(request, "took a sheet of reports", after=f"{search.words}\n{search.address(find='')}")
    rows = sheet.rows(search.entries().select_related("line").iterator(500))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="reports-{clock.now():%Y-%m-%d}.csv"'
    return response


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says about one line, asked just now."""

    fault: str
    follows: bool
    followed: bool

    @property
    def whole(self) -> bool:
        """Whether all of it holds."""
        return not self.fault and self.follows and self.followed


@require_safe
@roles.staff
def detail(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One report."""
    audit.looked(request, "looked at a report", f"report {entry_id}")
    return _detail(request, entry_id)


def _detail(request: HttpRequest, entry_id: int, code: str = "") -> HttpResponse:
    entry = _entry(entry_id)
    may_match = Role.REGISTRAR in roles.of(request.user) and entry.state == "waiting"
    words = finding.words(request) if may_match else ""
    if words:
        audit.looked(request, "searched practitioners", f"report {entry_id}", after=words)
    context = {
        "entry": entry,
        "line": entry.line,
        "receipt": Receipt.from_json(entry.line.reply.encode()),
        "report": ledger.report(entry.line),
        "lines": Line.objects.filter(sender=entry.sender, completion_key=entry.completion_key).order_by("-version"),
        "head": Head.objects.get(pk=1),
        "joins": entry.joins.select_related("practitioner", "by").order_by("-pk"),
        "codes": entry.codes.filter(used_at=None, expires_at__gt=clock.now()),
        "standing": _standing(entry.line) if "verify" in request.GET else None,
        "suggestions": matches.suggestions(entry) if may_match else [],
        "person": words,
        "found": practitioners.search(words)[:20] if words else None,
        "code": code,
    }
    return render(request, "peer_registry/report.html", context)


def _standing(line: Line) -> Standing:
    before = Line.objects.filter(seq=line.seq - 1).values_list("hash", flat=True).first()
    after = Line.objects.filter(seq=line.seq + 1).values_list("prev_hash", flat=True).first()
    head = Head.objects.get(pk=1)
    return Standing(
        fault=ledger.fault(line, senders.receipt_keys()),
        follows=line.prev_hash == (before or START) and (before is not None) == (line.seq > 1),
        followed=after == line.hash if after else (head.seq, head.hash) == (line.seq, line.hash),
    )


@require_POST
@roles.registrar
def find_person(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Keeps the words of a search for a practitioner and leads back to the report, with who was found."""
    name, address = finding.kept(request), reverse("report", args=[entry_id])
    return redirect(f"{address}?{urlencode({'find': name})}#whose" if name else address)


@require_POST
@roles.registrar
def join(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Joins a report to a practitioner."""
    person = practitioners.get(request.POST.get("practitioner", ""))
    matches.join(entry_id, person, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("Joined to %s. You can take it apart again below.") % person.registry_id)
    return redirect("report", entry_id)


@require_POST
@roles.registrar
def part(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Takes a report and its practitioner apart."""
    matches.part(entry_id, request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Taken apart. The report waits to be matched again."))
    return redirect("report", entry_id)


@require_POST
@roles.registrar
def open_record(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Opens a record for somebody new."""
    made = matches.open_record(entry_id, by=request.user)
    messages.success(request, _("Record %s is open and this report is joined to it.") % made.registry_id)
    return redirect("report", entry_id)


@require_POST
@roles.registrar
def issue_code(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Issues a link code and shows it this once."""
    return _detail(request, entry_id, matches.issue_code(entry_id, by=request.user))


def _entry(entry_id: int) -> Entry:
    found = Entry.objects.select_related("line", "line__payload", "practitioner").filter(pk=entry_id).first()
    if found is None:
        raise NotThere(_("There is no such report. Go back to the list."))
    return found
