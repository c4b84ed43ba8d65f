"""Rounds of a card sort."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.activity.sort.standing import Standing
from tests.activity.sort.made import NOT, PEER, card, deck

DECK = deck()
STEPS = st.lists(st.tuples(st.sampled_from(["c1", "c2", "c3"]), st.sampled_from(["peer", "not"]), st.integers(-2, 9)))


def stood(steps, begun=0):
    now = Standing(begun=begun)
    for step in steps:
        now = now.after(*step, DECK)
    return now


def test_the_beginning_asks_for_every_card():
    assert (Standing().round, Standing().open(DECK)) == (1, ("c1", "c2", "c3"))


def test_a_card_that_is_moved_is_placed_once():
    assert stood([("c1", "not", 1), ("c1", "peer", 1)]).of(DECK) == {"c1": "peer"}


def test_done_stays_when_a_new_round_begins_or_the_author_adds_a_card():
    done = stood([("c1", "not", 1), ("c2", "not", 1), ("c3", "not", 1)])
    assert done.done
    again = done.after("c1", "peer", 2, DECK)
    assert (again.done, again.round, again.open(DECK)) == (True, 2, ("c2", "c3"))
    grown = replace(DECK, cards=(*DECK.cards, card("c4")))
    assert (done.open(grown), done.done) == (("c4",), True)


def test_what_was_placed_in_a_pile_that_is_gone_is_asked_again():
    assert stood([("c1", "not", 1)]).open(replace(DECK, piles=(PEER,))) == ("c1", "c2", "c3")
    assert stood([("c1", "not", 1)]).open(replace(DECK, piles=(NOT,))) == ("c2", "c3")


@given(STEPS, st.integers(0, 5))
def test_no_step_is_lost_and_rounds_go_up_by_one_at_most(steps, begun):
    now = Standing(begun=begun)
    for name, pile, asked in steps:
        then = now.after(name, pile, asked, DECK)
        assert then.of(DECK)[name] == pile
        assert now.round <= then.round <= now.round + 1
        assert then.done >= now.done
        now = then
    assert now.round > begun
