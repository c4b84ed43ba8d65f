"""The language helper in the browser says what the Python one says, and in time. Figures of a talk likewise.

One file of cases tests both; so do all forms and guards of the list.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find

from peer_xblocks.language import flags, shipped
from peer_xblocks.story import public
from peer_xblocks.story.balance import guides
from peer_xblocks.story.pace import count
from peer_xblocks.story.plan import TEN_MINUTES

HOME = Path(__file__).parent
HELPER = json.loads((HOME / "helper_cases.json").read_text(encoding="utf-8"))
CASES = json.loads((HOME / "cases.json").read_text(encoding="utf-8"))
TALK = " ".join(
    f"Line {number}: my brother was an addict and I heard the word junkie at home, and nobody asked what helped."
    for number in range(75)
)


def said(phrase):
    """One way to say a phrase of the list."""
    return " ".join(word.rstrip("?").split("|")[0].replace("*", "some") for word in phrase.split())


ALL = [f"Then {said(phrase)} here." for term in shipped() for phrase in (*term.forms, *term.unless)]


def found_by_python(text):
    return [[each.term, text[each.start : each.end], each.level] for each in flags(text)]


@pytest.fixture
def scripts(page):
    page.goto("about:blank")
    for each in ("peer_ui/language.js", "peer_story/dom.js", "peer_story/talk.js"):
        page.add_script_tag(content=Path(find(each)).read_text(encoding="utf-8"))
    page.evaluate("terms => { window.terms = terms; }", [asdict(each) for each in shipped()])
    return page


IN_BROWSER = """texts => texts.map((text) =>
  PeerLanguage.flags(text, terms).map((each) => [each.term, text.slice(each.start, each.end), each.level]))"""


@pytest.mark.parametrize(("text", "expected"), HELPER)
def test_the_cases_hold_in_python(text, expected):
    assert found_by_python(text) == expected


@pytest.mark.browser
def test_the_cases_hold_in_the_browser(scripts):
    answers = scripts.evaluate(IN_BROWSER, [text for text, _ in HELPER])
    assert answers == [expected for _, expected in HELPER]


@pytest.mark.browser
def test_every_form_and_guard_of_the_list_is_the_same_in_both(scripts):
    assert len(ALL) > 150
    answers = scripts.evaluate(IN_BROWSER, ALL)
    assert answers == [found_by_python(text) for text in ALL]
    assert scripts.evaluate(IN_BROWSER, [" ".join(ALL)]) == [found_by_python(" ".join(ALL))]


@pytest.mark.browser
def test_a_whole_talk_is_looked_at_before_the_next_frame(scripts):
    assert count(TALK) >= 1450
    times = scripts.evaluate(
        """text => Array.from({length: 30}, () => {
          const began = performance.now();
          PeerLanguage.flags(text, terms);
          return performance.now() - began;
        })""",
        TALK,
    )
    assert sorted(times[5:])[len(times[5:]) // 2] <= 16


@pytest.mark.browser
def test_words_and_guides_are_the_same_in_both(scripts):
    counted = scripts.evaluate("texts => texts.map(PeerTalk.count)", [text for text, _ in CASES["counts"]])
    assert counted == [words for _, words in CASES["counts"]]
    plan = public.plan(TEN_MINUTES, (), str)
    for case in CASES["guides"]:
        told = scripts.evaluate(
            "([plan, words, pace]) => PeerTalk.guides(plan, words, pace)", [plan, case["words"], case["pace"]]
        )
        mine = guides(TEN_MINUTES, case["words"], case["pace"])
        assert (told["words"], told["percent"], told["share"], told["size"]) == (
            mine.words,
            mine.percent,
            mine.share.value,
            mine.size.value,
        )


def test_scripts_are_small_and_plain():
    for each in sorted(Path(find("peer_story/story.js")).parent.glob("*.js")):
        script = each.read_text(encoding="utf-8")
        assert len(script.splitlines()) <= 310, each.name
        assert "innerHTML" not in script
        assert "eval(" not in script
