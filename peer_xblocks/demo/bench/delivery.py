"""Figures of delivery: how fast one worker brings a thousand reports to a registry on the same machine."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any

from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.certification import completions, delivery, names
from peer_xblocks.certification.models import Outbox, State
from peer_xblocks.demo.bench.figure import Figure
from peer_xblocks.demo.bench.site import free_port, serving
from peer_xblocks.demo.bench.stage import Stage
from peer_xblocks.demo.lms import olx, store, studio
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner.models import Learner

REPORTS = 1000
COURSE = "course-v1:Bench+Delivery+2026"


def measure(ground: Stage) -> Sequence[Figure]:
    """Drains a full outbox into a real registry and counts what arrived."""
    _completed(REPORTS)
    port = free_port()
    _point_at(port)
    told = ground.place.registry_environment(os.environ)
    with serving(
        ["-c", "from peer_xblocks.cli import main; main()", "registry", "serve", "--migrate", "--port", str(port)],
        port,
        told,
    ):
        began = time.perf_counter()
        arrived = _drain()
        lasted = time.perf_counter() - began
    return [
        Figure(f"{REPORTS} reports, one worker, registry on SQLite: drained in", lasted, "s", 60),
        Figure("reports with a receipt that verifies", arrived, "reports", REPORTS, at_least=True),
    ]


def _point_at(port: int) -> None:
    from django.conf import settings  # noqa: PLC0415 - after django.setup

    settings.PEER_XBLOCKS = settings.PEER_XBLOCKS | {"REGISTRY_URL": f"http://127.0.0.1:{port}"}


def _completed(count: int) -> None:
    """Made-up learners who have all that a course of one minute asks for, through the product's own evaluation."""
    _course()
    for user in _people(count):
        learner = Learner.objects.get(user_id=user.pk).id
        names.keep(learner, f"Bench Learner {user.pk}")
        now = clock.epoch()
        Entry.objects.create(
            learner=learner, course=COURSE, module="BENCH-D", at=now, seen=now, start=now - 60, end=now, total=60,
            day=clock.now().date(),
        )  # fmt: skip
        completions.evaluate(learner, COURSE)


def _people(count: int) -> list[Any]:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after django.setup

    model = get_user_model()
    made = [model(username=f"sent{n}", email=f"sent{n}@example.invalid") for n in range(count)]
    users = list(model.objects.bulk_create(made))
    Learner.objects.bulk_create([Learner(user_id=each.pk) for each in users])
    return users


def _course() -> None:
    course = CourseKey.from_string(COURSE)
    store.make_course(course)
    at = course.make_usage_key("course", "course")
    store.put(course, [store.Draft(at, fields={"display_name": "Bench"})])
    for kind in ("chapter", "sequential", "vertical"):
        at = studio.add(at, kind, {"display_name": kind})
    olx.add(at, b'<peer_module url_name="m" display_name="A minute" module_id="BENCH-D" self_minutes="1"/>')
    olx.add(at, b'<peer_progress url_name="p" display_name="Progress" completes="ce" category="ethics" provider="Us"/>')


def _drain() -> int:
    for _ in range(3 * REPORTS):
        if not delivery.deliver_due(REPORTS).sent:
            break
    return Outbox.objects.filter(state=State.DELIVERED).count()
