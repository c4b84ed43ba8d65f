"""Credentials: which training reports wait for the registrar's decision, and the act of certifying."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks import clock
from peer_xblocks.refusal import Clash, NotAllowed, NotThere
from peer_xblocks.registry import audit, ledger, practitioners, tracks
from peer_xblocks.registry.models import Credential, Entry, Practitioner


@dataclass(frozen=True, slots=True)
class Waiting:
    """A training report that waits for a decision, and how many exceptions it names."""

    entry: Entry
    exceptions: int


def waiting() -> QuerySet[Entry]:
    """Training reports that stand, are matched and carry no credential, the oldest first.

    Whoever holds a credential of the same track already is not listed again.
    """
    older = [When(track__in=labels, then=Value(code)) for code, labels in tracks.older_labels().items()]
    held = Credential.objects.filter(
        practitioner=OuterRef("practitioner"), track=OuterRef("track_code"), live=OuterRef("live")
    )
    return (
        Entry.objects.filter(kind="track", stands=True, practitioner__isnull=False, credential=None)
        .annotate(track_code=Case(*older, default=F("track")))
        .filter(~Exists(held))
        .order_by("completed_at", "pk")
    )


def opened(entries: Iterable[Entry]) -> list[Waiting]:
    """The entries with what their sealed reports say about exceptions."""
    return [Waiting(each, len(ledger.report(each.line)["exceptions"])) for each in entries]


def of(practitioner: Practitioner) -> QuerySet[Credential]:
    """A practitioner's credentials, the newest first."""
    return practitioner.credentials.select_related("entry", "by").order_by("-certified_on", "-pk")


def certify(entry_id: int, *, by: User) -> Credential:
    """The credential on the strength of this report; the same again answers the one that is there.

    Raises `NotThere`, `Clash` or `NotAllowed`, and changes nothing then.
    """
    with ledger.writing():
        entry = Entry.objects.select_related("practitioner").filter(pk=entry_id).first()
        if entry is None:
            raise NotThere(_("There is no such report. Go back to the list."))
        there = Credential.objects.filter(entry=entry).first()
        return there or _certified(entry, _person(entry, by), by)


def _person(entry: Entry, by: User) -> Practitioner:
    """Whom the report makes ready to be certified; else a refusal."""
    if entry.kind != "track":
        raise Clash(_("This is no report of a training. Only a finished track leads to a credential."))
    if not entry.track:
        raise Clash(_("This report names no track. Ask the site for a correction."))
    if not entry.stands:
        raise Clash(_("The site withdrew this report. Nothing was changed; ask the site."))
    person = entry.practitioner
    if person is None:
        raise Clash(_("This report is not matched yet. Match it first, then certify."))
    if person.user_id == by.pk:
        raise NotAllowed(_("You cannot decide about your own record. Ask another registrar."))
    if person.status == Practitioner.Status.INACTIVE:
        raise Clash(_("This record is not active. Change its status first, then certify."))
    if person.credentials.filter(track=tracks.code(entry.track), live=entry.live).exists():
        raise Clash(_("This person holds a credential of this track already; nothing was changed."))
    return person


def _certified(entry: Entry, person: Practitioner, by: User) -> Credential:
    now = clock.now()
    made = Credential.objects.create(
        practitioner=person,
        entry=entry,
        track=tracks.code(entry.track),
        number=practitioners.new_number("C"),
        certified_on=timezone.localdate(now),
        live=entry.live,
        by=by,
        at=now,
    )
    audit.write("certified", person.registry_id, by=by, after=made.number)
    # A demonstration says nothing about a person, so it moves no status but in a registry that is one itself.
    if (made.live or settings.PEER_REGISTRY["DEMO"]) and person.status != Practitioner.Status.CERTIFIED:
        reason = _("Credential %(number)s, %(track)s") % {"number": made.number, "track": tracks.words(made.track)}
        practitioners.decide(person, Practitioner.Status.CERTIFIED, reason, by=by)
    return made
