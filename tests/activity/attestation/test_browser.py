"""A text to sign in a real browser: by keyboard, with the line down, in two tabs, read again as it was."""

import pytest
from playwright.sync_api import expect

from peer_xblocks.activity.models import Signature
from peer_xblocks.demo.models import BlockCompletion
from tests.activity.attestation.made import NEWER, TEXT
from tests.activity.phone import focused, sign_in, violations
from tests.conformance.blocks import HOSTILE
from tests.lms import Lms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATEMENT = "I have read this and will keep to it"


@pytest.fixture
def opened(page, live_server):
    """Opens the text as Ann."""
    lms = Lms()
    course = lms.course()
    page.unit = lms.unit(course)
    page.usage = lms.add(page.unit, "peer_attestation", display_name="Our promise", text=TEXT, version="spring")
    page.author = lms.author("eve", course)
    sign_in(page, live_server, lms.learner("ann", course))
    page.goto(f"{live_server.url}/xblock/{page.unit}")
    return page


def write(page, **change):
    sent = {"display_name": "Our promise", "text": TEXT, "version": "spring", "source": "", **change}
    assert Lms().studio_post(page.usage, "save_text", sent, page.author).status_code == 200


def signed(page):
    page.get_by_role("button", name=STATEMENT).click()
    expect(page.get_by_role("heading", name="You signed this text")).to_be_focused()


def test_it_is_read_and_signed_by_keyboard(opened):
    page = opened
    expect(page.get_by_role("heading", name="What we keep to")).to_be_visible()
    expect(page.get_by_text("Version spring")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Tab")
    assert focused(page) == STATEMENT
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You signed this text")).to_be_focused()
    expect(page.get_by_role("button", name=STATEMENT)).to_have_count(0)
    expect(page.get_by_text("what people tell me")).to_be_visible()
    assert violations(page) == []
    page.reload()
    expect(page.get_by_role("heading", name="You signed this text")).to_be_visible()
    assert BlockCompletion.objects.get().completion == 1.0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.spoken == []


def test_a_newer_text_says_so_and_the_old_one_is_read_again(opened):
    page = opened
    signed(page)
    write(page, text=NEWER, version="fall")
    page.reload()
    expect(page.get_by_role("heading", name="This text is newer than the one you signed")).to_be_visible()
    page.get_by_text("Read what you signed on").click()
    expect(page.get_by_text("Version spring")).to_be_visible()
    assert violations(page) == []
    signed(page)
    assert list(Signature.objects.order_by("id").values_list("version", flat=True)) == ["spring", "fall"]


def test_nothing_is_signed_while_the_line_is_down(opened):
    page = opened
    page.route("**/handler/sign*", lambda route: route.abort())
    page.get_by_role("button", name=STATEMENT).click()
    expect(page.get_by_role("status")).to_contain_text("We could not save just now. Try again in a moment")
    assert violations(page) == []
    assert Signature.objects.count() == 0
    page.unroute("**/handler/sign*")
    signed(page)
    assert Signature.objects.count() == 1


def test_a_reply_that_was_lost_is_no_second_signature(opened):
    page = opened

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/handler/sign*", lose)
    page.get_by_role("button", name=STATEMENT).click()
    expect(page.get_by_role("status")).to_contain_text("We could not save")
    page.unroute("**/handler/sign*")
    signed(page)
    assert Signature.objects.count() == 1


def test_two_tabs_sign_once(opened, live_server):
    page = opened
    other = page.context.new_page()
    other.goto(f"{live_server.url}/xblock/{page.unit}")
    signed(page)
    signed(other)
    assert Signature.objects.count() == 1


def test_a_text_that_changed_meanwhile_is_shown_before_it_is_signed(opened):
    page = opened
    write(page, text=NEWER)
    page.get_by_role("button", name=STATEMENT).click()
    expect(page.get_by_text("I ask when I am not sure.")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("This text was changed while you had it open.")
    assert Signature.objects.count() == 0
    signed(page)


def test_where_the_office_has_no_text_yet_the_page_says_so(opened):
    page = opened
    write(page, text="", source="ethics")
    page.reload()
    expect(page.get_by_text("The office has not given its text yet.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert violations(page) == []


@pytest.mark.parametrize("words", [HOSTILE, "مرحبا بكم 🧡", "x" * 30_000])
def test_whatever_an_author_writes_stays_words_inside_the_page(opened, live_server, words):
    page = opened
    write(page, text=words, display_name=words[:200], version=words[:64])
    page.reload()
    signed(page)
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    sign_in(page, live_server, page.author)
    page.goto(f"{live_server.url}/studio/xblock/{page.usage}/edit")
    assert page.get_by_label("Your text").input_value() == words
    assert page.evaluate("window.hurt") is None


def test_an_author_writes_a_text_by_form(opened, live_server):
    page = opened
    sign_in(page, live_server, page.author)
    page.goto(f"{live_server.url}/studio/xblock/{page.usage}/edit")
    page.get_by_label("Your text").fill("")
    expect(page.get_by_text("There is no text to sign yet.")).to_be_visible()
    page.get_by_label("Learners sign").select_option("ethics")
    expect(page.get_by_text("The office has not given its text yet")).to_be_visible()
    page.get_by_label("Your text").fill("Until then, this.")
    page.get_by_label("Its version").fill("")
    expect(page.get_by_text("It has no version.")).to_be_visible()
    page.get_by_label("Its version").fill("2")
    expect(page.locator("[data-part='whole']")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    with page.expect_response("**/save_text*") as saved:
        page.get_by_role("button", name="Save", exact=True).click()
    assert saved.value.ok
    block = Lms().block(page.usage)
    assert (block.text, block.version, block.source) == ("Until then, this.", "2", "ethics")
    assert page.spoken == []
