"""Figures of an exam: saving an answer, the page of an open sitting, handing in and scoring, and loading banks."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.demo.bench import banks as loading
from peer_xblocks.demo.bench.figure import Figure, paired
from peer_xblocks.demo.bench.peers import EMPTY, EmptyBlock
from peer_xblocks.demo.bench.stage import COURSE, Stage, people
from peer_xblocks.demo.lms import olx, store, studio
from peer_xblocks.demo.lms.standins import STANDINS
from peer_xblocks.exam import bank_file, banks, definition, forms, models, sittings
from peer_xblocks.plugin import programme

ROUNDS = 100
EXAM = "crss-demo"
SPOKEN = ("SELECT", "INSERT", "UPDATE", "DELETE")


def measure(stage: Stage) -> Sequence[Figure]:
    """One answer, one page, one hand-in; then what loading five thousand items takes."""
    STANDINS[EMPTY] = EmptyBlock
    exam = programme().exams[EXAM]
    held = bank_file.read_file(bank_file.shipped()[exam.bank]).bank
    if held is None:
        raise RuntimeError("the shipped bank cannot be read")
    banks.keep(held, by="bench")
    unit = _unit()
    usage = str(olx.add(unit, f'<peer_exam display_name="The exam" exam="{EXAM}"/>'.encode()))
    empty = str(studio.add(unit, EMPTY, {}))
    html = str(olx.add(unit, b'<html display_name="Empty"><![CDATA[<p></p>]]></html>'))
    alone, *others = people(ROUNDS + 20)
    client = _signed_in(alone)
    row = _start(alone, usage)
    saving = _saving(client, row, empty)
    return [*saving, _page(client, usage, html), *_handing_in(others, usage, client, row), *loading.measure(stage)]


def _unit() -> Any:
    course = CourseKey.from_string(COURSE)
    at = course.make_usage_key("course", "course")
    if store.snapshot(course) is None:
        store.make_course(course)
        store.put(course, [store.Draft(at, fields={"display_name": "Bench"})])
    for kind in ("chapter", "sequential", "vertical"):
        at = studio.add(at, kind, {"display_name": kind})
    return at


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _start(user: Any, usage: str) -> models.Sitting:
    exam = definition.of(programme(), EXAM)
    if exam is None:
        raise RuntimeError("the bench's exam is not in the programme")
    place = sittings.Place(COURSE, usage)
    now = clock.millis()
    return sittings.start(user.pk, place, exam, seed=secrets.token_hex(8), client_id=secrets.token_hex(8), now=now)


def _sent(item: str, number: int) -> dict[str, Any]:
    return {"item": item, "chosen": ["a"], "device": "device-one", "seq": number, "client_id": secrets.token_hex(8)}


def _post(client: Client, address: str, data: dict[str, Any]) -> None:
    answer = client.post(address, data=json.dumps(data), content_type="application/json")
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}: {answer.content[:200]!r}")


def _address(sitting: UUID, name: str) -> str:
    return f"/peer_xblocks/exam/sitting/{sitting}/{name}"


def _saving(client: Client, row: models.Sitting, empty: str) -> list[Figure]:
    items = [place.item for place in forms.of(row.form_id).places]
    numbers = count(1)

    def save() -> None:
        number = next(numbers)
        _post(client, _address(row.id, "answer"), _sent(items[number % len(items)], number))

    def keep() -> None:
        _post(client, f"/courses/{COURSE}/xblock/{empty}/handler/keep", {"id": secrets.token_hex(16)})

    ours, peer = paired(save, keep, rounds=ROUNDS)
    with CaptureQueriesContext(connection) as queries:
        save()
    asked = [each["sql"] for each in queries if each["sql"].split()[0] in SPOKEN]
    own = [each for each in asked if "django_session" not in each and "auth_user" not in each]
    return [
        Figure("save an answer", ours, "ms", 1.5, peer, "empty handler, one row"),
        Figure("queries of an answer beyond session and user", len(own), "queries", 4),
    ]


def _page(client: Client, usage: str, html: str) -> Figure:
    def get(key: str) -> None:
        answer = client.get(f"/xblock/{key}")
        if answer.status_code != 200:
            raise RuntimeError(f"{key} answered {answer.status_code}")

    ours, peer = paired(lambda: get(usage), lambda: get(html), rounds=ROUNDS)
    return Figure("page of an open sitting, 24 questions", ours, "ms", 2.0, peer, "html stand-in")


def _handing_in(users: Sequence[Any], usage: str, client: Client, row: models.Sitting) -> list[Figure]:
    """24 answered questions handed in and scored, each time by somebody else, beside one answer's save."""
    ready = iter([_ready(user, usage) for user in users])
    item = forms.of(row.form_id).places[0].item
    numbers = count(100_000)

    def submit() -> None:
        mine, sitting = next(ready)
        _post(mine, _address(sitting, "submit"), {"answers": [], "client_id": secrets.token_hex(8)})

    def save() -> None:
        _post(client, _address(row.id, "answer"), _sent(item, next(numbers)))

    ours, peer = paired(submit, save, rounds=ROUNDS)
    return [Figure("hand in and score 24 questions", ours, "ms", 3.0, peer, "one answer's save")]


def _ready(user: Any, usage: str) -> tuple[Client, UUID]:
    """A browser that has been at the site before, and its answered sitting."""
    client, sitting = _signed_in(user), _answered(user, usage)
    _post(client, _address(sitting, "tick"), {"device": "device-one"})
    return client, sitting


def _answered(user: Any, usage: str) -> UUID:
    row = _start(user, usage)
    kept = [
        models.Answer(
            sitting=row,
            item=place.item,
            chosen=["a"],
            device="device-one",
            devices={"device-one": 1},
            at=clock.millis(),
        )
        for place in forms.of(row.form_id).places
    ]
    models.Answer.objects.bulk_create(kept)
    return row.id
