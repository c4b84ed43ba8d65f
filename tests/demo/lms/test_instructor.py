"""What staff do about a learner's work (xblock_anchors §5 item 5, lms_checked Q8)."""

from __future__ import annotations

import pytest
from opaque_keys.edx.keys import UsageKey

from peer_xblocks.demo.lms import access, instructor
from peer_xblocks.demo.models import State
from peer_xblocks.refusal import Refusal
from tests.demo.lms import probes


def test_delete_state_calls_the_hook_with_names_on_an_unbound_block(room):
    """Q8: keywords only, anonymous ids, text keys."""
    clearing = room.add("clearing")
    room.lms.post(clearing, "bump", {}, room.ann)
    room.lms.delete_state(clearing, room.ann, room.tom)
    assert probes.cleared == [
        {
            "bound": None,
            "user_id": access.anonymous_id(room.ann.id, room.course),
            "course_id": room.course,
            "item_id": clearing,
            "requesting_user_id": access.anonymous_id(room.tom.id, room.course),
        }
    ]
    assert room.lms.state(clearing, room.ann) is None


def test_the_hook_runs_even_where_no_row_is_found(room):
    """Q8: our data is deleted and the instructor still reads "Module does not exist."."""
    clearing = room.add("clearing")
    with pytest.raises(Refusal, match="Module does not exist."):
        room.lms.delete_state(clearing, room.ann, room.tom)
    assert len(probes.cleared) == 1


def test_children_are_cleared_first(room):
    """Q8: also where the container has no row of its own."""
    box = room.lms.add_olx(room.unit, '<box url_name="b"><clearing url_name="c1"/><clearing url_name="c2"/></box>')
    with pytest.raises(Refusal):
        room.lms.delete_state(box, room.ann, room.tom)
    assert [UsageKey.from_string(each["item_id"]).block_id for each in probes.cleared] == ["c1", "c2"]


@pytest.mark.parametrize(("kind", "after"), [("marked", None), ("clearing", (1, 1))])
def test_a_block_with_the_hook_resets_its_own_grade(room, kind, after):
    """Q8, item 8: where the hook exists the platform leaves the grade."""
    block = room.add(kind)
    room.lms.post(block, "publish", {"kind": "grade", "event": {"value": 1, "max_value": 1}}, room.ann)
    room.lms.delete_state(block, room.ann, room.tom)
    assert room.lms.grade(block, room.ann) == after


def test_custom_completion_is_not_reset(room):
    """Q8: the row stays at 1.0."""
    custom = room.add("custom")
    room.lms.post(custom, "emit", 1.0, room.ann)
    room.lms.post(custom, "bump", {}, room.ann)
    room.lms.delete_state(custom, room.ann, room.tom)
    assert room.lms.completion(custom, room.ann) == 1.0


def test_other_completion_is_reset(room):
    marked = room.add("marked")
    room.lms.post(marked, "publish", {"kind": "grade", "event": {"value": 1, "max_value": 1}}, room.ann)
    room.lms.delete_state(marked, room.ann, room.tom)
    assert room.lms.completion(marked, room.ann) == 0.0


def test_reset_attempts_changes_the_stored_object_and_calls_nothing(room):
    """Q8."""
    marked = room.add("marked")
    room.lms.post(marked, "set", {"attempts": 3, "count": 2}, room.ann)
    room.lms.reset_attempts(marked, room.ann)
    assert room.lms.state(marked, room.ann) == {
        "attempts": 0,
        "count": 2,
        "score_history": [],
        "correct_map_history": [],
        "student_answers_history": [],
    }


def test_reset_attempts_needs_a_row(room):
    with pytest.raises(Refusal, match="Module does not exist."):
        room.lms.reset_attempts(room.add("marked"), room.ann)


def test_reset_for_all_passes_over_states_without_attempts(room):
    """Q8: rows whose state lacks `attempts` > 0 are skipped."""
    marked = room.add("marked")
    room.lms.post(marked, "set", {"attempts": 3}, room.ann)
    room.lms.post(marked, "set", {"count": 3}, room.tom)
    assert instructor.reset_attempts_of_all(UsageKey.from_string(marked)) == 1
    assert room.lms.state(marked, room.tom) == {"count": 3}


@pytest.mark.parametrize(
    ("bumps", "said", "graded"), [(None, "not attempted", None), (0, "skipped", None), (2, "succeeded", (1.0, 1.0))]
)
def test_rescore(room, bumps, said, graded):
    """Q8: without a row nothing is attempted; not submitted is skipped."""
    marked = room.add("marked")
    if bumps is not None:
        room.lms.post(marked, "set", {"count": bumps, "other": 1}, room.ann)
    assert room.lms.rescore(marked, room.ann) == said
    assert room.lms.grade(marked, room.ann) == graded


def test_a_rescore_may_only_raise(room):
    marked = room.add("marked")
    room.lms.post(marked, "set", {"count": 1}, room.ann)
    room.lms.override(marked, room.ann, 1)
    room.lms.rescore(marked, room.ann, only_if_higher=True)
    assert room.lms.grade(marked, room.ann) == (1, 1)


def test_a_block_without_a_score_cannot_be_rescored_or_set(room):
    probe = room.add()
    room.lms.post(probe, "bump", {}, room.ann)
    with pytest.raises(Refusal):
        room.lms.rescore(probe, room.ann)
    with pytest.raises(Refusal):
        room.lms.override(probe, room.ann, 1)


def test_an_override_works_without_a_row(room):
    """Q8: it creates one."""
    marked = room.add("marked")
    assert room.lms.override(marked, room.ann, 0.0) == "succeeded"
    assert room.lms.grade(marked, room.ann) == (0.0, 1)
    assert room.lms.state(marked, room.ann) == {"earned": 0.0}


@pytest.mark.parametrize("score", [-0.1, 1.7])
def test_an_override_outside_the_bounds_is_refused(room, score):
    """Q8: 400 "Scores must be between 0 and the value of the problem."."""
    with pytest.raises(Refusal, match="Scores must be between 0 and the value of the problem."):
        room.lms.override(room.add("marked"), room.ann, score)


def test_an_override_divides_both_numbers_by_the_weight(room, monkeypatch):
    """Q8: at weight 2 and `max_score()` 1 a block gets (0.4, 0.5) for 0.8."""
    given = []
    monkeypatch.setattr(probes.Marked, "weight", 2)
    monkeypatch.setattr(probes.Marked, "set_score", lambda self, score: given.append(tuple(score)))
    room.lms.override(room.add("marked"), room.ann, 0.8)
    assert given[0] == (0.4, 0.5)


def test_an_override_without_publish_grade_leaves_an_empty_row(room, monkeypatch):
    """Q8: task FAILURE AttributeError, a row with no state is left."""
    monkeypatch.delattr(probes.Marked, "publish_grade")
    marked = room.add("marked")
    with pytest.raises(AttributeError, match="publish_grade"):
        room.lms.override(marked, room.ann, 0.8)
    row = State.objects.get(user_id=room.ann.id, usage=marked)
    assert (row.type, row.state) == ("", None)


def test_the_response_report_asks_the_unbound_block(room):
    """xblock_anchors §5 item 5: (username, dict) pairs in column order."""
    marked, probe = room.add("marked"), room.add()
    for usage in (marked, probe):
        room.lms.post(usage, "bump", {}, room.ann)
    assert room.lms.report(marked) == [{"username": "ann", "Bumps": 1}]
    assert room.lms.report(probe) == [{"username": "ann", "count": 1}]
