"""Single rules of a page, each by itself."""

import pytest

from peer_xblocks.course import pages
from peer_xblocks.course.outline import Outline, Source
from peer_xblocks.course.page import parse

COURSE = Outline("c", "C", (), sources={"s": Source("A source", "https://example.org")}, static=frozenset({"a.pdf"}))


def told(rule, html: str, *more) -> list[str]:
    return [f"{problem.where} {problem.what}" for problem in rule(parse("p", html), *more)]


def test_a_word_that_labels_is_found_on_its_line():
    assert told(pages.wording, "<p>Fine.</p>\n<p>Fine.</p>\n<p>She is wheelchair-bound.</p>") == [
        "p:3 “wheelchair-bound” could be said in a kinder way."
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>In place of <q>refused</q>, say why.</p>",
        '<ol class="peer-sources"><li>The Addict Papers</li></ol>',
        "<p>the mentally</p><p>ill-fitting shoe</p>",
    ],
)
def test_quotations_sources_and_the_next_paragraph_are_left_alone(html):
    assert told(pages.wording, html) == []


@pytest.mark.parametrize(("levels", "faults"), [("2332", 0), ("234", 0), ("24", 1), ("3", 1), ("12", 1), ("2342", 0)])
def test_headings_go_down_one_at_a_time(levels, faults):
    assert len(told(pages.headings, "".join(f"<h{level}>x</h{level}>" for level in levels))) == faults


def test_a_hand_out_is_a_page_of_its_own_and_begins_at_h1():
    assert told(pages.headings, "<h1>x</h1><h2>y</h2>", 1) == []


@pytest.mark.parametrize(
    "address", ["/static/a.pdf", "/static/a.pdf#page=2", "https://example.org", "tel:988", "sms:988", "#here"]
)
def test_links_that_lead_somewhere_are_fine(address):
    assert told(pages.links, f'<p id="here"><a href="{address}">go</a></p>', COURSE) == []


@pytest.mark.parametrize(
    "address",
    ["", "/static/b.pdf", "https://example.org/x", "http://example.org", "#gone", "javascript:x()", "page.html"],
)
def test_links_that_do_not_are_named(address):
    assert len(told(pages.links, f'<p><a href="{address}">go</a></p>', COURSE)) == 1


def test_a_picture_that_adds_nothing_says_so():
    assert told(pages.markup, '<img src="a.png" alt="">') == []
    assert len(told(pages.markup, '<img src="a.png">')) == 1


def test_a_large_page_is_a_hint():
    (problem,) = pages.markup(parse("p", "<p>" + "word " * 5000 + "</p>"))
    assert not problem.grave
