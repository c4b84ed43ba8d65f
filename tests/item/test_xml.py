"""Hostile XML is refused with a sentence, quickly, and nothing is fetched or replaced."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.item import xml
from peer_xblocks.refusal import Refusal

LAUGHS = b"<!DOCTYPE l [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%s;" % (str(n - 1).encode() if n > 1 else b"") * 10) for n in range(1, 10)
)
HOSTILE = {
    "billion laughs": LAUGHS + b"]><l>&a9;</l>",
    "billion laughs in an attribute": LAUGHS + b"]><l x='&a9;'/>",
    "laughs behind comments": b"<!-- a --><?x y?>\n<!-- b -->" + LAUGHS + b"]><l>&a9;</l>",
    "external entity": b"<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>",
    "external document type": b"<!DOCTYPE l SYSTEM 'http://127.0.0.1:9/x.dtd'><l/>",
    "lower case document type": b"<!doctype l><l/>",
    "unknown entity": b"<l>&nowhere;</l>",
    "ten megabytes": b"<l>" + b"a" * 10_000_000 + b"</l>",
    "ten thousand deep": b"<l>" * 10_000 + b"</l>" * 10_000,
    "sixty-five deep": b"<l>" * 65 + b"</l>" * 65,
    "another encoding": "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE l><l/>".encode("utf-16"),
    "not UTF-8": b"<l>\xff</l>",
    "cut off": b"<l>",
    "nothing": b"",
    "a control character": b"<l>\x00</l>",
    "many comments": b"<!---->" * 200_000 + b"<!DOCTYPE l><l/>",
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_are_refused_within_two_seconds(document):
    begun = time.monotonic()
    with pytest.raises(Refusal) as refused:
        xml.parse(document)
    assert time.monotonic() - begun < 2
    assert refused.value.status in (400, 413)
    assert refused.value.sentence.endswith(".")


def test_a_document_type_in_text_is_only_text():
    assert xml.parse(b"<l><![CDATA[<!DOCTYPE l>]]></l>").text == "<!DOCTYPE l>"


def test_sixty_four_levels_are_read():
    assert xml.parse(b"<l>" * 64 + b"</l>" * 64).tag == "l"


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert xml.parse(b"\xef\xbb\xbf<l>x</l>").text == "x"


def test_what_is_written_is_read_back():
    root = xml.parse("<l a='1'><m>é ]]&gt; שלום 🌱</m></l>".encode())
    assert xml.write(xml.parse(xml.write(root))) == xml.write(root)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_element_or_a_refusal(data):
    try:
        assert xml.parse(data).tag is not None
    except Refusal as refusal:
        assert refusal.sentence
