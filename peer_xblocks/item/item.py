"""A question: its stem, its options, what each option teaches, and why the key is the key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

KINDS = ("single", "multiple")
LEVELS = ("recall", "vignette")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a learner can choose; `feedback` is shown after it was chosen."""

    id: str
    text: str
    right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. All texts are Markdown; `source` says where the rationale comes from."""

    id: str
    stem: str
    options: tuple[Option, ...]
    kind: str = "single"
    level: str = ""
    domain: str = ""
    rationale: str = ""
    source: str = ""

    @property
    def key(self) -> frozenset[str]:
        """The ids of the right options."""
        return frozenset(option.id for option in self.options if option.right)

    @property
    def digest(self) -> str:
        """A SHA-256 of all that the item says, so that an answer can name the version it was given to."""
        options = [[option.id, option.text, option.right, option.feedback] for option in self.options]
        said = [self.id, self.kind, self.level, self.domain, self.stem, options, self.rationale, self.source]
        body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()

    @property
    def wording(self) -> str:
        """A SHA-256 of what is read before answering, and of nothing else: key and feedback cannot be guessed from it."""
        options = [[option.id, option.text] for option in self.options]
        body = json.dumps([self.id, self.kind, self.stem, options], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()

    def option(self, option_id: str) -> Option | None:
        """The option of that id, None where there is none."""
        return next((option for option in self.options if option.id == option_id), None)

    def renamed(self, item_id: str) -> Item:
        """The same question under another id."""
        return replace(self, id=item_id)


def option_id(position: int) -> str:
    """The usual id of the option at a position from 0: a, b, … z, o27, o28 …"""
    return chr(ord("a") + position) if position < 26 else f"o{position + 1}"
