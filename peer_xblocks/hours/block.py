"""`peer_module`: what a module is, how far the learner is with it, and the author's form for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Integer, List, Scope, String

from peer_xblocks.block import PeerBlock
from peer_xblocks.compat import platform
from peer_xblocks.handler import author_handler, learner_handler
from peer_xblocks.hours import completion, ledger, modules, olx, words
from peer_xblocks.hours.completion import Standing
from peer_xblocks.hours.description import Description
from peer_xblocks.item import text
from peer_xblocks.learner import learners

PAGES_LEFT = "{time} more on the pages of this module"
OUTLINE_LEFT = "{time} with your trainer, who writes it down for you"


class PeerModuleBlock(PeerBlock):
    """One part of a curriculum with its contact minutes; time is counted on every unit of its subsection."""

    room = "hours"

    display_name = String(default="Module", scope=Scope.settings, help="The title that learners see.")
    module_id = String(default="", scope=Scope.settings, help="Names the module in the ledger: CE-BND-1.")
    self_minutes = Integer(default=0, scope=Scope.settings, help="Self-paced contact minutes.")
    live_minutes = Integer(default=0, scope=Scope.settings, help="Live contact minutes.")
    objectives = List(default=[], scope=Scope.content, help="What a learner can do afterwards, a line each.")
    competencies = String(default="", scope=Scope.settings, help="The competencies this module serves.")
    guide = String(default="", scope=Scope.content, help="The facilitator guide (Markdown); staff alone see it.")
    outline_only = Boolean(default=False, scope=Scope.settings, help="Its pages are not written; a trainer teaches it.")
    live_units = List(default=[], scope=Scope.settings, help="Ids of units that are held live and earn nothing.")

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """What the module is, how far the learner is, what is missing; the guide for staff."""
        shown = {
            "description": self.description(),
            "competencies": text.html(self.competencies),
            "guide": text.html(self.guide) if self.guide and self.shown_to_staff else "",
            **self._progress(),
        }
        start = {"opened": not self.record}
        return self.page(
            "peer_hours/module.html", shown, scripts=["peer_hours/module.js"], start="PeerModule", args=start
        )

    @learner_handler
    def opened(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """Notes that this learner has records here, so that staff tools find them."""
        self.note_record()
        return {"noted": True}

    def _progress(self) -> dict[str, Any]:
        module = modules.of_id(self.course, self.module_id) if self.course and self.module_id else None
        if module is None:
            return {"missing": [], "summary": "", "complete": False}
        found = completion.standing(learners.known(self.user_id), self.course, module)
        planned = module.planned
        return {
            "missing": self._missing(found),
            "summary": words.progress(found.seconds, planned, self.gettext) if planned else "",
            "seconds": min(found.seconds, planned),
            "planned": planned,
            "complete": found.complete,
        }

    def _missing(self, found: Standing) -> list[tuple[str, str]]:
        """(what is missing, where to go) pairs."""
        missing, asked = [], platform()
        left = found.module.planned - found.seconds
        if left > 0:
            sentence = self.gettext(OUTLINE_LEFT if self.outline_only else PAGES_LEFT)
            time = words.minutes(left + 59, self.gettext)
            missing.append((sentence.format(time=time), asked.unit_url(self.course, found.module.unit)))
        for check in found.open_checks:
            sentence = self.gettext("{title}: not yet passed").format(title=check.title)
            missing.append((sentence, asked.unit_url(self.course, check.unit)))
        return missing

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Takes back all seconds of this module; each reversal is an entry of its own."""
        if self.course and self.module_id:
            ledger.reverse(learner, self.course, self.module_id, by=by, reason="Staff reset this module.")

    # -- what others may know ----------------------------------------------------------------------------------

    def kind(self) -> str:
        """What this is, with its minutes."""
        minutes = self.self_minutes + self.live_minutes
        return self.gettext("Module of {minutes} minutes").format(minutes=minutes)

    def student_view_data(self, context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The public facts; never the guide."""
        facts: dict[str, Any] = {"self_minutes": self.self_minutes, "live_minutes": self.live_minutes}
        facts |= {"objectives": list(self.objectives), "outline_only": self.outline_only}
        return {**super().student_view_data(context), **facts}

    def index_dictionary(self) -> dict[str, Any]:
        """The searchable text; never the guide."""
        found = super().index_dictionary()
        found["content"] |= {"objectives": "\n".join(self.objectives), "competencies": text.plain(self.competencies)}
        return found

    # -- the author --------------------------------------------------------------------------------------------

    def description(self) -> Description:
        """The author's settings as one value."""
        return Description(
            display_name=self.display_name or "",
            module_id=self.module_id or "",
            self_minutes=self.self_minutes or 0,
            live_minutes=self.live_minutes or 0,
            objectives=tuple(self.objectives),
            competencies=self.competencies or "",
            guide=self.guide or "",
            live_units=tuple(self.live_units),
            outline_only=bool(self.outline_only),
        )

    def author_card(self) -> Sequence[tuple[str, str]]:
        """Id, minutes and objectives at a glance."""
        return (
            (self.gettext("Module id"), self.module_id or "–"),
            (self.gettext("Self-paced minutes"), str(self.self_minutes)),
            (self.gettext("Live minutes"), str(self.live_minutes)),
            (self.gettext("Objectives"), "; ".join(self.objectives) or "–"),
        )

    def faults(self) -> Sequence[str]:
        """What the author still has to mend."""
        return [self.gettext(each) for each in self.description().faults()]

    def form(self) -> Fragment:
        """The editor: plain fields, one tick for each step that is held live."""
        shown = {
            "description": self.description(),
            "objectives": "\n".join(self.objectives),
            "steps": self._steps(),
            "title": self.gettext("Edit this module"),
        }
        return self.page("peer_hours/editor.html", shown, scripts=["peer_hours/editor.js"], start="PeerModuleEditor")

    @author_handler
    def save_settings(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Checks the form and keeps it; says what to mend otherwise."""
        described = Description.from_json(data)
        for name in Description.__slots__:
            value = getattr(described, name)
            setattr(self, name, list(value) if isinstance(value, tuple) else value)
        return {"saved": True, "faults": list(self.faults())}

    def _steps(self) -> list[tuple[str, str, bool]]:
        """(unit id, title, held live) of each unit of this subsection; known ids that are not there stay listed."""
        unit = self.get_parent()
        subsection = unit.get_parent() if unit else None
        found = {each.scope_ids.usage_id.block_id: each.display_name for each in _children(subsection)}
        listed = {**found, **{each: each for each in self.live_units if each not in found}}
        return [(name, title, name in self.live_units) for name, title in listed.items()]

    # -- OLX ---------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> PeerModuleBlock:
        """A module from OLX, with our own elements for long text."""
        bare, said = olx.taken_apart(node)
        block = super().parse_xml(bare, runtime, keys)
        for name, value in said.items():
            setattr(block, name, value)
        return block  # type: ignore[no-any-return]

    def add_xml_to_node(self, node: Any) -> None:
        """A module as OLX."""
        super().add_xml_to_node(node)
        olx.put_together(node, self.objectives, self.guide or "", self.live_units)


def _children(block: Any) -> list[Any]:
    return block.get_children() if block is not None and block.has_children else []
