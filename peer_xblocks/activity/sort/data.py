"""A deck as the plain values that a form sends and fields keep; each is checked when it comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peer_xblocks.activity.sort.deck import MOST_CARDS, MOST_PILES, Card, Deck, Pile
from peer_xblocks.item.data import identifier
from peer_xblocks.item.text import clean
from peer_xblocks.refusal import Refusal

MOST_TEXT = 5_000

Plain = dict[str, Any]


def piles_data(deck: Deck) -> list[Plain]:
    """The piles of a deck as plain values."""
    return [{"id": pile.id, "text": pile.text} for pile in deck.piles]


def cards_data(cards: Iterable[Card]) -> list[Plain]:
    """Cards as plain values."""
    return [{"id": card.id, "text": card.text, "why": card.why, "piles": list(card.piles)} for card in cards]


def stored(prompt: str, piles: Iterable[Mapping[str, Any]], cards: Iterable[Mapping[str, Any]]) -> Deck:
    """The deck that fields kept; it was checked when it came in."""
    return Deck(
        prompt,
        tuple(Pile(**each) for each in piles),
        tuple(Card(**{**each, "piles": tuple(each["piles"])}) for each in cards),
    )


def from_data(data: Mapping[str, object]) -> Deck:
    """The deck that a form describes (`prompt`, `piles`, `cards`); a `Refusal` says what to mend."""
    piles = tuple(
        Pile(identifier(each.get("id"), where), _text(each, "text", where))
        for where, each in _entries(data, "piles", "Pile", MOST_PILES)
    )
    cards = tuple(_card(each, where) for where, each in _entries(data, "cards", "Card", MOST_CARDS))
    _refuse_twins([pile.id for pile in piles], "piles")
    _refuse_twins([card.id for card in cards], "cards")
    return Deck(_text(data, "prompt", "The card sort"), piles, cards)


def _card(data: Mapping[str, object], where: str) -> Card:
    homes = data.get("piles", [])
    if not isinstance(homes, list) or len(homes) > MOST_PILES:
        raise Refusal(f"{where} needs a list of the piles it belongs to. Reload the page and try again.")
    ids = tuple(identifier(each, f"A pile of {where.lower()}") for each in homes)
    return Card(identifier(data.get("id"), where), _text(data, "text", where), _text(data, "why", where), ids)


def _entries(
    data: Mapping[str, object], name: str, called: str, most: int
) -> Sequence[tuple[str, Mapping[str, object]]]:
    given = data.get(name)
    if not isinstance(given, list) or not all(isinstance(each, Mapping) for each in given):
        raise Refusal("This card sort cannot be read. Reload the page and try again.")
    if len(given) > most:
        raise Refusal(f"A card sort holds at most {most} {name}. Take some out, then save again.")
    return [(f"{called} {at}", each) for at, each in enumerate(given, 1)]


def _text(data: Mapping[str, object], name: str, where: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Refusal(f"{where} has words that are not text. Reload the page and try again.")
    if len(value) > MOST_TEXT:
        raise Refusal(f"{where} has a text longer than {MOST_TEXT} characters. Make it shorter.")
    return clean(value)


def _refuse_twins(ids: list[str], what: str) -> None:
    if len(set(ids)) < len(ids):
        raise Refusal(f"Two {what} share one id. Remove one of them and add it again.")
