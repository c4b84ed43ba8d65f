"""A deck in OLX: elements that people can read and that come back byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import count
from typing import Any

from lxml import etree

from peer_xblocks.activity.sort.deck import Card, Deck, Pile
from peer_xblocks.item.text import clean

OWN = ("prompt", "pile", "card")


def taken_apart(node: Any) -> tuple[Any, Deck]:
    """A copy of `node` without our own elements, and the deck they hold.

    An import must not lose a card: what is missing is left empty for the linter to name; an id that is missing or used
    twice is made anew, the same each time.
    """
    bare = deepcopy(node)
    children = {name: bare.findall(name) for name in OWN}
    for child in [each for found in children.values() for each in found]:
        bare.remove(child)
    prompt = "\n\n".join(_raw(each) for each in children["prompt"])
    piles = apart(map(_pile, children["pile"]))
    return bare, Deck(prompt, tuple(Pile(*each) for each in piles), tuple(_cards(children["card"])))


def put_together(node: Any, deck: Deck) -> None:
    """Writes a deck into `node`, in place of XBlock's own form."""
    for name in ("prompt", "piles", "cards"):
        node.attrib.pop(name, None)
    if deck.prompt:
        etree.SubElement(node, "prompt").text = deck.prompt
    for pile in deck.piles:
        etree.SubElement(node, "pile", id=clean(pile.id)).text = clean(pile.text) or None
    for card in deck.cards:
        child = etree.SubElement(node, "card", id=clean(card.id), piles=" ".join(card.piles))
        etree.SubElement(child, "text").text = clean(card.text) or None
        if card.why:
            etree.SubElement(child, "why").text = clean(card.why) or None


def apart(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(id, text) pairs; a second use of an id gets the next free number, the same each time."""
    taken: set[str] = set()
    for name, text in named:
        free = name if name not in taken else next(each for n in count(2) if (each := f"{name}-{n}") not in taken)
        taken.add(free)
        yield free, text


def _pile(node: Any) -> tuple[str, str]:
    text = _words(node)
    return clean(node.get("id", "")) or _made(text), text


def _cards(nodes: Iterable[Any]) -> Iterator[Card]:
    nodes = list(nodes)
    texts = [_words(node.find("text")) for node in nodes]
    ids = [clean(node.get("id", "")) or _made(text) for node, text in zip(nodes, texts, strict=True)]
    for node, (name, text) in zip(nodes, apart(zip(ids, texts, strict=True)), strict=True):
        piles = tuple(dict.fromkeys(clean(node.get("piles", "")).split()))
        yield Card(name, text, _words(node.find("why")), piles)


def _made(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _raw(node: Any) -> str:
    return "".join(node.itertext())


def _words(node: Any) -> str:
    return clean(_raw(node)) if node is not None else ""
