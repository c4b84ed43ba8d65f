"""What happens to what blocks publish (xblock_anchors §5 item 2, lms_checked Q4, Q8)."""

from __future__ import annotations

import pytest


def publish(room, usage, kind, event, **how):
    """Publishes from a handler of the learner."""
    return room.lms.post(usage, "publish", {"kind": kind, "event": event}, room.ann, **how)


def test_a_grade_is_recorded_and_completes(room):
    """lms_checked Q4: without custom completion any grade completes with 1.0, even a low one."""
    probe = room.add()
    assert publish(room, probe, "grade", {"value": 0.4, "max_value": 1}).status_code == 200
    assert room.lms.grade(probe, room.ann) == (0.4, 1)
    assert room.lms.completion(probe, room.ann) == 1.0


def test_a_grade_leaves_custom_completion_alone(room):
    """lms_checked Q4: the row is absent."""
    custom = room.add("custom")
    publish(room, custom, "grade", {"value": 1, "max_value": 1})
    assert room.lms.grade(custom, room.ann) == (1, 1)
    assert room.lms.completion(custom, room.ann) is None


def test_a_grade_calls_set_score_back(room):
    """lms_checked Q8: in the learner's own handler, for every scorable block."""
    marked = room.add("marked")
    publish(room, marked, "grade", {"value": 1, "max_value": 1})
    assert room.lms.state(marked, room.ann) == {"earned": 1}


def test_a_grade_makes_a_state_row(room):
    """lms_checked Q8: staff tools find the learner after a grade."""
    probe = room.add()
    publish(room, probe, "grade", {"value": 0, "max_value": 1})
    assert room.lms.state(probe, room.ann) == {}


@pytest.mark.parametrize(("second", "kept"), [(0.3, 0.5), (0.5, 0.5), (0.8, 0.8)])
def test_only_if_higher_keeps_the_better_grade(room, second, kept):
    probe = room.add()
    publish(room, probe, "grade", {"value": 0.5, "max_value": 1})
    publish(room, probe, "grade", {"value": second, "max_value": 1, "only_if_higher": True})
    assert room.lms.grade(probe, room.ann)[0] == kept


def test_completion_may_go_down_again(room):
    """lms_checked Q4: 0.25 after 1.0 was stored."""
    custom = room.add("custom")
    for value in (0.5, 1.0, 0.25):
        publish(room, custom, "completion", {"completion": value})
    assert room.lms.completion(custom, room.ann) == 0.25


@pytest.mark.parametrize("value", [1.5, -0.1])
def test_completion_outside_its_bounds_is_an_error(room, value):
    """lms_checked Q4: 500, "must be between 0.0 and 1.0"."""
    custom = room.add("custom")
    assert publish(room, custom, "completion", {"completion": value}).status_code == 500
    assert room.lms.completion(custom, room.ann) is None


@pytest.mark.parametrize(("kind", "completion"), [("probe", 1.0), ("custom", None)])
def test_the_old_progress_event_completes_only_where_completion_is_not_custom(room, kind, completion):
    """xblock_anchors §5 item 2, lms_checked Q4: with custom completion nothing happens."""
    block = room.add(kind)
    assert publish(room, block, "progress", {}).status_code == 200
    assert room.lms.completion(block, room.ann) == completion


def test_anything_else_goes_to_the_tracking_log(room, caplog):
    caplog.set_level("INFO", "peer_demo.tracking")
    publish(room, room.add(), "peer.something", {"a": 1})
    assert "peer.something" in caplog.text
    assert [each["name"] for each in room.lms.events] == ["peer.something"]


@pytest.mark.parametrize(
    ("kind", "event"), [("grade", {"value": 1, "max_value": 1}), ("completion", {"completion": 1.0})]
)
def test_what_staff_do_as_a_learner_is_dropped_to_the_log(room, kind, event):
    """lms_checked Q4: masquerading as a specific learner, user state and publishes vanish."""
    marked = room.add("marked")
    assert publish(room, marked, kind, event, acting=room.tom).status_code == 200
    assert room.lms.grade(marked, room.ann) is None
    assert room.lms.completion(marked, room.ann) is None
    assert (room.lms.grades, room.lms.completions) == ([], [])
    assert [each["name"] for each in room.lms.events] == [kind]


def test_nobody_publishes_from_an_unbound_block(room):
    """lms_checked item 1: in the LMS it would be another learner's grade; here it is an error."""
    block = room.lms.block(room.add())
    with pytest.raises(RuntimeError, match="bound to nobody"):
        block.runtime.publish(block, "grade", {"value": 1, "max_value": 1})


def test_studio_takes_no_publishes(room):
    """lms_checked Q5: there is no publish in Studio."""
    probe = room.add()
    answer = room.lms.studio_post(probe, "publish", {"kind": "grade", "event": {"value": 1, "max_value": 1}}, room.eve)
    assert answer.status_code == 200
    assert room.lms.grades == []


def test_a_stranger_publishes_nothing(room):
    """xblock_anchors §5 item 3: strangers may only GET, and have no grade."""
    assert publish(room, probe := room.add(), "grade", {"value": 1, "max_value": 1}).status_code == 200
    room.lms.grades.clear()
    answer = room.lms.post(probe, "publish", {"kind": "grade", "event": {"value": 1, "max_value": 1}})
    assert answer.status_code == 403
    assert room.lms.grades == []


def test_a_container_grades_for_its_child(room):
    """lms_checked Q4: publishing for a child from the container works."""
    box = room.lms.add_olx(room.unit, '<box url_name="b"><probe url_name="p"/></box>')
    block = room.lms.block(box, room.ann)
    child = block.get_children()[0]
    block.runtime.publish(child, "grade", {"value": 1, "max_value": 2})
    assert room.lms.grade(str(child.usage_key), room.ann) == (1, 2)
