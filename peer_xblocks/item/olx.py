"""Items as OLX: child elements that people can read and that come back byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import count

from lxml import etree

from peer_xblocks.item.item import Item, Option, option_id
from peer_xblocks.item.text import clean


def to_element(item: Item) -> etree._Element:
    """The `<item>` element of an item."""
    node = etree.Element("item", id=clean(item.id), kind=clean(item.kind))
    for name in ("level", "domain"):
        if value := clean(getattr(item, name)):
            node.set(name, value)
    _leaf(node, "stem", item.stem)
    for option in item.options:
        child = etree.SubElement(node, "option", id=clean(option.id), right="true" if option.right else "false")
        _leaf(child, "text", option.text)
        if option.feedback:
            _leaf(child, "feedback", option.feedback)
    if item.rationale or item.source:
        rationale = _leaf(node, "rationale", item.rationale)
        if item.source:
            rationale.set("source", clean(item.source))
    return node


def from_element(node: etree._Element) -> Item:
    """The item of an `<item>` element.

    An import must not lose a question, so what is missing is left empty for the linter to name; an id that is
    missing is made from the words, the same each time.
    """
    options = tuple(_option(child, at) for at, child in enumerate(node.findall("option")))
    rationale = node.find("rationale")
    stem = _words(node.find("stem"))
    return Item(
        id=clean(node.get("id", "")) or hashlib.sha256(stem.encode()).hexdigest()[:8],
        stem=stem,
        options=options,
        kind="multiple" if node.get("kind") == "multiple" else "single",
        level=clean(node.get("level", "")),
        domain=clean(node.get("domain", "")),
        rationale=_words(rationale),
        source=clean(rationale.get("source", "")) if rationale is not None else "",
    )


def from_elements(nodes: Iterable[etree._Element]) -> tuple[Item, ...]:
    """The items of several elements; a second use of an id gets the next free number, the same each time."""
    items: list[Item] = []
    for item in map(from_element, nodes):
        taken = {each.id for each in items}
        free = (f"{item.id}-{number}" for number in count(2))
        items.append(item.renamed(next(name for name in free if name not in taken)) if item.id in taken else item)
    return tuple(items)


def _option(node: etree._Element, at: int) -> Option:
    return Option(
        id=clean(node.get("id", "")) or option_id(at),
        text=_words(node.find("text")),
        right=node.get("right", "").strip().lower() in ("true", "1", "yes"),
        feedback=_words(node.find("feedback")),
    )


def _leaf(parent: etree._Element, tag: str, words: str) -> etree._Element:
    child = etree.SubElement(parent, tag)
    child.text = clean(words) or None
    return child


def _words(node: etree._Element | None) -> str:
    return clean("".join(node.itertext())) if node is not None else ""
