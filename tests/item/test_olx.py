"""OLX carries an item whole: out, in and out again gives the same bytes."""

from hypothesis import given, settings

from peer_xblocks.item import xml
from peer_xblocks.item.olx import from_element, to_element
from tests.item.made import GOOD, items


@settings(deadline=None)
@given(items())
def test_an_item_comes_back_the_same_byte_by_byte(item):
    once = xml.write(to_element(item))
    again = from_element(xml.parse(once))
    assert again == item
    assert xml.write(to_element(again)) == once


def test_the_element_reads_like_the_question():
    written = xml.write(to_element(GOOD)).decode()
    assert written.startswith('<item id="bnd1" kind="single" level="vignette" domain="D4">\n  <stem>Rosa offers')
    assert '<option id="a" right="true">' in written
    assert '<rationale source="Code of ethics, gifts">' in written


def test_a_hand_written_item_with_gaps_is_kept():
    item = from_element(
        xml.parse(b"<item><stem>Why?</stem><option right='yes'><text>So</text></option><option/></item>")
    )
    assert (item.stem, item.kind, item.level) == ("Why?", "single", "")
    assert [(option.id, option.text, option.right) for option in item.options] == [("a", "So", True), ("b", "", False)]
    assert item.id == from_element(xml.parse(b"<item><stem>Why?</stem></item>")).id


def test_an_empty_item_is_still_an_item():
    assert from_element(xml.parse(b"<item/>")).options == ()
