"""What a course asks for, and whether it is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.certification.requirements import (
    Asked,
    Check,
    Credit,
    Kind,
    Module,
    Standing,
    complete,
    missing,
    module_complete,
    of,
)

ONE = Module("C1", "One", "m1", "u1", "s1", 1800)
TWO = Module("C2", "Two", "m2", "u3", "s2", 1800, live=600)
FIRST, SECOND = Check("Check one", "k1", "u2", "s1"), Check("Check two", "k2", "u4", "s2")
COURSE = Asked((ONE, TWO), (FIRST, SECOND))
ALL = Standing({"C1": Credit(1800), "C2": Credit(1700, 100, 600)}, {"k1": 5, "k2": 6})


def test_each_module_is_followed_by_its_checks():
    found = of(COURSE, ALL)
    assert [(each.kind, each.title) for each in found] == [
        (Kind.ALONE, "One"),
        (Kind.CHECK, "Check one"),
        (Kind.ALONE, "Two"),
        (Kind.LIVE, "Two"),
        (Kind.CHECK, "Check two"),
    ]
    assert complete(COURSE, ALL)


def test_each_requirement_leads_to_its_block():
    assert [(each.usage, each.unit) for each in of(COURSE, ALL)][:2] == [("m1", "u1"), ("k1", "u2")]


@pytest.mark.parametrize(
    ("standing", "open_titles"),
    [
        (Standing({}, {}), ["One", "Check one", "Two", "Two", "Check two"]),
        (Standing({**ALL.credit, "C1": Credit(1799)}, ALL.passed), ["One"]),
        (Standing({**ALL.credit, "C1": Credit(1700, 99)}, ALL.passed), ["One"]),
        (Standing({**ALL.credit, "C2": Credit(1800, 0, 599)}, ALL.passed), ["Two"]),
        (Standing({**ALL.credit, "C2": Credit(2400)}, ALL.passed), ["Two"]),
        (Standing(ALL.credit, {"k1": 5}), ["Check two"]),
        (Standing({**ALL.credit, "C2": Credit(1800, 0, 500, 100)}, ALL.passed), []),
    ],
    ids=[
        "nothing yet",
        "a second short",
        "a second short with offline time",
        "live a second short",
        "alone never stands for live",
        "a check open",
        "made up",
    ],
)
def test_what_is_missing(standing, open_titles):
    assert [each.title for each in missing(of(COURSE, standing))] == open_titles
    assert complete(COURSE, standing) == (not open_titles)


def test_a_course_that_asks_for_no_contact_time_completes_nobody():
    assert not complete(Asked(), Standing({}, {}))
    assert not complete(Asked((), (FIRST,)), Standing({}, {"k1": 1}))


def test_a_check_outside_every_module_is_asked_for_too():
    loose = Check("Loose", "k9", "u9", "s9")
    assert [each.title for each in missing(of(Asked((ONE,), (loose,)), ALL))] == ["Loose"]


def test_a_module_is_complete_with_its_own_seconds_and_checks():
    half = Standing({"C1": Credit(1800)}, {"k1": 1})
    assert module_complete(ONE, COURSE, half)
    assert not module_complete(TWO, COURSE, half)
    assert not module_complete(ONE, COURSE, Standing({"C1": Credit(1800)}, {"k2": 1}))


def test_what_is_shown_never_exceeds_what_is_needed():
    assert of(Asked((ONE,)), Standing({"C1": Credit(9999)}, {}))[0].have == 1800


@given(st.integers(0, 4000), st.integers(0, 4000), st.integers(0, 4000))
def test_more_time_never_takes_anything_away(alone, live, more):
    before = of(COURSE, Standing({"C2": Credit(alone, 0, live)}, {}))
    after = of(COURSE, Standing({"C2": Credit(alone + more, 0, live + more)}, {}))
    assert {each.title for each in missing(after)} <= {each.title for each in missing(before)}
