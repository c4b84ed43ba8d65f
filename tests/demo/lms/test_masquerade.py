"""Staff who view a course as a learner (lms_checked item 4, Q4)."""

from __future__ import annotations

import pytest

from peer_xblocks.compat import platform
from peer_xblocks.demo.lms import acting, masquerade
from peer_xblocks.demo.lms.handlers import lms_visit, usage_key


@pytest.fixture
def asked(room, rf):
    """A request of staff, with what their session holds."""

    def ask(**wish):
        request = rf.get("/")
        request.user, request.session = room.tom, {}
        masquerade.view_as(request.session, room.course, **wish)
        return request

    return ask


def test_blocks_are_bound_to_the_learner_while_staff_stay_the_acting_user(room, asked):
    """lms_checked Q4: crum names the staff member, `scope_ids` the learner; the user service's user has `real_user`."""
    request = asked(username="ann")
    with acting.answering(request):
        visit = lms_visit(request, usage_key(room.unit))
        assert visit.masked
        assert visit.user_id == room.ann.id
        assert visit.user.real_user == room.tom
        assert platform().acting_user() == room.tom.id


def test_as_a_student_without_a_name_staff_lose_their_staff_flag_alone(room, asked):
    """lms_checked Q4: bound = staff, `user_is_staff` False, `user_is_global_staff` still True."""
    room.tom.is_staff = True
    request = asked(as_student=True)
    visit = lms_visit(request, usage_key(room.unit))
    assert not visit.masked
    assert visit.user_id == room.tom.id
    from peer_xblocks.demo.lms.services import Users

    told = Users(visit).get_current_user().opt_attrs
    assert told["edx-platform.user_is_staff"] is False
    assert told["edx-platform.user_is_global_staff"] is True


def test_user_state_is_discarded(room):
    """lms_checked Q4: the learner's row is as before."""
    probe = room.add()
    room.lms.post(probe, "bump", {}, room.ann)
    assert room.lms.post(probe, "bump", {}, room.ann, acting=room.tom).json() == {"count": 2}
    assert room.lms.state(probe, room.ann) == {"count": 1}
    assert room.lms.state(probe, room.tom) is None


def test_what_staff_tried_is_kept_in_their_session(room):
    probe = room.add()
    browser = room.lms.client(room.tom)
    session = browser.session
    masquerade.view_as(session, room.course, username="ann")
    session.save()
    url = f"/courses/{room.course}/xblock/{probe}/handler/bump"
    counts = [browser.post(url, "{}", content_type="application/json").json()["count"] for _ in range(2)]
    assert counts == [1, 2]
    assert room.lms.state(probe, room.ann) is None


def test_a_learner_borrows_nobodys_eyes(room, asked):
    request = asked(username="tom")
    request.user = room.ann
    assert lms_visit(request, usage_key(room.unit)).user == room.ann


def test_an_unknown_name_changes_nothing(room, asked):
    assert lms_visit(asked(username="nobody"), usage_key(room.unit)).user == room.tom


def test_it_ends_when_asked(room, asked):
    request = asked(username="ann")
    masquerade.view_as(request.session, room.course)
    assert lms_visit(request, usage_key(room.unit)).user == room.tom


def test_outside_a_request_nobody_acts():
    assert platform().acting_user() is None
