"""The demo begins with people who stand where they would stand after doing the work."""

import pytest
from django.contrib.auth import get_user_model

from peer_xblocks.certification.models import Outbox
from peer_xblocks.demo.models import CourseRole, Enrolment
from peer_xblocks.demo.site import personas, seed, standing
from peer_xblocks.demo.site.personas import Role
from peer_xblocks.exam import banks, officers
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner import learners
from peer_xblocks.story.models import Passage

pytestmark = pytest.mark.django_db


@pytest.fixture
def standings():
    seed.seed()
    users = {user.username: user.pk for user in get_user_model().objects.all()}
    where = {each.username: seed.COURSES[each.course] for each in personas.PERSONAS}
    return {name: standing.outline(where[name], str, users[name]) for name in users}


def test_everybody_stands_where_their_card_says(standings):
    said = {name: (each.counted_words, len(each.missing)) for name, each in standings.items()}
    assert said["renee"] == said["priya"] == ("0 min", 4)
    assert said["tomas"] == ("12 min", 4)
    assert said["marcus"] == ("58 min", 1)
    assert said["delia"] == ("1 h", 1)
    assert said["ruben"] == ("1 h", 0)
    assert standings["marcus"].missing[0].endswith("2 min more")
    assert "pass" in standings["delia"].missing[0]


def test_a_trainee_on_day_three_has_read_half_of_a_module_and_begun_a_story(standings):
    amara = standings["amara"]
    assert amara.counted_words == "4 h 22 min"
    assert sum(part.module.outline_only for part in amara.parts) == 22
    assert amara.next_words == "Go on" and amara.next.usage.endswith("c04-role")
    assert "Finish “Your ten-minute story”" in amara.missing
    mine = Passage.objects.filter(learner=learners.known(user("amara").pk))
    assert mine.count() == 2
    assert not any(word in each.sealed for each in mine for word in ("Amara", "bicycles"))


def test_a_trainee_who_is_ready_lacks_the_exam_alone(standings):
    wesley = standings["wesley"]
    assert wesley.counted_words == wesley.planned_words == "40 h"
    assert wesley.missing == ["Pass “The certification exam”"]


def test_the_demo_begins_with_both_banks_and_an_officer_who_has_no_role_in_a_course(standings):
    assert set(banks.newest()) == {"crss-draft", "crss-practice"}
    officer = user("bernice")
    assert officer.has_perm(officers.PERMISSION)
    assert not CourseRole.objects.filter(user_id=officer.pk).exists()
    assert not any(user(each.username).has_perm(officers.PERMISSION) for each in personas.of_role(Role.STAFF))


def test_learners_are_in_their_own_course_alone(standings):
    for persona in personas.of_role(Role.LEARNER):
        mine = Enrolment.objects.filter(user_id=user(persona.username).pk).values_list("course", flat=True)
        assert list(mine) == [seed.COURSES[persona.course]]


def user(name):
    return get_user_model().objects.get(username=name)


def test_only_who_did_everything_has_a_report_on_its_way(standings):
    rows = Outbox.objects.select_related("completion")
    assert [row.completion.course for row in rows] == [seed.COURSE]


def test_nobody_was_in_two_places_at_once(standings):
    spans = Entry.objects.filter(start__lt=2**40).order_by("learner", "start").values_list("learner", "start", "end")
    counted = [each for each in spans if each[1] < each[2]]
    for before, after in zip(counted, counted[1:], strict=False):
        assert before[0] != after[0] or before[2] <= after[1]
