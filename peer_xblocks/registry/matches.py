"""Whose completion it is: joined by the registrar or by a one-time code, and taken apart as easily."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peer_xblocks import clock
from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal
from peer_xblocks.registry import audit, ledger, practitioners, sealed
from peer_xblocks.registry.models import Audit, Entry, Join, LinkCode, Practitioner

CODE_LETTERS, CODE_DAYS = 10, 14
WRONG_CODES, WRONG_WINDOW = 5, timedelta(hours=1)
WRONG = "wrong link code"
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody whom an entry may belong to, and what speaks for it."""

    practitioner: Practitioner
    why: str


def suggestions(entry: Entry) -> list[Suggestion]:
    """Whom to look at first: the same e-mail address in an earlier report, then the same name. Never decided by itself."""
    by_mail = Practitioner.objects.filter(entries__email_mark=entry.email_mark).distinct()[:MOST_SUGGESTIONS]
    found = {each.pk: Suggestion(each, _("same e-mail address")) for each in by_mail}
    if sealed.words(entry.name):
        for each in practitioners.search(entry.name.replace("@", " "))[:MOST_SUGGESTIONS]:
            found.setdefault(each.pk, Suggestion(each, _("same name")))
    return list(found.values())


def join(
    entry_id: int, practitioner: Practitioner, *, by: User, how: str = Join.How.REGISTRAR, reason: str = ""
) -> None:
    """Joins an entry to a practitioner; the same again changes nothing."""
    if how == Join.How.REGISTRAR and practitioner.user_id == by.pk:
        raise NotAllowed(_("You cannot decide about your own record. Ask another registrar."))
    with ledger.writing():
        entry = _entry(entry_id)
        if entry.practitioner_id == practitioner.pk:
            return
        if entry.practitioner_id:
            raise Clash(_("This report is joined to somebody else. Take it apart first."))
        _record(entry, practitioner, how, reason, by)


def part(entry_id: int, reason: str, *, by: User) -> None:
    """Takes an entry and its practitioner apart; both rows of the story stay."""
    if not reason.strip():
        raise Refusal(_("Say in a few words why, then take it apart again."))
    with ledger.writing():
        entry = _entry(entry_id)
        if entry.practitioner is None:
            raise Clash(_("This report is not joined to anybody; nothing was changed."))
        if entry.practitioner.user_id == by.pk:
            raise NotAllowed(_("You cannot decide about your own record. Ask another registrar."))
        _record(entry, None, Join.How.APART, reason, by)


def open_record(entry_id: int, *, by: User) -> Practitioner:
    """A new practitioner under the name of the report, joined to it."""
    with ledger.writing():
        entry = _entry(entry_id)
        if entry.practitioner_id:
            raise Clash(_("This report is joined to somebody already; nothing was changed."))
        made = practitioners.start(entry.name, by=by)
        _record(entry, made, Join.How.REGISTRAR, "", by)
    return made


def issue_code(entry_id: int, *, by: User) -> str:
    """A fresh one-time code for a waiting entry; earlier ones for it end. The text is given out only here."""
    code = "".join(secrets.choice(practitioners.ALPHABET) for _ in range(CODE_LETTERS))
    now = clock.now()
    with ledger.writing():
        entry = _entry(entry_id)
        if entry.state != "waiting":
            raise Clash(_("Only a report that waits to be matched can have a link code."))
        entry.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
        expires = now + timedelta(days=CODE_DAYS)
        LinkCode.objects.create(mark=_mark(code), entry=entry, by=by, at=now, expires_at=expires)
        audit.write("issued a link code", f"report {entry_id}", by=by)
    return f"{code[:5]}-{code[5:]}"


NO_CODE = gettext_lazy("This code does not work: it may be mistyped, used or out of date. Check it, or ask the office.")


def claim(text: str, practitioner: Practitioner, *, by: User, place: str) -> Entry:
    """Joins the entry that a link code was issued for to the practitioner who typed it."""
    now = clock.now()
    tried = Audit.objects.filter(act=WRONG, who=by, at__gt=now - WRONG_WINDOW).count()
    if tried >= WRONG_CODES:
        raise Refusal(_("Too many codes did not work. Wait an hour, or ask the office."), 429)
    with ledger.writing():
        code = LinkCode.objects.filter(mark=_mark(text), used_at=None, expires_at__gt=now).first()
        if code:
            if code.by_id == by.pk:
                raise NotAllowed(_("You cannot use a code that you gave out yourself. Ask another registrar."))
            entry = _entry(code.entry_id)
            if entry.state != "waiting":
                raise Clash(_("This report is no longer waiting. Ask the office what became of it."))
            LinkCode.objects.filter(pk=code.pk).update(used_at=now)
            _record(entry, practitioner, Join.How.CODE, "", by)
            return entry
    audit.write(WRONG, practitioner.registry_id, by=by, place=place)
    raise Refusal(str(NO_CODE))


def _record(entry: Entry, practitioner: Practitioner | None, how: str, reason: str, by: User) -> None:
    before = entry.practitioner.registry_id if entry.practitioner else ""
    after = practitioner.registry_id if practitioner else ""
    Join.objects.create(entry=entry, practitioner=practitioner, how=how, reason=reason.strip()[:500], by=by)
    Entry.objects.filter(pk=entry.pk).update(practitioner=practitioner)
    act = "joined a report" if practitioner else "took a report apart"
    audit.write(act, f"report {entry.pk}", by=by, before=before, after=after)


def _entry(entry_id: int) -> Entry:
    found = Entry.objects.select_related("practitioner").filter(pk=entry_id).first()
    if found is None:
        raise NotThere(_("There is no such report. Go back to the list."))
    return found


def _mark(code: str) -> str:
    folded = "".join(each for each in code.upper() if each.isalnum())
    return sealed.mark("code", folded.replace("O", "0").replace("I", "1").replace("L", "1"))
