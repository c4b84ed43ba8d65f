"""What differs between two sides, and which days are due: rules alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.certification.comparison import AGAIN, FURTHEST, RECENT, Compared, Held, Kind, days_due, differences
from peer_xblocks.wire.digest import hash_of

DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
TODAY = NOW.date()

names = st.sampled_from([f"{letter}_v1" for letter in "ABCDEFGH"])
digests = st.sampled_from(["01", "02"])
sides = st.dictionaries(names, digests)
helds = st.dictionaries(names, st.builds(Held, st.sampled_from(["01", "02", ""]), st.sampled_from([None, DAY, NEXT])))


def delivered(side, day=DAY):
    return {name: Held(digest, day) for name, digest in side.items()}


@given(sides, sides)
def test_two_sides_without_a_difference_are_those_with_one_hash(one, other):
    assert (not differences(DAY, delivered(one), other)) == (hash_of(one.items()) == hash_of(other.items()))


@given(sides, sides)
def test_each_difference_is_named_once_and_rightly(one, other):
    found = differences(DAY, delivered(one), other)
    kinds = {kind: {name for name in found if found[name] is kind} for kind in Kind}
    assert kinds[Kind.MISSING] == one.keys() - other.keys()
    assert kinds[Kind.UNKNOWN] == other.keys() - one.keys()
    assert kinds[Kind.OTHER] == {name for name in one.keys() & other.keys() if one[name] != other[name]}
    assert kinds[Kind.UNHEARD] == set()


@given(helds, sides)
def test_no_difference_is_about_a_report_that_neither_side_has_on_that_day(here, there):
    mine = {name for name, held in here.items() if held.day == DAY}
    assert differences(DAY, here, there).keys() <= mine | there.keys()


@given(helds, sides)
def test_what_differs_does_not_depend_on_the_order(here, there):
    turned = dict(reversed(here.items())), dict(reversed(there.items()))
    assert differences(DAY, here, there) == differences(DAY, *turned)


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        (Held("01", None), Kind.UNHEARD),
        (Held("01", NEXT), Kind.UNHEARD),
        (Held("02", None), Kind.OTHER),
        (Held("02", NEXT), Kind.OTHER),
        (Held("", None), Kind.UNKNOWN),
    ],
)
def test_a_report_that_is_there(held, kind):
    assert differences(DAY, {"A_v1": held}, {"A_v1": "01"}) == {"A_v1": kind}


def test_a_report_of_another_day_is_not_missed_on_this_one():
    assert differences(DAY, {"A_v1": Held("01", NEXT), "B_v1": Held("01", None)}, {}) == {}


def test_at_first_the_recent_days_are_due_but_never_today():
    due = days_due(NOW, {})
    assert due == [TODAY - timedelta(days=number) for number in range(RECENT, 0, -1)]


def test_a_day_is_over_ten_minutes_after_midnight():
    assert days_due(datetime(2026, 3, 20, 0, 9, tzinfo=UTC), {})[-1] == date(2026, 3, 18)
    assert days_due(datetime(2026, 3, 20, 0, 10, tzinfo=UTC), {})[-1] == date(2026, 3, 19)


def all_agreed(at, days=RECENT):
    return {TODAY - timedelta(days=number): Compared(at, True) for number in range(1, days + 1)}


def test_days_that_agreed_are_compared_once_a_day():
    known = all_agreed(NOW - timedelta(hours=3))
    assert days_due(NOW, known) == []
    assert len(days_due(NOW, known, anew=True)) == RECENT
    assert len(days_due(NOW + timedelta(days=1), known)) == RECENT


def test_a_day_that_did_not_agree_is_compared_again_within_the_hour():
    yesterday = TODAY - timedelta(days=1)
    known = all_agreed(NOW) | {yesterday: Compared(NOW, False)}
    assert days_due(NOW + AGAIN - timedelta(seconds=1), known) == []
    assert days_due(NOW + AGAIN, known) == [yesterday]


def test_after_an_outage_every_day_that_was_left_out_is_compared():
    last = TODAY - timedelta(days=60)
    due = days_due(NOW, {last: Compared(NOW - timedelta(days=59), True)})
    assert due == [TODAY - timedelta(days=number) for number in range(59, 0, -1)]


@given(
    st.dictionaries(
        st.integers(1, 2000).map(lambda back: TODAY - timedelta(days=back)),
        st.builds(Compared, st.integers(0, 9000).map(lambda hours: NOW - timedelta(hours=hours)), st.booleans()),
    ),
    st.booleans(),
)
def test_what_is_due_is_bounded_and_in_the_past_and_in_order(known, anew):
    due = days_due(NOW, known, anew=anew)
    assert due == sorted(set(due))
    assert all(TODAY - timedelta(days=FURTHEST) <= day < TODAY for day in due)
    assert set(days_due(NOW, known)) <= set(days_due(NOW, known, anew=True))
