"""What an author of a text to sign still has to mend."""

from __future__ import annotations

from collections.abc import Iterator

from peer_xblocks.activity.attestation.document import FACTS, Document, body_of
from peer_xblocks.item.lint import Fault, kinder
from peer_xblocks.item.text import MOST

WHERE = "The text"


def lint(own: str, version: str, source: str, shown: Document | None) -> list[Fault]:
    """Every fault of an author's text, where `shown` is what learners are asked to sign now."""
    return [*_missing(source, shown), *_own(body_of(own), version, shown)]


def _missing(source: str, shown: Document | None) -> Iterator[Fault]:
    if shown is None and source in FACTS:
        yield Fault(
            WHERE,
            "The office has not given its text yet, so learners are not asked to sign.",
            "Ask the office for it, or write a text of your own here.",
        )
    elif shown is None:
        yield Fault(WHERE, "There is no text to sign yet.", "Write it.")


def _own(body: str, version: str, shown: Document | None) -> Iterator[Fault]:
    if not body:
        return
    if shown is not None and not shown.office and not version.strip():
        yield Fault(WHERE, "It has no version.", "Give it one, such as its date.")
    if len(body) > MOST:
        yield Fault(
            WHERE,
            f"It is longer than {MOST:,} characters, so it is shown without headings and lists.",
            "Shorten it, or split it in two.",
        )
    yield from kinder([("the words", body)], WHERE)
