"""What the demo begins with: the course, and the made-up people, each brought to where they stand as real ones would be.

Pages are read beat by beat with the clock moved, checks are answered, pages are seen. No row is made up.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import CourseKey, UsageKey
from webob import Request

from peer_xblocks import clock
from peer_xblocks.course import build
from peer_xblocks.demo.lms import access, olx, platform, publish, store
from peer_xblocks.demo.site import personas, standing
from peer_xblocks.demo.site.personas import Persona, Progress, Role
from peer_xblocks.hours import leases, modules, seat
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.modules import Module
from peer_xblocks.intervals import Intervals
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme

SOURCE = "ce/boundaries"
RUN = "demo"
COURSE = f"course-v1:peer-xblocks+CE-BND+{RUN}"
LEFT = 120
"""Seconds that are left to read for who is minutes away."""
PAUSE = 1800
"""Seconds between the seeded reading and the demo's first moment."""
ROLES = {Role.STAFF: "limited_staff", Role.AUTHOR: "instructor"}


def seed(*, empty: bool = False) -> None:
    """Fills an empty demo; `empty` leaves out the course and everybody who learns."""
    staff = {persona.username: account(persona) for persona in personas.of_role(Role.STAFF, Role.AUTHOR)}
    if empty:
        return
    course = CourseKey.from_string(COURSE)
    olx.load(build.archive(SOURCE, clock.now().astimezone(programme().time_zone).date(), RUN), course)
    for persona in personas.of_role(Role.STAFF, Role.AUTHOR):
        access.appoint(staff[persona.username].pk, COURSE, ROLES[persona.role])
    for persona in personas.of_role(Role.LEARNER):
        user = account(persona)
        access.enrol(user.pk, COURSE)
        _bring(user, STAGES[persona.progress or Progress.NEW])


def account(persona: Persona) -> Any:
    """The account of a made-up person. It has no password: nobody signs in with one here."""
    first, _, last = persona.name.partition(" ")
    named = {"email": persona.email, "first_name": first, "last_name": last}
    made, fresh = get_user_model().objects.get_or_create(username=persona.username, defaults=named)
    if fresh:
        made.set_unusable_password()
        made.save()
    return made


def _bring(user: Any, stage: Callable[[Any, list[Module]], None]) -> None:
    stage(user, modules.of_course(COURSE))


def _new(_user: Any, _held: list[Module]) -> None:
    """Nothing has happened yet."""


def _part(user: Any, held: list[Module]) -> None:
    """Twelve minutes of the first module, its first two pages seen."""
    _read(user, held[0], 720, ago=26 * 3600)
    _see(user, held[0], most=2)


def _nearly(user: Any, held: list[Module]) -> None:
    """All checks passed, two minutes of the last module left."""
    for module in held:
        left = LEFT if module is held[-1] else 0
        _read(user, module, module.planned - left, ago=PAUSE + sum(each.planned for each in held[held.index(module) :]))
        _see(user, module)
        _pass(user, module)


def _done(user: Any, held: list[Module]) -> None:
    """Everything done and the name given: the worker sends the report as soon as it runs."""
    _named(user)
    for module in held:
        _read(user, module, module.planned, ago=2 * 86400 - sum(each.planned for each in held[: held.index(module)]))
        _see(user, module)
        _pass(user, module)


def _waiting(user: Any, held: list[Module]) -> None:
    """All minutes counted, the last check still open."""
    for module in held:
        _read(user, module, module.planned, ago=3 * 86400 - sum(each.planned for each in held[: held.index(module)]))
        _see(user, module)
        if module is not held[-1]:
            _pass(user, module)


STAGES: Mapping[Progress, Callable[[Any, list[Module]], None]] = {
    Progress.NEW: _new,
    Progress.PART: _part,
    Progress.NEARLY: _nearly,
    Progress.WAITING: _waiting,
    Progress.DONE: _done,
}


def _read(user: Any, module: Module, seconds: int, *, ago: int) -> None:
    """One page open for so long, that long ago, on a slow line: every second beat arrives, with the time of both."""
    learners.of(user.pk)
    begins, beat = clock.epoch() - ago, 2 * programme().hours.beat
    lease = leases.issue(user.pk, COURSE, module, _page(module), now=begins)
    marks = [begins, *range(begins + beat, begins + seconds, beat), begins + seconds]
    for seq, (before, now) in enumerate(zip([begins, *marks], marks, strict=False)):
        with _at(now):
            seat.record(lease, Beat("", seq, Intervals.of((before, now))), now=now)


def _page(module: Module) -> str:
    """A page of the module that is not held live."""
    return next(unit for unit in _units(module) if not module.is_live(unit))


def _units(module: Module) -> list[str]:
    found = store.snapshot(CourseKey.from_string(COURSE))
    return [str(each) for each in found.rows[UsageKey.from_string(module.subsection)].children] if found else []


def _see(user: Any, module: Module, most: int | None = None) -> None:
    """Pages looked at: what completes by being seen is complete."""
    found = store.snapshot(CourseKey.from_string(COURSE))
    for unit in _units(module)[:most]:
        for leaf in standing.leaves(found, UsageKey.from_string(unit)) if found else []:
            if leaf.block_type in {"html", "video"}:
                publish.complete(user.pk, leaf, 1.0)


def _pass(user: Any, module: Module) -> None:
    with _at(clock.epoch() - PAUSE):
        for check in module.checks:
            _answer(platform.bound(UsageKey.from_string(check.usage), user))


def _named(user: Any) -> None:
    """The name for the certificate, given on the course's last page."""
    for page in platform.DemoPlatform().blocks(COURSE, ["peer_progress"]):
        _post(platform.bound(UsageKey.from_string(page.usage), user), "set_name", {"name": user.get_full_name()})


def _answer(check: Any) -> None:
    """Every question answered right, each by the POST that the page sends."""
    for item in check.bank:
        right = [option.id for option in item.options if option.right]
        said = {"item": item.id, "digest": item.wording, "chosen": right, "client_id": uuid.uuid4().hex}
        _post(check, "answer", said)


def _post(block: Any, handler: str, said: Mapping[str, Any]) -> None:
    heard = block.handle(handler, Request.blank("/", method="POST", body=json.dumps(said).encode()))
    if heard.status_code != 200:
        raise RuntimeError(f"{block.usage} refused {handler} of the demo: {heard.text}")


@contextmanager
def _at(moment: int) -> Iterator[None]:
    """While inside, the clock stands at a moment; then it is the system's, since a demo that begins was never moved."""
    clock.use(lambda: datetime.fromtimestamp(moment, UTC))
    try:
        yield
    finally:
        clock.use(None)
