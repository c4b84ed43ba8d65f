"""What a registrar asks the list of reports for: words, filters, an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.refusal import Refusal
from peer_xblocks.registry import practitioners, sealed
from peer_xblocks.registry.models import Entry

STATES = {
    "waiting": Q(stands=True, practitioner=None),
    "joined": Q(stands=True, practitioner__isnull=False),
    "withdrawn": Q(stands=False),
}
ORDERS = {
    "received": "changed_at",
    "completed": "completed_at",
    "activity": "activity",
    "category": "category",
    "minutes": "minutes",
    "sender": "sender",
}


@dataclass(frozen=True, slots=True)
class Search:
    """One view of the list, as its address says it; the address has `find`, a name for the words, never the words."""

    words: str = ""
    find: str = ""
    state: str = ""
    category: str = ""
    sender: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "-received"

    @classmethod
    def of(cls, query: Mapping[str, str], *, words: str = "", find: str = "") -> Search:
        """The search that an address or a form asks for; `Refusal` for one that cannot be meant."""
        state, order = query.get("state", ""), query.get("order", "") or "-received"
        if state not in ("", *STATES) or order.removeprefix("-") not in ORDERS:
            raise Refusal(_("This list cannot be shown like that. Start again from the list of reports."))
        return cls(
            words=words,
            find=find,
            state=state,
            category=query.get("category", "").replace("\0", "")[:64],
            sender=query.get("sender", "").replace("\0", "")[:64],
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
            order=order,
        )

    def entries(self) -> QuerySet[Entry]:
        """The entries it asks for, in its order."""
        found = Entry.objects.select_related("practitioner")
        if self.words:
            found = found.filter(_named(self.words))
        if self.state:
            found = found.filter(STATES[self.state])
        if self.category:
            found = found.filter(category=self.category)
        if self.sender:
            found = found.filter(sender=self.sender)
        if self.since:
            found = found.filter(completed_at__gte=_midnight(self.since))
        if self.until:
            found = found.filter(completed_at__lt=_midnight(self.until + timedelta(days=1)))
        sign = "-" if self.order.startswith("-") else ""
        return found.order_by(sign + ORDERS[self.order.removeprefix("-")], "-pk")

    def address(self, **changes: str) -> str:
        """The query string of this view, with `changes`."""
        said = {
            "find": self.find,
            "state": self.state,
            "category": self.category,
            "sender": self.sender,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "order": self.order,
        } | changes
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return any((self.words, self.state, self.category, self.sender, self.since, self.until))


def _named(words: str) -> Q:
    person = Q(practitioner__registry_id=words.upper())
    if "@" in words:
        return person | Q(email_mark=practitioners.email_mark(words))
    # Lower-cased here, for a database whose collation tells letters apart.
    courses = Entry.objects.annotate(folded=Lower("activity")).filter(folded__contains=words.lower())
    course = Q(pk__in=courses.values("pk"))
    marks = sealed.search_marks(words)
    if not marks:
        return person | course
    found = Entry.objects.all()
    for each in marks:
        found = found.filter(name_marks__mark=each)
    return person | course | Q(pk__in=found.values("pk"))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(_("A date looks like 2026-03-01. Correct it and search again.")) from error
    if not 1900 <= found.year <= 2999:
        raise Refusal(_("A date looks like 2026-03-01. Correct it and search again."))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
