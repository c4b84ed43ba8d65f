"""The certification exam: a start page, an explicit start, questions in free order, a result in calm words."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from web_fragments.fragment import Fragment
from xblock.fields import Scope, String
from xblock.scorable import Score

from peer_xblocks import clock
from peer_xblocks.exam import answers, definition, editor, grades, records, sittings, words
from peer_xblocks.exam.answer import client_id
from peer_xblocks.exam.definition import Definition
from peer_xblocks.exam.screen import Screen, opened
from peer_xblocks.handler import learner_handler
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from peer_xblocks.scored import ScoredBlock

SCRIPTS = ("parts", "kept", "clock", "line", "paper", "exam")
#: Stands for the sitting in the addresses that a page gets before there is one.
NOBODY = "00000000-0000-0000-0000-000000000000"


class PeerExamBlock(editor.ExamEditor, ScoredBlock):
    """`peer_exam`: names an exam of the programme. Items, keys and answers live in tables, never in a course."""

    room = "exam"
    icon_class = "problem"

    display_name = String(default="The exam", scope=Scope.settings, help="The title that learners see.")
    exam = String(default="", scope=Scope.settings, help="The exam's code in the programme file.")

    def kind(self) -> str:
        """What this block is, in a few words for people."""
        return self.gettext("Exam")

    @property
    def definition(self) -> Definition | None:
        """The exam that this block names; None where the programme has none of that code."""
        return definition.of(programme(), self.exam)

    @property
    def place(self) -> sittings.Place:
        """Where it is sat. The course's own due date, with the platform's extensions, is when it closes."""
        due = getattr(self, "due", None)
        return sittings.Place(self.course, self.usage, int(due.timestamp() * 1000) if due else None)

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """The page of a learner; without JavaScript one sentence that says what to do."""
        state = self._screen().state(clock.millis())
        args = {
            "handlers": {name: self.runtime.handler_url(self, name) for name in ("start", "state")},
            "sitting": {name: reverse(f"peer_exam:{name}", args=[NOBODY]) for name in ("answer", "look", "tick", "submit")},
            "nobody": NOBODY,
            "state": state,
            "key": f"peer-exam:{self._page_token()}",
            "part": self.part(),
            "words": words.words(self._offered("i18n").gettext if self._offered("i18n") else str),
        }  # fmt: skip
        scripts = [f"peer_exam/{name}.js" for name in SCRIPTS]
        shown = {"staff": self.course if state["kind"] != "open" and self.shown_to_staff else ""}
        fragment = self.page("peer_exam/exam.html", shown, scripts=scripts, start="PeerExam", args=args)
        fragment.add_css_url(static("peer_exam/exam.css"))
        return fragment

    @learner_handler
    def start(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Begins a sitting, or answers the one that is open."""
        exam = sittings.defined(programme(), self.exam)
        device, sent, now = client_id(data.get("device")), client_id(data.get("client_id")), clock.millis()
        seed = secrets.token_hex(16)
        row = sittings.start(self._account(), self.place, exam, seed=seed, client_id=sent, now=now)
        answers.look(self._account(), row.id, device, f"{sent[:60]}-on", now=now)
        self.note_record()
        if self.attempts != row.attempt:
            self.attempts = row.attempt
        return opened(row, now)

    @learner_handler
    def state(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """Where the learner stands; closes what ran out, and tells the platform what it should know by now."""
        learner = learners.known(self.user_id)
        if learner is not None:
            sittings.close_overdue(learner, self.course, self.exam, now=clock.millis())
            grades.publish_due(learner=learner)
        return self._screen().state(clock.millis())

    def _screen(self) -> Screen:
        return Screen(self.user_id, self.place, self.definition, self.gettext)

    def _page_token(self) -> str:
        """Tells one learner's copy of this page from another's on the same device, and says nothing about either."""
        return salted_hmac("peer_exam", f"{self.user_id}|{self.usage}", algorithm="sha256").hexdigest()[:16]

    # -- the score and staff tools -----------------------------------------------------------------------------

    def earned_share(self) -> float | None:
        """The best share of the sittings that count."""
        return grades.share(learners.known(self.user_id), self.usage)

    def get_score(self) -> Score:
        """The score on record; before the platform handed one back, that of the records."""
        return super().get_score() if self.earned is not None else self.calculate_score()

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Staff "delete state": voids what the learner sat here; every answer stays on record."""
        records.take_back(learner, self.usage, by=by, now=clock.millis())

    def report_rows(self, learners: Iterable[UUID]) -> Mapping[UUID, list[OrderedDict[str, str]]]:
        """One row a sitting: attempt and state. Answers are for exam officers alone."""
        return records.rows(self.usage, learners, self.gettext)

    # -- the author --------------------------------------------------------------------------------------------

    def author_card(self) -> Sequence[tuple[str, str]]:
        """What the exam asks, without a word of any item."""
        return editor.card(self.definition, self.gettext)

    def faults(self) -> Sequence[str]:
        """What hinders learners from starting, a sentence each."""
        return editor.faults(self.definition, self.gettext)
