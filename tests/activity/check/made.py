"""A check for tests, and what a page would send."""

import secrets

from lxml import etree

from peer_xblocks.item.data import to_data
from peer_xblocks.item.item import Item, Option
from peer_xblocks.item.olx import to_element


def item(name, right="a", count=3, kind="single"):
    """An item whose every secret word can be recognised."""
    return Item(
        id=name,
        stem=f"What about {name}?",
        options=tuple(
            Option(each, f"{name} choice {each}", each in right, f"{name} teaches {each}") for each in "abcdef"[:count]
        ),
        kind=kind,
        level="recall",
        domain="D4",
        rationale=f"{name} because",
        source=f"{name} code",
    )


def items(count=3):
    """The items q1, q2, …; "a" is right in each."""
    return [item(f"q{at}") for at in range(1, count + 1)]


def data(several):
    """The items as a field keeps them."""
    return [to_data(each) for each in several]


def reply(each, *chosen, **more):
    """What a page sends to answer an item."""
    return {"item": each.id, "digest": each.wording, "chosen": list(chosen), "client_id": secrets.token_hex(8), **more}


def xml(several, **attributes):
    """The OLX of a check."""
    node = etree.Element("peer_check", **attributes)
    node.extend(to_element(each) for each in several)
    return etree.tostring(node, encoding="unicode")
