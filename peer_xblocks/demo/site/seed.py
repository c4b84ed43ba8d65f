"""What the demo begins with: the courses, the banks, and the made-up people, each brought to where they stand as real ones
would be.

Pages are read beat by beat with the clock moved, checks are answered, pages are seen. No row is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.course import build
from peer_xblocks.demo.lms import access, olx
from peer_xblocks.demo.site import deeds, personas, trainees
from peer_xblocks.demo.site.personas import Course, Persona, Progress, Role
from peer_xblocks.exam import bank_file, banks, officers
from peer_xblocks.hours import modules
from peer_xblocks.hours.modules import Module
from peer_xblocks.plugin import programme

RUN = "demo"
COURSE = f"course-v1:peer-xblocks+CE-BND+{RUN}"
TRACK = f"course-v1:peer-xblocks+CRSS+{RUN}"
COURSES = {Course.BOUNDARIES: COURSE, Course.CRSS: TRACK}
LEFT = 120
"""Seconds that are left to read for who is minutes away."""
ROLES = {Role.STAFF: "limited_staff", Role.AUTHOR: "instructor"}


def seed(*, empty: bool = False) -> None:
    """Fills an empty demo; `empty` leaves out the courses and everybody who learns."""
    staff = {persona: account(persona) for persona in personas.of_role(Role.STAFF, Role.AUTHOR)}
    office = [account(persona) for persona in personas.of_role(Role.OFFICER)]
    for officer in office:
        _empower(officer)
    if empty:
        return
    _load_banks(by=office[0].username)
    for course in Course:
        _load(course)
        for persona, user in staff.items():
            access.appoint(user.pk, COURSES[course], ROLES[persona.role])
    for persona in personas.of_role(Role.LEARNER):
        user, course_key = account(persona), COURSES[persona.course]
        access.enrol(user.pk, course_key)
        STAGES[persona.progress or Progress.NEW](user, modules.of_course(course_key))


def account(persona: Persona) -> Any:
    """The account of a made-up person. It has no password: nobody signs in with one here."""
    first, _, last = persona.name.partition(" ")
    named = {"email": persona.email, "first_name": first, "last_name": last}
    made, fresh = get_user_model().objects.get_or_create(username=persona.username, defaults=named)
    if fresh:
        made.set_unusable_password()
        made.save()
    return made


def _empower(officer: Any) -> None:
    """Lets a person see and decide sittings: a permission of the site, apart from every role in a course."""
    label, codename = officers.PERMISSION.split(".")
    officer.user_permissions.add(Permission.objects.get(codename=codename, content_type__app_label=label))


def _load_banks(*, by: str) -> None:
    """The banks that come with the product, as `peer-xblocks bank import` loads them."""
    found = [bank_file.read_file(path) for path in banks.shipped().values()]
    banks.keep_all([each.bank for each in found if each.bank and each.sound], by)


def _load(course: Course) -> None:
    """One course as `curriculum build` packs it and Studio takes it in."""
    today = clock.now().astimezone(programme().time_zone).date()
    olx.load(build.archive(course.value, today, RUN), CourseKey.from_string(COURSES[course]))


def _new(_user: Any, _held: list[Module]) -> None:
    """Nothing has happened yet."""


def _part(user: Any, held: list[Module]) -> None:
    """Twelve minutes of the first module, its first two pages seen."""
    deeds.read(user, held[0], 720, ago=26 * 3600)
    deeds.see(user, held[0], most=2)


def _nearly(user: Any, held: list[Module]) -> None:
    """All checks passed, two minutes of the last module left."""
    for module in held:
        left = LEFT if module is held[-1] else 0
        rest = sum(each.planned for each in held[held.index(module) :])
        deeds.read(user, module, module.planned - left, ago=deeds.PAUSE + rest)
        deeds.see(user, module)
        deeds.pass_checks(user, module)


def _done(user: Any, held: list[Module]) -> None:
    """Everything done and the name given: the worker sends the report as soon as it runs."""
    deeds.give_name(user, COURSE)
    for module in held:
        before = sum(each.planned for each in held[: held.index(module)])
        deeds.read(user, module, module.planned, ago=2 * 86400 - before)
        deeds.see(user, module)
        deeds.pass_checks(user, module)


def _waiting(user: Any, held: list[Module]) -> None:
    """All minutes counted, the last check still open."""
    for module in held:
        before = sum(each.planned for each in held[: held.index(module)])
        deeds.read(user, module, module.planned, ago=3 * 86400 - before)
        deeds.see(user, module)
        if module is not held[-1]:
            deeds.pass_checks(user, module)


STAGES: Mapping[Progress, Callable[[Any, list[Module]], None]] = {
    Progress.NEW: _new,
    Progress.PART: _part,
    Progress.NEARLY: _nearly,
    Progress.WAITING: _waiting,
    Progress.DONE: _done,
    Progress.DAY_THREE: trainees.day_three,
    Progress.READY: trainees.ready,
}
