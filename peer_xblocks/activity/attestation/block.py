"""`peer_attestation`: a text that is read and signed, kept as it was when it was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.fields import Scope, String

from peer_xblocks import clock
from peer_xblocks.activity.attestation import public, signatures
from peer_xblocks.activity.attestation.document import Document, in_force
from peer_xblocks.activity.attestation.editor import SOURCES, AttestationEditor, faults_of
from peer_xblocks.activity.attestation.signatures import Place
from peer_xblocks.activity.attestation.words import STATEMENT, words
from peer_xblocks.activity.sent import stamp
from peer_xblocks.handler import learner_handler
from peer_xblocks.item.text import html, plain
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotThere

UNREADABLE = "We could not read this. Reload the page and sign again."


class PeerAttestationBlock(AttestationEditor):
    """A text to read and sign: not scored; complete once it is signed."""

    icon_class = "other"

    display_name = String(default="Read and sign", scope=Scope.settings, help="The title that learners see.")
    source = String(
        default="", values=list(SOURCES), scope=Scope.settings, help="`ethics` for the office's text; empty for `text`."
    )
    version = String(default="", scope=Scope.settings, help="Names the author's text, such as its date.")
    text = String(default="", scope=Scope.content, help="The author's own text (Markdown).")

    @property
    def place(self) -> Place:
        """Where this text is signed."""
        return Place(self.course, self.usage)

    def settings(self) -> dict[str, str]:
        """The author's text, its version and its source."""
        return {"text": self.text or "", "version": self.version or "", "source": self.source or ""}

    def shown(self) -> Document | None:
        """The text that learners are asked to sign now; None where there is none yet."""
        return in_force(self.text or "", self.version or "", self.source or "", programme())

    def kind(self) -> str:
        """What this block is, in a few words for people."""
        return self.gettext("Text to read and sign")

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """The page of a learner; the text can be read without JavaScript, too."""
        state = self._state()
        return self.learning(
            "attestation",
            "PeerAttestation",
            handlers=("sign", "look"),
            scripts=("attestation",),
            context={"state": state},
            state=state,
            office=bool(self.source),
            words=words(self.gettext),
        )

    @learner_handler
    def look(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """The text and what this learner signed, for a page that is behind; writes nothing."""
        return self._state()

    @learner_handler
    def sign(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Keeps the signature under the text that was shown; answers the page as it is now."""
        sent, shown = stamp(data, UNREADABLE), self.shown()
        if shown is None:
            raise NotThere("There is no text to sign here now. Nothing is missing on your side.")
        statement = self.gettext(STATEMENT)
        now = clock.epoch()
        learner = signatures.sign(self._account(), self.place, shown, sent, statement=statement, now=now)
        self.note(learner)
        self.announce_completion(1.0)
        return self._state()

    def _state(self) -> Mapping[str, Any]:
        signed = signatures.standing(learners.known(self.user_id), self.usage)
        bodies = signatures.bodies(each.sha256 for each in signed) if signed else {}
        return public.state(self.shown(), signed, bodies, _when)

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Takes back what the learner signed here; every signature stays on record."""
        signatures.reverse(learner, self.place, by=by, now=clock.epoch())

    # -- what others may know ----------------------------------------------------------------------------------

    def index_dictionary(self) -> dict[str, Any]:
        """The searchable text."""
        found, shown = super().index_dictionary(), self.shown()
        found["content"]["text"] = plain(shown.body) if shown else ""
        return found

    # -- the author --------------------------------------------------------------------------------------------

    def author_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """The text as learners see it, where it comes from, and what is still to mend."""
        shown = self.shown()
        context = {"kind": self.kind(), "facts": self.author_card(), "faults": self.faults()}
        return self.page(
            "peer_activity/attestation_author.html", {**context, "text": html(shown.body) if shown else ""}
        )

    def author_card(self) -> Sequence[tuple[str, str]]:
        """Where the text comes from, its version and its hash."""
        shown = self.shown()
        if shown is None:
            return [(self.gettext("Text"), "–")]
        whose = self.gettext("The office's") if shown.office else self.gettext("Your own")
        return [
            (self.gettext("Text"), whose),
            (self.gettext("Version"), shown.version or "–"),
            ("SHA-256", shown.sha256),
        ]

    def faults(self) -> Sequence[str]:
        """What an author still has to mend, a sentence each."""
        return [f"{each['where']}: {each['what']} {each['do']}" for each in faults_of(self.settings())]

    # -- OLX ---------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> PeerAttestationBlock:
        """Reads the text from a child element."""
        bare = deepcopy(node)
        children = bare.findall("text")
        for child in children:
            bare.remove(child)
        block: PeerAttestationBlock = super().parse_xml(bare, runtime, keys)
        if children:
            block.text = "\n\n".join("".join(each.itertext()) for each in children)
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """Writes the text as a child element that people can read."""
        super().add_xml_to_node(node)
        node.attrib.pop("text", None)
        if self.text:
            etree.SubElement(node, "text").text = self.text


def _when(at: int) -> str:
    """Unix seconds as a date and a time of the office's zone, in the reader's language."""
    local = datetime.fromtimestamp(at, UTC).astimezone(programme().time_zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}"
