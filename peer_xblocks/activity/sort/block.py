"""`peer_sort`: cards placed into piles by buttons, each with its reason at once, as often as anybody wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from web_fragments.fragment import Fragment
from xblock.fields import List, Scope, String

from peer_xblocks import clock
from peer_xblocks.activity.authored import new_id
from peer_xblocks.activity.sort import olx, placements, public
from peer_xblocks.activity.sort.data import cards_data, piles_data, stored
from peer_xblocks.activity.sort.deck import Card, Deck
from peer_xblocks.activity.sort.editor import SortEditor
from peer_xblocks.activity.sort.lint import lint
from peer_xblocks.activity.sort.placement import Placement
from peer_xblocks.activity.sort.words import words
from peer_xblocks.activity.token import page_token
from peer_xblocks.handler import learner_handler
from peer_xblocks.item.text import html, plain
from peer_xblocks.learner import learners


class PeerSortBlock(SortEditor):
    """A card sort: not scored; complete once every card was placed, since placing one brings its reason."""

    icon_class = "problem"

    display_name = String(default="Card sort", scope=Scope.settings, help="The title that learners see.")
    prompt = String(default="", scope=Scope.content, help="What the piles are about (Markdown).")
    piles = List(default=[], scope=Scope.content, help="The piles, as the editor keeps them.")
    cards = List(default=[], scope=Scope.content, help="The cards, as the editor keeps them.")

    @property
    def deck(self) -> Deck:
        """The prompt, the piles and the cards."""
        return stored(self.prompt or "", self.piles, self.cards)

    @property
    def sort(self) -> placements.Sort:
        """This card sort as its records know it."""
        return placements.Sort(self.course, self.usage, self.deck)

    def kind(self) -> str:
        """What this block is, in a few words for people."""
        return self.gettext("Card sort")

    # -- the learner -------------------------------------------------------------------------------------------

    def learner_view(self) -> Fragment:
        """The page of a learner; without JavaScript one sentence that says what to do."""
        return self.learning(
            "sort",
            "PeerSort",
            handlers=("place", "look"),
            scripts=("kept", "cards", "sort"),
            context={"prompt": html(self.prompt or "")},
            state=self._state(),
            now=clock.epoch(),
            key=f"peer-sort:{self.part()}:{page_token('peer_sort', self.user_id, self.usage)}",
            words=words(self.gettext),
        )

    @learner_handler
    def look(self, _data: dict[str, Any]) -> Mapping[str, Any]:
        """Where the learner stands now, for a page that is behind; writes nothing."""
        return self._state()

    @learner_handler
    def place(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """Records one card's place; answers where it belongs, why, and where the learner stands."""
        sort = self.sort
        outcome = placements.record(self._account(), sort, Placement.from_json(data), now=clock.epoch())
        self.note(outcome.learner)
        if outcome.done_now:
            self.announce_completion(1.0)
        return public.feedback(sort, outcome)

    def _state(self) -> Mapping[str, Any]:
        sort = self.sort
        return public.state(sort, placements.standing(learners.known(self.user_id), sort))

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Takes back what the learner did here; every placement stays on record."""
        placements.reverse(learner, self.sort, by=by, now=clock.epoch())

    # -- what others may know ----------------------------------------------------------------------------------

    def index_dictionary(self) -> dict[str, Any]:
        """The searchable text: prompt, piles and cards; never a home or a reason."""
        found, deck = super().index_dictionary(), self.deck
        texts = [deck.prompt, *(pile.text for pile in deck.piles), *(card.text for card in deck.cards)]
        found["content"]["cards"] = "\n".join(plain(each) for each in texts)
        return found

    # -- the author --------------------------------------------------------------------------------------------

    def author_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """All cards with their piles and reasons, and what is still to mend."""
        deck = self.deck
        shown = [_shown(deck, card) for card in deck.cards]
        context = {"kind": self.kind(), "facts": self.author_card(), "faults": self.faults()}
        return self.page("peer_activity/sort_author.html", {**context, "prompt": html(deck.prompt), "cards": shown})

    def author_card(self) -> Sequence[tuple[str, str]]:
        """The piles, and how many cards."""
        deck = self.deck
        piles = "; ".join(pile.text for pile in deck.piles)
        return [(self.gettext("Piles"), piles or "–"), (self.gettext("Cards"), str(len(deck.cards)))]

    def faults(self) -> Sequence[str]:
        """What an author still has to mend, a sentence each."""
        return [str(fault) for fault in lint(self.deck)]

    # -- OLX ---------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> PeerSortBlock:
        """Reads prompt, piles and cards from child elements."""
        bare, deck = olx.taken_apart(node)
        block: PeerSortBlock = super().parse_xml(bare, runtime, keys)
        block.hold(deck)
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """Writes prompt, piles and cards as child elements that people can read."""
        super().add_xml_to_node(node)
        olx.put_together(node, self.deck)

    def hold(self, deck: Deck) -> None:
        """Keeps a deck in this block's fields."""
        self.prompt, self.piles, self.cards = deck.prompt, piles_data(deck), cards_data(deck.cards)

    def freshen(self) -> None:
        """A copy's cards are cards of their own; piles are named inside their block alone."""
        self.cards = cards_data(card.renamed(new_id()) for card in self.deck.cards)


def _shown(deck: Deck, card: Card) -> dict[str, Any]:
    homes = [pile.text for pile in deck.homes(card)]
    return {"id": card.id, "text": html(card.text), "why": html(card.why), "homes": homes}
