"""The name for the certificate: as people write their names, and nothing that cannot be printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.certification import names
from peer_xblocks.certification.models import CertificateName
from peer_xblocks.refusal import Refusal


@pytest.mark.parametrize(
    "name",
    [
        "Ana Ruiz",
        "O'Neil-Smith",
        "Zoë 🌿",
        "محمد علي",
        "李小龙",
        "नेहा शर्मा",
        "नेहा\u200d शर्मा",
        "<b>Bold</b>",
        "J",
        "x" * 120,
    ],
)
def test_names_as_people_write_them(name):
    assert names.clean(name) == name


def test_spaces_around_and_within_are_tidied():
    assert names.clean("  Ana \u00a0 Ruiz ") == "Ana Ruiz"


def test_the_same_letters_are_the_same_name():
    assert names.clean("Zoe\u0308") == names.clean("Zoë")


@pytest.mark.parametrize(
    "given_name",
    [
        None,
        7,
        [],
        {},
        "",
        "   ",
        "x" * 121,
        "Ana\nRuiz",
        "Ana\tRuiz",
        "Ana\x00",
        "Ana\u202eziuR",
        "Ana\u2028Ruiz",
        "\ud800",
        "\u200b",
        "\u200d\u2060 \u200b",
        "…",
    ],
)
def test_what_is_no_name_is_refused_in_one_sentence(given_name):
    with pytest.raises(Refusal) as refused:
        names.clean(given_name)
    assert refused.value.status == 400
    assert refused.value.sentence


def test_a_very_long_name_is_refused_before_it_is_put_in_order():
    with pytest.raises(Refusal, match="shorten"):
        names.clean("a" + "\u0301\u0327" * 250_000)


@given(st.text(max_size=200))
def test_what_passes_is_short_one_line_and_stays_as_it_is(text):
    try:
        name = names.clean(text)
    except Refusal:
        return
    assert 1 <= len(name) <= 120
    assert len(name.splitlines()) == 1
    assert names.clean(name) == name


@pytest.mark.django_db
def test_it_is_kept_sealed_and_the_newest_counts(desk):
    names.keep(desk.learner(), "Ana Ruiz")
    names.keep(desk.learner(), "Ana Díaz")
    assert names.of(desk.learner()) == "Ana Díaz"
    assert "Ana Díaz" not in CertificateName.objects.get().name


def test_nobody_has_no_name(db):
    assert names.of(None) == ""
