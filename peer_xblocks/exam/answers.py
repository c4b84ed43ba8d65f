"""Answers as records: taken while the time runs, kept as late after it, replayed as often as a page likes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from peer_xblocks.exam import forms, journal, models, sitting, sittings
from peer_xblocks.exam.answer import Sent
from peer_xblocks.exam.journal import Event, Head
from peer_xblocks.exam.sitting import OPEN, State, Word
from peer_xblocks.learner import learners

STALE = "stale"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer: its sitting, "counts", "late" or "stale", and the device whose answer it replaced."""

    row: models.Sitting
    word: str
    replaced: str = ""


def save(user_id: int, sitting_id: UUID, sent: Sent, *, now: int) -> Taken:
    """Writes one answer: lock, read, journal, current row. The same `client_id` again changes nothing.

    It asks no enrolment: the sitting is the right to answer it, and an answer that is refused is lost.
    """

    def write() -> Taken:
        with transaction.atomic():
            row = sittings.locked(sitting_id, user_id)
            sent.demand_fits(forms.of(row.form_id))
            end, kept = _before(row, sent.item)
            word = _word(row, sent, kept, now)
            journal.write(row, [_event(sent, word)], end, now=now)
            if word == Word.COUNTS:
                _keep(row, sent, kept, now)
            return Taken(row, word, _replaced(kept, sent))

    try:
        return learners.retrying(write)
    except IntegrityError:
        return _told_again(user_id, sitting_id, sent)


def submit(user_id: int, sitting_id: UUID, sent: Sequence[Sent], client_id: str, *, now: int) -> models.Sitting:
    """Hands in, with all answers that the page holds; once closed, it is told again and what is new is kept as late.

    While paused it stays open: the answers are taken, and the page hands in when it goes on.
    """

    def write() -> models.Sitting:
        with transaction.atomic():
            row = sittings.locked(sitting_id, user_id)
            end = _take_all(row, sent, now)
            before = sittings.value(row)
            if before.state in OPEN and (before.state is not State.PAUSED or before.over(now)):
                after = sitting.submit(before, now)
                event = Event(after.state.value, client_id, {"finished": after.finished})
                sittings.swap(row, after, event, end, now=now)
            return row

    return learners.retrying(write)


def current(row: models.Sitting) -> Mapping[str, models.Answer]:
    """The answers as they stand, by item."""
    return {each.item: each for each in models.Answer.objects.filter(sitting=row)}


def look(user_id: int, sitting_id: UUID, device: str, client_id: str, *, now: int) -> models.Sitting:
    """Notes that a device opened the sitting, so that another one can be told."""

    def write() -> models.Sitting:
        with transaction.atomic():
            row = sittings.locked(sitting_id, user_id)
            event = Event("opened", client_id, {}, device=device)
            journal.write(row, [event], journal.head(row), now=now)
            return row

    try:
        return learners.retrying(write)
    except IntegrityError:
        return models.Sitting.objects.get(id=sitting_id)


def device_of(row: models.Sitting) -> str:
    """The device that was heard last."""
    rows = models.Journal.objects.filter(sitting=row).exclude(device="").order_by("-number")
    return rows.values_list("device", flat=True).first() or ""


_BEFORE = f"""
    SELECT entry.number, entry.link, answer.id, answer.chosen, answer.device, answer.devices
    FROM peer_exam_journal entry
    LEFT JOIN peer_exam_answer answer ON answer.sitting_id = entry.sitting_id AND answer.item = %s
    WHERE entry.sitting_id = %s AND entry.{journal.LAST}
"""  # noqa: S608 - fixed text


def _before(row: models.Sitting, item: str) -> tuple[Head, dict[str, Any]]:
    """The journal's end and the answer as it stands, in one statement. It comes after the lock, so that it sees all."""
    key = models.Sitting._meta.pk.get_db_prep_value(row.id, connection)
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [item, key, key])
        found = cursor.fetchone()
    if found is None:
        return Head(), {}
    number, link, answer, chosen, device, devices = found
    if answer is None:
        return Head(number, link), {}
    kept = {"id": answer, "device": device, "chosen": _read(chosen), "devices": _read(devices)}
    return Head(number, link), kept


def _read(value: Any) -> Any:
    """A JSON column as a driver hands it over."""
    return json.loads(value) if isinstance(value, str) else value


def _word(row: models.Sitting, sent: Sent, kept: Mapping[str, Any], now: int) -> str:
    if kept and sent.seq <= kept["devices"].get(sent.device, -1):
        return STALE
    return str(sittings.value(row).word(now))


def _event(sent: Sent, word: str) -> Event:
    return Event("answer", sent.client_id, sent.as_data(), str(word), sent.device)


def _keep(row: models.Sitting, sent: Sent, kept: Mapping[str, Any], now: int) -> None:
    devices = {**kept.get("devices", {}), sent.device: sent.seq}
    said = {"chosen": list(sent.chosen), "flagged": sent.flagged, "device": sent.device, "devices": devices, "at": now}
    if kept:
        models.Answer.objects.filter(id=kept["id"]).update(**said)
    else:
        models.Answer.objects.create(sitting=row, item=sent.item, **said)


def _replaced(kept: Mapping[str, Any], sent: Sent) -> str:
    """The other device whose different answer stood until now."""
    other = kept and kept["device"] != sent.device and list(kept["chosen"]) != list(sent.chosen)
    return kept["device"] if other else ""


def _told_again(user_id: int, sitting_id: UUID, sent: Sent) -> Taken:
    """What was said of this answer when it came first."""
    owned = models.Sitting.objects.filter(id=sitting_id, learner__in=sittings.learner_of(user_id))
    row = owned.get()
    entry = models.Journal.objects.get(sitting=row, client_id=sent.client_id)
    return Taken(row, entry.word)


def _take_all(row: models.Sitting, sent: Sequence[Sent], now: int) -> Head:
    """Takes what the journal does not know yet, in the order sent; answers the journal's end."""
    form = forms.of(row.form_id)
    end = journal.head(row)
    known = journal.known(row, (each.client_id for each in sent)) if sent else set()
    fresh = {each.client_id: each for each in sent if each.client_id not in known}
    if not fresh:
        return end
    stand = {item: _as_kept(each) for item, each in current(row).items()}
    events = []
    for each in fresh.values():
        each.demand_fits(form)
        word = _word(row, each, stand.get(each.item, {}), now)
        events.append(_event(each, word))
        if word == Word.COUNTS:
            _keep(row, each, stand.get(each.item, {}), now)
            stand = {item: _as_kept(answer) for item, answer in current(row).items()}
    return journal.write(row, events, end, now=now)


def _as_kept(answer: models.Answer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in ("id", "chosen", "device", "devices")}
