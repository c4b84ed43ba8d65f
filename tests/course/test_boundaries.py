"""The continuing-education course that ships: what it holds, how light it is, and that Studio takes and gives it unchanged."""

import io
import re
import tarfile
from datetime import date
from pathlib import Path

import pytest

from peer_xblocks.course import build, olx, source
from peer_xblocks.course.check import report

NAME = "ce/boundaries"
KEY, AGAIN = "course-v1:Test+CE-BND+2026-11", "course-v1:Test+CE-BND+2027-01"


@pytest.fixture(scope="module")
def outline():
    return olx.read(source.find(NAME))[0]


def test_it_is_one_hour_in_two_modules_of_thirty_minutes(outline):
    assert [part.module.settings["self_minutes"] for part in outline.modules] == ["30", "30"]
    assert [len(part.units) for part in outline.modules] == [6, 6]


def test_it_asks_twelve_questions_eight_of_them_vignettes(outline):
    levels = [item.level for part in outline.modules for item in part.items]
    assert [len(part.items) for part in outline.modules] == [6, 6]
    assert (levels.count("vignette"), levels.count("recall")) == (8, 4)


def test_the_right_answers_stand_in_every_place_equally(outline):
    places = [next(iter(item.key)) for part in outline.modules for item in part.items]
    assert {place: places.count(place) for place in places} == {"a": 4, "b": 4, "c": 4}


def test_no_question_asks_a_person_to_disclose_anything(outline):
    stems = [item.stem for part in outline.modules for item in part.items]
    assert not [
        stem for stem in stems if re.search(r"\byour (?:diagnosis|recovery date|medication|own trauma)\b", stem)
    ]


def test_it_reads_at_grade_6_to_8():
    assert all(6 <= each.grade <= 8 for each in report(source.find(NAME)).figures)


def test_all_its_pages_together_are_small(outline):
    pages = [block.page for block in outline.blocks() if block.page]
    assert sum(page.size for page in (*pages, *outline.handouts)) < 60_000


def test_it_completes_a_course_of_continuing_education_in_ethics(outline):
    (shown,) = [block for block in outline.blocks() if block.kind == "peer_progress"]
    assert (shown.settings["completes"], shown.settings["category"]) == ("ce", "ethics")
    assert shown.settings["provider"]


def test_every_source_that_is_listed_is_cited(outline):
    cited = {
        mark.value.split("#")[0] for block in outline.blocks() if block.page for mark in block.page.all("footnote")
    }
    assert cited == set(outline.sources)


@pytest.mark.django_db
def test_it_imports_exports_and_imports_again_without_a_difference(lms):
    assert lms.import_(build.archive(NAME, date(2026, 11, 2)), KEY) == []
    first = lms.export(KEY)
    assert lms.import_(first, KEY) == []
    assert lms.export(KEY) == first


@pytest.mark.django_db
def test_what_studio_exports_is_proved_like_the_source(lms, tmp_path):
    lms.import_(build.archive(NAME, date(2026, 11, 2)), KEY)
    with tarfile.open(fileobj=io.BytesIO(lms.export(KEY))) as tar:
        tar.extractall(tmp_path, filter="data")
    assert report(tmp_path / "course").figures == report(source.find(NAME)).figures


@pytest.mark.browser
def test_its_hand_out_prints_on_one_page(page):
    page_file = Path(source.find(NAME)) / "static" / "boundaries-handout.html"
    page.goto(page_file.as_uri())
    letter, a4 = (page.pdf(format=size, prefer_css_page_size=size == "Letter") for size in ("Letter", "A4"))
    assert [len(re.findall(rb"/Type\s*/Page\b", each)) for each in (letter, a4)] == [1, 1]
