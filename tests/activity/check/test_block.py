"""The check as a learner takes it: answers in, feedback out, nothing given away before."""

import json
import re

import pytest

from peer_xblocks.activity.check import tries
from peer_xblocks.activity.models import Mastery, Try
from peer_xblocks.learner import learners, signals
from tests.activity.check.made import data, item, items, reply, xml


def heard(signal):
    """What a signal says from here on."""
    said = []
    signal.connect(lambda **facts: said.append(facts), weak=False, dispatch_uid=id(said))
    return said


def given(stage, usage="", user=None):
    """What the script of a learner's page is given."""
    page = stage.lms.fragment(usage or stage.usage, user or stage.ann).content
    return json.loads(re.search(r'<script type="json/xblock-args"[^>]*>(.*?)</script>', page, re.DOTALL).group(1))


def state_of(stage, user=None, usage=""):
    return given(stage, usage, user)["state"]


def passes(stage, user=None):
    for each in stage.items[:2]:
        assert stage.answer(each, "a", user=user).status_code == 200


def test_a_right_answer_brings_its_feedback_the_reason_and_the_standing(stage):
    told = stage.answer(stage.items[0], "a").json()
    assert (told["right"], told["item"]) == (True, "q1")
    assert told["chosen"] == [{"text": "q1 choice a", "feedback": "q1 teaches a"}] or "q1 teaches a" in str(
        told["chosen"]
    )
    assert "q1 because" in told["rationale"]
    assert told["source"] == "q1 code"
    assert (told["standing"]["right"], told["standing"]["needed"]) == (1, 2)


def test_another_answer_teaches_about_the_choice_and_keeps_the_key(stage):
    told = json.dumps(stage.answer(stage.items[0], "b").json())
    assert "q1 teaches b" in told
    for kept in ("q1 teaches a", "q1 teaches c", "q1 because", "q1 code"):
        assert kept not in told


def test_the_next_round_asks_only_what_is_not_yet_right(stage):
    for each, choice in zip(stage.items, "abb", strict=True):
        stage.answer(each, choice)
    standing = state_of(stage)["standing"]
    assert (standing["open"], standing["again"], standing["right"]) == ([], ["q2", "q3"], 1)
    assert stage.answer(stage.items[1], "a").json()["standing"]["open"] == ["q3"]


def test_the_mark_completes_the_block_grades_it_and_tells_the_other_rooms(stage):
    said = heard(signals.check_passed)
    passes(stage)
    assert [each["completion"] for each in stage.lms.completions] == [1.0]
    assert [round(each["value"], 3) for each in stage.lms.grades] == [0.333, 0.667]
    learner = learners.known(stage.ann.id)
    assert [(each["learner"], each["course"], each["usage"]) for each in said] == [(learner, stage.course, stage.usage)]
    assert tries.passed(learner, stage.course)[stage.usage].score == pytest.approx(2 / 3)


def test_the_mark_is_recorded_once_and_a_better_share_raises_the_grade(stage):
    passes(stage)
    stage.answer(stage.items[2], "a")
    assert len(stage.lms.completions) == 1
    assert stage.lms.grades[-1]["value"] == 1.0
    assert Mastery.objects.count() == 1


def test_a_grade_is_published_only_when_it_rises(stage):
    stage.answer(stage.items[0], "b")
    stage.answer(stage.items[1], "b")
    stage.answer(stage.items[2], "b")
    assert [each["value"] for each in stage.lms.grades] == [0.0]


def test_several_right_answers_count_all_or_nothing(stage):
    several = item("m1", right="ac", kind="multiple")
    usage = stage.lms.add(stage.unit, "peer_check", items=data([several]))
    part = stage.lms.post(usage, "answer", reply(several, "a"), stage.ann).json()
    assert (part["right"], part["reason"][:20]) == (False, "1 more choice fits. ")
    assert stage.lms.post(usage, "answer", reply(several, "c", "a"), stage.ann).json()["right"] is True


def test_the_programmes_mark_is_used_where_the_check_has_none(stage):
    usage = stage.lms.add(stage.unit, "peer_check", items=data(items(10)))
    assert state_of(stage, usage=usage)["standing"]["needed"] == 8


def test_what_was_learned_can_be_read_again(stage):
    passes(stage)
    state = state_of(stage)
    assert [each["id"] for each in state["learned"]] == ["q1", "q2"]
    assert "q1 because" in state["learned"][0]["rationale"]
    assert [each["id"] for each in state["questions"]] == ["q3"]


def test_looking_writes_nothing(stage):
    assert stage.lms.post(stage.usage, "look", {}, stage.ann).json() == state_of(stage)
    assert learners.known(stage.ann.id) is None
    assert Try.objects.count() == 0


# -- nothing before the answer -------------------------------------------------------------------------------------


SECRETS = [f"{name} {word}" for name in ("q1", "q2", "q3") for word in ("teaches a", "teaches b", "because", "code")]


def everything_a_learner_gets(stage):
    block = stage.lms.block(stage.usage, stage.ann)
    return "\n".join(
        [
            stage.lms.render(stage.usage, stage.ann),
            stage.lms.render(stage.usage, None, "public_view"),
            json.dumps(given(stage)),
            json.dumps(stage.lms.post(stage.usage, "look", {}, stage.ann).json()),
            json.dumps(block.student_view_data()),
            json.dumps(block.index_dictionary()),
        ]
    )


def test_no_key_feedback_or_reason_leaves_before_the_answer(stage):
    shown = everything_a_learner_gets(stage)
    assert not [secret for secret in SECRETS if secret in shown]
    assert '"right": true' not in shown
    assert "q1 choice a" in shown


def test_an_answer_opens_its_own_question_and_no_other(stage):
    stage.answer(stage.items[0], "a")
    shown = everything_a_learner_gets(stage)
    assert [secret for secret in SECRETS if secret in shown] == ["q1 teaches a", "q1 because", "q1 code"]


def test_two_keys_look_the_same_from_outside(stage):
    other = stage.lms.add(
        stage.unit, "peer_check", mastery=0.6, items=data([item(f"q{n}", right="c") for n in (1, 2, 3)])
    )
    mine, theirs = (state_of(stage, usage=usage) for usage in (stage.usage, other))
    assert mine == theirs


def test_search_and_course_data_hold_title_and_kind_alone(stage):
    block = stage.lms.block(stage.usage, stage.ann)
    assert block.student_view_data() == {"display_name": "Boundaries", "kind": "Knowledge check"}
    assert "choice" not in json.dumps(block.index_dictionary())


# -- order and other people ----------------------------------------------------------------------------------------


def test_a_shuffled_check_keeps_its_order_for_one_learner_and_changes_it_between_learners(stage):
    usage = stage.lms.add(stage.unit, "peer_check", shuffle=True, items=data([item("q1", count=6)]))
    orders = set()
    for name in ("ann", "ben", "cam", "dee", "eli"):
        user = stage.lms.learner(name, stage.course)
        seen = [
            tuple(option["id"] for option in state_of(stage, user, usage)["questions"][0]["options"]) for _ in range(2)
        ]
        assert seen[0] == seen[1]
        assert sorted(seen[0]) == list("abcdef")
        orders.add(seen[0])
    assert len(orders) > 1


def test_the_page_key_differs_between_learners_and_names_nobody(stage):
    ben = stage.lms.learner("ben", stage.course)
    keys = [given(stage, user=user)["key"] for user in (stage.ann, ben, stage.ann)]
    assert keys[0] == keys[2] != keys[1]
    assert "ann" not in keys[0]


def test_two_learners_do_not_share_anything(stage):
    ben = stage.lms.learner("ben", stage.course)
    passes(stage)
    assert state_of(stage, ben)["standing"]["right"] == 0
    assert not tries.passed(learners.of(ben.id), stage.course)


def test_only_the_enrolled_learner_as_themselves_may_answer(stage):
    sent = reply(stage.items[0], "a")
    stranger, tom = stage.lms.user("stranger"), stage.lms.author("tom", stage.course)
    assert stage.lms.post(stage.usage, "answer", sent, None).status_code in (302, 401, 403)
    assert stage.lms.post(stage.usage, "answer", sent, stranger).status_code in (403, 404)
    assert stage.lms.post(stage.usage, "answer", sent, stage.ann, acting=tom).status_code == 409
    assert stage.lms.studio_post(stage.usage, "answer", sent, tom).status_code == 403
    assert Try.objects.count() == 0


def test_an_answer_is_a_post(stage):
    assert stage.lms.get(stage.usage, "answer", stage.ann).status_code == 405


@pytest.mark.parametrize("raw", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000, b'{"a":"' + b"x" * 600_000 + b'"}'])
def test_what_is_no_request_is_refused_with_a_sentence(stage, raw):
    response = stage.lms.post(stage.usage, "answer", None, stage.ann, raw=raw)
    assert response.status_code in (400, 413)
    assert response.json()["error"].endswith(".")


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> ]]> \u05e9\u05dc\u05d5\u05dd \U0001f331"


def test_hostile_words_of_an_author_are_shown_as_words(stage):
    each = item("q9")
    hostile = [{**data([each])[0], "stem": HOSTILE, "rationale": HOSTILE, "source": HOSTILE}]
    hostile[0]["options"] = [{**option, "text": HOSTILE, "feedback": HOSTILE} for option in hostile[0]["options"]]
    usage = stage.lms.add(stage.unit, "peer_check", display_name=HOSTILE, items=hostile)
    for view, user in (
        ("student_view", stage.ann),
        ("public_view", None),
        ("author_view", None),
        ("studio_view", None),
    ):
        body = stage.lms.fragment(usage, user, view).content
        assert "<script>alert" not in body
        assert "<img" not in body
    shown = state_of(stage, usage=usage)["questions"][0]
    assert "<script" not in shown["stem"] + shown["options"][0]["text"]


def test_hostile_words_of_a_learner_are_refused_or_kept_as_words(stage):
    for change in ({"item": HOSTILE}, {"chosen": [HOSTILE]}, {"client_id": HOSTILE}, {"digest": HOSTILE}):
        response = stage.send({**reply(stage.items[0], "a"), **change})
        assert response.status_code in (400, 404)
        assert "<" not in response.json()["error"]
    assert Try.objects.count() == 0


@pytest.mark.parametrize("service", ["user", "i18n", "completion", "enrollments", "settings", "replace_urls"])
def test_a_missing_service_is_normal(stage, service):
    with stage.lms.without(service):
        assert "peer-check" in stage.lms.render(stage.usage, stage.ann)
        assert stage.answer(stage.items[0], "a").status_code == 200


def test_without_javascript_the_page_says_what_to_do(stage):
    assert "<noscript>" in stage.lms.render(stage.usage, stage.ann)


def test_a_check_without_questions_says_so(stage):
    usage = stage.lms.add(stage.unit, "peer_check")
    state = state_of(stage, usage=usage)
    assert (state["questions"], state["standing"]["of"], state["standing"]["needed"]) == ([], 0, 0)


def test_it_can_be_read_from_olx(stage):
    usage = stage.lms.add_olx(stage.unit, xml(items(2), display_name="From a file", mastery="0.5"))
    assert stage.lms.post(usage, "answer", reply(items(2)[0], "a"), stage.ann).json()["standing"]["passed"] is True
