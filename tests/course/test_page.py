"""A page is read as a person and a screen reader would."""

from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.course.page import ACTIVITY, READING, SOURCES, parse


def test_reading_activities_and_sources_are_told_apart():
    page = parse(
        "p", '<p>Read</p><div data-minutes="4"><p>Do</p></div><ol class="peer-sources"><li>Cite</li></ol><p>On</p>'
    )
    assert page.words(READING) == ["Read", "On"]
    assert page.words(ACTIVITY) == ["Do"]
    assert page.words(SOURCES) == ["Cite"]


def test_blocks_part_texts_and_inline_tags_do_not():
    page = parse("p", "<ul><li>One <em>two</em></li><li>three</li></ul>Loose&amp;free<br>here")
    assert page.words(READING) == ["One two", "three", "Loose&freehere"]


def test_headings_and_labels_are_read_but_are_no_sentences():
    page = parse("p", "<h2>Touch</h2><p>Ask first.</p><details><summary>Open</summary><p>Why.</p></details>")
    assert page.words(READING) == ["Touch", "Ask first.", "Open", "Why."]
    assert page.prose(READING) == ["Ask first.", "Why."]


def test_what_is_quoted_as_heard_is_not_our_own_wording():
    text = parse("p", "<p>In place of <q>refused</q>, say why.</p>").texts[0]
    assert text.words == "In place of refused, say why."
    assert "refused" not in text.own


def test_styles_scripts_and_titles_are_no_words():
    assert parse("p", "<title>T</title><style>b{}</style><script>x()</script><p>Word</p>").words(READING) == ["Word"]


def test_marks_say_where_they_stand():
    page = parse("p", '<p>\n<a href="#x">go</a>\n<img src="a.png"></p>')
    assert [(mark.kind, mark.line, mark.value) for mark in page.marks] == [("a", 2, "#x"), ("img", 3, None)]


def test_a_tag_without_partner_is_marked_and_the_rest_still_read():
    page = parse("p", "<p>One <strong>two</p><p>three</p>")
    assert page.all("broken")
    assert page.words(READING) == ["One two", "three"]


@given(st.text(alphabet="<>/apdivh2q \"'=&;!-\n", max_size=200))
def test_no_text_is_too_broken_to_be_read(text):
    assert parse("p", text).size == len(text.encode())
