"""The records of a story: kept once, never written over, deleted for good, read by their owner alone."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.learner import learners, signals
from peer_xblocks.story import stories
from peer_xblocks.story.models import Mark, Passage, Run
from tests.story.conftest import MARKER

pytestmark = pytest.mark.django_db


def texts(told, part="open"):
    return [each["text"] for each in told["parts"].get(part, [])]


def test_what_was_written_is_there_again(ann):
    assert ann.write("Good evening.").status_code == 200
    assert texts(ann.look()) == ["Good evening."]


def test_the_same_save_again_changes_nothing(ann):
    ann.write("Good evening.")
    ann.seq -= 1
    assert ann.write("Good evening.").json()["live"][0]["text"] == "Good evening."
    assert Passage.objects.count() == 1


def test_a_late_copy_of_an_older_save_does_not_come_back(ann):
    ann.write("old")
    ann.write("new")
    ann.seq -= 2
    ann.write("old")
    assert texts(ann.look()) == ["new"]


def test_who_goes_on_for_long_has_earlier_versions(ann, at):
    ann.write("first")
    at.forward(601)
    ann.write("second")
    at.forward(60)
    ann.write("third")
    assert texts(ann.look()) == ["third"]
    earlier = ann.ask("earlier", part="open").json()["versions"]
    assert [each["text"] for each in earlier] == ["first"]


def test_two_devices_on_one_part_keep_both(stage, ann):
    ann.write("on the phone")
    laptop = stage.writer()
    answer = laptop.write("on the laptop").json()
    assert [each["text"] for each in answer["live"]] == ["on the phone", "on the laptop"]
    assert texts(ann.look()) == ["on the phone", "on the laptop"]
    chosen = stage.writer()
    chosen.look()
    chosen.write("both")
    assert texts(ann.look()) == ["both"]
    assert {each["text"] for each in ann.ask("earlier", part="open").json()["versions"]} == {
        "on the phone",
        "on the laptop",
    }


def test_a_page_without_a_learner_yet_is_empty_and_writes_nothing(stage, ann):
    told = ann.look()
    assert (told["parts"], told["runs"], told["done"]) == ({}, [], None)
    assert told["pace"] == {"words": 125, "measured": False}
    assert learners.known(stage.ann.id) is None


def test_a_run_is_kept_once_and_tells_the_pace(ann):
    run = {"kind": "talk", "seconds": {"open": 60}, "words": {"open": 110}, "client_id": "r" * 16}
    for _ in range(2):
        told = ann.ask("rehearsed", **run).json()
    assert Run.objects.count() == 1
    assert told["pace"] == {"words": 110, "measured": True}
    assert [each["total"] for each in told["runs"]] == [60]


def test_deleting_removes_every_version_and_run_and_says_only_that_it_happened(stage, ann, at):
    ann.write(MARKER)
    at.forward(700)
    ann.write("newer")
    ann.ask("rehearsed", kind="talk", seconds={"open": 60}, words={"open": 110}, client_id="r" * 16)
    other = stage.writer(stage.lms.learner("ben", stage.course))
    other.write("Ben's own")
    assert ann.ask("delete_story").json() == {"deleted": True}
    assert ann.ask("delete_story").json() == {"deleted": True}
    assert list(Passage.objects.values_list("learner", flat=True)) == [learners.known(other.user.id)]
    assert Run.objects.count() == 0
    assert Mark.objects.get().what == "deleted"
    assert ann.look()["deleted"] is not None


def test_a_deleted_story_is_not_brought_back_by_a_page_that_knew_it(ann):
    ann.write("words")
    ann.ask("delete_story")
    refused = ann.write("words and more")
    assert refused.status_code == 409
    assert "You deleted this story" in refused.json()["error"]
    assert Passage.objects.count() == 0


def test_retirement_erases_words_and_runs_in_all_courses(stage, ann):
    ann.write("words")
    ann.ask("rehearsed", kind="talk", seconds={"open": 60}, words={"open": 110}, client_id="r" * 16)
    ann.ask("finish")
    learner = learners.known(stage.ann.id)
    stage.lms.retire(stage.ann)
    assert stories.erase(learner) == 0
    assert (Passage.objects.count(), Run.objects.count()) == (0, 0)
    assert list(stories.done(learner, stage.course)) == [stage.usage]


def test_certification_reads_what_is_done_and_since_when(stage, ann, at):
    told = []

    def hear(**facts):
        told.append(facts)

    signals.story_done.connect(hear)
    try:
        ann.write("words")
        before = datetime.fromtimestamp(at.now.timestamp(), UTC)
        assert ann.ask("finish").status_code == 200
        ann.ask("finish")
    finally:
        signals.story_done.disconnect(hear)
    learner = learners.known(stage.ann.id)
    assert stories.done(learner, stage.course) == {stage.usage: int(at.now.timestamp())}
    assert stories.done(learner, "course-v1:Test+Other+1") == {}
    assert stories.recent(before) == {(learner, stage.course)}
    assert stories.recent(datetime.fromtimestamp(at.now.timestamp() + 1, UTC)) == set()
    assert [(each["learner"], each["usage"]) for each in told] == [(learner, stage.usage)]
    assert MARKER not in str(told)


def test_a_mark_taken_back_can_be_given_again(stage, ann, at):
    ann.write("words")
    ann.ask("finish")
    learner = learners.known(stage.ann.id)
    tom = stage.lms.staff("tom", stage.course)
    stage.lms.delete_state(stage.usage, stage.ann, tom)
    assert stories.done(learner, stage.course) == {}
    at.forward(60)
    assert ann.ask("finish").json()["done"] == int(at.now.timestamp())
    assert stories.done(learner, stage.course) == {stage.usage: int(at.now.timestamp())}
    assert [each.what for each in Mark.objects.order_by("id")] == ["done", "taken_back", "done"]


def test_a_story_of_nobody_is_not_taken_back(stage):
    assert not stories.take_back(uuid4(), stories.Place(stage.course, stage.usage), by=None, now=1)


def test_a_save_asks_at_most_four_things_of_the_database(stage, ann):
    ann.write("first")
    who = ann.who
    ann.seq += 1
    data = {"who": who, "part": "open", "text": "second", "page": ann.page, "seq": ann.seq, "base": ann.base["open"]}
    with CaptureQueriesContext(connection) as queries:
        assert stage.lms.post(stage.usage, "keep", data, stage.ann).status_code == 200
    own = [each["sql"] for each in queries if "peer_story_" in each["sql"] or "peer_learner_" in each["sql"]]
    assert len(own) == 3, own
