"""Minutes that staff enter: what may be entered, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.hours.grant import MOST_NOTE, Grant, Kind, Plan
from peer_xblocks.refusal import Clash, Refusal

FORM = {"kind": "live", "minutes": "105", "reason": "outline", "note": ""}


def test_a_form_becomes_a_grant_in_seconds():
    assert Grant.from_form(FORM) == Grant(Kind.LIVE, 6300, "outline")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "sleep"}, "live, self-paced or made up"),
        ({"reason": "because"}, "why these minutes"),
        ({"minutes": "0"}, "whole number"),
        ({"minutes": "-5"}, "whole number"),
        ({"minutes": "1.5"}, "whole number"),
        ({"minutes": "6001"}, "whole number"),
        ({"minutes": "١٢"}, "whole number"),
        ({"minutes": ""}, "whole number"),
        ({"note": "x" * (MOST_NOTE + 1)}, "Shorten the note"),
    ],
)
def test_what_cannot_be_entered_is_said(change, said):
    with pytest.raises(Refusal) as refused:
        Grant.from_form({**FORM, **change})
    assert said in refused.value.sentence


def test_made_up_time_stands_for_missed_live_time():
    assert Plan(0, 3600, had_live=1800).missing(Kind.MAKE_UP) == 1800
    assert Plan(900, 3600, had_live=1800).missing(Kind.SELF) == 900


@given(
    alone=st.integers(0, 9000), live=st.integers(0, 9000), had_alone=st.integers(0, 9999),
    had_live=st.integers(0, 9999), seconds=st.integers(60, 9000), kind=st.sampled_from(Kind),
)  # fmt: skip
def test_nobody_is_given_more_than_the_module_asks_for(alone, live, had_alone, had_live, seconds, kind):
    plan = Plan(alone, live, had_alone, had_live)
    try:
        given_ = Grant(kind, seconds, "paper").within(plan)
    except Clash:
        assert seconds > plan.missing(kind)
        return
    planned, had = (alone, had_alone) if kind is Kind.SELF else (live, had_live)
    assert had + given_.seconds <= planned
