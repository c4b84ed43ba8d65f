"""The outline says in words what counted and what is still to do."""

import pytest

from peer_xblocks.demo.site.outline import Asked, Chapter, Outline, Part, Unit, done, minutes


def unit(name, is_done=False):
    return Unit(name, name.title(), f"/{name}", is_done)


def outline(*parts):
    return Outline("A course", (Chapter("All", tuple(parts)),))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (59, "0 min"), (60, "1 min"), (3600, "1 h"), (3660, "1 h 1 min"), (4680, "1 h 18 min")],
)
def test_time_is_said_in_hours_and_whole_minutes(seconds, words):
    assert minutes(seconds) == words


def test_what_is_missing_is_rounded_up_so_that_nobody_stops_too_early():
    assert minutes(61, up=True) == "2 min"


def test_what_is_missing_is_named_with_its_module():
    part = Part("Module 1", (unit("a"),), Asked(1800, 1740, ("Where the line is",)))
    assert outline(part).missing == ["Module 1: 1 min more", "Module 1: pass “Where the line is”"]


def test_a_part_without_minutes_says_nothing_about_minutes():
    assert Part("Welcome", (unit("a"),)).words == ""


def test_more_than_a_module_asks_for_does_not_count_for_another():
    made = outline(Part("1", (), Asked(600, 900)), Part("2", (), Asked(600, 0)))
    assert (made.counted_words, made.planned_words) == ("10 min", "20 min")


def test_the_next_page_is_the_first_that_is_still_to_do():
    made = outline(Part("1", (unit("a", True), unit("b"))), Part("2", (unit("c"),), Asked(60, 0)))
    assert made.next == unit("c")
    assert outline(Part("1", (unit("a", True), unit("b")))).next == unit("b")


def test_a_module_that_lacks_minutes_alone_leads_back_to_its_first_page():
    made = outline(Part("1", (unit("a", True), unit("b", True)), Asked(60, 0)), Part("2", (unit("c", True),)))
    assert made.next == unit("a", True)


def test_when_all_is_done_the_last_page_is_next():
    assert outline(Part("1", (unit("a", True), unit("b", True)))).next == unit("b", True)
    assert outline().next is None


def test_a_course_that_is_begun_is_gone_on_with():
    assert outline(Part("1", (unit("a"),))).next_words == "Begin"
    assert outline(Part("1", (unit("a", True), unit("b")))).next_words == "Go on"


def test_a_course_that_is_done_is_only_opened():
    assert outline(Part("1", (unit("a", True),), Asked(60, 60))).next_words == "Open"


def test_pages_know_their_neighbours_and_number():
    made = outline(Part("1", (unit("a"), unit("b"))), Part("2", (unit("c"),)))
    assert made.around("a") == (None, unit("b"))
    assert made.around("c") == (unit("b"), None)
    assert made.number("c") == 3
    assert made.part_of("c").title == "2"


def test_a_page_is_done_when_all_that_it_asks_for_is_complete():
    assert done(["x", "y"], {"x", "y", "z"})
    assert not done(["x", "y"], {"x"})
    assert not done([], {"x"})
