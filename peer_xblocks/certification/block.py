"""`peer_progress`: what is done, what is missing, what was reported, with the registry's receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from web_fragments.fragment import Fragment
from xblock.fields import Scope, String

from peer_xblocks.block import PeerBlock
from peer_xblocks.certification import aim, completions, held, names, outbox, outline, progress
from peer_xblocks.certification.aim import Aim
from peer_xblocks.handler import author_handler, learner_handler
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme


class PeerProgressBlock(PeerBlock):
    """A course's last page: where the learner stands, the name for the certificate, the report and its receipt."""

    room = "certification"

    display_name = String(default="Your progress", scope=Scope.settings, help="The title that learners see.")
    completes = String(default="ce", scope=Scope.settings, help="What finishing the course completes: ce or track.")
    track = String(default="", scope=Scope.settings, help="The track's code; empty where it counts for all.")
    category = String(default="", scope=Scope.settings, help="The category of continuing education.")
    provider = String(default="", scope=Scope.settings, help="Who provides the course.")

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """Done, missing, name, report and receipt."""
        found = progress.of(self.user_id, self.course, self.gettext)
        shown = {"progress": found, "reported": found.reported, "most": names.MOST}
        return self.page(
            "peer_certification/progress.html",
            shown,
            scripts=["peer_certification/progress.js"],
            start="PeerProgress",
            args=progress.as_json(found.reported),
        )

    @learner_handler
    def set_name(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Keeps the name for the certificate and lets a report go that waited for it."""
        name = names.clean(data.get("name"))
        learners.of(self._account())

        def change() -> None:
            with learners.locked(user_id=self._account()) as learner:
                outbox.name_given(learner, name)

        learners.retrying(change)
        return {"name": name, **self._state()}

    @learner_handler
    def state(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """What became of the report by now; makes up for an evaluation that was missed."""
        learner = learners.known(self.user_id)
        if learner and completions.missed(learner, self.course, outline.of(self.course)):
            completions.evaluate(learner, self.course)
        return self._state()

    def _state(self) -> Mapping[str, Any]:
        report = held.of(self.user_id, self.course).report
        return progress.as_json(progress.reported(report, self.completes == completions.REPORTED, self.gettext))

    # -- what others may know ----------------------------------------------------------------------------------

    def kind(self) -> str:
        """What this is."""
        return self.gettext("Your progress in this course")

    # -- the author --------------------------------------------------------------------------------------------

    def aim(self) -> Aim:
        """The author's settings as one value."""
        return Aim(**{name: getattr(self, name) or "" for name in Aim.__slots__})

    def author_card(self) -> Sequence[tuple[str, str]]:
        """What finishing the course counts as."""
        completes = aim.COMPLETES.get(self.completes, "–")
        track = programme().track(self.track)
        return (
            (self.gettext("Finishing this course completes"), self.gettext(completes)),
            (self.gettext("Track"), track.name if track else self.gettext("All tracks")),
            (self.gettext("Category"), self.category or "–"),
            (self.gettext("Provider"), self.provider or "–"),
        )

    def faults(self) -> Sequence[str]:
        """What the author still has to mend, here and in the course."""
        found = self.aim().faults(programme())
        if self.course:
            found += aim.course_faults(outline.of(self.course))
        return [self.gettext(each) for each in found]

    def form(self) -> Fragment:
        """The editor: four plain fields."""
        rules = programme()
        known = aim.categories(rules)
        shown = {
            "aim": self.aim(),
            "completes": aim.COMPLETES.items(),
            "tracks": rules.tracks.values(),
            "categories": known if not self.category or self.category in known else [*known, self.category],
            "title": self.gettext("Edit this page"),
        }
        return self.page(
            "peer_certification/editor.html",
            shown,
            scripts=["peer_certification/editor.js"],
            start="PeerProgressEditor",
        )

    @author_handler
    def save_settings(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Checks the form and keeps it; says what to mend otherwise."""
        said = Aim.from_json(data, programme())
        for name in Aim.__slots__:
            setattr(self, name, getattr(said, name))
        return {"saved": True, "faults": list(self.faults())}
