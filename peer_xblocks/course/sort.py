"""What an author has to mend in the cards of a sort: their words, their piles, their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from peer_xblocks.course.outline import Block, Card, Outline
from peer_xblocks.course.problem import Problem
from peer_xblocks.language import flags


def problems(block: Block, course: Outline) -> Iterator[Problem]:
    """Every problem of one sort."""
    if len(block.piles) < 2:
        yield Problem(f"{block.where} · {block.id}", f"It has {len(block.piles)} piles.", "Give it two or more.")
    if not block.cards:
        yield Problem(f"{block.where} · {block.id}", "It has no cards.", "Write some.")
    for name, often in Counter(card.id for card in block.cards).items():
        if often > 1:
            yield Problem(f"{block.where} · {block.id}", f"{often} cards are “{name}”.", "Give each its own id.")
    for card in block.cards:
        for what, do in (*_card(card, block), *_reason(card, course), *_wording(card)):
            yield Problem(f"{block.where} · {card.id or block.id}", what, do)


Finding = tuple[str, str]


def _card(card: Card, block: Block) -> Iterator[Finding]:
    if not card.id:
        yield "A card has no id.", "Give it one that never changes."
    if not card.text:
        yield "The card has no words.", "Write what it says."
    if not card.piles:
        yield "The card belongs to no pile.", "Name one in piles, or two where both can be right."
    for name in card.piles:
        if name not in block.piles:
            yield f"There is no pile “{name}”.", f"Use one of: {', '.join(block.piles)}."


def _reason(card: Card, course: Outline) -> Iterator[Finding]:
    short = [source.short for source in course.sources.values() if source.short]
    if not card.why:
        yield "The card has no reason.", "Say in a sentence or two why it lies there."
    elif not any(card.why.rpartition("(")[2].startswith(name) and card.why.endswith(")") for name in short):
        yield "The reason names no source.", f"End it with one of: {', '.join(f'({name} …)' for name in short)}."


def _wording(card: Card) -> Iterator[Finding]:
    for text in (card.text, card.why):
        for flag in flags(text):
            if flag.level != "information":
                yield f"“{text[flag.start : flag.end]}” could be said in a kinder way.", f"Think of: {flag.offer}."
