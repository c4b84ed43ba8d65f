"""Words that people are looked for with: sealed in a session, named at random, gone with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.refusal import NotThere
from peer_xblocks.ui import finds
from peer_xblocks.vault import Vault, new_key

VAULT = Vault([new_key()])


@given(st.text(max_size=300))
def test_what_is_kept_is_found_again(typed):
    session = {}
    name = finds.keep(session, typed, VAULT)
    assert finds.words(session, name, VAULT) == typed.replace("\0", "").strip()[: finds.MOST_LETTERS]


def test_no_words_have_no_name():
    session = {}
    assert finds.keep(session, " \0 ", VAULT) == ""
    assert session == {}
    assert finds.words(session, "", VAULT) == ""


def test_neither_name_nor_session_says_the_words():
    session = {}
    name = finds.keep(session, "ann example", VAULT)
    assert "ann" not in repr(session) + name
    assert finds.keep(session, "ann example", VAULT) != name


def test_a_name_is_worth_nothing_elsewhere_or_without_the_key():
    session = {}
    name = finds.keep(session, "ann", VAULT)
    for given_session, vault in (({}, VAULT), (session, Vault([new_key()]))):
        with pytest.raises(NotThere, match="no longer kept"):
            finds.words(given_session, name, vault)


def test_the_oldest_search_makes_room():
    session = {}
    names = [finds.keep(session, f"person {number}", VAULT) for number in range(finds.MOST + 1)]
    assert len(session[finds.KEY]) == finds.MOST
    with pytest.raises(NotThere):
        finds.words(session, names[0], VAULT)
    assert finds.words(session, names[1], VAULT) == "person 1"
