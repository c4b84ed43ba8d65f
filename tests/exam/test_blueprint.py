"""What an exam asks, and whether a bank has it."""

import pytest

from peer_xblocks.exam import bank_file
from peer_xblocks.exam.blueprint import BlueprintRefused, Cell, lacking, read
from peer_xblocks.exam.definition import of
from peer_xblocks.plugin import programme
from tests.exam.made import DOMAINS, bank


def test_the_demonstration_asks_twenty_that_count_and_four_on_trial():
    exam = programme().exams["crss-demo"]
    found = read(exam.blueprint, exam.trial)
    assert {cell.domain: cell.count for cell in found.cells} == DOMAINS
    assert (found.counted, found.trial, found.length) == (20, 4, 24)


@pytest.mark.parametrize("code", ["crss-demo", "crss-practice"])
def test_the_banks_that_we_ship_fill_the_exams_that_we_ship(code):
    exam = of(programme(), code)
    held = bank_file.read_file(bank_file.shipped()[exam.exam.bank]).bank
    for seed in range(20):
        assert len(exam.form(held, str(seed)).places) == exam.blueprint.length


def test_a_domain_may_be_split_by_level_and_such_cells_are_filled_first():
    found = read({"D1": 2, "D4": {"recall": 1, "apply": 3}})
    assert found.cells == (Cell("D4", "recall", 1), Cell("D4", "apply", 3), Cell("D1", "", 2))


@pytest.mark.parametrize("wrong", [{}, {"D1": 0}, {"D1": -1}, {"D1": True}, {"D1": "3"}, {"D1": 1.5}, {"D1": {"x": 0}}])
def test_a_blueprint_that_cannot_be_meant_is_refused(wrong):
    with pytest.raises(BlueprintRefused):
        read(wrong)


def test_a_bank_with_enough_of_everything_lacks_nothing():
    assert lacking(read(DOMAINS, 4), bank().items) == ()


def test_what_is_missing_is_said_by_cell():
    thin = bank(per_domain=1, trial=3)
    short = [each for each in thin.items if each.domain != "D6"]
    assert [str(each) for each in lacking(read(DOMAINS, 4), short)] == [
        "D6: 2 needed, 0 in the bank; add 2.",
        "trial: 4 needed, 3 in the bank; add 1.",
    ]


def test_cells_of_one_domain_share_its_items():
    found = lacking(read({"D1": {"recall": 2, "": 2}}), bank(per_domain=1).items)
    assert [str(each) for each in found] == ["D1: 4 needed, 3 in the bank; add 1."]


def test_a_trial_item_never_fills_a_cell_that_counts():
    only_trial = [each for each in bank().items if each.trial]
    assert [each.need for each in lacking(read({"D1": 1}), only_trial)] == [1]
