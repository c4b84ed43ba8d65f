"""Each day's digest covers its entries and the digest before it, so that nothing changes unseen."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from peer_xblocks import chain
from peer_xblocks.hours import digest

UTC = ZoneInfo("UTC")
DAY = 86_400
LINES = [(1, 10, "a"), (4, 20, "b"), (7, DAY + 5, "c"), (9, 2 * DAY + 1, "d")]


def sealed(lines, today):
    return list(
        digest.seal("ann", lines, chain.START, today=date.fromordinal(date(1970, 1, 1).toordinal() + today), zone=UTC)
    )


def test_days_that_are_over_are_sealed_one_by_one():
    found = sealed(LINES, today=2)
    assert [(each.day.day, each.first, each.last) for each in found] == [(1, 1, 4), (2, 7, 7)]
    assert found[1].previous == found[0].link


def test_today_stays_open():
    assert sealed(LINES, today=0) == []


def test_nothing_is_sealed_past_the_first_entry_of_today():
    back = [*LINES, (10, DAY, "written after the clock was set back")]
    assert [each.last for each in sealed(back, today=2)] == [4, 7]


def test_a_whole_chain_has_no_break():
    assert digest.first_break("ann", sealed(LINES, today=3), LINES) is None


@pytest.mark.parametrize(
    ("changed", "position"),
    [
        ([(1, 10, "x"), *LINES[1:]], 0),
        ([LINES[0], *LINES[2:]], 0),
        ([*LINES[:2], (7, DAY + 6, "c"), LINES[3]], 1),
        ([*LINES[:2], (6, DAY, "put in"), *LINES[2:]], 1),
        (LINES[:3], 2),
    ],
)
def test_a_changed_dropped_or_added_entry_is_found(changed, position):
    assert digest.first_break("ann", sealed(LINES, today=3), changed) == position


def test_another_learner_has_another_chain():
    assert digest.first_break("bob", sealed(LINES, today=3), LINES) == 0
