"""What the linter of card sorts names."""

from dataclasses import replace

import pytest

from peer_xblocks.activity.sort.deck import Deck, Pile
from peer_xblocks.activity.sort.lint import lint
from tests.activity.sort.made import NOT, PEER, card, deck

GOOD = deck()
C1, C2, C3 = GOOD.cards


def named(made):
    return {(each.item, each.what) for each in lint(made)}


def test_a_whole_deck_has_nothing_to_mend():
    assert lint(GOOD) == []


@pytest.mark.parametrize(
    ("made", "item", "what"),
    [
        (replace(GOOD, prompt=" "), "", "Nothing says what to do."),
        (replace(GOOD, cards=()), "", "It has no cards yet."),
        (replace(GOOD, piles=(PEER,)), "", "It has 1 pile."),
        (replace(GOOD, cards=tuple(card(f"n{n}", "peer", "not") for n in range(61))), "", "It has 61 cards."),
        (replace(GOOD, cards=(replace(C1, why=""), C2)), "card:c1", "It has no reason."),
        (replace(GOOD, cards=(replace(C1, text="<br>"[:0]), C2)), "card:c1", "It has no words."),
        (replace(GOOD, cards=(replace(C1, piles=()), C2, C3)), "card:c1", "It belongs to no pile."),
        (replace(GOOD, cards=(replace(C1, piles=("gone",)), C2, C3)), "card:c1", "It belongs to no pile."),
        (
            replace(GOOD, cards=(replace(C1, piles=("peer", "gone")), C2)),
            "card:c1",
            "It names a pile that is not there: gone.",
        ),
        (replace(GOOD, cards=(C1,)), "pile:not", "No card belongs to it."),
        (replace(GOOD, piles=(PEER, replace(NOT, text=""))), "pile:not", "It has no words."),
        (
            replace(GOOD, cards=(C1, C2, replace(C3, text="C1  **says**"))),
            "card:c3",
            "It says the same as number 1.",
        ),
        (replace(GOOD, piles=(PEER, Pile("not", PEER.text.upper()))), "pile:not", "It says the same as number 1."),
        (
            replace(GOOD, cards=(replace(C1, text="Ana is an addict."), C2)),
            "card:c1",
            "“addict” could be said in a kinder way.",
        ),
    ],
)
def test_what_is_to_mend_is_named_with_its_place(made, item, what):
    assert (item, what) in named(made)


def test_an_empty_deck_says_what_to_begin_with():
    assert {each.item for each in lint(Deck())} == {""}
