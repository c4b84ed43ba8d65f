"""All questions first; then, round by round, only those that are not yet right."""

from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.activity.check.rounds import Seen, Standing

ASKED = ("q1", "q2", "q3")


def after(*answers, items=ASKED):
    standing = Standing(items)
    for item, right in answers:
        standing = standing.after(item, right)
    return standing


def test_the_first_round_asks_everything():
    assert after().open == ASKED
    assert (after().round, after().tried, after().right) == (1, False, ())


def test_an_answered_question_is_not_asked_again_in_its_round():
    assert after(("q1", False)).open == ("q2", "q3")
    assert after(("q2", True)).open == ("q1", "q3")


def test_the_next_round_asks_only_what_is_not_yet_right():
    done = after(("q1", True), ("q2", False), ("q3", False))
    assert (done.open, done.again, done.round) == ((), ("q2", "q3"), 1)
    begun = done.after("q2", True)
    assert (begun.round, begun.asked, begun.open) == (2, ("q2", "q3"), ("q3",))


def test_what_was_right_stays_right():
    assert after(("q1", True), ("q1", False)).right == ("q1",)


def test_a_second_tab_joins_the_round_that_is_going_on():
    twice = after(("q1", False), ("q1", True))
    assert (twice.round, twice.right, twice.open) == (1, ("q1",), ("q2", "q3"))


def test_a_question_added_in_the_middle_joins_the_round():
    standing = after(("q1", True), ("q2", True), ("q3", True))
    grown = Standing((*ASKED, "q4"), standing.seen, best=standing.best)
    assert (grown.open, grown.share, grown.best) == (("q4",), 0.75, 1.0)
    assert grown.after("q4", False).best == 1.0


def test_a_question_taken_out_is_no_longer_asked_or_counted():
    standing = after(("q1", True), ("q2", False))
    shrunk = Standing(("q1", "q3"), standing.seen)
    assert (shrunk.open, shrunk.right, shrunk.share) == (("q3",), ("q1",), 0.5)


def test_rounds_that_were_taken_back_do_not_count():
    back = Standing(ASKED, {"q1": Seen(2), "q2": Seen(1)}, begun=2)
    assert (back.round, back.open, back.tried) == (3, ASKED, False)
    assert back.after("q1", True).open == ("q2", "q3")


def test_a_check_without_questions_asks_nothing():
    assert (Standing(()).open, Standing(()).share) == ((), 0.0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*ASKED, "gone"]), st.booleans()), max_size=30))
def test_whatever_is_answered_the_check_can_be_finished_and_the_best_share_only_grows(answers):
    standing, best = Standing(ASKED), 0.0
    for item, right in answers:
        standing = standing.after(item, right)
        assert set(standing.open) <= set(standing.asked)
        assert set(standing.again).isdisjoint(standing.right)
        assert standing.best >= best
        best = standing.best
    while standing.again:
        standing = standing.after((standing.open or standing.again)[0], True)
    assert standing.share == standing.best == 1.0
