"""Where a learner stands in a card sort: what is placed in the round that goes on, and whether all of it ever was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from peer_xblocks.activity.sort.deck import Deck


@dataclass(frozen=True, slots=True)
class Standing:
    """`placed` says of each card of this round where it was put last; `done` that some round placed every card.

    Rounds up to `begun` were taken back by staff and no longer count.
    """

    placed: Mapping[str, str] = field(default_factory=dict)
    last: int = 0
    begun: int = 0
    done: bool = False

    @property
    def round(self) -> int:
        """The round that goes on, from 1."""
        return max(self.begun + 1, self.last)

    def round_of(self, asked: int) -> int:
        """The round that a placement belongs to whose page is in the round `asked`.

        A page that begins the next round begins one, where this one has begun; a page that is behind takes part in this.
        """
        return self.round + 1 if self.placed and asked > self.round else self.round

    def after(self, card: str, pile: str, asked: int, deck: Deck) -> Standing:
        """The standing once `card` was put into `pile`."""
        now = self.round_of(asked)
        placed = {**self.placed, card: pile} if now == self.round else {card: pile}
        then = replace(self, placed=placed, last=now)
        return replace(then, done=self.done or not then.open(deck))

    def of(self, deck: Deck) -> dict[str, str]:
        """Card to pile, of the cards and piles that the deck still holds, in the deck's order."""
        return {
            card.id: self.placed[card.id]
            for card in deck.cards
            if card.id in self.placed and deck.pile(self.placed[card.id]) is not None
        }

    def open(self, deck: Deck) -> tuple[str, ...]:
        """The cards that this round still asks for."""
        placed = self.of(deck)
        return tuple(card.id for card in deck.cards if card.id not in placed)
