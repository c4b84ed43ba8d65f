"""The text that a learner is asked to sign: the office's, or the author's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from textwrap import dedent

from peer_xblocks.item.text import MOST, clean
from peer_xblocks.programme import Programme

#: What `source` names: the programme's fact that holds the office's text.
FACTS = {"ethics": "ethics_text"}
MOST_VERSION = 64


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it is shown. `body` is Markdown; `office` says whether the programme gave it, not the author."""

    body: str
    version: str = ""
    office: bool = False

    @property
    def sha256(self) -> str:
        """The SHA-256 (hex) of the Markdown in UTF-8: `sha256sum` of the text names the same."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def long(self) -> bool:
        """Whether it is too long for Markdown to be read from it, so that it is shown as it is."""
        return len(self.body) > MOST


def in_force(own: str, version: str, source: str, rules: Programme) -> Document | None:
    """The text to sign now; None where the office, or the author, has not given one yet.

    `own` and `version` are the author's; a `source` that names a fact puts the office's text first.
    """
    fact = rules.facts.get(FACTS.get(source, ""))
    if fact is not None and isinstance(fact.value, str) and (body := body_of(fact.value)):
        return Document(body, fact.on.isoformat() if fact.on else "", office=True)
    body = body_of(own)
    return Document(body, " ".join(clean(version).split())[:MOST_VERSION]) if body else None


def body_of(text: str) -> str:
    """A text without the blanks that its place in a file gave it."""
    return clean(dedent(text.replace("\r\n", "\n").expandtabs(4)))
