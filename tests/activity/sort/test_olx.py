"""A card sort in OLX: out, in and out again is the same, whatever people write."""

import uuid
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from peer_xblocks.activity.sort.deck import Card, Deck, Pile
from peer_xblocks.learner import learners
from tests.activity.sort.made import data
from tests.conformance import bench
from tests.item.made import texts

names = st.text("abcdefgh-_.0123456789", min_size=1, max_size=8)
piles = st.lists(st.builds(Pile, names, texts), max_size=4, unique_by=lambda each: each.id)
homes = st.lists(names, max_size=3, unique=True).map(tuple)
cards = st.lists(st.builds(Card, names, texts, texts, homes), max_size=4, unique_by=lambda each: each.id)

AGREED = """<peer_sort display_name="Yours or not">
  <prompt>Where does it *belong*?</prompt>
  <pile id="peer">Peer support does this</pile>
  <pile id="not">Peer support does not do this</pile>
  <card id="row-01" piles="peer"><text>Share a meal.</text><why>Because.</why></card>
  <!-- the grey ones -->
  <card id="row-02" piles="peer not"><text>Give a ride.</text><why>It depends.</why></card>
</peer_sort>"""


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.builds(Deck, texts, piles.map(tuple), cards.map(tuple)), texts.filter(bool))
def test_a_sort_comes_back_byte_by_byte(stage, made, title):
    usage = stage.lms.add(stage.unit, "peer_sort", display_name=title, **data(made))
    once, mine, other = stage.lms.olx(usage), usage.rpartition("@")[2], uuid.uuid4().hex
    back = stage.lms.add_olx(stage.unit, once.replace(f'url_name="{mine}"', f'url_name="{other}"'))
    assert stage.lms.olx(back).replace(other, mine) == once
    assert stage.lms.block(back).deck == made


def test_the_form_that_courses_are_written_in_is_read(stage):
    deck = stage.lms.block(stage.lms.add_olx(stage.unit, AGREED)).deck
    assert deck == Deck(
        "Where does it *belong*?",
        (Pile("peer", "Peer support does this"), Pile("not", "Peer support does not do this")),
        (
            Card("row-01", "Share a meal.", "Because.", ("peer",)),
            Card("row-02", "Give a ride.", "It depends.", ("peer", "not")),
        ),
    )


def test_the_sort_of_module_c04_has_nothing_to_mend(stage):
    unit = etree.parse(Path(__file__).parents[3] / "curriculum/core/vertical/c04-sort.xml")
    written = etree.tostring(unit.find("peer_sort"), encoding="unicode", with_tail=False)
    block = stage.lms.block(stage.lms.add_olx(stage.unit, written))
    assert len(block.deck.cards) == 15
    assert any(len(card.piles) == 2 for card in block.deck.cards)
    assert block.faults() == []


def test_cards_are_elements_that_people_can_read(stage):
    written = stage.lms.olx(stage.usage)
    assert '<card id="c3" piles="peer not">' in written
    assert "<why>c3 because</why>" in written
    assert "cards=" not in written


def test_an_id_that_is_missing_or_used_twice_is_made_the_same_each_time(stage):
    twice = AGREED.replace("row-02", "row-01").replace('<pile id="not">', "<pile>")
    decks = [stage.lms.block(bench.add(stage.lms, stage.unit, twice)).deck for _ in range(2)]
    assert decks[0] == decks[1]
    assert [each.id for each in decks[0].cards] == ["row-01", "row-01-2"]
    assert len(decks[0].piles[1].id) == 8


def test_what_a_learner_did_is_never_exported(stage):
    stage.place("c1", "peer")
    written = stage.lms.olx(stage.usage)
    assert "record" not in written
    assert str(learners.known(stage.ann.id)) not in written
