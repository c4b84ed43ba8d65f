"""The ten-minute story: one part at a time, kept while it is written, rehearsed, and marked done by its owner alone."""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Scope, String

from peer_xblocks import clock
from peer_xblocks.handler import learner_handler
from peer_xblocks.learner import learners
from peer_xblocks.plugin import setting
from peer_xblocks.refusal import Clash, Refusal
from peer_xblocks.scored import ScoredBlock
from peer_xblocks.story import passages, plan, public, stories, terms
from peer_xblocks.story.editor import StoryEditor
from peer_xblocks.story.passage import Passage
from peer_xblocks.story.passages import Place
from peer_xblocks.story.run import Run
from peer_xblocks.story.words import words

SOMEBODY_ELSE = "Another person is signed in in this browser now, so nothing was sent. Sign in again as yourself."
NOTHING_YET = "There are no words in your talk yet. Write a part of it first; one line is enough."
SCRIPTS = ("dom", "talk", "kept", "saving", "helper", "prompter", "whole", "rehearsal", "writing", "story")


class PeerStoryBlock(StoryEditor, ScoredBlock):
    """`peer_story`: a plan, private passages, rehearsals, a done mark."""

    room = "story"
    icon_class = "problem"

    display_name = String(default="Your story", scope=Scope.settings, help="The title that learners see.")
    preset = String(default=plan.TEN_MINUTES.id, scope=Scope.settings, help="Which plan the talk follows.")
    required = Boolean(default=True, scope=Scope.settings, help="Whether the course asks learners to finish it.")
    asides = String(
        default=" ".join(each.id for each in plan.ASIDES),
        scope=Scope.settings,
        help="The ids of the pages beside the talk that learners are offered.",
    )

    @property
    def place(self) -> Place:
        """Where this block stands."""
        return Place(self.course, self.usage)

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """A page without a word of anybody: what was written comes by `look`, which no cache keeps."""
        names = ("look", "keep", "earlier", "rehearsed", "finish", "delete_story")
        args = {
            "handlers": {name: self.runtime.handler_url(self, name) for name in names},
            "plan": public.plan(self.plan, self.shown_asides, self.gettext),
            "links": {name: reverse(f"peer_story:{name}", args=[self.usage]) for name in ("cards", "document")},
            "terms": terms.address(),
            "days": int(setting("STORY_BACKUP_DAYS", 30)),
            "part": self.part(),
            "words": words(self.gettext),
        }
        scripts = ["peer_ui/language.js", *(f"peer_story/{name}.js" for name in SCRIPTS)]
        fragment = self.page(
            "peer_story/story.html", {"required": self.required}, scripts=scripts, start="PeerStory", args=args
        )
        fragment.add_css_url(static("peer_story/story.css"))
        return fragment

    @learner_handler
    def look(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """All of the learner's story, and the key for what waits on the device. Writes nothing."""
        found = stories.of(learners.known(self.user_id), self.usage)
        known = [each.id for each in (*self.plan.parts, *self.shown_asides)]
        told = public.story(found, known, self.gettext)
        return {"who": self._who(), "key": self._device_key(), "now": clock.epoch(), **told}

    @learner_handler
    def keep(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Keeps the text of one part; answers what is live of it now."""
        self._demand_same(data)
        taken = passages.keep(self._account(), self.place, Passage.from_json(data), now=clock.epoch())
        if taken.added:
            self._point_to(taken.learner)
        return {"live": public.versions(taken.live)}

    @learner_handler
    def earlier(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """The versions of one part that are not live, newest first."""
        self._demand_same(data)
        found = passages.versions(learners.known(self.user_id), self.usage, str(data.get("part")))
        return {"versions": public.versions([each for each in found if not each.live])}

    @learner_handler
    def rehearsed(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Keeps the times of a rehearsal; answers the pace and the rehearsals so far."""
        self._demand_same(data)
        learner = stories.rehearse(self._account(), self.place, Run.from_json(data), now=clock.epoch())
        self._point_to(learner)
        return public.times(stories.of(learner, self.usage))

    @learner_handler
    def finish(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Marks the story done: the platform is told so, and not a word."""
        self._demand_same(data)
        found = stories.of(learners.known(self.user_id), self.usage)
        if found.done is None and not stories.begun(found, self.plan):
            raise Refusal(NOTHING_YET)
        self._point_to(stories.finish(self._account(), self.place, now=clock.epoch()))
        self.announce_completion(1.0)
        self.announce_grade(1.0)
        return {"done": stories.done_at(learners.known(self.user_id), self.usage)}

    @learner_handler
    def delete_story(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Deletes the story; asked once, by the page."""
        self._demand_same(data)
        stories.delete(self._account(), self.place, now=clock.epoch())
        return {"deleted": True}

    def _point_to(self, learner: UUID) -> None:
        if self.record != str(learner):
            self.record = str(learner)

    def _who(self) -> str:
        """Tells one person's page from another's in the same browser, and says nothing about either."""
        return salted_hmac("peer_story.who", f"{self.user_id}|{self.usage}", algorithm="sha256").hexdigest()[:16]

    def _device_key(self) -> str:
        """The AES key, base64, for what this person leaves on a device."""
        made = salted_hmac("peer_story.device", f"{self.user_id}|{self.usage}", algorithm="sha256")
        return base64.b64encode(made.digest()).decode("ascii")

    def _demand_same(self, data: Mapping[str, Any]) -> None:
        """A page that one person opened never writes into another's story, nor reads it."""
        if not constant_time_compare(str(data.get("who")), self._who()):
            raise Clash(SOMEBODY_ELSE)

    # -- the score and staff tools -----------------------------------------------------------------------------

    def earned_share(self) -> float | None:
        """1.0 once the story is marked done; never anything about its words."""
        return None if stories.done_at(learners.known(self.user_id), self.usage) is None else 1.0

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Takes the done mark back; the story is its owner's, and stays."""
        stories.take_back(learner, self.place, by=by, now=clock.epoch())

    def report_rows(self, learners: Iterable[UUID]) -> Mapping[UUID, list[OrderedDict[str, str]]]:
        """Done or not, and nothing else."""
        who = list(learners)
        done = stories.done_by(self.usage, who)
        return {each: [public.staff_row(done.get(each) is not None)] for each in who}

    def author_card(self) -> Sequence[tuple[str, str]]:
        """What the author chose."""
        shown = ", ".join(self.gettext(each.title) for each in self.shown_asides)
        yes_no = self.gettext("yes") if self.required else self.gettext("no")
        return [
            (self.gettext("Plan"), self.gettext(self.plan.name)),
            (self.gettext("The course asks for it"), yes_no),
            (self.gettext("Pages beside the talk"), shown or self.gettext("none")),
        ]

    def kind(self) -> str:
        """What this block is, in a few words for people."""
        return self.gettext("A talk of your own, in private")
