"""One card put into one pile, as a page sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peer_xblocks.activity.sent import Sent, stamp
from peer_xblocks.activity.sort.deck import Card, Deck
from peer_xblocks.item.data import MOST_ID
from peer_xblocks.refusal import Clash, NotThere, Refusal

UNREADABLE = "We could not read where you put this card. Reload the page and place it again."


class CardGone(NotThere):
    """A card that the sort does not hold."""

    def __init__(self) -> None:
        super().__init__("This card is no longer part of the sort. Go on with the others; nothing you had is lost.")


class CardChanged(Clash):
    """A card, or a pile, whose wording is another by now."""

    def __init__(self) -> None:
        super().__init__("This card was changed while you had it open. Please read it again and place it once more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(Sent):
    """Where a learner put a card. `round` is the round that the page is in, from 1."""

    card: str
    pile: str
    round: int

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Placement:
        """The placement in a request; a `Refusal` for anything else."""
        card, pile, now = data.get("card"), data.get("pile"), data.get("round")
        if not _short(card) or not _short(pile) or isinstance(now, bool) or not isinstance(now, int):
            raise Refusal(UNREADABLE)
        sent = stamp(data, UNREADABLE)
        return cls(card=str(card), pile=str(pile), round=now, digest=sent.digest, client_id=sent.client_id, at=sent.at)

    def to(self, deck: Deck) -> Card:
        """The card that this places, as it is now; a `Refusal` where it is gone or changed, or the pile is not there."""
        card = deck.card(self.card)
        if card is None:
            raise CardGone
        if deck.wording(card) != self.digest:
            raise CardChanged
        if deck.pile(self.pile) is None:
            raise Refusal(UNREADABLE)
        return card


def _short(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_ID
