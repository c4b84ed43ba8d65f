"""User state as the platform keeps it (xblock_anchors §5 item 4, lms_checked Q3)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from xblock.exceptions import InvalidScopeError

from peer_xblocks.demo.models import SharedField


def test_one_json_object_per_learner_and_block(room):
    probe = room.add()
    room.lms.post(probe, "set", {"count": 3, "other": 4}, room.ann)
    room.lms.post(probe, "bump", {}, room.tom)
    assert room.lms.state(probe, room.ann) == {"count": 3, "other": 4}
    assert room.lms.state(probe, room.tom) == {"count": 1}


def test_only_changed_fields_are_written(room):
    """xblock_anchors §5 item 4: `set_many` overlays; what another tab wrote into other fields stays."""
    probe = room.add()
    one, two = room.lms.block(probe, room.ann), room.lms.block(probe, room.ann)
    assert (one.count, two.other) == (0, 0)
    one.count, two.other = 7, 8
    one.save()
    two.save()
    assert room.lms.state(probe, room.ann) == {"count": 7, "other": 8}


def test_two_tabs_lose_an_update(room):
    """lms_checked item 3: user state has no lock, 129 of 200 were lost; ours belongs in locked rows."""
    probe = room.add()
    one, two = room.lms.block(probe, room.ann), room.lms.block(probe, room.ann)
    one.count += 1
    two.count += 1
    one.save()
    two.save()
    assert room.lms.state(probe, room.ann) == {"count": 1}


def test_a_handler_that_changes_no_field_makes_no_row(room):
    """lms_checked Q8: nor does a completion publish."""
    custom = room.add("custom")
    room.lms.post(custom, "attributes", {}, room.ann)
    room.lms.post(custom, "emit", 1.0, room.ann)
    assert room.lms.state(custom, room.ann) is None


def test_rendering_makes_no_row(room):
    probe = room.add()
    room.lms.render(probe, room.ann)
    assert room.lms.state(probe, room.ann) is None


def test_author_fields_are_read_only_for_learners(room):
    """xblock_anchors §5 item 4: content and settings cannot be written in the LMS."""
    probe = room.add(content="kept")
    assert room.lms.post(probe, "set", {"content": "gone"}, room.ann).status_code == 500
    assert room.lms.block(probe, room.ann).content == "kept"


def test_an_unbound_block_has_defaults_and_takes_no_state(room):
    """xblock_anchors §5 item 5: staff hooks run on unbound blocks."""
    probe = room.add()
    room.lms.post(probe, "bump", {}, room.ann)
    block = room.lms.block(probe)
    assert (block.scope_ids.user_id, block.count) == (None, 0)
    block.count = 5
    with pytest.raises(InvalidScopeError):
        block.save()


def test_other_user_scopes_are_kept_apart(room):
    first, second = room.add(), room.add()
    room.lms.post(first, "set", {"total": 5, "taste": "salt"}, room.ann)
    assert room.lms.block(first, room.tom).total == 5
    assert room.lms.block(second, room.ann).total == 0
    assert room.lms.block(second, room.ann).taste == "salt"
    assert room.lms.block(second, room.tom).taste == ""
    assert room.lms.state(first, room.ann) is None
    assert SharedField.objects.count() == 2


def test_a_field_can_be_forgotten(room):
    probe = room.add()
    room.lms.post(probe, "set", {"count": 3, "taste": "salt"}, room.ann)
    block = room.lms.block(probe, room.ann)
    del block.count, block.taste
    block.save()
    again = room.lms.block(probe, room.ann)
    assert (again.count, again.taste) == (0, "")
    assert room.lms.state(probe, room.ann) == {}


def test_a_stranger_leaves_nothing(room):
    block = room.lms.fragment(room.add())
    assert "Probe of None" in block.body_html()


def test_the_state_of_everything_below_is_read_at_once(room):
    """lms_checked design note: the LMS loads the state of every descendant; queries do not grow with children."""

    def reads():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            block = room.lms.block(room.unit, room.ann)
            [child.count for child in block.get_children()]
        return len([each for each in caught if "peer_demo_state" in each["sql"]])

    room.add()
    first = reads()
    for _ in range(5):
        room.add()
    assert reads() == first == 1
