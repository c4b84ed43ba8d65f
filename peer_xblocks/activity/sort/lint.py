"""What an author of a card sort still has to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peer_xblocks.activity.sort.deck import FEWEST_PILES, MOST_CARDS, MOST_PILES, Card, Deck
from peer_xblocks.item.lint import Fault, kinder
from peer_xblocks.item.text import plain

WHOLE = "The card sort"


def lint(deck: Deck) -> list[Fault]:
    """Every fault of a deck; `Fault.item` is "pile:…" or "card:…" with the id, "" for the whole of it."""
    return [*_whole(deck), *_piles(deck), *_cards(deck)]


def _whole(deck: Deck) -> Iterator[Fault]:
    if not plain(deck.prompt):
        yield Fault(WHOLE, "Nothing says what to do.", "Write one sentence that says what the piles are about.")
    if not FEWEST_PILES <= len(deck.piles) <= MOST_PILES:
        yield Fault(
            WHOLE,
            f"It has {len(deck.piles)} pile{'' if len(deck.piles) == 1 else 's'}.",
            f"Make it {FEWEST_PILES} to {MOST_PILES}.",
        )
    if not deck.cards:
        yield Fault(WHOLE, "It has no cards yet.", "Add a card.")
    if len(deck.cards) > MOST_CARDS:
        yield Fault(WHOLE, f"It has {len(deck.cards)} cards.", f"Keep the best {MOST_CARDS} or fewer.")
    yield from kinder([("the prompt", deck.prompt)], WHOLE)


def _piles(deck: Deck) -> Iterator[Fault]:
    used = {pile for card in deck.cards for pile in card.piles}
    for at, pile in enumerate(deck.piles, 1):
        where, item = f"Pile {at}", f"pile:{pile.id}"
        if not plain(pile.text):
            yield Fault(where, "It has no words.", "Write what belongs there, or remove it.", item)
        if deck.cards and pile.id not in used:
            yield Fault(where, "No card belongs to it.", "Add a card that does, or remove the pile.", item)
        yield from kinder([("the words", pile.text)], where, item)
    yield from _twins([(f"pile:{pile.id}", pile.text) for pile in deck.piles], "Pile")


def _cards(deck: Deck) -> Iterator[Fault]:
    for at, card in enumerate(deck.cards, 1):
        where, item = f"Card {at}", f"card:{card.id}"
        for what, do in _of_one(deck, card):
            yield Fault(where, what, do, item)
        yield from kinder([("the words", card.text), ("the reason", card.why)], where, item)
    yield from _twins([(f"card:{card.id}", card.text) for card in deck.cards], "Card")


def _of_one(deck: Deck, card: Card) -> Iterator[tuple[str, str]]:
    if not plain(card.text):
        yield "It has no words.", "Write what it says, or remove it."
    if not plain(card.why):
        yield "It has no reason.", "Say in one or two sentences why it belongs there."
    if not deck.homes(card):
        yield "It belongs to no pile.", "Mark the pile it belongs to, or both where it depends."
    elif unknown := [each for each in card.piles if deck.pile(each) is None]:
        yield f"It names a pile that is not there: {', '.join(unknown)}.", "Save in the editor to take the name out."


def _twins(texts: Iterable[tuple[str, str]], called: str) -> Iterator[Fault]:
    said = [(item, plain(text).casefold()) for item, text in texts]
    first: dict[str, int] = {}
    for at, (item, words) in enumerate(said, 1):
        before = first.setdefault(words, at)
        if words and before != at:
            yield Fault(f"{called} {at}", f"It says the same as number {before}.", "Keep one of the two.", item)
