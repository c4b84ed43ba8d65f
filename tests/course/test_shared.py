"""A course of a track is made of its own folder and of those that it shares; what is wrong with that is told."""

import shutil

import pytest

from peer_xblocks.course import folders, source
from peer_xblocks.course.check import check, report

ORIENTATION = "core/vertical/c01-outline.xml"

SPOILED = {
    "a folder that is not there": ("tracks/crss/include.toml", "../../core", "../../cor", "There is no folder"),
    "an include that cannot be read": (
        "tracks/crss/include.toml",
        "folders =",
        "folders",
        "include.toml: It cannot be",
    ),
    "shared sources that cannot be read": (
        "core/sources.toml",
        "[rec]",
        "[rec",
        "../../core/sources.toml: It cannot be",
    ),
    "an outline on which time would count": (ORIENTATION, ' live_units="c01-outline"', "", "Time would count"),
    "an outline with a page": (ORIENTATION, "</peer_module>", '</peer_module><html url_name="c04-role"/>', "more than"),
    "a module that is no outline and has no pages": (ORIENTATION, ' outline_only="true"', "", "has no check"),
    "a live unit that is not there": (
        ORIENTATION,
        'live_units="c01-outline"',
        'live_units="x"',
        "live_units names “x”",
    ),
}


@pytest.fixture
def curriculum(tmp_path):
    """The curriculum in a folder where it may be spoiled."""
    shutil.copytree(source.root(), tmp_path / "curriculum")
    return tmp_path / "curriculum"


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED.keys())
def test_what_was_spoiled_is_found(curriculum, spoiled):
    name, old, new, said = spoiled
    text = (curriculum / name).read_text(encoding="utf-8")
    assert old in text
    (curriculum / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert said in "\n".join(map(str, check(curriculum / "tracks/crss")))


def test_a_problem_in_a_shared_folder_is_named_so_that_it_is_found(curriculum):
    path = curriculum / ORIENTATION
    path.write_text(path.read_text().replace(' live_units="c01-outline"', ""))
    (problem,) = check(curriculum / "tracks/crss")
    assert problem.where == "../../core/vertical/c01-outline.xml"


def test_a_file_that_two_folders_hold_is_told(curriculum):
    shutil.copy(curriculum / ORIENTATION, curriculum / "tracks/crss/vertical")
    assert "vertical/c01-outline.xml: A shared folder holds this file, too." in "\n".join(
        map(str, check(curriculum / "tracks/crss"))
    )


def test_a_course_that_shares_nothing_is_its_own_folder():
    found = folders.of(source.find("ce/boundaries"))
    assert list(found.all()) == [source.find("ce/boundaries")]
    assert found.doubles() == []


def test_a_track_is_found_by_its_short_name():
    assert source.find("crss") == source.find("tracks/crss")
    assert source.within("crss") == [source.find("tracks/crss")]


def test_what_is_shared_is_no_course_of_its_own():
    assert not [name for name in source.names() if name.startswith("core")]


def test_an_outline_claims_no_minute_as_written(curriculum):
    for each in report(curriculum / "tracks/crss").figures:
        assert not (each.outline and (each.written or each.led))
