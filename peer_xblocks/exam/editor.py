"""The author's side of an exam: a title, and which exam of the programme. Never an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from web_fragments.fragment import Fragment

from peer_xblocks.block import PeerBlock
from peer_xblocks.exam import banks, blueprint
from peer_xblocks.exam.definition import Definition
from peer_xblocks.exam.form import CannotFill
from peer_xblocks.exam.words import Gettext
from peer_xblocks.handler import author_handler
from peer_xblocks.item.text import clean
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotThere, Refusal

MOST_NAME = 255


class ExamEditor(PeerBlock):
    """The author's side of `peer_exam`."""

    exam: Any

    def form(self) -> Fragment:
        """The editor: two fields."""
        exams = programme().exams
        shown = {"exams": exams.values(), "chosen": self.exam, "unknown": self.exam if self.exam not in exams else ""}
        return self.page("peer_exam/editor.html", shown, scripts=["peer_exam/editor.js"], start="PeerExamEditor")

    @author_handler
    def save_exam(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keeps title and exam."""
        name, code = data.get("display_name"), data.get("exam")
        words = " ".join(clean(name).split()) if isinstance(name, str) else ""
        if not words or len(words) > MOST_NAME:
            raise Refusal(f"Give the exam a title of at most {MOST_NAME} characters.")
        if not isinstance(code, str) or code not in programme().exams:
            raise Refusal("Choose one of the programme's exams.")
        self.display_name, self.exam = words, code
        return {"faults": list(self.faults())}


def card(exam: Definition | None, gettext: Gettext) -> Sequence[tuple[str, str]]:
    """What an exam asks, at a glance."""
    if exam is None:
        return []
    questions = gettext("{counted} that count, {trial} on trial").format(
        counted=exam.blueprint.counted, trial=exam.blueprint.trial
    )
    minutes = gettext("{minutes} minutes").format(minutes=exam.exam.minutes)
    return [
        (gettext("Exam"), exam.exam.title),
        (gettext("Track"), exam.track),
        (gettext("Questions"), questions),
        (gettext("Time"), minutes),
        (gettext("Purpose"), gettext(exam.exam.purpose)),
    ]


def faults(exam: Definition | None, gettext: Gettext) -> Sequence[str]:
    """Why nobody can start this exam, as far as an author can help it."""
    if exam is None:
        return [gettext("Choose an exam: the programme has none of this name.")]
    try:
        bank = banks.load(exam.exam.bank, exam.exam.bank_version or None)
        exam.form(bank, "a trial of the bank")
    except NotThere:
        return [gettext("The exam officer has not loaded this exam's bank yet.")]
    except CannotFill:
        lacks = len(blueprint.lacking(exam.blueprint, bank.items))
        return [gettext("The bank cannot fill this exam. Tell the exam officer; cells with a gap: {lacks}.").format(lacks=lacks)]  # fmt: skip
    return []
