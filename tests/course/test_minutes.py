"""A module takes the minutes it credits, give or take a tenth, and no rounding decides."""

from dataclasses import replace

import pytest

from peer_xblocks.course.minutes import Figures, figures, tenths, whole
from peer_xblocks.course.outline import Block, Part, Unit
from peer_xblocks.course.page import parse
from peer_xblocks.item.item import Item


def made(**figure: int) -> Figures:
    return Figures(
        "M", "Module", **{"planned": 0, "words": 0, "recall": 0, "vignettes": 0, "activities": 0, **figure}, grade=6
    )


def test_reading_is_200_words_a_minute_recall_45_seconds_a_vignette_75():
    assert made(words=200).total == 600
    assert made(recall=1).total == 450
    assert made(vignettes=1).total == 750
    assert made(words=200, recall=2, vignettes=4, activities=1200).total == 600 + 900 + 3000 + 1200


@pytest.mark.parametrize(
    ("minutes", "words", "holds"),
    [
        (30, 6000, True),
        (30, 5400, True),
        (30, 5399, False),
        (30, 6600, True),
        (30, 6601, False),
        (0, 0, True),
        (0, 1, False),
    ],
)
def test_a_tenth_either_way_is_the_limit_to_the_word(minutes, words, holds):
    assert made(planned=minutes * 600, words=words).holds is holds


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("4", 2400),
        ("2.5", 1500),
        ("", None),
        (None, None),
        ("soon", None),
        ("0", None),
        ("-3", None),
        ("nan", None),
        ("1e9", None),
        ("inf", None),
    ],
)
def test_stated_minutes_are_a_sensible_number_or_nothing(said, known):
    assert tenths(said) == known


@pytest.mark.parametrize(
    ("said", "known"), [("30", 30), ("0", 0), ("", None), (None, None), ("30.5", None), ("-1", None), ("٣", None)]
)
def test_credited_minutes_are_whole(said, known):
    assert whole(said) == known


def part(live: str = "") -> Part:
    one = Block("html", "a", "html/a.html", page=parse("html/a.html", "<p>" + "word " * 200 + "</p>"))
    two = Block(
        "html", "b", "html/b.html", page=parse("html/b.html", "<p>" + "word " * 100 + '</p><p data-minutes="3">Do</p>')
    )
    asked = (Item("q", "?", (), level="vignette"), Item("r", "?", (), level="recall"))
    module = Block("peer_module", "m", "v", {"module_id": "M", "self_minutes": "5", "live_units": live})
    return Part(
        "p",
        "P",
        "s",
        units=(
            Unit("one", "", "", (module, one)),
            Unit("two", "", "", (two, Block("peer_check", "c", "v", items=asked))),
        ),
    )


def test_figures_add_up_all_units_of_a_module():
    found = figures(part())
    assert (found.words, found.vignettes, found.recall, found.activities, found.planned) == (300, 1, 1, 1800, 3000)


def test_a_unit_that_is_held_live_is_not_read_alone():
    assert figures(part(live="two")).words == 200


# -- live --------------------------------------------------------------------------------------------------------


def test_a_run_of_show_takes_all_live_minutes_where_pages_are_read_alone():
    assert made(planned=9000, live=63000, shown=63000).adds_up
    assert not made(planned=9000, live=63000, shown=62400).adds_up


def test_in_person_the_pages_fill_what_the_run_of_show_leaves():
    assert made(live=72000, shown=63000, words=3000).led == 72000
    assert made(live=72000, shown=63000, words=2000).led == 0
    assert not made(live=600, shown=1200).adds_up


def test_a_live_module_without_pages_is_its_run_of_show_alone():
    assert made(live=54000, shown=54000).holds
    assert not made(live=54000, shown=48000).holds


def test_an_outline_has_nothing_written_whatever_it_plans():
    plan = made(planned=600, words=200, live=600, shown=600)
    assert (plan.written, plan.led) == (600, 600)
    assert (replace(plan, outline=True).written, replace(plan, outline=True).led) == (0, 0)
