"""Author text becomes HTML in one place, and nothing in it runs."""

import re
import time

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.item import text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "![x](javascript:alert(1))",
    "[x](https://a.example/\"onmouseover='alert(1))",
    "`<svg onload=alert(1)>`",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{display:none}</style>",
    "| a |\n| --- |\n| <iframe src=//x> |",
]


@pytest.mark.parametrize("written", HOSTILE)
def test_nothing_an_author_writes_runs(written):
    made = text.html(written)
    tags = re.findall(r"<\s*/?\s*([a-z0-9]+)([^>]*)>", made, re.IGNORECASE)
    assert {tag.lower() for tag, _ in tags} <= text.TAGS
    assert not any(re.search(r"\bon\w+\s*=|javascript:|vbscript:|data:", rest, re.IGNORECASE) for _, rest in tags)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("# Big", "<h3>Big</h3>"),
        ("###### Small", "<h6>Small</h6>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("", ""),
    ],
)
def test_markdown_is_shown_as_markup(written, shown):
    assert text.html(written) == shown


def test_links_open_without_telling_where_they_came_from():
    assert 'rel="noopener noreferrer"' in text.html("[x](https://a.example)")


def test_a_picture_is_a_link_so_that_it_costs_data_only_when_asked():
    made = text.html("![A bridge](https://a.example/b.png)")
    assert "<img" not in made
    assert '<a href="https://a.example/b.png"' in made


def test_a_template_shows_sanitised_markup_and_escapes_plain_words():
    shown = Template("{{ a }}|{{ b }}").render(Context({"a": text.html("*x*"), "b": "<b>"}))
    assert shown == "<p><em>x</em></p>|&lt;b&gt;"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("# A\n\n*b* [c](https://d.example)\ne", "A b c e"),
        ("- one\n- two", "one two"),
        ("`<x>`", "<x>"),
        ("```\ncode\n```", "code"),
        ("שלום 🌱", "שלום 🌱"),
    ],
)
def test_plain_keeps_the_words_and_drops_the_marks(written, words):
    assert text.plain(written) == words


@settings(deadline=None)
@given(st.text())
def test_clean_text_stays_as_it_is(written):
    once = text.clean(written)
    assert text.clean(once) == once
    assert "\r" not in once
    assert "\x00" not in once


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_shown(written):
    assert "<script" not in text.html(written).lower()
    assert "\n" not in text.plain(written)


@pytest.mark.parametrize("mark", ["[", "![", "- ", "> ", "**"])
def test_a_text_beyond_all_measure_is_shown_as_it_is_and_at_once(mark):
    long = mark * 200_000 + "<b>"
    began = time.process_time()
    shown = text.html(long)
    assert time.process_time() - began < 2
    assert "<b>" not in shown and mark.strip()[-1] in text.plain(long)


@settings(deadline=None)
@given(st.text(st.sampled_from("aB 1.)-+#>|:!?'\"()=\t\u00a0“”é\U0001f331*_`[]<&~\n\\"), max_size=20))
def test_a_line_without_marks_reads_as_markdown_reads_it(words):
    read = text._reader.parse(text.clean(words))
    assert text.plain(words) == " ".join(" ".join(text._words(token) for token in read).split())
