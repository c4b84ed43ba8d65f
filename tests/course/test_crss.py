"""The training of recovery support specialists: its plan in full, what of it is written, and that Studio keeps it as it is."""

import io
import json
import re
import tarfile
from collections import Counter
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from peer_xblocks.course import build, source
from peer_xblocks.course.check import report
from peer_xblocks.course.mode import Mode
from peer_xblocks.language import flags

NAME = "crss"
KEY = "course-v1:Test+CRSS+2026-11"
START = date(2026, 11, 2)
PLAN = json.loads((Path(__file__).parent / "plan.json").read_text(encoding="utf-8"))
PLANNED = {each["id"]: each for each in PLAN["core"] + PLAN["CRSS"]}
WRITTEN = {"C04"}
INSTALLED = {each.name for each in entry_points(group="xblock.v1")}


@pytest.fixture(scope="module")
def checked():
    return report(source.find(NAME), "tracks/crss")


@pytest.fixture(scope="module")
def modules(checked):
    return {part.module.settings["module_id"]: part for part in checked.course.modules}


def test_there_is_nothing_to_mend(checked):
    assert checked.problems == ()


# -- the plan ----------------------------------------------------------------------------------------------------


def test_it_has_the_18_shared_modules_and_the_5_of_its_track(modules):
    assert set(modules) == set(PLANNED)
    assert len(modules) == 23


def test_it_plans_2400_minutes_of_which_480_are_self_paced(checked):
    live, alone = (sum(getattr(each, name) for each in checked.figures) // 600 for name in ("live", "planned"))
    assert (live, alone) == (1920, 480)


@pytest.mark.parametrize("name", PLANNED)
def test_each_module_says_what_the_plan_says(modules, name):
    planned, part = PLANNED[name], modules[name]
    said = part.module.settings
    assert (int(said["live_minutes"]), int(said["self_minutes"])) == (planned["live"], planned["self"])
    assert planned["live"] + planned["self"] == planned["minutes"]
    assert part.title == said["display_name"] == planned["title"]
    assert said["competencies"] == f"SAMHSA core competencies {planned['samhsa'].replace('-', '–')}"
    objectives = " ".join(each.strip().capitalize() for each in planned["objectives"].split(";"))
    assert said["objectives"].casefold() == objectives.casefold()


def test_shared_modules_are_written_once_and_belong_to_no_track(modules):
    shared = [name for name, part in modules.items() if part.where.startswith("../../core/")]
    assert shared == [each["id"] for each in PLAN["core"][:16]] + ["C17", "C18"]


def test_ids_are_used_once_in_the_whole_course(checked):
    blocks = Counter((block.kind, block.id) for block in checked.course.blocks())
    units = Counter(unit.id for unit in checked.course.units())
    items = Counter(item.id for block in checked.course.blocks() for item in block.items)
    assert not [name for found in (blocks, units, items) for name, often in found.items() if often > 1]


def test_every_source_that_is_listed_is_cited(checked):
    marks = [mark for block in checked.course.blocks() if block.page for mark in block.page.all("footnote")]
    assert {mark.value.split("#")[0] for mark in marks} == set(checked.course.sources)


# -- what is written, and what is an outline ---------------------------------------------------------------------


def test_every_module_is_written_or_says_that_it_is_an_outline(checked):
    assert {each.module for each in checked.figures if not each.outline} == WRITTEN


def test_an_outline_is_one_page_on_which_no_time_counts(modules):
    for name in set(modules) - WRITTEN:
        (unit,) = modules[name].units
        assert [block.kind for block in unit.blocks] == ["peer_module"]
        assert modules[name].live == {unit.id}


def test_what_is_written_is_the_sum_of_the_written_modules_alone(checked):
    assert sum(each.led + each.written for each in checked.figures) // 600 == PLANNED["C04"]["minutes"]


# -- the end of the course ---------------------------------------------------------------------------------------


def test_it_ends_with_story_exam_and_record(checked):
    last = [block for part in checked.course.parts[-3:] for block in part.blocks if block.kind != "html"]
    assert [block.kind for block in last] == ["peer_story", "peer_exam", "peer_progress"]
    assert last[1].settings["exam"] == "crss-demo"
    assert (last[2].settings["completes"], last[2].settings["track"]) == ("track", "CRSS")


# -- the archive -------------------------------------------------------------------------------------------------


def unpacked(packed: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def test_the_archive_holds_the_shared_modules_and_no_notes_of_ours():
    files = unpacked(build.archive(NAME, START))
    assert {"course/sequential/c04.xml", "course/sequential/s1.xml", "course/static/c04-role.html"} <= set(files)
    assert not [name for name in files if name.endswith(".toml")]


@pytest.mark.parametrize("mode", Mode)
def test_twice_built_gives_the_same_bytes(mode):
    assert build.archive(NAME, START, mode=mode) == build.archive(NAME, START, mode=mode)


def test_in_person_every_minute_is_live():
    files = unpacked(build.archive(NAME, START, mode=Mode.IN_PERSON))
    found = "".join(data.decode() for name, data in files.items() if name.startswith("course/vertical/"))
    live, alone = ([int(each) for each in re.findall(rf'{name}_minutes="(\d+)"', found)] for name in ("live", "self"))
    assert (sum(live), sum(alone), len(live)) == (2400, 0, 23)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", Mode)
def test_studio_imports_exports_and_imports_it_without_a_difference(lms, checked, mode):
    left_out = lms.import_(build.archive(NAME, START, mode=mode), KEY)
    strange = [block.kind for block in checked.course.blocks() if block.kind not in INSTALLED | {"html"}]
    assert [sentence.split()[0] for sentence in left_out] == strange
    first = lms.export(KEY)
    assert lms.import_(first, KEY) == []
    assert lms.export(KEY) == first


@pytest.mark.django_db
@pytest.mark.parametrize("mode", Mode)
def test_what_studio_exports_is_proved_like_the_source(lms, checked, tmp_path, mode):
    lms.import_(build.archive(NAME, START, mode=mode), KEY)
    with tarfile.open(fileobj=io.BytesIO(lms.export(KEY))) as tar:
        tar.extractall(tmp_path, filter="data")
    found = report(tmp_path / "course").figures
    assert [(each.total, each.shown, each.outline) for each in found] == [
        (each.total, each.shown, each.outline) for each in checked.figures
    ]
    assert sum(each.led + each.written for each in found) == sum(each.led + each.written for each in checked.figures)
    assert all(each.holds and each.adds_up for each in found if not each.outline)


# -- wording -----------------------------------------------------------------------------------------------------


def test_titles_and_objectives_name_nobody_by_a_condition(checked):
    said = [part.title for part in checked.course.parts] + [unit.title for unit in checked.course.units()]
    said += [block.settings.get("objectives", "") for block in checked.course.blocks()]
    assert [flag.term for text in said for flag in flags(text) if flag.level != "information"] == []
