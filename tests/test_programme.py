"""The rules of an office as one file: what it holds, what is refused, when it may decide about people."""

from datetime import date

import pytest

from peer_xblocks.programme import HoursPolicy, ProgrammeRefused, load, parse

HEAD = {"code": "test", "office": "An office"}
OPEN = {"value": 20, "about": "hours", "decides": True}
CONFIRMED = {**OPEN, "confirmed": True, "by": "A. Registrar", "on": date(2027, 1, 31)}

UNKNOWNS = [
    "ce_hours",
    "ce_cycle_months",
    "ce_minimum_hours",
    "exam_within_training",
    "exam_pass_mark",
    "exam_retakes",
    "self_paced_hours",
    "youth_age",
    "parent_experience",
    "make_up",
    "certificate_number",
    "ethics_text",
    "public_look_up",
    "supervised_hours",
]


def test_alabama_names_its_four_tracks_and_their_older_labels():
    tracks = load("alabama").tracks
    assert {code: track.aliases for code, track in tracks.items()} == {
        "CPS-A": ("CMHAPS",),
        "CPS-Y": ("CMHYPS",),
        "CPS-P": ("MHPPS",),
        "CRSS": (),
    }
    assert {track.minutes for track in tracks.values()} == {2400}


@pytest.mark.parametrize(("name", "code"), [("CMHAPS", "CPS-A"), ("CPS-P", "CPS-P"), ("CRSS", "CRSS")])
def test_a_track_answers_to_its_code_and_its_older_label(name, code):
    assert load("alabama").track(name).code == code


def test_a_name_that_the_office_does_not_use_is_no_track():
    assert load("alabama").track("XYZ") is None


@pytest.mark.parametrize("fact", UNKNOWNS)
def test_what_the_office_has_not_said_is_a_setting_with_a_default_and_a_source(fact):
    found = load("alabama").facts[fact]
    assert not found.confirmed
    assert found.about
    assert found.source


def test_alabama_does_not_decide_about_anybody_yet():
    programme = load("alabama")
    assert not programme.live
    assert "ce_hours" in programme.open_facts
    assert "public_look_up" not in programme.open_facts


def test_alabama_carries_its_defaults():
    programme = load("alabama")
    assert programme.mastery == 0.8
    assert programme.hours == HoursPolicy()
    assert programme.contacts["crisis_call"] == "988"
    assert str(programme.time_zone) == "America/Chicago"
    assert programme.value("ce_minimum_hours") == {"ethics": 3}


def test_live_waits_for_every_fact_that_decides():
    with pytest.raises(ProgrammeRefused, match="confirm first: hours"):
        parse({"programme": {**HEAD, "live": True}, "facts": {"hours": OPEN, "other": {**OPEN, "decides": False}}})


def test_live_once_they_are_confirmed():
    assert parse({"programme": {**HEAD, "live": True}, "facts": {"hours": CONFIRMED}}).live


def test_alabama_itself_cannot_be_switched_live(tmp_path):
    shipped = (load.__globals__["SHIPPED"] / "alabama.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(shipped.replace("live = false", "live = true"), encoding="utf-8")
    with pytest.raises(ProgrammeRefused, match="ce_hours"):
        load(str(path))


WRONG = {
    "no head": {},
    "no code": {"programme": {"office": "An office"}},
    "live as text": {"programme": {**HEAD, "live": "yes"}},
    "a misspelt part": {"programme": HEAD, "fact": {}},
    "a misspelt setting": {"programme": {**HEAD, "lives": True}},
    "a misspelt policy": {"programme": HEAD, "hours": {"beats": 15}},
    "a fact without words": {"programme": HEAD, "facts": {"hours": {"value": 20}}},
    "confirmed by nobody": {"programme": HEAD, "facts": {"hours": {**OPEN, "confirmed": True}}},
    "a track without a name": {"programme": HEAD, "tracks": {"X": {}}},
    "a track that is a word": {"programme": HEAD, "tracks": {"X": "y"}},
    "a fact that is a number": {"programme": HEAD, "facts": {"X": 3}},
    "a zone that is none": {"programme": {**HEAD, "time_zone": "Alabama/Montgomery"}},
    "a mark above all": {"programme": {**HEAD, "mastery": 80}},
    "a table that is none": {"programme": HEAD, "facts": 3},
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_cannot_be_used_says_so(case):
    with pytest.raises(ProgrammeRefused):
        parse(WRONG[case])


@pytest.mark.parametrize("content", [b"= nothing", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_named(tmp_path, content):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ProgrammeRefused, match=r"mine\.toml"):
        load(str(path))


@pytest.mark.parametrize("name", ["nowhere", "/nowhere/at_all.toml", "/"])
def test_a_file_that_is_not_there_is_named(name):
    with pytest.raises(ProgrammeRefused, match="name one that exists"):
        load(name)
