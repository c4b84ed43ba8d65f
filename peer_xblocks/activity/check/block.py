"""A knowledge check: questions one at a time, feedback that teaches, as many tries as anybody wants."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Float, List, Scope, String

from peer_xblocks import clock
from peer_xblocks.activity.authored import new_id
from peer_xblocks.activity.check import public, tries
from peer_xblocks.activity.check.answer import Answer
from peer_xblocks.activity.check.editor import CheckEditor, apart
from peer_xblocks.activity.check.words import words
from peer_xblocks.activity.models import Try
from peer_xblocks.activity.token import page_token
from peer_xblocks.handler import learner_handler
from peer_xblocks.item import olx
from peer_xblocks.item.data import stored, to_data
from peer_xblocks.item.item import Item
from peer_xblocks.item.lint import lint
from peer_xblocks.item.text import html, plain
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from peer_xblocks.scored import ScoredBlock


class PeerCheckBlock(CheckEditor, ScoredBlock):
    """`peer_check`: items, a mastery mark, unlimited tries."""

    icon_class = "problem"

    display_name = String(default="Knowledge check", scope=Scope.settings, help="The title that learners see.")
    mastery = Float(
        default=None,
        scope=Scope.settings,
        help="The share of questions (0 to 1) that passes the check; empty for the programme's own.",
    )
    shuffle = Boolean(default=False, scope=Scope.settings, help="Show the answers in another order to each learner.")
    items = List(default=[], scope=Scope.content, help="The questions, as the editor keeps them.")

    @property
    def bank(self) -> tuple[Item, ...]:
        """The items of this check."""
        return tuple(stored(each) for each in self.items)

    @property
    def check(self) -> tries.Check:
        """This check as its records know it."""
        mark = programme().mastery if self.mastery is None else self.mastery
        return tries.Check(self.course, self.usage, self.bank, mark)

    def kind(self) -> str:
        """What this block is, in a few words for people."""
        return self.gettext("Knowledge check")

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """The page of a learner; without JavaScript one sentence that says what to do."""
        return self.learning(
            "check",
            "PeerCheck",
            handlers=("answer", "look"),
            scripts=("kept", "question", "check"),
            state=self._state(),
            now=clock.epoch(),
            key=f"peer-check:{self.part()}:{self._page_token()}",
            part=self.part(),
            words=words(self.gettext),
        )

    @learner_handler
    def look(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """Where the learner stands now, for a page that is behind; writes nothing."""
        return self._state()

    @learner_handler
    def answer(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Records one answer; answers what it teaches and where the learner stands."""
        check = self.check
        outcome = tries.record(self._account(), check, Answer.from_json(data), now=clock.epoch())
        self._announce(outcome)
        return public.feedback(check, outcome)

    def _announce(self, outcome: tries.Outcome) -> None:
        self.note(outcome.learner)
        if self.attempts != outcome.standing.round:
            self.attempts = outcome.standing.round
        if outcome.passed_now:
            self.announce_completion(1.0)
        best = outcome.standing.best or 0.0
        if self.earned is None or best > self.earned:
            self.announce_grade(best)

    def _state(self) -> Mapping[str, Any]:
        check = self.check
        now = tries.standing(learners.known(self.user_id), check)
        return public.state(check, now, order=self._page_token() if self.shuffle else "")

    def _page_token(self) -> str:
        return page_token("peer_check", self.user_id, self.usage)

    # -- the score and staff tools -----------------------------------------------------------------------------

    def earned_share(self) -> float | None:
        """The best share so far; None before the first answer."""
        return tries.standing(learners.known(self.user_id), self.check).best

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Takes back what the learner did here; every answer stays on record."""
        tries.reverse(learner, self.check, by=by, now=clock.epoch())

    def report_rows(self, learners: Iterable[UUID]) -> Mapping[UUID, list[OrderedDict[str, str]]]:
        """One row an answer: question, answer, whether it was right, round, time."""
        items = {item.id: item for item in self.bank}
        found = tries.of_learners(self.usage, learners)
        return {learner: [_row(each, items.get(each.item)) for each in rows] for learner, rows in found.items()}

    # -- the author --------------------------------------------------------------------------------------------

    def author_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """All questions with their keys, and what is still to mend."""
        shown = [
            {
                "stem": html(item.stem),
                "options": [(option.right, html(option.text), html(option.feedback)) for option in item.options],
                "rationale": html(item.rationale),
                "item": item,
            }
            for item in self.bank
        ]
        context = {"kind": self.kind(), "facts": self.author_card(), "faults": self.faults(), "items": shown}
        return self.page("peer_activity/author.html", context)

    def author_card(self) -> Sequence[tuple[str, str]]:
        """How many questions, and the mark."""
        check = self.check
        mark = self.gettext("{needed} of {of}").format(needed=check.needed, of=len(check.items))
        return [(self.gettext("Questions"), str(len(check.items))), (self.gettext("To pass"), mark)]

    def faults(self) -> Sequence[str]:
        """What an author still has to mend, a sentence each."""
        if not self.items:
            return [self.gettext("This check has no questions yet. Open the editor and add one.")]
        return [str(fault) for fault in lint(self.bank)]

    # -- OLX ---------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> PeerCheckBlock:
        """Reads the items from child elements."""
        children = node.findall("item")
        for child in children:
            node.remove(child)
        block: PeerCheckBlock = super().parse_xml(node, runtime, keys)
        block.items = [to_data(item) for item in olx.from_elements(children)]
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """Writes the items as child elements that people can read."""
        super().add_xml_to_node(node)
        node.attrib.pop("items", None)
        for item in self.bank:
            node.append(olx.to_element(item))

    def freshen(self) -> None:
        """A copy's questions are questions of their own."""
        self.items = [to_data(item) for item in apart(self.bank, {item.id for item in self.bank}, new_id)]


def _row(row: Try, item: Item | None) -> OrderedDict[str, str]:
    chosen = [item.option(each) for each in row.chosen] if item else []
    answer = "; ".join(plain(option.text) for option in chosen if option)
    return OrderedDict(
        [
            ("Question", plain(item.stem) if item else row.item),
            ("Answer", answer or ", ".join(row.chosen)),
            ("Right", "yes" if row.right else "not yet"),
            ("Round", str(row.round)),
            ("Time (UTC)", datetime.fromtimestamp(row.at, UTC).isoformat(sep=" ", timespec="seconds")[:19]),
        ]
    )
