"""The run of show is the first table of a guide that has minutes; it has to add up."""

import pytest

from peer_xblocks.course.show import steps

TABLE = "| Clock | Minutes | What |\n|---|--:|---|\n| 0:00 | 5 | Welcome |\n| 0:05 | 15 | **Sort** |\n"


def test_each_row_is_a_step_with_its_minutes():
    assert [(step.minutes, step.words) for step in steps(f"# Run\n\n{TABLE}\nThen talk.")] == [
        (5, ("0:00", "Welcome")),
        (15, ("0:05", "Sort")),
    ]


@pytest.mark.parametrize(
    "guide",
    ["", "No table.", "| What | Who |\n|---|---|\n| a | b |", "Minutes: 5", "| Minutes |\n|---|\n| soon |\n| −5 |"],
)
def test_a_guide_without_minutes_has_no_steps(guide):
    assert steps(guide) == []


def test_other_tables_before_and_after_do_not_count():
    other = "| What | Who |\n|---|---|\n| 7 | 8 |\n"
    assert sum(step.minutes for step in steps(f"{other}\n{TABLE}\n{TABLE}")) == 20
