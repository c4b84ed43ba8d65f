"""The state machine and its clock, line by line of what goes wrong elsewhere."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.exam import sitting
from peer_xblocks.exam.sitting import DONE, OPEN, NotNow, Sitting, State, Word

LIMIT, GRACE, T0 = 40 * 60_000, 20_000, 1_772_463_600_000
milliseconds = st.integers(0, 3_000_000)


def begun(**more):
    return sitting.start(Sitting(LIMIT, GRACE, **more), T0)


def test_the_deadline_is_computed_when_the_time_begins_not_when_the_page_is_opened():
    assert Sitting(LIMIT, GRACE).deadline(T0) is None
    assert begun().deadline(T0) == T0 + LIMIT


def test_the_deadline_never_passes_the_closing_time():
    assert begun(close=T0 + 60_000).deadline(T0) == T0 + 60_000
    with pytest.raises(NotNow, match="closed"):
        begun(close=T0)


@pytest.mark.parametrize(("percent", "minutes", "allowed"), [(100, 0, 40), (150, 0, 60), (200, 5, 85), (100, 30, 70)])
def test_an_allowance_is_a_multiplier_and_minutes(percent, minutes, allowed):
    found = sitting.allow(Sitting(LIMIT, GRACE), percent=percent, minutes=minutes)
    assert sitting.start(found, T0).deadline(T0) == T0 + allowed * 60_000


def test_extra_time_given_while_the_time_runs_moves_the_deadline_and_its_version():
    before = begun()
    after = sitting.allow(before, percent=150, minutes=0)
    assert after.deadline(T0) == T0 + LIMIT * 3 // 2
    assert after.deadline_version == before.deadline_version + 1


@pytest.mark.parametrize(("percent", "minutes"), [(99, 0), (401, 0), (100, -1), (100, 1441)])
def test_an_allowance_that_cannot_be_meant_is_refused(percent, minutes):
    with pytest.raises(NotNow):
        sitting.allow(begun(), percent=percent, minutes=minutes)


def test_an_outage_is_given_back_as_often_as_it_is_told():
    found = sitting.make_good(sitting.make_good(begun(), 60_000), 30_000)
    assert found.deadline(T0) == T0 + LIMIT + 90_000


@given(st.lists(st.tuples(milliseconds, milliseconds), max_size=12), milliseconds, st.integers(100, 400))
def test_used_and_remaining_are_all_that_is_allowed_to_the_millisecond(pauses, last, percent):
    now, found = T0, sitting.allow(begun(), percent=percent, minutes=0)
    worked = 0
    for work, rest in pauses:
        if worked + work > found.allowed:
            break
        now, worked = now + work, worked + work
        found = sitting.pause(found, now)
        assert found.used(now + rest) == worked
        now += rest
        found = sitting.resume(found, now)
    now, worked = now + last, worked + last
    assert found.used(now) == worked
    assert found.used(now) + found.remaining(now) == found.allowed
    assert found.deadline(now) - now == found.remaining(now)


def test_a_pause_of_a_second_costs_no_minute():
    paused = sitting.pause(begun(), T0 + 61_500)
    assert sitting.resume(paused, T0 + 62_500).remaining(T0 + 62_500) == LIMIT - 61_500


@pytest.mark.parametrize(
    ("after", "word"), [(0, Word.COUNTS), (GRACE, Word.COUNTS), (GRACE + 1, Word.LATE), (10**9, Word.LATE)]
)
def test_an_answer_counts_until_the_grace_is_over_and_is_late_after(after, word):
    assert begun().word(T0 + LIMIT + after) is word


def test_while_paused_only_answers_on_their_way_count():
    paused = sitting.pause(begun(), T0 + 1000)
    assert paused.word(T0 + 1000 + GRACE) is Word.COUNTS
    assert paused.word(T0 + 1001 + GRACE) is Word.LATE


@pytest.mark.parametrize("state", [State.CREATED, State.SUBMITTED, State.TIMED_OUT, State.VOIDED])
def test_an_answer_to_a_sitting_that_does_not_run_is_kept_as_late(state):
    assert replace(begun(), state=state).word(T0 + 1) is Word.LATE


def test_what_the_learner_left_ends_at_the_deadline_not_when_it_was_noticed():
    left = sitting.time_out(begun(), T0 + LIMIT + 86_400_000)
    assert (left.state, left.finished) == (State.TIMED_OUT, T0 + LIMIT)
    assert left.used(T0 + 10**10) == LIMIT


def test_handing_in_within_the_grace_counts_and_after_it_is_a_time_out():
    assert sitting.submit(begun(), T0 + LIMIT + GRACE).state is State.SUBMITTED
    late = sitting.submit(begun(), T0 + LIMIT + GRACE + 1)
    assert (late.state, late.finished) == (State.TIMED_OUT, T0 + LIMIT)


def test_nothing_is_closed_before_its_time():
    with pytest.raises(NotNow, match="still time"):
        sitting.time_out(begun(), T0 + LIMIT + GRACE)
    with pytest.raises(NotNow, match="still time"):
        sitting.time_out(sitting.pause(begun(), T0 + 5), T0 + 10**10)


def test_a_pause_ends_with_the_closing_time():
    paused = sitting.pause(begun(close=T0 + 100_000), T0 + 50_000)
    left = sitting.time_out(paused, T0 + 10**9)
    assert (left.finished, left.used(T0 + 10**9)) == (T0 + 100_000, 50_000)


CHANGES = {
    "start": lambda s: sitting.start(s, T0 + 1),
    "pause": lambda s: sitting.pause(s, T0 + 1),
    "resume": lambda s: sitting.resume(s, T0 + 1),
    "submit": lambda s: sitting.submit(s, T0 + 1),
    "allow": lambda s: sitting.allow(s, percent=150, minutes=0),
    "make_good": lambda s: sitting.make_good(s, 1),
    "extend": lambda s: sitting.extend(s, T0 + 10**9),
    "void": lambda s: sitting.void(s, T0 + 1),
}
ALLOWED = {
    State.CREATED: {"start", "allow", "extend", "void"},
    State.STARTED: {"pause", "submit", "allow", "make_good", "extend", "void"},
    State.PAUSED: {"resume", "allow", "make_good", "extend", "void"},
    State.SUBMITTED: {"void"},
    State.TIMED_OUT: {"void"},
    State.VOIDED: set(),
}


def in_state(state):
    if state is State.CREATED:
        return Sitting(LIMIT, GRACE)
    paused_at = T0 if state is State.PAUSED else None
    return replace(begun(), state=state, paused_at=paused_at, finished=None if state in OPEN else T0 + 1)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("change", CHANGES)
def test_each_state_allows_its_changes_and_no_other(state, change):
    before = in_state(state)
    if change in ALLOWED[state]:
        assert CHANGES[change](before).version == before.version + 1
    else:
        with pytest.raises(NotNow):
            CHANGES[change](before)


@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=12))
def test_what_is_over_is_never_open_again(changes):
    found = Sitting(LIMIT, GRACE)
    for change in changes:
        before = found
        try:
            found = CHANGES[change](found)
        except NotNow:
            continue
        assert before.state in OPEN or found.state not in OPEN
        assert before.state not in DONE or found.state is State.VOIDED


@given(milliseconds, st.sampled_from(["submit", "time_out"]))
def test_the_time_used_is_never_more_than_allowed_and_the_grace(late, how):
    found = begun()
    now = T0 + LIMIT + late
    if how == "time_out" and not found.over(now):
        return
    done = getattr(sitting, how)(found, now)
    assert done.used(now) <= done.allowed + GRACE
