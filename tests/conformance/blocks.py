"""One example of every block that the wheel registers, and text that tries to break out of its place."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points

from lxml import etree, html
from xblock.fields import Scope, String, UserScope

SCORED = {"peer_check", "peer_exam", "peer_story"}
LINES = {"objectives"}

HOSTILE = '<script>window.hurt=1</script><img src=x onerror="window.hurt=1">"\'&amp;]]> {{ 7|add:7000000 }} ${7*1000001} \u202e\u0645\u0631\u062d\u0628\u0627 \U0001f9e1'


@dataclass(frozen=True)
class Example:
    """A block as an author would have made it."""

    tag: str
    olx: str

    def __str__(self) -> str:
        return self.tag


ITEM = """
<item id="i{n}" kind="single" level="vignette" domain="D5">
  <stem>Ana asks you for a ride home. What do you do first? ({n})</stem>
  <option id="a" right="true"><text>Ask what would help, and name what your role allows.</text><feedback>SECRET-RIGHT-{n}</feedback></option>
  <option id="b"><text>Drive her, because it is on your way home tonight.</text><feedback>SECRET-WRONG-{n}</feedback></option>
  <option id="c"><text>Say that rides are never a thing that peers talk about.</text><feedback>SECRET-OTHER-{n}</feedback></option>
  <rationale source="SAMHSA Core Competencies, 2015">SECRET-WHY-{n}</rationale>
</item>"""


def check(items: int = 2) -> str:
    """A knowledge check of so many items."""
    inside = "".join(ITEM.format(n=n) for n in range(items))
    return f'<peer_check display_name="Check what you know">{inside}</peer_check>'


CARD = '<card id="c{n}" piles="peer not"><text>Ana asks for a ride home, time {letter}.</text><why>SECRET-WHY-{n}</why></card>'


def deck(cards: int = 2) -> str:
    """A card sort of so many cards."""
    inside = "".join(CARD.format(n=n, letter=chr(ord("a") + n)) for n in range(cards))
    piles = '<pile id="peer">Peer support does this</pile><pile id="not">Peer support does not do this</pile>'
    return f'<peer_sort display_name="Yours or not"><prompt>Sort the cards.</prompt>{piles}{inside}</peer_sort>'


EXAMPLES = {
    "peer_module": Example(
        "peer_module",
        '<peer_module display_name="Where we stand" module_id="CE-BND-1" self_minutes="30" competencies="XII"/>',
    ),
    "peer_attestation": Example(
        "peer_attestation",
        '<peer_attestation display_name="What we keep to" version="spring"><text>We keep to what we say.</text></peer_attestation>',
    ),
    "peer_check": Example("peer_check", check()),
    "peer_exam": Example("peer_exam", '<peer_exam display_name="The exam" exam="crss-demo"/>'),
    "peer_sort": Example("peer_sort", deck()),
    "peer_progress": Example(
        "peer_progress", '<peer_progress display_name="Your progress" completes="ce" category="ethics" provider="Us"/>'
    ),
    "peer_story": Example("peer_story", '<peer_story display_name="Your story" preset="ten_minutes"/>'),
}


def registered() -> dict[str, type]:
    """Every block class of ours by tag, as installed."""
    ours = (each for each in entry_points(group="xblock.v1") if each.value.startswith("peer_xblocks."))
    return {each.name: each.load() for each in ours}


def author_texts(block: type) -> list[str]:
    """The names of a block's author fields that hold free text."""
    return [
        name
        for name, field in block.fields.items()
        if field.scope in (Scope.settings, Scope.content)
        and isinstance(field, String)
        and not getattr(field, "values", None)
        and not name.startswith("xml_")
    ]


def author_lists(block: type) -> list[str]:
    """The names of a block's author fields that hold lines of free text (not ids, not items)."""
    return sorted(LINES & set(block.fields))


def hostile_items() -> str:
    """A knowledge check whose author means harm in every part of an item."""
    node = etree.fromstring(check(2))
    for part in node.iter("stem", "text", "feedback", "rationale"):
        part.text = HOSTILE
    node.find(".//rationale").set("source", HOSTILE)
    return etree.tostring(node, encoding="unicode")


def hostile_cards() -> str:
    """A card sort whose author means harm in every part of it."""
    node = etree.fromstring(deck(2))
    for part in node.iter("prompt", "pile", "text", "why"):
        part.text = HOSTILE
    return etree.tostring(node, encoding="unicode")


def learner_fields(block: type) -> list[str]:
    """The names of a block's fields that belong to a learner."""
    return [
        name
        for name, field in block.fields.items()
        if getattr(field.scope, "user", UserScope.NONE) is not UserScope.NONE
    ]


def hurts(page: str) -> list[str]:
    """What of `HOSTILE` became markup in a page: elements and attributes that an author's text has made."""
    tree = html.fromstring(f"<div>{page}</div>")
    scripts = [each for each in tree.iter("script") if (each.text or "").startswith("window.hurt")]
    marked = [each for each in tree.iter() if isinstance(each.tag, str) and "onerror" in each.attrib]
    evaluated = ["evaluated"] if "7000007" in tree.text_content() else []
    return [html.tostring(each, encoding="unicode") for each in scripts + marked] + evaluated
