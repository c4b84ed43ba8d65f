"""The check in a real browser: by keyboard, at 320 px, and while the line is down."""

import pytest
from playwright.sync_api import expect

from peer_xblocks.activity.models import Mastery, Try
from tests.activity.check.made import data, items
from tests.activity.phone import focused, sign_in, violations
from tests.lms import Lms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HANDLER = "**/handler/answer*"


@pytest.fixture
def opened(page, live_server):
    """Opens the check of three questions as Ann; "a" is right, two are needed."""
    lms = Lms()
    course = lms.course()
    unit = lms.unit(course)
    usage = lms.add(unit, "peer_check", display_name="Boundaries", mastery=0.6, items=data(items(3)))
    page.usage, page.author = usage, lms.author("eve", course)
    sign_in(page, live_server, lms.learner("ann", course))
    page.goto(f"{live_server.url}/xblock/{unit}")
    return page


def answer(page, choice):
    page.get_by_label(f"choice {choice}").check()
    page.get_by_role("button", name="Check my answer").click()


def test_a_check_is_taken_by_keyboard_alone(opened):
    page = opened
    expect(page.get_by_text("3 questions. You need 2 of them.")).to_be_visible()
    page.get_by_label("q1 choice a").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="That is right")).to_be_focused()
    expect(page.get_by_text("q1 teaches a")).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "Go on"
    page.keyboard.press("Enter")
    expect(page.locator("legend")).to_be_focused()
    assert "Question 2 of 3" in focused(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Not yet")).to_be_focused()
    expect(page.get_by_text("q2 teaches b")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.spoken == []


def test_rounds_ask_again_until_the_mark_and_end_with_what_was_learned(opened):
    page = opened
    for choice in "abb":
        answer(page, choice)
        page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("You have 1 of 3. You need 2. Let’s look at the others again.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Look at the others").click()
    assert "Question 1 of 2 in this round" in focused(page)
    answer(page, "a")
    page.get_by_role("button", name="Go on").click()
    answer(page, "b")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="You passed this check")).to_be_focused()
    page.get_by_text("Read your right answers again").click()
    expect(page.get_by_text("q2 because")).to_be_visible()
    assert violations(page) == []
    page.reload()
    expect(page.get_by_role("heading", name="You passed this check")).to_be_visible()
    assert Mastery.objects.count() == 1
    assert page.spoken == []


def test_an_unanswered_question_asks_for_a_choice(opened):
    opened.get_by_role("button", name="Check my answer").click()
    expect(opened.get_by_role("status")).to_have_text("Choose an answer first.")
    assert violations(opened) == []


def test_an_answer_is_kept_while_the_line_is_down_and_sent_once(opened):
    page = opened
    page.route(HANDLER, lambda route: route.abort())
    answer(page, "a")
    expect(page.get_by_text("We could not save. Your answer is kept on this device and will be sent.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    answer(page, "b")
    expect(page.get_by_text("We could not save.")).to_be_visible()
    assert Try.objects.count() == 0
    page.unroute(HANDLER)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="Not yet")).to_be_focused()
    assert [(row.item, row.right) for row in Try.objects.order_by("id")] == [("q1", True), ("q2", False)]
    expect(page.get_by_text("You have 1 of 3.")).to_be_visible()


def test_a_kept_answer_survives_a_reload_and_is_sent_when_the_line_is_back(opened):
    page = opened
    page.route(HANDLER, lambda route: route.fulfill(status=502, body="gone"))
    answer(page, "a")
    expect(page.get_by_text("We could not save.")).to_be_visible()
    page.unroute(HANDLER)
    page.reload()
    expect(page.get_by_text("Your kept answer is saved.")).to_be_visible()
    expect(page.get_by_text("You have 1 of 3.")).to_be_visible()
    assert Try.objects.count() == 1
    assert page.evaluate("sessionStorage.length") == 0


def test_another_person_on_the_same_device_does_not_send_it(opened, live_server):
    page = opened
    page.route(HANDLER, lambda route: route.abort())
    answer(page, "a")
    expect(page.get_by_text("We could not save.")).to_be_visible()
    page.unroute(HANDLER)
    lms = Lms()
    sign_in(page, live_server, lms.learner("ben", "course-v1:Test+CE1+2026"))
    page.reload()
    expect(page.get_by_text("3 questions. You need 2 of them.")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert Try.objects.count() == 0


def test_a_reply_that_was_lost_is_no_second_try(opened):
    page = opened

    def lose(route):
        route.fetch()
        route.abort()

    page.route(HANDLER, lose)
    answer(page, "a")
    expect(page.get_by_text("We could not save.")).to_be_visible()
    page.unroute(HANDLER)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="That is right")).to_be_focused()
    assert Try.objects.count() == 1


def test_a_question_that_was_changed_is_shown_anew(opened):
    page = opened
    changed = [{**each, "stem": each["stem"] + " (new)"} for each in data(items(3))]
    sent = {"display_name": "Boundaries", "mastery": 0.6, "items": changed}
    assert Lms().studio_post(page.usage, "save_check", sent, page.author).status_code == 200
    answer(page, "a")
    expect(page.get_by_text("What about q1? (new)")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("This question was changed")
    answer(page, "a")
    expect(page.get_by_role("heading", name="That is right")).to_be_visible()


def test_an_author_writes_a_check_by_form_and_paste(opened, live_server):
    page = opened
    sign_in(page, live_server, page.author)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/studio/xblock/{page.usage}/edit")
    status = page.get_by_role("region").get_by_role("status")
    page.get_by_role("button", name="Add a question").click()
    assert page.evaluate("document.activeElement.dataset.field") == "stem"
    page.keyboard.type("Is this not a boundary?")
    expect(page.get_by_text("turns on “not”")).to_be_visible()
    page.get_by_text("Paste questions (GIFT)").click()
    page.get_by_label("Questions in GIFT form").fill("Broken {=a")
    page.get_by_role("button", name="Add these questions").click()
    expect(status).to_contain_text("Line 1: the braces do not pair up.")
    page.get_by_label("Questions in GIFT form").fill("Who decides? {=The person ~The peer ~Their family}")
    page.get_by_role("button", name="Add these questions").click()
    expect(status).to_have_text("1 question added.")
    page.get_by_role("button", name="Move up: question 5").click()
    assert page.evaluate("document.activeElement.dataset.do") == "item-up"
    expect(page.get_by_text("could be said")).to_have_count(0)
    assert violations(page) == []
    with page.expect_response("**/save_check*") as saved:
        page.get_by_role("button", name="Save", exact=True).click()
    assert saved.value.ok
    stems = [item.stem for item in Lms().block(page.usage).bank]
    assert stems[3:] == ["Who decides?", "Is this not a boundary?"]
    assert not [each for each in page.spoken if "400 (Bad Request)" not in each]  # the paste that was refused
