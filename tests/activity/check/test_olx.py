"""A check in OLX: out, in and out again is the same, whatever people write; copies have ids of their own."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_xblocks.learner import learners
from tests.activity.check.made import data, item, xml
from tests.item.made import items, texts


def again(lms, course, key):
    """The course exported, imported as another run, and exported again."""
    first = lms.export(course)
    assert lms.import_(first, key) == []
    return first, lms.export(key)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(items(), min_size=1, max_size=3, unique_by=lambda each: each.id), texts.filter(bool))
def test_a_check_comes_back_byte_by_byte(stage, several, title):
    usage = stage.lms.add(stage.unit, "peer_check", display_name=title, items=data(several), shuffle=True)
    once, mine, other = stage.lms.olx(usage), usage.rpartition("@")[2], uuid.uuid4().hex
    back = stage.lms.add_olx(stage.unit, once.replace(f'url_name="{mine}"', f'url_name="{other}"'))
    assert stage.lms.olx(back).replace(other, mine) == once
    assert list(stage.lms.block(back).bank) == several


def test_a_course_with_a_check_is_exported_imported_and_exported_the_same(stage):
    key = "course-v1:Test+CE1+2027"
    first, second = again(stage.lms, stage.course, key)
    third = stage.lms.export(key)
    assert second == third
    usage = stage.usage.replace("2026", "2027")
    assert list(stage.lms.block(usage).bank) == stage.items


def test_questions_are_elements_that_people_can_read(stage):
    written = stage.lms.olx(stage.usage)
    assert '<item id="q1" kind="single" level="recall" domain="D4">' in written
    assert "<stem>What about q1?</stem>" in written
    assert "items=" not in written


def test_what_a_learner_did_is_never_exported(stage):
    stage.answer(stage.items[0], "a")
    written = stage.lms.olx(stage.usage)
    for private in ("record", "attempts", "earned", str(learners.known(stage.ann.id))):
        assert private not in written


@pytest.mark.parametrize("copy", ["duplicate", "paste"])
def test_a_copy_has_the_same_words_and_ids_of_its_own(stage, copy):
    made = stage.lms.duplicate(stage.usage) if copy == "duplicate" else stage.lms.paste(stage.usage, stage.unit)
    mine, theirs = stage.lms.block(stage.usage).bank, stage.lms.block(made).bank
    assert [each.renamed("") for each in mine] == [each.renamed("") for each in theirs]
    assert not {each.id for each in mine} & {each.id for each in theirs}
    assert all(len(each.id) == 8 for each in theirs)


def test_two_items_with_one_id_are_told_apart_the_same_each_time(stage):
    usage = stage.lms.add_olx(stage.unit, xml([item("x"), item("x"), item("x-2")]))
    assert [each.id for each in stage.lms.block(usage).bank] == ["x", "x-2", "x-2-2"]


def test_a_comment_between_items_is_no_item(stage):
    written = xml([item("x")]).replace("<item", "<!-- first week --><item")
    assert len(stage.lms.block(stage.lms.add_olx(stage.unit, written)).bank) == 1
