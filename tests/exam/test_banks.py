"""Versions of a bank are added whole and never changed; an item is found by its digest years later."""

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings

from peer_xblocks.exam import banks, models
from peer_xblocks.refusal import NotThere
from tests.exam.banks_made import bank, question
from tests.exam.banks_made import banks as any_bank

pytestmark = pytest.mark.django_db


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_bank())
def test_what_is_kept_is_loaded_the_same(made):
    kept = banks.keep(made, "A. Officer")
    assert kept == replace(made, version=kept.version)
    assert banks.load(made.code) == kept


def test_each_change_is_a_new_version_and_the_old_one_stays():
    first = banks.keep(bank(3), "A. Officer")
    second = banks.keep(bank(4), "A. Officer")
    assert (first.version, second.version) == (1, 2)
    assert banks.load("made-up") == second
    assert banks.load("made-up", 1) == first
    assert banks.newest() == {"made-up": 2}


def test_the_same_bank_again_adds_nothing():
    first = banks.keep(bank(3), "A. Officer")
    assert banks.keep(bank(3), "Another officer") == first
    assert models.Bank.objects.get().loaded_by == "A. Officer"


@pytest.mark.parametrize("change", [{"title": "Other"}, {"status": "practice"}])
def test_a_new_title_or_status_is_a_new_version(change):
    banks.keep(bank(3), "A. Officer")
    assert banks.keep(replace(bank(3), **change), "A. Officer").version == 2


def test_rows_are_neither_changed_nor_deleted():
    banks.keep(bank(1), "A. Officer")
    for row in (models.Bank.objects.get(), models.BankItem.objects.get()):
        with pytest.raises(TypeError, match="never changed"):
            row.save()
        with pytest.raises(TypeError, match="kept for ever"):
            row.delete()


def test_an_item_is_shown_as_it_was_after_its_bank_has_changed():
    old = question(0)
    banks.keep(bank(2), "A. Officer")
    changed = bank(2)
    changed = replace(
        changed, items=(replace(changed.items[0], item=question(0, stem="What now?")), *changed.items[1:])
    )
    banks.keep(changed, "A. Officer")
    assert banks.item(old.digest) == old


def test_what_is_not_there_is_said_with_what_to_do():
    with pytest.raises(NotThere, match="There is no bank “none” on this site. Load it with"):
        banks.load("none")
    banks.keep(bank(1), "A. Officer")
    with pytest.raises(NotThere, match="There is no version 7 of the bank “made-up”"):
        banks.load("made-up", 7)
    with pytest.raises(NotThere, match="in no bank of this site"):
        banks.item("0" * 64)


def test_a_version_that_breaks_off_leaves_nothing_behind():
    twins = replace(bank(1), items=bank(1).items * 2)
    with pytest.raises(IntegrityError):
        banks.keep(twins, "A. Officer")
    assert not models.Bank.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_imports_at_the_same_time_each_get_a_version_of_their_own():
    got, faults = [], []

    def load(count):
        try:
            got.append(banks.keep(bank(count), "A. Officer").version)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=(count,)) for count in range(1, 5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert sorted(got) == [1, 2, 3, 4]
