"""The exam in a real browser: by keyboard at 320 px, over reloads, devices, lost lines, and time that changes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from peer_xblocks import clock
from peer_xblocks.exam import banks, models, officers
from peer_xblocks.exam.models import Answer, Journal, Sitting
from peer_xblocks.exam.officers import Act
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from tests.e2e import axe
from tests.exam.conftest import EXAM
from tests.exam.made import bank
from tests.lms import Lms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
POSTS = "**/peer_xblocks/exam/sitting/**"
OF_THE_PAGE_AROUND = ("landmark-one-main", "page-has-heading-one", "region", "heading-order", "document-title")


@pytest.fixture
def moved():
    """The server's clock: the system's, moved on by what a test puts into it."""
    shift = [timedelta()]
    clock.use(lambda: datetime.now(UTC) + shift[0])
    yield lambda seconds: shift.__setitem__(0, shift[0] + timedelta(seconds=seconds))
    clock.use(None)


@pytest.fixture
def exam(live_server, moved):
    """The demonstration exam of a course, its bank loaded; `usage`, `unit` and `ann`."""
    banks.keep(bank(code=programme().exams[EXAM].bank), by="An officer")
    lms = Lms()
    course = lms.course()
    unit = lms.unit(course)
    usage = lms.add(unit, "peer_exam", display_name="The exam", exam=EXAM)
    return {
        "url": f"{live_server.url}/xblock/{unit}",
        "site": live_server.url,
        "usage": usage,
        "ann": lms.learner("ann", course),
    }


@pytest.fixture
def device(browser, exam):
    """Opens the exam as Ann on a fresh device of 320 px."""
    made = []

    def open_(user=None, **more):
        context = browser.new_context(viewport={"width": 320, "height": 700}, reduced_motion="reduce", **more)
        page = context.new_page()
        page.spoken = []
        page.on("console", lambda said: page.spoken.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.spoken.append(str(error)))
        session = Lms().client(user or exam["ann"]).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": exam["site"]}])
        page.goto(exam["url"])
        made.append(context)
        return page

    yield open_
    for each in made:
        each.close()


def violations(page):
    return [each for each in axe.violations(page) if not any(f": {rule} " in each for rule in OF_THE_PAGE_AROUND)]


def begin(page):
    page.get_by_role("button", name="Start the exam").click()
    expect(page.get_by_text("Question 1 of 24")).to_be_visible()


def choose(page, letter="a"):
    page.get_by_label(re.compile(f"choice {letter}$")).check()


def saved(page):
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def act(reason="A made-up reason"):
    return Act(learners.of(1), reason, f"act-{Journal.objects.count()}-{reason[:8]}".replace(" ", "-"))


def test_an_exam_is_sat_by_keyboard_alone_at_320_px(device):
    page = device()
    expect(page.get_by_text("24 questions, 40 minutes.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Start the exam").focus()
    page.keyboard.press("Enter")
    expect(page.locator("legend")).to_be_focused()
    for at in range(1, 25):
        assert f"Question {at} of 24" in focused(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    assert focused(page) == "All questions"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    expect(page.get_by_text("You have answered 24 of 24.")).to_be_visible()
    page.get_by_role("button", name="Hand in the exam").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hand in now?")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("passed|Not yet passed", re.IGNORECASE))).to_be_focused()
    assert violations(page) == []
    assert page.spoken == []
    assert Sitting.objects.get().state == "submitted"
    assert Answer.objects.count() == 24
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_every_question_and_its_mark_survive_a_reload(device):
    page = device()
    begin(page)
    for at in range(1, 5):
        choose(page)
        if at == 2:
            page.get_by_label("Come back to this one").check()
        saved(page)
        page.reload()
        expect(page.get_by_text(f"Question {at + 1} of 24")).to_be_visible()
    page.get_by_role("button", name="See all questions").click()
    expect(page.get_by_text("You have answered 4 of 24.")).to_be_visible()
    expect(page.get_by_role("button", name="Question 2 of 24 answered, marked to come back to")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Question 2 of 24")).click()
    expect(page.get_by_label(re.compile("choice a$"))).to_be_checked()
    assert page.spoken == []


def test_an_answer_that_was_typed_and_not_acknowledged_survives_a_reload(device):
    page = device()
    begin(page)
    page.route(POSTS, lambda route: route.abort())
    choose(page)
    page.get_by_role("button", name="Next").click()
    choose(page, "b")
    expect(page.get_by_text("We could not save just now.")).to_be_visible()
    assert Answer.objects.count() == 0
    page.reload()
    expect(page.get_by_text("Question 3 of 24")).to_be_visible()
    page.unroute(POSTS)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert sorted(Answer.objects.values_list("chosen", flat=True)) == [["a"], ["b"]]


def test_the_exam_goes_on_while_the_line_is_down(device):
    page = device()
    begin(page)
    page.context.set_offline(True)
    for _ in range(6):
        choose(page)
        page.get_by_role("button", name="Next").click()
    page.wait_for_timeout(1500)
    assert Answer.objects.count() == 0
    page.context.set_offline(False)
    saved(page)
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert Answer.objects.count() == 6


def test_a_second_device_goes_on_and_the_first_is_told(device):
    first = device()
    begin(first)
    choose(first)
    saved(first)
    second = device()
    expect(second.get_by_text("Question 2 of 24")).to_be_visible()
    choose(second)
    saved(second)
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.get_by_text("This exam is open in another place too.")).to_be_visible()
    assert violations(first) == []
    first.get_by_role("button", name="Show the latest answers here").click()
    expect(first.get_by_text("Question 3 of 24")).to_be_visible()
    second.get_by_role("button", name="Back").click()
    choose(second, "b")
    expect(second.get_by_text("Question 1: an answer from another device stood here.")).to_be_visible()
    assert Answer.objects.count() == 2
    assert Journal.objects.filter(kind="answer").count() == 3


def test_extra_time_granted_while_it_runs_is_seen(device):
    page = device()
    begin(page)
    expect(page.get_by_role("timer")).to_have_text("Time left: 40 min")
    officers.allow(Sitting.objects.get().id, act(), percent=150, minutes=5, now=clock.millis())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Your time was changed. Time left: 65 min.")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_text("Time left: 65 min")


def test_a_pause_hides_the_questions_and_a_resume_brings_them_back(device, moved):
    page = device()
    begin(page)
    choose(page)
    saved(page)
    sitting = Sitting.objects.get().id
    officers.pause(sitting, act("Pause"), now=clock.millis())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", name="The exam is paused")).to_be_focused()
    assert violations(page) == []
    moved(3600)
    officers.resume(sitting, act("Resume"), now=clock.millis())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Question 2 of 24")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_text("Time left: 40 min")


def test_the_time_can_be_hidden_and_is_said_at_ten_five_and_one_minute(device, moved):
    page = device()
    begin(page)
    page.get_by_role("button", name="Hide the time").click()
    expect(page.get_by_role("timer")).to_have_text("")
    for left, said in ((600, "10 minutes left."), (300, "5 minutes left."), (60, "1 minute left.")):
        row = Sitting.objects.get()
        moved((row.deadline - clock.millis()) / 1000 - left + 1)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Show the time").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"Time left: 0:\d\d"))


def test_a_device_clock_that_is_set_on_moves_nothing(device):
    page = device()
    begin(page)
    page.evaluate("const real = Date.now.bind(Date); Date.now = () => real() + 3600000")
    page.wait_for_timeout(2500)
    expect(page.get_by_role("timer")).to_have_text(re.compile("Time left: (40|39) min"))
    assert Sitting.objects.get().state == "started"


def test_a_line_that_is_cut_across_the_deadline_keeps_what_was_answered(device, moved):
    page = device()
    begin(page)
    choose(page)
    saved(page)
    page.get_by_role("button", name="Next").click()
    row = Sitting.objects.get()
    moved((row.deadline - clock.millis()) / 1000 - 3)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"Time left: 0:0\d"))
    page.route(POSTS, lambda route: route.abort())
    choose(page)
    expect(page.get_by_text("The line is down.")).to_be_visible()
    assert violations(page) == []
    moved(60)
    page.unroute(POSTS)
    expect(page.get_by_role("heading", name="Not yet passed")).to_be_visible(timeout=12_000)
    row.refresh_from_db()
    assert (row.state, row.finished) == ("timed_out", row.deadline)
    assert Answer.objects.count() == 1
    assert Journal.objects.filter(kind="answer", word="late").count() == 1
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_start_that_is_clicked_twice_is_one_sitting(device):
    page = device()
    page.get_by_role("button", name="Start the exam").dblclick()
    expect(page.get_by_text("Question 1 of 24")).to_be_visible()
    assert Sitting.objects.count() == 1


def test_another_person_on_the_same_device_finds_nothing(device, exam):
    page = device()
    begin(page)
    page.route(POSTS, lambda route: route.abort())
    choose(page)
    expect(page.get_by_text("We could not save just now.")).to_be_visible()
    page.unroute(POSTS)
    ben = Lms().learner("ben", "course-v1:Test+CE1+2026")
    session = Lms().client(ben).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": exam["site"]}])
    page.reload()
    begin(page)
    expect(page.get_by_label(re.compile("choice a$"))).not_to_be_checked()
    assert Answer.objects.count() == 0
    assert models.Sitting.objects.count() == 2
