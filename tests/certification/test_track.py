"""The training of a track: complete when hours, checks, texts, story, exam and watched practice are all there."""

import secrets

import pytest

from peer_xblocks import clock
from peer_xblocks.certification import completions, observations, outline, standings
from peer_xblocks.certification.models import Completion, Observation, Outbox
from peer_xblocks.certification.sweep import sweep
from peer_xblocks.exam import banks
from peer_xblocks.hours import grants
from peer_xblocks.learner import learners, signals
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import NotThere, Refusal
from peer_xblocks.wire import completion as wire
from tests.activity.attestation.conftest import reply
from tests.certification.desk import Desk, done, report, rows, set_up
from tests.exam.conftest import EXAM, Stage
from tests.exam.made import bank
from tests.story.conftest import Stage as StoryStage
from tests.story.conftest import Writer

TEXT = "I keep what I hear to myself."


class Track(Desk):
    """The desk's course as the training of a track: two modules of which one is an outline, a text, a story, an exam."""

    def __init__(self, lms, at):
        super().__init__(lms)
        banks.keep(bank(code=programme().exams[EXAM].bank), by="An officer")
        self.aim("track", "CRSS")
        unit = lms.unit(self.course, "Outline", "First of the outline")
        fields = {"module_id": "M3", "self_minutes": 15, "live_minutes": 105, "outline_only": True}
        lms.add(unit, "peer_module", display_name="Module M3", **fields)
        self.text = lms.add(self.end, "peer_attestation", display_name="Ethics", text=TEXT)
        self.story = lms.add(self.end, "peer_story", display_name="Your story")
        self.exam = lms.add(self.end, "peer_exam", display_name="The exam", exam=EXAM)
        self.stage = Stage(lms, at, self.course, self.end, self.exam, self.ann)
        self.tom = lms.staff("tom", self.course)

    def aim(self, completes, track="", category=""):
        sent = {
            "display_name": "Progress",
            "completes": completes,
            "track": track,
            "category": category,
            "provider": "Office",
        }
        assert (
            self.lms.studio_post(self.progress, "save_settings", sent, self.lms.author("eve", self.course)).status_code
            == 200
        )

    def minutes(self):
        return grants.enter_outlines(
            self.ann.id, self.course, by=learners.of(self.tom.id), client_id=secrets.token_hex(8), now=clock.epoch()
        )

    def watch(self, what="role-play", mark="watch001"):
        by = learners.of(self.tom.id)
        return observations.watch(self.ann.id, self.course, what, "", by=by, client_id=mark, now=clock.epoch())

    def sign(self):
        assert self.lms.post(self.text, "sign", reply(TEXT), self.ann).status_code == 200

    def tell(self):
        writer = Writer(StoryStage(self.lms, self.course, self.end, self.story, self.ann), self.ann)
        assert writer.write("My name is Ann.").status_code == 200
        assert writer.ask("finish").status_code == 200

    def sit(self, right=20):
        assert self.stage.sit(right).status_code == 200


@pytest.fixture
def track(lms, at, settings):
    set_up(settings)
    made = Track(lms, at)
    made.give_name()
    return made


def all_but(track, left):
    for step in ("finish", "minutes", "watch", "sign", "tell", "sit"):
        if step != left:
            getattr(track, step)()


def test_all_of_it_completes_the_track_with_one_report(track):
    all_but(track, "")
    assert done().kind == "track"
    assert len(rows()) == 1
    found = report(rows()[0])
    wire.check(found)
    assert (found["kind"], found["track"]) == ("track", "CRSS")
    assert found["minutes"]["credited"] == found["minutes"]["required"] == 180
    assert found["minutes"]["entered"] == 120
    assert found["exam"]["attempt"] == 1 and found["exam"]["exam"] == EXAM
    assert [each["title"] for each in found["texts"]] == ["Ethics"]


@pytest.mark.parametrize("left", ["finish", "minutes", "watch", "sign", "tell", "sit"])
def test_whatever_is_missing_keeps_it_open(track, left):
    all_but(track, left)
    assert not Completion.objects.exists()
    getattr(track, left)()
    assert done().stands


def test_a_pass_without_hours_completes_nothing_and_hours_without_a_pass_neither(track):
    track.sit()
    assert not Completion.objects.exists()
    all_but(track, "sit")
    assert done().stands


def test_an_exam_that_is_not_yet_passed_counts_for_nothing(track):
    all_but(track, "sit")
    track.sit(right=5)
    assert not Completion.objects.exists()


def test_what_staff_entered_stands_in_the_report_as_an_exception(track):
    all_but(track, "")
    found = report(rows()[0])["exceptions"]
    assert {each["approved_by"] for each in found} == {"tom"}
    assert any("105 min live, 15 min self-paced in M3" in each["what"] for each in found)
    assert any("Practice that a trainer watched" in each["what"] for each in found)


def test_the_report_holds_no_word_of_the_story_and_no_note(track):
    all_but(track, "tell")
    track.tell()
    assert "My name is Ann" not in str(report(rows()[0]))


def test_minutes_that_are_taken_back_are_the_next_version(track):
    all_but(track, "")
    entry = grants.standing(track.course).first()
    grants.take_back(entry.id, track.course, by=learners.of(track.tom.id), now=clock.epoch())
    assert (done().version, done().stands) == (2, False)
    track.minutes()
    assert (done().version, done().stands) == (3, True)


def test_practice_that_is_taken_back_is_the_next_version(track):
    all_but(track, "")
    for _ in range(2):
        observations.take_back(
            Observation.objects.first().id, track.course, by=learners.of(track.tom.id), now=clock.epoch()
        )
    assert (done().version, done().stands) == (2, False)


def test_practice_is_written_down_once_and_only_what_is_known(track):
    assert track.watch().id == track.watch().id
    with pytest.raises(Refusal):
        track.watch("juggling", "watch002")
    with pytest.raises(NotThere):
        observations.take_back(999, track.course, by=learners.of(track.tom.id), now=clock.epoch())


@pytest.mark.parametrize("left", ["sign", "tell", "sit", "watch", "minutes"])
def test_the_sweep_makes_up_for_news_that_was_missed(track, left, monkeypatch):
    all_but(track, left)
    with monkeypatch.context() as deaf:
        for signal in (
            signals.text_signed,
            signals.story_done,
            signals.exam_decided,
            signals.practice_watched,
            signals.module_credited,
        ):
            deaf.setattr(signal, "receivers", [])
            signal.sender_receivers_cache.clear()
        getattr(track, left)()
    for signal in (
        signals.text_signed,
        signals.story_done,
        signals.exam_decided,
        signals.practice_watched,
        signals.module_credited,
    ):
        signal.sender_receivers_cache.clear()
    assert not Completion.objects.exists()
    sweep()
    assert done().stands
    assert Outbox.objects.count() == 1


def test_a_course_of_continuing_education_asks_for_no_story_and_no_exam(track):
    track.aim("ce", category="ethics")
    assert [str(task.kind) for task in outline.of(track.course).asked.tasks] == ["text"]


def test_practice_forms_optional_stories_and_texts_that_are_not_there_are_not_asked_for(lms):
    course = lms.course()
    unit = lms.unit(course)
    lms.add(unit, "peer_exam", exam="crss-practice")
    lms.add(unit, "peer_story", required=False)
    lms.add(unit, "peer_attestation", source="ethics")
    lms.add(unit, "peer_progress", completes="track", track="CRSS")
    assert [str(task.kind) for task in outline.of(course).asked.tasks] == ["practice"]


def test_the_room_says_how_much_training_is_there_when_an_exam_asks(track):
    track.minutes()
    answers = signals.training_asked.send(sender=None, learner=track.learner(), course=track.course)
    assert 120 * 60 in [found for _, found in answers]


def test_what_was_asked_survives_its_record(track):
    asked = outline.of(track.course).asked
    assert outline.from_text(outline.as_text(asked)) == asked
    assert standings.of(None, track.course).done == {}
    assert completions.of(None, track.course) is None
