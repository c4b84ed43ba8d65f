"""`peer-xblocks curriculum`: what it prints and how it answers."""

import pytest
from click.testing import CliRunner

from peer_xblocks.cli import main


def run(*args: str):
    return CliRunner().invoke(main, ["curriculum", *args])


@pytest.mark.parametrize("named", [(), ("ce/boundaries",), ("ce",)])
def test_check_prints_the_minutes_of_each_module_and_answers_0(named):
    said = run("check", *named)
    assert said.exit_code == 0, said.output
    assert "CE-BND-1" in said.output and "CE-BND-2" in said.output
    assert "ce/boundaries: sound." in said.output


def test_check_prints_each_problem_on_a_line_and_answers_1(copy):
    copy.edit("vertical/bnd1-why.xml", 'self_minutes="30"', 'self_minutes="60"')
    said = run("check", str(copy.folder))
    assert said.exit_code == 1
    line = next(line for line in said.output.splitlines() if "CE-BND-1 takes" in line)
    assert line.startswith("boundaries/sequential/bnd1.xml: ") and "self_minutes" in line
    assert "boundaries: 1 to mend." in said.output


@pytest.mark.parametrize(
    "args",
    [
        ("check", "nothing"),
        ("build", "nothing", "--start", "2026-11-02"),
        ("build", "ce/boundaries"),
        ("build", "ce/boundaries", "--start", "soon"),
        ("build", "ce/boundaries", "--start", "2026-11-02", "--run", "a b"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_2(args):
    assert run(*args).exit_code == 2


def test_list_names_every_course_with_its_minutes():
    said = run("list")
    assert said.exit_code == 0
    assert [line.split() for line in said.output.splitlines() if "ce/boundaries" in line] == [
        ["ce/boundaries", "Boundaries", "in", "peer", "support", "2", "60", "12"]
    ]


def test_build_writes_the_archive_and_says_where(tmp_path):
    path = tmp_path / "course.tar.gz"
    said = run("build", "ce/boundaries", "--start", "2026-11-02", "-o", str(path))
    assert said.exit_code == 0 and str(path) in said.output
    first = path.read_bytes()
    run("build", "ce/boundaries", "--start", "2026-11-02", "-o", str(path))
    assert path.read_bytes() == first


def test_build_names_the_file_after_course_and_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("build", "ce/boundaries", "--start", "2026-11-02").exit_code == 0
    assert (tmp_path / "ce-boundaries-2026-11.tar.gz").exists()


def test_a_course_with_problems_is_not_built(copy, tmp_path):
    copy.edit("html/bnd1-why.html", "<h2>A line, not a wall</h2>", "<h4>A line</h4>")
    path = tmp_path / "course.tar.gz"
    said = run("build", str(copy.folder), "--start", "2026-11-02", "-o", str(path))
    assert said.exit_code == 1 and "cannot stand here" in said.output
    assert not path.exists()


def test_check_tells_what_of_a_track_is_planned_what_is_written_and_names_each_outline():
    said = run("check", "crss")
    assert said.exit_code == 0, said.output
    assert "tracks/crss: planned: 2,400 minutes (1,920 live, 480 self-paced)" in said.output
    assert "tracks/crss: written: 120 minutes (105 live, 15 self-paced)" in said.output
    assert "22 of 23 modules, 2,280 minutes" in said.output
    assert "tracks/crss: outline only: C05 Connecting and listening" in said.output
    assert "outline only: C04" not in said.output


def test_build_takes_the_mode_of_the_cohort(tmp_path):
    paths = {mode: tmp_path / f"{mode}.tar.gz" for mode in ("virtual", "in-person")}
    for mode, path in paths.items():
        assert run("build", "crss", "--start", "2026-11-02", "--mode", mode, "-o", str(path)).exit_code == 0
    assert paths["virtual"].read_bytes() != paths["in-person"].read_bytes()
    assert run("build", "crss", "--start", "2026-11-02", "--mode", "by post").exit_code == 2


def test_the_archive_of_a_track_bears_its_short_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("build", "crss", "--start", "2026-11-02").exit_code == 0
    assert (tmp_path / "crss-2026-11.tar.gz").exists()
