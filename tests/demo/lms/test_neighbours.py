"""Proof of faith: blocks of others, from the package index, work here as in the LMS."""

from __future__ import annotations

import pytest

from peer_xblocks.demo.lms.page import render_unit

DROP = {"val": 0, "zone": "top", "x_percent": "33%", "y_percent": "11%"}
DROPS = [(0, "top"), (1, "middle"), (2, "bottom")]


@pytest.mark.parametrize("kind", ["drag-and-drop-v2", "poll", "survey", "done"])
@pytest.mark.parametrize("view", ["student_view", "author_view", "studio_view"])
def test_every_view_renders(room, kind, view):
    shown = room.lms.render(room.add(kind), room.ann if view == "student_view" else room.eve, view)
    assert f'data-block-type="{kind}"' in shown


def test_a_unit_shows_them_together(room):
    for kind in ("drag-and-drop-v2", "poll", "done"):
        room.add(kind)
    page = render_unit(room.unit, room.ann)
    for start in ("DragAndDropBlock", "PollBlock", "DoneXBlock"):
        assert f'data-init="{start}"' in page.body


class TestDragAndDrop:
    @pytest.fixture
    def block(self, room):
        return room.add("drag-and-drop-v2")

    def test_a_drop_is_kept_and_graded(self, room, block):
        """lms_checked Q1, Q4: one of the items gives 0.4 of 1, and any grade completes the block."""
        answer = room.lms.post(block, "drop_item", DROP, room.ann)
        assert (answer.status_code, answer.json()["correct"]) == (200, True)
        kept = room.lms.block(block, room.ann).item_state["0"]
        assert (kept["zone"], kept["correct"]) == ("top", True)
        assert room.lms.grade(block, room.ann) == (0.4, 1)
        assert room.lms.completion(block, room.ann) == 1.0
        assert [each["name"] for each in room.lms.events] == ["progress", "edx.drag_and_drop_v2.item.dropped"]

    def test_all_drops_give_all_points(self, room, block):
        for number, zone in DROPS:
            room.lms.post(block, "drop_item", {**DROP, "val": number, "zone": zone}, room.ann)
        item = {**DROP, "val": 3, "zone": "top"}
        room.lms.post(block, "drop_item", item, room.ann)
        assert room.lms.grade(block, room.ann) == (1.0, 1)

    def test_staff_rescore_and_override_it(self, room, block):
        room.lms.post(block, "drop_item", DROP, room.ann)
        assert room.lms.override(block, room.ann, 0.7) == "succeeded"
        assert room.lms.grade(block, room.ann) == (0.7, 1)
        assert room.lms.rescore(block, room.ann) == "succeeded"
        assert room.lms.grade(block, room.ann) == (0.4, 1)

    def test_another_learner_starts_empty(self, room, block):
        room.lms.post(block, "drop_item", DROP, room.ann)
        assert room.lms.block(block, room.lms.learner("bob", room.course)).item_state == {}

    def test_what_staff_drop_as_the_learner_leaves_no_trace(self, room, block):
        assert room.lms.post(block, "drop_item", DROP, room.ann, acting=room.tom).status_code == 200
        assert room.lms.state(block, room.ann) is None
        assert room.lms.grade(block, room.ann) is None

    def test_a_wrong_zone_is_refused_in_its_own_words(self, room, block):
        assert room.lms.post(block, "drop_item", {**DROP, "zone": "none"}, room.ann).status_code == 400

    def test_state_deleted_by_staff_is_gone(self, room, block):
        room.lms.post(block, "drop_item", DROP, room.ann)
        room.lms.delete_state(block, room.ann, room.tom)
        assert room.lms.block(block, room.ann).item_state == {}
        assert room.lms.grade(block, room.ann) is None


class TestPoll:
    def test_a_vote_counts_and_completes(self, room):
        """Custom completion: the poll itself publishes 1.0."""
        poll = room.add("poll")
        answer = room.lms.post(poll, "vote", {"choice": "R"}, room.ann)
        assert answer.json()["success"]
        block = room.lms.block(poll, room.ann)
        assert (block.choice, block.tally["R"]) == ("R", 1)
        assert room.lms.completion(poll, room.ann) == 1.0
        assert room.lms.grade(poll, room.ann) is None

    def test_the_tally_is_everybodys(self, room):
        poll = room.add("poll")
        for person in (room.ann, room.lms.learner("bob", room.course)):
            room.lms.post(poll, "vote", {"choice": "R"}, person)
        assert room.lms.block(poll, room.tom).tally["R"] == 2

    def test_only_staff_may_take_the_results_away(self, room):
        """It asks `runtime.user_is_staff`."""
        poll = room.add("poll")
        assert room.lms.block(poll, room.ann).can_view_private_results() is False
        assert room.lms.block(poll, room.tom).can_view_private_results() is True

    def test_the_response_report_names_the_vote(self, room):
        poll = room.add("poll")
        room.lms.post(poll, "vote", {"choice": "R"}, room.ann)
        assert [line["username"] for line in room.lms.report(poll)] == ["ann"]

    def test_its_editor_saves(self, room):
        poll = room.add("poll")
        sent = {
            "display_name": "Which?",
            "question": "Which colour?",
            "feedback": "",
            "private_results": False,
            "max_submissions": 1,
            "answers": [{"key": "a", "label": "A", "img": "", "img_alt": ""}],
        }
        answer = room.lms.studio_post(poll, "studio_submit", sent, room.eve)
        assert answer.json()["success"], answer.content
        assert room.lms.block(poll, room.ann).question == "Which colour?"


class TestDone:
    @pytest.mark.parametrize(("done", "grade"), [(True, (1, 1)), (False, (0, 1))])
    def test_the_toggle_is_kept_graded_and_completes(self, room, done, grade):
        """lms_checked Q4: even grade 0 completes a block without custom completion."""
        block = room.add("done")
        assert room.lms.post(block, "toggle_button", {"done": done}, room.ann).json() == {"state": done}
        assert room.lms.block(block, room.ann).done is done
        assert room.lms.grade(block, room.ann) == grade
        assert room.lms.completion(block, room.ann) == 1.0

    def test_its_pictures_are_served(self, room):
        html = room.lms.render(room.add("done"), room.ann)
        assert "/xblock/resource/done/public/check-full.png" in html


@pytest.mark.parametrize("kind", ["drag-and-drop-v2", "poll", "done"])
def test_they_survive_export_and_import(room, kind):
    room.lms.add(room.unit, kind, block_id="x")
    first = room.lms.export(room.course)
    assert room.lms.import_(first, room.course) == []
    assert room.lms.export(room.course) == first
