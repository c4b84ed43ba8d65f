"""An archive that Studio imports: the same course and start give the same bytes, and nothing that is ours alone is in it."""

import gzip
import io
import json
import tarfile
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from peer_xblocks.course import build, source
from peer_xblocks.refusal import NotThere, Refusal

START = date(2026, 11, 2)


def unpacked(packed: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def test_twice_built_gives_the_same_bytes():
    assert build.archive("ce/boundaries", START) == build.archive("ce/boundaries", START)


def test_a_file_that_was_only_touched_changes_nothing(copy):
    before = build.archive(str(copy.folder), START)
    for path in copy.folder.rglob("*.*"):
        path.touch()
        path.chmod(0o600)
    assert build.archive(str(copy.folder), START) == before


def test_entries_are_sorted_and_bear_no_time_or_owner():
    packed = build.archive("ce/boundaries", START)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        entries = tar.getmembers()
    assert [each.name for each in entries] == sorted(each.name for each in entries)
    assert {(each.mtime, each.uid, each.gid, each.uname, each.gname, each.mode) for each in entries} == {
        (0, 0, 0, "", "", 0o644)
    }
    assert packed[4:8] == bytes(4)
    assert gzip.decompress(packed)


def test_studio_finds_the_course_its_policies_and_its_files():
    files = unpacked(build.archive("ce/boundaries", START))
    assert b'url_name="2026-11"' in files["course/course.xml"]
    assert {"course/course/2026-11.xml", "course/static/boundaries-handout.html", "course/about/overview.html"} <= set(
        files
    )
    policy = json.loads(files["course/policies/2026-11/policy.json"])["course/2026-11"]
    assert policy["advanced_modules"] == ["peer_module", "peer_check", "peer_progress"]
    assert json.loads(files["course/policies/2026-11/grading_policy.json"])["GRADE_CUTOFFS"] == {"Pass": 0.8}


@pytest.mark.parametrize(
    ("start", "zone", "opens"),
    [
        (date(2026, 11, 2), build.OFFICE, "2026-11-02T06:00:00Z"),
        (date(2026, 7, 1), build.OFFICE, "2026-07-01T05:00:00Z"),
        (date(2026, 11, 2), ZoneInfo("UTC"), "2026-11-02T00:00:00Z"),
    ],
)
def test_a_course_opens_at_the_first_minute_of_the_office_s_day(start, zone, opens):
    files = unpacked(build.archive("ce/boundaries", start, "r", zone=zone))
    assert json.loads(files["course/policies/r/policy.json"])["course/r"]["start"] == opens


def test_notes_for_authors_stay_at_home(copy):
    (copy.folder / "NOTES.md").write_text("for us")
    (copy.folder / ".hidden").write_text("for us")
    names = set(unpacked(build.archive(str(copy.folder), START)))
    assert not [name for name in names if "NOTES" in name or "hidden" in name or "sources.toml" in name]


@pytest.mark.parametrize("run", ["../up", "a b", "a/b", "-", "x" * 41])
def test_a_run_that_could_not_be_a_key_is_declined(run):
    with pytest.raises(Refusal, match="Name the run"):
        build.archive("ce/boundaries", START, run)


def test_an_unknown_course_names_those_that_exist():
    with pytest.raises(NotThere, match="ce/boundaries"):
        build.archive("ce/none", START)


def test_the_curriculum_lies_beside_the_package_in_a_checkout(monkeypatch, tmp_path):
    assert source.root().name == "curriculum"
    monkeypatch.setattr(source, "SHIPPED", tmp_path)
    assert source.root() == tmp_path
