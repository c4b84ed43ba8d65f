"""What a page shows of a person besides credit, in one read."""

import pytest

from peer_xblocks.certification import completions, held
from peer_xblocks.certification.models import State

pytestmark = pytest.mark.django_db


def finish(desk):
    for module in ("M1", "M2"):
        desk.credit(module)
        desk.pass_(module)
    completions.evaluate(desk.learner(), desk.course)


def test_a_stranger_and_a_newcomer_have_nothing(desk):
    assert held.of(None, desk.course) == held.of(desk.ann.id, desk.course) == held.Held()


def test_all_of_it_is_one_query(desk, django_assert_num_queries):
    finish(desk)
    desk.give_name("Ana Díaz")
    with django_assert_num_queries(1):
        found = held.of(desk.ann.id, desk.course)
    assert (found.learner, found.name) == (desk.learner(), "Ana Díaz")
    assert found.report == held.Report(True, State.DUE, "", "")


def test_the_newest_version_of_a_report_is_the_one_that_is_told(desk):
    finish(desk)
    desk.reverse("M1")
    completions.evaluate(desk.learner(), desk.course)
    report = held.of(desk.ann.id, desk.course).report
    assert report is not None
    assert not report.stands


def test_a_report_of_another_course_or_person_is_not_theirs(desk):
    finish(desk)
    other = desk.lms.learner("ben", desk.course)
    desk.learner(other)
    assert held.of(other.id, desk.course).report is None
    assert held.of(desk.ann.id, "course-v1:Another+One+2026").report is None
