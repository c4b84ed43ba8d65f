"""A form is the same for the same seed, bank and blueprint; enemies never meet; the key is nowhere in it."""

import json
import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.exam.blueprint import read
from peer_xblocks.exam.form import CannotFill, drawn, fixed, named, order, pinned, stored
from tests.exam.made import DOMAINS, bank, item

BLUEPRINT = read(DOMAINS, 4)
BANK = bank()
seeds = st.text(min_size=1, max_size=20)


@given(seeds, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_same_seed_bank_and_blueprint_make_the_same_form_however_the_bank_is_ordered(seed, shuffler):
    again = list(BANK.items)
    shuffler.shuffle(again)
    first = drawn(BANK, BLUEPRINT, seed, purpose="practice")
    assert drawn(replace(BANK, items=tuple(again)), BLUEPRINT, seed, purpose="practice") == first
    assert stored(json.loads(json.dumps(first.as_data()))) == first


def test_a_form_of_last_year_is_still_made_today():
    first = drawn(BANK, BLUEPRINT, "seed", purpose="practice").places[:4]
    assert [(place.item, "".join(place.options)) for place in first] == [
        ("D1-2", "acb"),
        ("D2-6", "cab"),
        ("D4-1", "cba"),
        ("D7-9", "acb"),
    ]


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_a_form_keeps_the_blueprint(seed):
    form = drawn(BANK, BLUEPRINT, seed, purpose="practice")
    assert Counter(place.domain for place in form.counted) == DOMAINS
    assert len(form.places) == len({place.item for place in form.places}) == 24
    assert all(place.item.startswith("T-") == place.trial for place in form.places)


def test_other_seeds_make_other_forms():
    made = {drawn(BANK, BLUEPRINT, str(seed), purpose="practice").places for seed in range(50)}
    assert len(made) == 50


def test_every_item_has_its_turn():
    asked = Counter(p.item for seed in range(300) for p in drawn(BANK, BLUEPRINT, str(seed), purpose="practice").places)
    assert set(asked) == {each.id for each in BANK.items}


@given(seeds, st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_enemies_never_stand_in_one_form(seed, chance):
    maker = random.Random(chance)
    ids = [each.id for each in BANK.items]
    hostile = bank(enemies={one: [maker.choice(ids)] for one in maker.sample(ids, 25) if one not in ()})
    form = drawn(hostile, BLUEPRINT, seed, purpose="practice")
    asked = {place.item for place in form.places}
    for each in asked:
        assert not (hostile.enemies_of(each) & asked)


def test_a_bank_of_enemies_alone_says_so():
    ids = [f"D1-{n}" for n in range(12)]
    foes = bank(enemies={each: [other for other in ids if other != each] for each in ids})
    with pytest.raises(CannotFill, match="must not stand in one form"):
        drawn(foes, BLUEPRINT, "x", purpose="practice")


def test_a_bank_that_is_too_small_says_what_is_missing():
    with pytest.raises(CannotFill, match="trial: 4 needed, 0 in the bank"):
        drawn(bank(trial=0), BLUEPRINT, "x", purpose="practice")


def test_a_deciding_exam_is_not_drawn_from_pools_without_ratings():
    with pytest.raises(CannotFill, match="not rated"):
        drawn(bank(status="deciding"), BLUEPRINT, "x", purpose="deciding")
    assert drawn(bank(status="deciding", facility=0.7), BLUEPRINT, "x", purpose="deciding").name == ""


@pytest.mark.parametrize("status", ["draft", "practice"])
def test_a_bank_that_is_not_meant_to_decide_never_does(status):
    with pytest.raises(CannotFill, match=f"its bank is {status}"):
        drawn(bank(status=status, facility=0.7), BLUEPRINT, "x", purpose="deciding")
    with pytest.raises(CannotFill, match=f"its bank is {status}"):
        fixed(bank(status=status), BLUEPRINT, "A", panel_rated(), "x", purpose="deciding")


def panel_rated():
    """A list of items such as a panel makes."""
    return [place.item for place in drawn(BANK, BLUEPRINT, "panel", purpose="practice").places]


def test_a_fixed_form_asks_its_items_and_the_seed_only_orders_them():
    ids = panel_rated()
    deciding = bank(status="deciding")
    one, two = (fixed(deciding, BLUEPRINT, "A", ids, seed, purpose="deciding") for seed in ("1", "2"))
    assert {place.item for place in one.places} == {place.item for place in two.places} == set(ids)
    assert [place.item for place in one.places] != [place.item for place in two.places]
    assert one.name == "A"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda ids: ids[:-1], "names 23 items; the blueprint asks for 24"),
        (lambda ids: [*ids[:-1], "gone"], "gone, which the bank does not hold"),
        (lambda ids: [*ids[:-1], ids[0]], "names 23 items"),
    ],
)
def test_a_fixed_form_that_does_not_keep_the_blueprint_is_refused(change, said):
    with pytest.raises(CannotFill, match=said):
        fixed(BANK, BLUEPRINT, "A", change(panel_rated()), "x", purpose="practice")


def test_a_fixed_form_with_enemies_is_refused():
    ids = panel_rated()
    with pytest.raises(CannotFill, match="must not stand together"):
        fixed(bank(enemies={ids[0]: [ids[1]]}), BLUEPRINT, "A", ids, "x", purpose="practice")


def test_the_next_attempt_gets_another_fixed_form():
    first = named(("A", "B"), "seed", [])
    second = named(("A", "B"), "other seed", [first])
    assert {first, second} == {"A", "B"}


@pytest.mark.parametrize("last", ["None of these", "All of the above", "Both of them", "A and B", "none of the above."])
def test_an_option_that_speaks_of_the_others_keeps_its_place(last):
    asked = item("x", texts=["Red", "Green", "Blue", last])
    assert pinned(asked.options) == {"d"}
    orders = {order(asked, str(seed)) for seed in range(60)}
    assert {each[3] for each in orders} == {"d"}
    assert len(orders) == 6


@pytest.mark.parametrize("figures", [["1 day", "3 days", "14 days"], ["90 %", "50 %", "10 %"]])
def test_figures_in_order_stay_in_order(figures):
    asked = item("x", texts=figures)
    assert {order(asked, str(seed)) for seed in range(20)} == {("a", "b", "c")}


@given(seeds)
def test_options_are_moved_never_lost(seed):
    asked = item("x", texts=["a", "None of these", "c", "d", "All of them"])
    found = order(asked, seed)
    assert sorted(found) == list("abcde")
    assert (found[1], found[4]) == ("b", "e")


def test_a_form_holds_no_key():
    assert "SECRET" not in json.dumps(drawn(BANK, BLUEPRINT, "x", purpose="practice").as_data())
