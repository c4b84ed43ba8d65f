"""Each card of a sort has words, a pile that is there, and a reason that names its source."""

import pytest

from peer_xblocks.course import sort
from peer_xblocks.course.outline import Block, Card, Outline, Source

COURSE = Outline("c", "C", (), sources={"t": Source("A table", short="Role table"), "s": Source("Other")})
GOOD = Card("one", "You listen.", "That is yours. (Role table, row 1)", ("peer",))


def told(*cards: Card, piles=("peer", "not")) -> str:
    block = Block("peer_sort", "s", "v.xml", piles=piles, cards=cards)
    return "\n".join(map(str, sort.problems(block, COURSE)))


def test_a_card_with_words_pile_and_reason_is_fine():
    assert told(GOOD) == ""


def test_a_gray_card_lies_in_two_piles():
    assert told(Card("one", "You carry a bag.", "Gray. (Role table, row 8)", ("peer", "not"))) == ""


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (Card("", "You listen.", GOOD.why, ("peer",)), "A card has no id."),
        (Card("one", "", GOOD.why, ("peer",)), "The card has no words."),
        (Card("one", "You listen.", GOOD.why, ()), "belongs to no pile"),
        (Card("one", "You listen.", GOOD.why, ("pear",)), "no pile “pear”. Use one of: peer, not."),
        (Card("one", "You listen.", "", ("peer",)), "The card has no reason."),
        (Card("one", "You listen.", "That is yours.", ("peer",)), "The reason names no source."),
        (Card("one", "You listen.", "That is yours. (Hearsay)", ("peer",)), "End it with one of: (Role table …)."),
        (Card("one", "You help an addict.", GOOD.why, ("peer",)), "“addict” could be said in a kinder way"),
    ],
)
def test_what_is_wrong_with_a_card_is_told(card, said):
    assert said in told(card)


def test_piles_cards_and_ids_are_counted():
    assert "It has 1 piles." in told(GOOD, piles=("peer",))
    assert "It has no cards." in told()
    assert "2 cards are “one”." in told(GOOD, GOOD)
