"""The records of people: opened, found, and moved from one status to another by a decision."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal
from peer_xblocks.registry import audit, ledger, names, sealed
from peer_xblocks.registry.models import Decision, Practitioner
from peer_xblocks.wire import completion

# Without the letters that people mistake for digits or for one another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_number(kind: str = "") -> str:
    """A number such as AL-7K3M-92QX, or of a `kind` AL-C-7K3M-92QX: random, so that it tells nothing about the person."""
    parts = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    return "-".join(each for each in (settings.PEER_REGISTRY["NUMBERS"], kind, *parts) if each)


def start(name: str, *, by: User | None = None) -> Practitioner:
    """A new record; within `ledger.writing`."""
    made = Practitioner.objects.create(registry_id=new_number(), name=name)
    names.index(made)
    audit.write("opened a record", made.registry_id, by=by, after=name)
    return made


def get(registry_id: str) -> Practitioner:
    """The record under that number; `NotThere` for none."""
    found = Practitioner.objects.filter(registry_id=registry_id.strip().upper()).first()
    if found is None:
        raise NotThere(_("There is no practitioner under this number. Check it and search again."))
    return found


def search(text: str) -> QuerySet[Practitioner]:
    """Records whose number, name or reported e-mail address `text` asks for; all of them for an empty search."""
    found = Practitioner.objects.order_by("-opened_at", "-pk")
    if not text.strip():
        return found
    if "@" in text:
        mailed = Practitioner.objects.filter(entries__email_mark=email_mark(text))
        return found.filter(pk__in=mailed.values("pk"))
    named = found
    marks = sealed.search_marks(text)
    for each in marks:
        named = named.filter(name_marks__mark=each)
    number = found.filter(registry_id=text.strip().upper())
    if not marks:
        return number
    return found.filter(Q(pk__in=number.values("pk")) | Q(pk__in=named.values("pk")))


def email_mark(address: str) -> str:
    """The mark that a report about this e-mail address carries, under the salt that both sides hold."""
    return sealed.mark("email", completion.email_hash(address, settings.PEER_REGISTRY["MATCH_SALT"]))


def decide(practitioner: Practitioner, after: str, reason: str, *, by: User) -> None:
    """Moves a record to another status and keeps why."""
    if after not in Practitioner.Status.values:
        raise Refusal(_("Choose one of the statuses in the list."))
    if not reason.strip():
        raise Refusal(_("Say in a few words why, then decide again."))
    if practitioner.user_id == by.pk:
        raise NotAllowed(_("You cannot decide about your own record. Ask another registrar."))
    with ledger.writing():
        held = Practitioner.objects.get(pk=practitioner.pk)
        if held.status == after:
            raise Clash(_("The record has this status already; nothing was changed."))
        Decision.objects.create(practitioner=held, before=held.status, after=after, reason=reason.strip()[:500], by=by)
        Practitioner.objects.filter(pk=held.pk).update(status=after)
        audit.write("changed a status", held.registry_id, by=by, before=held.status, after=after)
