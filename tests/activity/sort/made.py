"""A card sort for tests, and what a page would send."""

import secrets

from peer_xblocks.activity.sort.data import cards_data, piles_data
from peer_xblocks.activity.sort.deck import Card, Deck, Pile

PEER, NOT = Pile("peer", "Peer support does this"), Pile("not", "Peer support does not do this")


def card(name, *piles):
    """A card whose every secret word can be recognised."""
    return Card(name, f"{name} says", f"{name} because", piles or ("peer",))


def deck():
    """Three cards: c1 for peers, c2 not, c3 grey."""
    return Deck("Sort these.", (PEER, NOT), (card("c1", "peer"), card("c2", "not"), card("c3", "peer", "not")))


def data(made):
    """A deck as the editor sends it."""
    return {"prompt": made.prompt, "piles": piles_data(made), "cards": cards_data(made.cards)}


def reply(made, name, pile, **more):
    """What a page sends to place a card."""
    digest = made.wording(made.card(name))
    return {"card": name, "pile": pile, "digest": digest, "round": 1, "client_id": secrets.token_hex(8), **more}
