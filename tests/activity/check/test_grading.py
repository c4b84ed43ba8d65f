"""The whole contract of a scored block, as instructor tools use it."""

from collections import OrderedDict
from types import SimpleNamespace

import pytest
from opaque_keys.edx.keys import UsageKey
from xblock.scorable import Score

from peer_xblocks.activity.check import tries
from peer_xblocks.activity.models import Mastery, Reversal, Try
from peer_xblocks.demo.lms import instructor
from peer_xblocks.learner import learners
from tests.activity.check.made import data, item
from tests.conformance.bench import completion_of


def block_of(stage, user=None):
    return stage.lms.block(stage.usage, user or stage.ann)


def test_the_contract_of_a_scored_block(stage):
    block = block_of(stage)
    assert (block.has_score, block.weight, block.max_score()) == (True, None, 1.0)
    assert block.has_custom_completion


def test_the_score_is_the_best_share(stage):
    assert not block_of(stage).has_submitted_answer()
    stage.answer(stage.items[0], "a")
    stage.answer(stage.items[1], "b")
    block = block_of(stage)
    assert block.has_submitted_answer()
    assert block.calculate_score() == Score(pytest.approx(1 / 3), 1.0)
    assert block.get_score() == block.calculate_score()


def test_rescoring_publishes_the_records_and_leaves_alone_who_handed_in_nothing(stage):
    block_of(stage).rescore(only_if_higher=False)
    assert stage.lms.grades == []
    stage.answer(stage.items[0], "a")
    block_of(stage).rescore(only_if_higher=True)
    assert (stage.lms.grades[-1]["value"], stage.lms.grades[-1]["only_if_higher"]) == (pytest.approx(1 / 3), True)


def test_an_override_publishes_the_pair_it_was_given(stage):
    block = block_of(stage)
    block.set_score(Score(0.4, 1.0))
    block.publish_grade()
    assert [(each["value"], each["max_value"]) for each in stage.lms.grades] == [(0.4, 1.0)]


def test_an_override_stands_until_the_learner_does_better(stage):
    stage.answer(stage.items[0], "a")
    block = block_of(stage)
    block.set_score(Score(0.5, 1.0))
    block.publish_grade()
    block.save()
    stage.answer(stage.items[1], "b")
    assert stage.lms.grades[-1]["value"] == 0.5
    stage.answer(stage.items[2], "a")
    assert stage.lms.grades[-1]["value"] == pytest.approx(2 / 3)


def test_attempts_count_rounds_and_can_be_reset(stage):
    for each in stage.items:
        stage.answer(each, "b")
    stage.answer(stage.items[0], "b")
    assert block_of(stage).attempts == 2
    instructor.reset_attempts(UsageKey.from_string(stage.usage), stage.ann)
    assert block_of(stage).attempts == 0
    assert stage.answer(stage.items[1], "a").status_code == 200


def test_deleting_state_takes_back_and_destroys_nothing(stage):
    for each in stage.items:
        stage.answer(each, "a")
    stage.lms.grades.clear()
    tom = stage.lms.author("tom", stage.course)
    instructor.delete_state(UsageKey.from_string(stage.usage), stage.ann, tom)
    learner = learners.known(stage.ann.id)
    assert tries.passed(learner, stage.course) == {}
    assert (Try.objects.count(), Mastery.objects.count()) == (3, 1)
    assert Reversal.objects.get().by == learners.known(tom.id)
    assert completion_of(stage.usage, stage.ann) == 0.0
    assert [(each["user_id"], each["value"]) for each in stage.lms.grades] == [(stage.ann.id, 0.0)]


def test_after_deleted_state_the_check_begins_anew_and_can_be_passed_again(stage):
    for _ in range(2):
        for each in stage.items:
            assert stage.answer(each, "a").json()["right"]
        assert block_of(stage).earned == 1.0
        assert stage.lms.completions[-1]["completion"] == 1.0
        instructor.delete_state(UsageKey.from_string(stage.usage), stage.ann, stage.lms.author("tom", stage.course))
        assert not block_of(stage).has_submitted_answer()


def test_the_response_report_has_readable_columns(stage):
    stage.answer(stage.items[0], "b")
    stage.answer(stage.items[1], "a")
    ben = stage.lms.learner("ben", stage.course)
    stage.answer(stage.items[0], "a", user=ben)
    states = [
        SimpleNamespace(username=user.username, state={"record": str(learners.known(user.id))})
        for user in (stage.ann, ben)
    ]
    states.append(SimpleNamespace(username="cam", state={}))
    rows = list(stage.lms.block(stage.usage).generate_report_data(states))
    assert [name for name, _ in rows] == ["ann", "ann", "ben"]
    assert rows[0][1] == OrderedDict(
        [
            ("Question", "What about q1?"),
            ("Answer", "q1 choice b"),
            ("Right", "not yet"),
            ("Round", "1"),
            ("Time (UTC)", "2026-03-02 15:00:00"),
        ]
    )
    assert len(list(stage.lms.block(stage.usage).generate_report_data(iter(states), limit=2))) == 2


def test_the_report_takes_as_many_queries_for_ten_learners_as_for_one(stage, django_assert_num_queries):
    states = []
    for number in range(10):
        user = stage.lms.learner(f"ann{number}", stage.course)
        stage.answer(stage.items[0], "a", user=user)
        states.append(SimpleNamespace(username=user.username, state={"record": str(learners.known(user.id))}))
    block = stage.lms.block(stage.usage)
    with django_assert_num_queries(1):
        assert len(list(block.generate_report_data(states))) == 10


def test_a_report_keeps_answers_to_questions_that_are_gone(stage):
    usage = stage.lms.add(stage.unit, "peer_check", items=data([item("other")]))
    stage.answer(stage.items[0], "b")
    Try.objects.filter(usage=stage.usage).update(usage=usage)
    states = [SimpleNamespace(username="ann", state={"record": str(learners.known(stage.ann.id))})]
    ((_, row),) = stage.lms.block(usage).generate_report_data(states)
    assert (row["Question"], row["Answer"]) == ("q1", "b")
