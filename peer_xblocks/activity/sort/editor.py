"""How authors write a card sort in Studio: a form with a live linter."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from web_fragments.fragment import Fragment

from peer_xblocks.activity.activity import Activity
from peer_xblocks.activity.authored import title
from peer_xblocks.activity.sort.data import cards_data, from_data, piles_data
from peer_xblocks.activity.sort.deck import MOST_CARDS, MOST_PILES, Deck
from peer_xblocks.activity.sort.lint import lint
from peer_xblocks.handler import author_handler


class SortEditor(Activity):
    """The author's side of `peer_sort`."""

    @property
    def deck(self) -> Deck:
        """The prompt, the piles and the cards."""
        raise NotImplementedError

    def hold(self, deck: Deck) -> None:
        """Keeps a deck in this block's fields."""
        raise NotImplementedError

    def form(self) -> Fragment:
        """The editor: piles and cards as fields, never JSON."""
        deck = self.deck
        return self.authoring(
            "sort_editor",
            "PeerSortEditor",
            handlers=("save_sort", "lint"),
            scripts=("form", "author", "deck"),
            deck={"prompt": deck.prompt, "piles": piles_data(deck), "cards": cards_data(deck.cards)},
            most={"piles": MOST_PILES, "cards": MOST_CARDS},
            faults=[asdict(each) for each in lint(deck)],
        )

    @author_handler
    def save_sort(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keeps what the author wrote; what the linter names does not hinder it."""
        deck, name = from_data(data), title(data, "the card sort")
        self.display_name = name
        self.hold(deck)
        return {"faults": [asdict(each) for each in lint(deck)]}

    @author_handler
    def lint(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is still to mend in the deck as it is being written."""
        return {"faults": [asdict(each) for each in lint(from_data(data))]}
