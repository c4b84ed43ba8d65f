"""What stands: for each completion the entry that its highest version makes, and to whom it is joined."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from peer_xblocks.registry import alerts, names, sealed
from peer_xblocks.registry.intake import Arrival
from peer_xblocks.registry.models import Alert, Entry, Join, Line


def take(line: Line, arrival: Arrival) -> Entry:
    """The entry after `line`: new, moved on to a higher version, or as it was; within `ledger.writing`."""
    entry = Entry.objects.filter(sender=line.sender, completion_key=line.completion_key).first()
    if entry is None:
        entry = _fill(Entry(opened_at=line.received_at), line, arrival)
        entry.practitioner_id = _joined_before(entry)
        _save(entry)
        if entry.practitioner_id:
            _join_by_account(entry)
    elif line.version > entry.version:
        stood = entry.state == "joined"
        _save(_fill(entry, line, arrival))
        if stood and not entry.stands:
            alerts.note(Alert.Kind.WITHDRAWN, line.sender, f"{line.completion_key}_v{line.version}", line=line)
    return entry


def _fill(entry: Entry, line: Line, arrival: Arrival) -> Entry:
    report = arrival.report
    learner = report["learner"]
    entry.line, entry.sender, entry.completion_key, entry.version = line, line.sender, line.completion_key, line.version
    entry.kind, entry.stands, entry.live = report["kind"], report["stands"], report["live"]
    entry.activity = plain(report["course"]["title"] or report["course"]["key"])
    entry.provider, entry.category, entry.track = (plain(report[name]) for name in ("provider", "category", "track"))
    entry.minutes = report["minutes"]["credited"]
    entry.completed_at = datetime.fromisoformat(report["completed_at"])
    entry.name = plain(learner["name"])
    entry.learner_mark = sealed.mark("learner", f"{line.sender}\n{learner['uuid']}")
    entry.email_mark = sealed.mark("email", learner["email_hash"])
    entry.changed_at = line.received_at
    return entry


def _save(entry: Entry) -> None:
    entry.save()
    names.index(entry)


def _joined_before(entry: Entry) -> int | None:
    """The practitioner of the same account at the same site, where every earlier decision agrees on one."""
    decided = Entry.objects.filter(learner_mark=entry.learner_mark, joins__isnull=False)
    found = set(decided.values_list("practitioner_id", flat=True))
    return found.pop() if len(found) == 1 else None


def _join_by_account(entry: Entry) -> None:
    Join.objects.create(entry=entry, practitioner_id=entry.practitioner_id, how=Join.How.ACCOUNT)


def plain(text: str) -> str:
    """`text` without control characters, which some databases and all tables refuse."""
    return "".join(" " if unicodedata.category(each) == "Cc" else each for each in text).strip()
