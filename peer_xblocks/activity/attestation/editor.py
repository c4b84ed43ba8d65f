"""How authors set up a text to sign: the office's or their own, with a live linter."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from web_fragments.fragment import Fragment

from peer_xblocks.activity.activity import Activity
from peer_xblocks.activity.attestation.document import FACTS, MOST_VERSION, in_force
from peer_xblocks.activity.attestation.lint import lint
from peer_xblocks.activity.authored import title
from peer_xblocks.handler import author_handler
from peer_xblocks.item.text import clean
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import Refusal

MOST_TEXT = 100_000
SOURCES = ("", *FACTS)


class AttestationEditor(Activity):
    """The author's side of `peer_attestation`."""

    def settings(self) -> dict[str, str]:
        """The author's text, its version and its source."""
        raise NotImplementedError

    def form(self) -> Fragment:
        """The editor: plain fields."""
        settings = self.settings()
        return self.authoring(
            "attestation_editor",
            "PeerAttestationEditor",
            handlers=("save_text", "lint"),
            scripts=("form", "author", "wording"),
            settings=settings,
            faults=faults_of(settings),
        )

    @author_handler
    def save_text(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keeps what the author wrote; what the linter names does not hinder it."""
        settings, name = _settings(data), title(data, "the text")
        self.display_name = name
        self.text, self.version, self.source = settings["text"], settings["version"], settings["source"]
        return {"faults": faults_of(settings)}

    @author_handler
    def lint(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is still to mend in the text as it is being written."""
        return {"faults": faults_of(_settings(data))}


def faults_of(settings: dict[str, str]) -> list[dict[str, str]]:
    """What the linter says of `text`, `version` and `source`, as plain values."""
    own, version, source = settings["text"], settings["version"], settings["source"]
    return [asdict(each) for each in lint(own, version, source, in_force(own, version, source, programme()))]


def _settings(data: dict[str, Any]) -> dict[str, str]:
    text, version, source = (data.get(name, "") for name in ("text", "version", "source"))
    if not isinstance(text, str) or not isinstance(version, str) or source not in SOURCES:
        raise Refusal("This text cannot be read. Reload the page and try again.")
    if len(text) > MOST_TEXT:
        raise Refusal(f"The text is longer than {MOST_TEXT:,} characters. Split it in two.")
    version = " ".join(clean(version).split())
    if len(version) > MOST_VERSION:
        raise Refusal(f"The version is longer than {MOST_VERSION} characters. A date is enough.")
    return {"text": clean(text), "version": version, "source": source}
