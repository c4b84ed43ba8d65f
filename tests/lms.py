"""The test bench: a small LMS and Studio in which blocks are made, looked at, called and watched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from opaque_keys.edx.keys import CourseKey, UsageKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock

from peer_xblocks import clock
from peer_xblocks.demo.lms import (
    access,
    instructor,
    masquerade,
    olx,
    platform,
    publish,
    retiring,
    services,
    store,
    studio,
)
from peer_xblocks.demo.lms.runtime import DemoRuntime
from peer_xblocks.demo.lms.visit import Place, Visit
from peer_xblocks.demo.models import BlockCompletion, Grade, State

COURSE = "course-v1:Test+CE1+2026"
STUDIO_VIEWS = ("author_view", "studio_view")


class Lms:
    """One LMS with its Studio. `grades`, `completions` and `events` are what blocks published, oldest first.

    A dropped publish (staff who view as a learner) is not among `grades` or `completions`, but among `events`.
    """

    def __init__(self) -> None:
        self.grades: list[dict[str, Any]] = []
        self.completions: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    # -- courses -----------------------------------------------------------------------------------------------

    def course(self, key: str = COURSE, *, title: str = "Test course", public: bool = False) -> str:
        """An empty course run."""
        course = CourseKey.from_string(key)
        store.make_course(course, public=public)
        root = store.Draft(course.make_usage_key("course", "course"), fields={"display_name": title})
        store.put(course, [root])
        return key

    def unit(self, course: str, subsection: str = "Module 1", title: str = "Unit 1") -> str:
        """A new unit; the same subsection title is the same subsection."""
        root = CourseKey.from_string(course).make_usage_key("course", "course")
        chapter = self._child(root, "chapter", "Section 1")
        return str(studio.add(self._child(chapter, "sequential", subsection), "vertical", {"display_name": title}))

    def add(self, unit: str, block_type: str, *, block_id: str = "", **fields: Any) -> str:
        """A new block with these author settings, at the end of a unit."""
        return str(studio.add(_key(unit), block_type, fields, block_id))

    def add_olx(self, unit: str, xml: str) -> str:
        """A new block from its OLX, at the end of a unit."""
        return str(olx.add(_key(unit), xml.encode()))

    def _child(self, parent: UsageKey, block_type: str, title: str) -> UsageKey:
        for child in self.block(str(parent)).get_children():
            if child.display_name == title:
                return child.scope_ids.usage_id
        return studio.add(parent, block_type, {"display_name": title})

    # -- people ------------------------------------------------------------------------------------------------

    def user(self, name: str) -> Any:
        """An account without any course."""
        known = get_user_model().objects.filter(username=name).first()
        made = {"email": f"{name}@example.com", "first_name": name.title(), "last_name": "Example"}
        return known or get_user_model().objects.create_user(name, **made)

    def learner(self, name: str, course: str) -> Any:
        """An enrolled learner."""
        user = self.user(name)
        access.enrol(user.id, course)
        return user

    def staff(self, name: str, course: str) -> Any:
        """Staff of the course in the LMS, with no rights in Studio."""
        user = self.user(name)
        access.appoint(user.id, course, "limited_staff")
        return user

    def author(self, name: str, course: str) -> Any:
        """An author: staff of the course in the LMS and in Studio."""
        user = self.user(name)
        access.appoint(user.id, course, "staff")
        return user

    def retire(self, user: Any) -> None:
        """The platform retires an account."""
        retiring.retire(user)

    # -- looking -----------------------------------------------------------------------------------------------

    def block(self, usage: str, user: Any = None) -> XBlock:
        """A block of the LMS bound to a person; without one, bound to nobody, as staff tools hold it."""
        return platform.bound(_key(usage), user)

    def fragment(self, usage: str, user: Any = None, view: str = "student_view") -> Fragment:
        """A view as a fragment. `user` None is a stranger; in Studio, an author."""
        key = _key(usage)
        if view in STUDIO_VIEWS:
            author = user or self.author("the-author", str(key.context_key))
            return studio.fragment(key, author, view)
        visit = Visit(Place.LMS, key.context_key, user or AnonymousUser(), user, root=key)
        return DemoRuntime(visit).get_block(key).render(view)

    def render(self, usage: str, user: Any = None, view: str = "student_view") -> str:
        """A view as HTML, with its inline styles and scripts."""
        shown = self.fragment(usage, user, view)
        return "\n".join([shown.head_html(), shown.body_html(), shown.foot_html()])

    # -- calling -----------------------------------------------------------------------------------------------

    def client(self, user: Any = None, *, csrf: bool = False) -> Client:
        """A browser, signed in as `user`; with `csrf` its POSTs need the token, as real ones do."""
        client = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        return client

    def post(
        self, usage: str, handler: str, data: Any, user: Any = None, *, acting: Any = None, raw: bytes | None = None
    ) -> Any:
        """POSTs to a handler in the LMS as `user`; `acting` is staff who views the course as that user."""
        key = _key(usage)
        client = self.client(acting or user)
        if acting is not None:
            session = client.session
            masquerade.view_as(session, str(key.context_key), username=user.username)
            session.save()
        return _post(client, f"/courses/{key.context_key}/xblock/{usage}/handler/{handler}", data, raw)

    def get(self, usage: str, handler: str, user: Any = None) -> Any:
        """GETs a handler in the LMS."""
        return self.client(user).get(f"/courses/{_key(usage).context_key}/xblock/{usage}/handler/{handler}")

    def studio_post(self, usage: str, handler: str, data: Any, user: Any = None, *, raw: bytes | None = None) -> Any:
        """POSTs to a handler in Studio."""
        return _post(self.client(user), f"/studio/xblock/{usage}/handler/{handler}", data, raw)

    def without(self, *names: str) -> AbstractContextManager[None]:
        """While inside, these services do not exist."""
        return services.without(*names)

    # -- copying -----------------------------------------------------------------------------------------------

    def export(self, course: str) -> bytes:
        """The course as an archive (tar.gz)."""
        return olx.export(CourseKey.from_string(course))

    def import_(self, archive: bytes, key: str) -> list[str]:
        """A course from an archive; what was dropped, a sentence each."""
        return olx.load(archive, CourseKey.from_string(key))

    def olx(self, usage: str) -> str:
        """A block's OLX as it stands inside its parent's file."""
        return olx.copied(_key(usage)).decode()

    def duplicate(self, usage: str) -> str:
        """A copy beside a block, as Studio's button makes it."""
        return str(studio.duplicate(_key(usage)))

    def paste(self, usage: str, unit: str) -> str:
        """Copies a block and pastes it at the end of a unit."""
        return str(studio.paste(olx.copied(_key(usage)), _key(unit)))

    # -- staff -------------------------------------------------------------------------------------------------

    def delete_state(self, usage: str, learner: Any, staff: Any) -> None:
        """Staff delete a learner's state."""
        instructor.delete_state(_key(usage), learner, staff)

    def reset_attempts(self, usage: str, learner: Any) -> None:
        """Staff reset a learner's attempts."""
        instructor.reset_attempts(_key(usage), learner)

    def rescore(self, usage: str, learner: Any, *, only_if_higher: bool = False) -> str:
        """Staff let a learner's work be scored again; "succeeded", "skipped" or "not attempted"."""
        return instructor.rescore(_key(usage), learner, only_if_higher=only_if_higher).value

    def override(self, usage: str, learner: Any, score: float) -> str:
        """Staff set a learner's score."""
        return instructor.override(_key(usage), learner, score).value

    def report(self, usage: str) -> list[dict[str, Any]]:
        """The response report of a block."""
        return instructor.report(_key(usage))

    def grade(self, usage: str, learner: Any) -> tuple[float, float] | None:
        """What the gradebook says: earned and possible."""
        row = Grade.objects.filter(user_id=learner.id, usage=usage).first()
        return (row.earned, row.possible) if row else None

    def completion(self, usage: str, learner: Any) -> float | None:
        """How far the platform has the block as complete; None without a row."""
        rows = BlockCompletion.objects.filter(user_id=learner.id, usage=usage)
        return rows.values_list("completion", flat=True).first()

    def state(self, usage: str, learner: Any) -> dict[str, Any] | None:
        """The stored user state; None without a row."""
        row = State.objects.filter(user_id=learner.id, usage=usage).first()
        return json.loads(row.state or "{}") if row else None

    # -- recording ---------------------------------------------------------------------------------------------

    @contextmanager
    def recording(self) -> Iterator[Lms]:
        """Records what is published while inside."""
        publish.published.connect(self._note)
        try:
            yield self
        finally:
            publish.published.disconnect(self._note)

    def _note(self, *, kind: str, user_id: int, usage: str, data: dict[str, Any], applied: bool, **_: Any) -> None:
        noted = {"user_id": user_id, "usage": usage, **data}
        if kind == "grade" and applied:
            self.grades.append(noted)
        elif kind == "completion" and applied:
            self.completions.append(noted)
        else:
            self.events.append({"name": kind, **noted})


class At:
    """The clock of a test: `at(2026, 3, 1, 12, 0)` sets it (UTC), `at.forward(seconds)` moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
        clock.use(lambda: self.now)

    def __call__(self, *parts: int) -> datetime:
        self.now = datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]
        return self.now

    def forward(self, seconds: float) -> datetime:
        """Lets time pass; a negative number steps the clock back."""
        self.now += timedelta(seconds=seconds)
        return self.now


def _key(usage: str) -> UsageKey:
    return UsageKey.from_string(usage)


def _post(client: Client, address: str, data: Any, raw: bytes | None) -> Any:
    body = raw if raw is not None else json.dumps(data if not isinstance(data, Mapping) else dict(data))
    return client.post(address, data=body, content_type="application/json")
