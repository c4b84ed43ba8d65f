"""What rooms ask of a platform, answered by the demo's."""

from __future__ import annotations

import inspect

import pytest
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.compat import Platform, platform
from peer_xblocks.demo.lms import store
from peer_xblocks.demo.lms.platform import DemoPlatform, bound
from peer_xblocks.demo.models import Enrolment


def test_it_answers_every_question_in_the_same_words():
    for name, asked in inspect.getmembers(Platform, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(getattr(DemoPlatform, name)) == inspect.signature(asked), name


def test_it_is_the_platform_of_this_site():
    assert isinstance(platform(), DemoPlatform)


def test_accounts(room):
    account = platform().account(room.ann.id)
    assert (account.username, account.name, account.email) == ("ann", "Ann Example", "ann@example.com")
    assert platform().account(999) is None
    assert set(platform().accounts([room.ann.id, room.tom.id, 999])) == {room.ann.id, room.tom.id}


def test_who_learns_and_who_teaches(room):
    asked = platform()
    assert (asked.enrolled(room.ann.id, room.course), asked.staff(room.ann.id, room.course)) == (True, False)
    assert (asked.enrolled(room.tom.id, room.course), asked.staff(room.tom.id, room.course)) == (False, True)
    assert not asked.staff(999, room.course)
    assert asked.learners(room.course) == [room.ann.id]
    Enrolment.objects.update(is_active=False)
    assert not asked.enrolled(room.ann.id, room.course)
    assert asked.learners(room.course) == []


def test_blocks_in_course_order_with_where_they_stand(room):
    second = room.lms.unit(room.course, "Module 2", "Later")
    late = room.lms.add(second, "probe", content="late")
    box = room.lms.add_olx(room.unit, '<box url_name="b"><probe url_name="p" content="early"/></box>')
    found = platform().blocks(room.course, ["probe"])
    assert [each.fields["content"] for each in found] == ["early", "late"]
    assert (found[1].usage, found[1].unit_title, found[1].subsection_title) == (late, "Later", "Module 2")
    assert found[0].unit == room.unit != box
    assert platform().blocks("course-v1:No+Such+Run", ["probe"]) == []


def test_a_request_asks_for_the_version_of_a_course_once_and_sees_what_it_wrote(room, django_assert_num_queries):
    room.add()
    platform().blocks(room.course, ["probe"])
    with store.once():
        with django_assert_num_queries(1):
            platform().blocks(room.course, ["probe"])
            platform().blocks(room.course, ["probe"])
        room.add()
        assert len(platform().blocks(room.course, ["probe"])) == 2
    room.add()
    assert len(platform().blocks(room.course, ["probe"])) == 3


def test_blocks_cost_one_query_once_they_were_read(room, django_assert_num_queries):
    room.add()
    platform().blocks(room.course, ["probe"])
    with django_assert_num_queries(1):
        platform().blocks(room.course, ["probe"])


def test_a_change_in_studio_is_seen_at_once(room):
    probe = room.add(content="old")
    platform().blocks(room.course, ["probe"])
    room.lms.studio_post(probe, "set", {"content": "new"}, room.eve)
    assert platform().blocks(room.course, ["probe"])[0].fields["content"] == "new"


def test_the_title_of_a_course(room):
    assert platform().course_title(room.course) == "Test course"
    assert platform().course_title("course-v1:No+Such+Run") == "course-v1:No+Such+Run"


def test_a_grade_outside_any_request(room):
    """As the LMS takes a score for an unbound block: gradebook and row, no field of the block's own state."""
    marked = room.add("marked")
    platform().publish_for(room.ann.id, marked, 1, 1)
    assert room.lms.grade(marked, room.ann) == (1, 1)
    assert room.lms.state(marked, room.ann) == {}
    assert room.lms.grades == [{"user_id": room.ann.id, "usage": marked, "value": 1, "max_value": 1}]


def test_completion_outside_any_request(room):
    custom = room.add("custom")
    platform().complete(room.ann.id, custom, 0.5)
    assert room.lms.completion(custom, room.ann) == 0.5


def test_an_unknown_block_is_not_there(room):
    with pytest.raises(Exception, match="no such block"):
        bound(UsageKey.from_string("block-v1:Test+CE1+2026+type@probe+block@none"), room.ann)


def test_where_a_learner_opens_a_unit(room):
    assert platform().unit_url(room.course, room.unit) == f"/courses/{room.course}/jump_to/{room.unit}"
