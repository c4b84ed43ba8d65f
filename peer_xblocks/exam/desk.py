"""What staff's pages show of sittings: states to trainers, everything to exam officers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from peer_xblocks.compat import platform
from peer_xblocks.exam import forms, journal, models, officers, scores, sittings
from peer_xblocks.exam.words import STATES
from peer_xblocks.item.text import html, plain
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme

MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One sitting in a table."""

    row: models.Sitting
    name: str
    state: str
    started: str
    finished: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One option as the learner saw it."""

    text: str
    chosen: bool
    key: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form, as it was asked and answered."""

    number: int
    item: str
    stem: str
    domain: str
    trial: bool
    flagged: bool
    right: bool
    options: tuple[Option, ...]
    late: tuple[str, ...]


def lines(rows: Sequence[models.Sitting]) -> list[Line]:
    """Sittings with names and times, in a fixed number of queries."""
    names = people(row.learner for row in rows)
    asked = set(
        models.StaffAct.objects.filter(kind=officers.ASK, sitting__in=rows).values_list("sitting_id", flat=True)
    )
    return [
        Line(row, names[row.learner], STATES[row.state], time(row.started), time(row.finished), row.id in asked)
        for row in rows
    ]


def of_course(course: str) -> list[Line]:
    """The sittings of a course, newest first."""
    return lines(list(models.Sitting.objects.filter(course=course).order_by("-started")[:MOST]))


def everywhere(*, state: str = "", course: str = "") -> list[Line]:
    """The sittings of the site, newest first; of one state or course where they are named."""
    rows = models.Sitting.objects.order_by("-started")
    rows = rows.filter(state=state) if state in STATES else rows
    return lines(list((rows.filter(course=course) if course else rows)[:MOST]))


def requests() -> list[tuple[models.StaffAct, str, str]]:
    """Voids that trainers asked for: the act, whose sitting, who asks."""
    acts = officers.asked()
    names = people([each for act in acts for each in (act.sitting.learner, act.by) if each])
    return [(act, names[act.sitting.learner], names.get(act.by, "–") if act.by else "–") for act in acts]


def people(who: Iterable[UUID | None]) -> dict[UUID, str]:
    """Account names by learner; a retired account has none."""
    ids = {each for each in who if each}
    users = learners.users_of(ids)
    accounts = platform().accounts(list(users.values()))
    return {each: accounts[users[each]].username if users.get(each) in accounts else "–" for each in ids}


def paper(row: models.Sitting) -> list[Question]:
    """The form exactly as it was asked, from the stored versions of its items, with the answers that count and the late."""
    form = forms.of(row.form_id)
    items = forms.items(form)
    kept = {each.item: each for each in models.Answer.objects.filter(sitting=row)}
    late = _late(row)
    found = []
    for number, place in enumerate(form.places, 1):
        item, mine = items[place.item], kept.get(place.item)
        chosen = set(mine.chosen) if mine else set()
        shown = tuple(
            Option(html(option.text), each in chosen, each in item.key)
            for each in place.options
            if (option := item.option(each)) is not None
        )
        texts = tuple(", ".join(plain(o.text) for o in item.options if o.id in each) or "–" for each in late.get(item.id, ()))  # fmt: skip
        found.append(
            Question(
                number, item.id, html(item.stem), place.domain, place.trial, bool(mine and mine.flagged),
                chosen == item.key, shown, texts,
            )
        )  # fmt: skip
    return found


def _late(row: models.Sitting) -> dict[str, list[set[str]]]:
    found: dict[str, list[set[str]]] = {}
    for text in models.Journal.objects.filter(sitting=row, word="late").values_list("body", flat=True):
        said = json.loads(text)
        found.setdefault(said["item"], []).append(set(said["chosen"]))
    return found


def whole(row: models.Sitting, now: int) -> Mapping[str, Any]:
    """All that an officer sees of one sitting."""
    value = sittings.value(row)
    acts = list(row.acts.order_by("at", "id"))
    results = list(row.scores.order_by("number"))
    names = people([row.learner, *(each.by for each in acts), *(each.by for each in results)])
    form = forms.of(row.form_id)
    return {
        "row": row,
        "name": names[row.learner],
        "state": STATES[row.state],
        "facts": [
            ("Started", time(row.started)),
            ("Ends", time(value.deadline(now)) if row.open_slot else "–"),
            ("Finished", time(row.finished)),
            ("Time allowed", span(value.allowed)),
            ("Time used", span(value.used(now))),
            ("Attempt", str(row.attempt)),
            ("Form", f"{form.name or 'drawn'} · {form.digest[:12]}"),
            ("Bank", f"{form.bank} version {form.bank_version} · {form.bank_digest[:12]}"),
            ("Seed", form.seed),
        ],
        "questions": paper(row),
        "scores": [(each, names.get(each.by, "") if each.by else "", time(each.at)) for each in results],
        "domains": scores.domains(results[-1]) if results else (),
        "acts": [(each, names.get(each.by, "–") if each.by else "–", time(each.at)) for each in acts],
        "journal": [(each, time(each.at)) for each in models.Journal.objects.filter(sitting=row).order_by("number")],
        "broken": journal.first_break(row),
    }


def time(moment: int | None) -> str:
    """A moment in the office's time zone, to the second."""
    if moment is None:
        return "–"
    at = datetime.fromtimestamp(moment / 1000, UTC).astimezone(programme().time_zone)
    return at.strftime("%Y-%m-%d %H:%M:%S %Z")


def span(milliseconds: int) -> str:
    """A span in minutes and seconds.

    >>> span(2_400_500)
    '40:00'
    """
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02d}"
