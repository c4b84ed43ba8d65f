"""What a bank says about itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.exam.bank import BankItem
from tests.exam.banks_made import bank, banks, question


@given(banks(), st.randoms())
def test_the_digest_is_the_same_in_whatever_order_the_rows_stand(made, dice):
    rows = list(made.items)
    dice.shuffle(rows)
    assert replace(made, items=tuple(rows)).digest == made.digest


@pytest.mark.parametrize(
    "other",
    [
        BankItem(question(0), trial=True),
        BankItem(question(0), facility=0.5),
        BankItem(question(0), enemies=("q0001",)),
        BankItem(question(0, stem="What now?")),
        BankItem(question(0, domain="D2")),
        BankItem(question(9)),
    ],
)
def test_the_digest_changes_with_each_word_and_flag(other):
    made = bank(1)
    assert replace(made, items=(other,)).digest != made.digest


def test_title_status_and_version_say_nothing_about_the_content():
    made = bank()
    assert replace(made, title="Other", status="practice", version=4).digest == made.digest


@pytest.mark.parametrize(
    ("written", "counted"),
    [("recall", "recall"), ("apply", "apply"), ("judge", "judge"), ("vignette", "apply"), ("", ""), ("hard", "")],
)
def test_a_blueprint_counts_three_levels_and_takes_a_vignette_as_applied(written, counted):
    assert BankItem(question(0, level=written)).level == counted


def test_enemies_are_enemies_whichever_of_the_two_says_so():
    made = bank(3)
    made = replace(made, items=(replace(made.items[0], enemies=("q0001",)), *made.items[1:]))
    assert made.enemies_of("q0000") == {"q0001"}
    assert made.enemies_of("q0001") == {"q0000"}
    assert made.enemies_of("q0002") == frozenset()


def test_an_item_is_found_by_its_id_or_said_to_be_missing():
    made = bank(2)
    assert made.of("q0001").item == question(1)
    with pytest.raises(KeyError):
        made.of("q0009")


def test_a_pool_is_one_cell_of_a_blueprint_in_the_order_of_ids():
    made = bank(12)
    made = replace(made, items=(*reversed(made.items), BankItem(question(12), trial=True)))
    assert [each.id for each in made.pool("D1")] == ["q0000", "q0006"]
    assert [each.id for each in made.pool("D1", trial=True)] == ["q0012"]
    assert [each.id for each in made.pool("D2", "apply")] == ["q0001", "q0007"]
    assert made.pool("D2", "recall") == ()
