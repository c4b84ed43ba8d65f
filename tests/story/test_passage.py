"""What a page may send as the text of a part, and how texts rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.refusal import Refusal
from peer_xblocks.story.passage import MOST, Passage, clean
from peer_xblocks.story.sealed import BLOCK, seal, unseal
from peer_xblocks.story.versions import Mark
from peer_xblocks.vault import Vault, new_key

GOOD = {"part": "open", "text": "Good evening.", "page": "a" * 32, "seq": 1, "base": ["b" * 32 + ":7"]}


def test_a_passage_is_read():
    passage = Passage.from_json(GOOD)
    assert (passage.part, passage.save.text) == ("open", "Good evening.")
    assert passage.save.base == (Mark("b" * 32, 7),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "nowhere"},
        {"part": ["open"]},
        {"part": None},
        {"text": 7},
        {"text": None},
        {"page": "short"},
        {"page": "a" * 65},
        {"page": "../../../../etc"},
        {"seq": 0},
        {"seq": True},
        {"seq": 1.5},
        {"seq": 10**12},
        {"base": "x"},
        {"base": [7]},
        {"base": ["a:b"]},
        {"base": ["a" * 32 + ":1"] * 9},
    ],
    ids=str,
)
def test_anything_else_is_refused_in_one_sentence(wrong):
    with pytest.raises(Refusal) as refused:
        Passage.from_json({**GOOD, **wrong})
    assert refused.value.status == 400
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "text", ["🌱 émigré 漢字", "مرحبا بكم\u200f", "<b>bold</b> & </textarea><script>", "  spaces  \n\n"]
)
def test_every_script_and_markup_is_kept_as_it_was_typed(text):
    assert clean(text) == text


def test_line_ends_become_one_kind_and_the_unseen_goes():
    assert clean("a\r\nb\rc\x00\x07\ud800") == "a\nb\nc"


def test_a_part_longer_than_an_hour_of_speech_is_refused_with_what_to_do():
    with pytest.raises(Refusal, match="Make it shorter") as refused:
        clean("x" * (MOST + 1))
    assert refused.value.status == 413
    assert clean("x" * MOST)


@given(
    st.text()
    .map(lambda text: text.replace("\0", ""))
    .filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text))
)
def test_a_sealed_text_opens_to_what_it_was(text):
    vault = Vault([new_key()])
    assert unseal(vault, seal(vault, text)) == text


def test_the_length_of_what_rests_tells_no_text_from_another():
    vault = Vault([new_key()])
    short, long = seal(vault, ""), seal(vault, "y" * BLOCK)
    assert len(short) == len(seal(vault, "I was in hospital.")) == len(long)
    assert short != seal(vault, "")


def test_a_new_key_opens_no_old_text_and_an_old_one_beside_it_does():
    old, new = new_key(), new_key()
    sealed = seal(Vault([old]), "words")
    assert unseal(Vault([new]), sealed) is None
    assert unseal(Vault([new, old]), sealed) == "words"
