"""Which services a block finds, and whose they are (xblock_anchors §5 item 1, lms_checked Q5)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from opaque_keys.edx.keys import UsageKey
from xblock.exceptions import NoSuchServiceError

from peer_xblocks.demo.lms.runtime import DemoRuntime
from peer_xblocks.demo.lms.visit import Place, Visit
from tests.demo.lms.probes import SERVICES

LMS = {"cache", "completion", "enrollments", "i18n", "publish", "replace_urls", "settings", "user", "user_state"}
STUDIO = {"cache", "i18n", "replace_urls", "settings", "studio_user_permissions", "user"}
OFFERED = {"learner": LMS, "stranger": LMS - {"completion"}, "preview": STUDIO, "studio": STUDIO}

LEARNER = {"user_is_staff": False, "user_is_global_staff": False, "user_role": "student", "is_authenticated": True}
ATTRIBUTES = {
    "learner": LEARNER,
    "staff": {**LEARNER, "user_is_staff": True, "user_role": "staff"},
    "preview": {**LEARNER, "user_role": "instructor", "anonymous_user_id": "student"},
    "studio": {**LEARNER, "anonymous_user_id": None},
}


@pytest.fixture
def alone(settings):
    """Services of one visit only, so that what is missing is really missing."""
    settings.PEER_DEMO = {"SHARED_SERVICES": False}


def block_in(room, place, usage):
    """The probe as it is seen from a place."""
    key = UsageKey.from_string(usage)
    visits = {
        "learner": (Place.LMS, room.ann, room.ann),
        "staff": (Place.LMS, room.tom, room.tom),
        "stranger": (Place.LMS, AnonymousUser(), None),
        "preview": (Place.PREVIEW, room.eve, room.eve),
        "studio": (Place.STUDIO, None, room.eve),
    }
    return DemoRuntime(Visit(visits[place][0], key.context_key, *visits[place][1:], root=key)).get_block(key)


@pytest.mark.parametrize("place", OFFERED)
def test_each_place_offers_what_the_platform_offers_there(room, alone, place):
    """lms_checked Q5: no completion for strangers; no completion, publish, enrollments, user_state in Studio."""
    block = block_in(room, place, room.add())
    assert {name for name in SERVICES if block.runtime.service(block, name) is not None} == OFFERED[place]


@pytest.mark.parametrize("place", ATTRIBUTES)
def test_the_user_service_tells_what_the_platform_tells(room, alone, place):
    """lms_checked Q5: in Studio even authors are no staff, and the role is "student" or "instructor"."""
    user = block_in(room, place, room.add()).runtime
    block = block_in(room, place, room.add())
    told = user.service(block, "user").get_current_user().opt_attrs
    assert {name: told[f"edx-platform.{name}"] for name in ATTRIBUTES[place]} == ATTRIBUTES[place]
    assert told["edx-platform.user_preferences"] == {}


def test_a_stranger_has_one_attribute(room, alone):
    """lms_checked Q5: everything but is_authenticated is absent."""
    block = block_in(room, "stranger", room.add())
    user = block.runtime.service(block, "user").get_current_user()
    assert user.opt_attrs == {"edx-platform.is_authenticated": False}


@pytest.mark.parametrize(
    ("place", "bound"), [("learner", "ann"), ("preview", "eve"), ("studio", None), ("stranger", None)]
)
def test_scope_ids_name_the_person(room, place, bound):
    """lms_checked Q5: `scope_ids.user_id` is an int, None for strangers and in Studio's handlers."""
    expected = getattr(room, bound).id if bound else None
    assert block_in(room, place, room.add()).scope_ids.user_id == expected


def test_an_undeclared_service_is_refused(room):
    """lms_checked Q5: refused even if it exists."""
    with pytest.raises(NoSuchServiceError):
        room.lms.render(room.add("undeclared"), room.ann)


def test_a_needed_service_that_is_missing_is_an_error(room):
    with pytest.raises(NoSuchServiceError):
        room.lms.render(room.add("needing"), room.ann)


@pytest.mark.parametrize("name", sorted(LMS))
def test_each_service_can_be_switched_off(room, name):
    probe = room.add()
    with room.lms.without(name):
        assert name not in room.lms.post(probe, "offered", {}, room.ann).json()
    assert name in room.lms.post(probe, "offered", {}, room.ann).json()


def test_services_are_shared_by_all_blocks_of_the_process(room):
    """lms_checked item 1: a block bound earlier finds the `user` service of whoever was served last."""
    probe = room.add()
    earlier = room.lms.block(probe, room.ann)
    room.lms.block(probe, room.tom)
    named = earlier.runtime.service(earlier, "user").get_current_user().opt_attrs["edx-platform.user_id"]
    assert (earlier.scope_ids.user_id, named) == (room.ann.id, room.tom.id)


def test_sharing_can_be_switched_off(room, alone):
    probe = room.add()
    earlier = room.lms.block(probe, room.ann)
    room.lms.block(probe, room.tom)
    named = earlier.runtime.service(earlier, "user").get_current_user().opt_attrs["edx-platform.user_id"]
    assert named == room.ann.id


def test_an_unbound_block_finds_the_services_of_the_last_learner(room):
    """lms_checked item 1: so nobody may take the learner from the `user` service there."""
    probe = room.add()
    room.lms.block(probe, room.ann)
    block = room.lms.block(probe)
    assert block.scope_ids.user_id is None
    assert block.runtime.service(block, "user").get_current_user().opt_attrs["edx-platform.user_id"] == room.ann.id


def test_people_are_found_by_their_anonymous_id(room):
    """lms_checked Q8: `get_user_by_anonymous_id` works on an unbound block."""
    block = room.lms.block(room.add(), room.ann)
    users = block.runtime.service(block, "user")
    name = users.get_current_user().opt_attrs["edx-platform.anonymous_user_id"]
    assert users.get_user_by_anonymous_id(name) == room.ann
    assert users.get_user_by_anonymous_id("nobody") is None


def test_only_staff_turn_a_name_into_an_anonymous_id(room):
    """xblock_anchors §5 item 1."""
    probe = room.add()
    for person, answered in ((room.ann, False), (room.tom, True)):
        block = room.lms.block(probe, person)
        assert bool(block.runtime.service(block, "user").get_anonymous_user_id("ann", room.course)) == answered


def test_enrolments_are_told_apart(room):
    block = room.lms.block(room.add(), room.ann)
    service = block.runtime.service(block, "enrollments")
    assert service.get_active_enrollments_by_course_and_user(room.course, room.ann).is_active
    assert service.get_active_enrollments_by_course_and_user(room.course, room.tom) is None
    assert [each.user_id for each in service.get_active_enrollments_by_course(room.course)] == [room.ann.id]


@pytest.mark.parametrize(("person", "may"), [("ann", False), ("tom", False), ("eve", True)])
def test_only_authors_may_write_in_studio(room, person, may):
    """lms_checked Q10: staff of the LMS alone may not."""
    key = UsageKey.from_string(room.add())
    block = DemoRuntime(Visit(Place.STUDIO, key.context_key, None, getattr(room, person), root=key)).get_block(key)
    assert block.runtime.service(block, "studio_user_permissions").can_write(key.context_key) is may
    assert block.runtime.service(block, "studio_user_permissions").can_read(key.context_key) is may


def test_settings_come_from_the_site(room, settings):
    settings.XBLOCK_SETTINGS = {"probe": {"theme": "calm"}}
    block = room.lms.block(room.add(), room.ann)
    assert block.runtime.service(block, "settings").get_settings_bucket(block) == {"theme": "calm"}


def test_portable_addresses_become_those_of_the_course(room):
    block = room.lms.block(room.add(), room.ann)
    service = block.runtime.service(block, "replace_urls")
    assert service.replace_urls('<img src="/static/a.png">') == (
        '<img src="/asset-v1:Test+CE1+2026+type@asset+block@a.png">'
    )
    assert service.replace_urls('<a href="/jump_to_id/x1">') == f'<a href="/courses/{room.course}/jump_to_id/x1">'
    assert service.replace_urls('<a href="/jump_to_id/x1">', static_replace_only=True) == '<a href="/jump_to_id/x1">'


def test_the_cache_keeps_values(room):
    block = room.lms.block(room.add(), room.ann)
    service = block.runtime.service(block, "cache")
    service.set("a", 1)
    assert service.get("a") == 1


def test_texts_keep_their_older_names(room):
    """xblock_anchors §4: XBlock 5.2 still calls `ugettext`."""
    block = room.lms.block(room.add(), room.ann)
    i18n = block.runtime.service(block, "i18n")
    assert i18n.ugettext("Quite unknown words") == "Quite unknown words"
    assert i18n.ungettext("one", "many", 2) == "many"
    assert i18n.get_javascript_i18n_catalog_url(block) is None


def test_staff_reports_read_the_state_of_others(room):
    probe = room.add()
    room.lms.post(probe, "bump", {}, room.ann)
    block = room.lms.block(probe, room.tom)
    service = block.runtime.service(block, "user_state")
    assert (
        service.get_state_as_dict("ann", probe) == service.get_state_as_dict("ann@example.com", probe) == {"count": 1}
    )
    assert service.get_state_as_dict("nobody", probe) == {}


def test_completion_is_read_by_key(room):
    """lms_checked Q1: `get_completions` answers 0.0 where there is no row."""
    seen, unseen = room.add("html"), room.add("html")
    room.lms.post(seen, "publish_completion", {"completion": 1.0}, room.ann)
    block = room.lms.block(room.add(), room.ann)
    service = block.runtime.service(block, "completion")
    keys = [UsageKey.from_string(each) for each in (seen, unseen)]
    assert service.get_completions(keys) == dict(zip(keys, (1.0, 0.0), strict=True))


def test_a_unit_is_complete_when_its_parts_are(room):
    """lms_checked Q4: False at 0.25, True at 1.0."""
    part = room.add("custom")
    unit = room.lms.block(room.unit, room.ann)
    service = unit.runtime.service(unit, "completion")
    answers = []
    for value in (0.25, 1.0):
        room.lms.post(part, "emit", value, room.ann)
        answers.append(service.vertical_is_complete(unit))
    assert answers == [False, True]


def test_old_names_are_offered_to_neighbours_alone(room):
    """Rule 7: `runtime.course_id`, `location` and their like exist for blocks of others, not for ours."""
    ours, theirs = room.lms.block(room.add(), room.ann), room.lms.block(room.add("done"), room.ann)
    for name in ("course_id", "user_is_staff", "anonymous_student_id", "get_real_user"):
        assert hasattr(theirs.runtime, name)
        with pytest.raises(AttributeError):
            getattr(ours.runtime, name)
    for name in ("location", "course_id", "category"):
        assert hasattr(theirs, name)
        assert not hasattr(ours, name)
    assert str(theirs.runtime.course_id) == str(theirs.course_id) == room.course
    assert theirs.runtime.user_is_staff is False
    assert theirs.runtime.get_real_user(theirs.runtime.anonymous_student_id) == room.ann
