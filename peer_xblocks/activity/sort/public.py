"""What a learner may see of a card sort: the one place where a deck and records become what leaves the server.

Before a card is placed: its words. After it: the piles it belongs to, and why.
"""

from __future__ import annotations

from typing import Any

from peer_xblocks.activity.sort.deck import Card, Deck
from peer_xblocks.activity.sort.placements import Outcome, Sort
from peer_xblocks.activity.sort.standing import Standing
from peer_xblocks.item.text import html

Plain = dict[str, Any]


def state(sort: Sort, now: Standing) -> Plain:
    """The whole page: piles, cards without their homes, what is placed with its reasons, where the learner stands."""
    deck = sort.deck
    cards = {card.id: card for card in deck.cards}
    return {
        "prompt": html(deck.prompt),
        "piles": [{"id": pile.id, "text": pile.text} for pile in deck.piles],
        "cards": [{"id": each.id, "digest": deck.wording(each), "text": html(each.text)} for each in deck.cards],
        "placed": [placed(deck, cards[card], pile) for card, pile in now.of(deck).items()],
        "standing": standing(sort, now),
    }


def feedback(sort: Sort, outcome: Outcome) -> Plain:
    """What a placement brings: where the card belongs, why, and where the learner stands now."""
    return {"placed": placed(sort.deck, outcome.card, outcome.pile), "standing": standing(sort, outcome.standing)}


def placed(deck: Deck, card: Card, pile: str) -> Plain:
    """A card that was placed: where, whether that fits, where it belongs, why."""
    homes = [each.id for each in deck.homes(card)]
    return {"card": card.id, "pile": pile, "fits": pile in homes, "homes": homes, "why": html(card.why)}


def standing(sort: Sort, now: Standing) -> Plain:
    """How far the learner is: the round, how many cards of it are placed, whether every card ever was."""
    return {"round": now.round, "of": len(sort.deck.cards), "placed": len(now.of(sort.deck)), "done": now.done}
