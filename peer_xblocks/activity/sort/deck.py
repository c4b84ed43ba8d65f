"""What a card sort is made of: its prompt, its piles, its cards with the piles they belong to and why."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

FEWEST_PILES, MOST_PILES = 2, 4
MOST_CARDS = 60


@dataclass(frozen=True, slots=True)
class Pile:
    """A place for cards; `text` is a few plain words, since it names a button."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `text` and `why` are Markdown; `piles` are ids. More than one: it depends on the setting."""

    id: str
    text: str
    why: str = ""
    piles: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A SHA-256 of all that the card says, so that a record can name the version that was placed."""
        return _sha256([self.id, self.text, self.why, list(self.piles)])

    def renamed(self, card_id: str) -> Card:
        """The same card under another id."""
        return replace(self, id=card_id)


@dataclass(frozen=True, slots=True)
class Deck:
    """A whole card sort as its author wrote it."""

    prompt: str = ""
    piles: tuple[Pile, ...] = ()
    cards: tuple[Card, ...] = ()

    def card(self, card_id: str) -> Card | None:
        """The card of that id, None where there is none."""
        return next((card for card in self.cards if card.id == card_id), None)

    def pile(self, pile_id: str) -> Pile | None:
        """The pile of that id, None where there is none."""
        return next((pile for pile in self.piles if pile.id == pile_id), None)

    def homes(self, card: Card) -> tuple[Pile, ...]:
        """The piles that a card belongs to, in the order of the piles."""
        return tuple(pile for pile in self.piles if pile.id in card.piles)

    def wording(self, card: Card) -> str:
        """A SHA-256 of what is read before a card is placed, and of nothing else: its home cannot be guessed from it."""
        return _sha256([card.id, card.text, [[pile.id, pile.text] for pile in self.piles]])


def _sha256(said: list[object]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
