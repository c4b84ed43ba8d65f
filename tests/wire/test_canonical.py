"""One value, one form: RFC 8785, by its own samples."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.wire.canonical import NotCanonical, canonical, digest, sha256
from tests.wire.reports import vectors

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("vector", vectors("rfc8785"), ids=lambda each: each["name"])
def test_the_samples_of_the_standard(vector):
    assert canonical(json.loads(vector["given"])).decode() == vector["canonical"]


@pytest.mark.parametrize(("bits", "text"), vectors("rfc8785_numbers"))
def test_the_numbers_of_the_standards_appendix(bits, text):
    assert canonical(struct.unpack(">d", bytes.fromhex(bits))[0]).decode() == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "\ud800", {1: 2}, object(), b"x"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


def test_nesting_beyond_reason_is_refused_not_fatal():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(NotCanonical):
        canonical(deep)


@given(JSON)
def test_reading_and_writing_again_changes_no_byte(value):
    once = canonical(value)
    assert canonical(json.loads(once)) == once
    assert digest(value) == sha256(once)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), WHOLE, max_size=6), st.randoms())
def test_the_order_of_members_does_not_matter(value, chance):
    shuffled = list(value.items())
    chance.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(value)
