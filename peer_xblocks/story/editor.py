"""How authors set up a story in Studio: title, plan, whether it is asked for, which pages are offered beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from web_fragments.fragment import Fragment

from peer_xblocks.block import PeerBlock
from peer_xblocks.handler import author_handler
from peer_xblocks.refusal import Refusal
from peer_xblocks.story import plan
from peer_xblocks.story.plan import Part, Plan

MOST_TITLE = 255


class StoryEditor(PeerBlock):
    """The author's side of `peer_story`."""

    preset: Any
    required: Any
    asides: Any

    @property
    def plan(self) -> Plan:
        """The plan that the talk follows."""
        return plan.plan(self.preset)

    @property
    def shown_asides(self) -> Sequence[Part]:
        """The pages beside the talk that learners are offered."""
        return plan.asides(str(self.asides).split())

    def faults(self) -> Sequence[str]:
        """What an author still has to mend."""
        if self.preset not in plan.PLANS:
            return [self.gettext("The plan of this talk is not one we know. Open the editor and choose one.")]
        return []

    def form(self) -> Fragment:
        """The editor: plain fields."""
        chosen = {each.id for each in self.shown_asides}
        shown = {
            "required": self.required,
            "plans": [(each.id, self.gettext(each.name), each.id == self.plan.id) for each in plan.PLANS.values()],
            "asides": [(each.id, self.gettext(each.title), each.id in chosen) for each in plan.ASIDES],
        }
        return self.page("peer_story/editor.html", shown, scripts=["peer_story/editor.js"], start="PeerStoryEditor")

    @author_handler
    def save_settings(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Checks the form and keeps it; says what to mend otherwise."""
        title, preset, asides = data.get("display_name"), data.get("preset"), data.get("asides")
        title = " ".join(title.split()) if isinstance(title, str) else ""
        if not title or len(title) > MOST_TITLE:
            raise Refusal(f"Give the story a title of at most {MOST_TITLE} characters.")
        if preset not in plan.PLANS:
            raise Refusal("Choose one of the plans.")
        known = {each.id for each in plan.ASIDES}
        if not isinstance(asides, list) or not all(isinstance(each, str) and each in known for each in asides):
            raise Refusal("Choose the pages beside the talk from the list.")
        self.display_name, self.preset, self.required = title, preset, data.get("required") is True
        self.asides = " ".join(each.id for each in plan.asides(asides))
        return {"saved": True}
