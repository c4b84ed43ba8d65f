"""The card sort in a real browser: by keyboard, at 320 px, in two tabs, and while the line is down."""

import pytest
from playwright.sync_api import expect

from peer_xblocks.activity.models import Placement
from peer_xblocks.demo.models import BlockCompletion
from tests.activity.phone import focused, sign_in, violations
from tests.activity.sort.made import NOT, PEER, data, deck
from tests.conformance.blocks import HOSTILE
from tests.lms import Lms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HANDLER = "**/handler/place*"


@pytest.fixture
def opened(page, live_server):
    """Opens the sort of three cards as Ann."""
    lms = Lms()
    course = lms.course()
    page.unit = lms.unit(course)
    page.usage = lms.add(page.unit, "peer_sort", display_name="Yours or not", **data(deck()))
    page.author = lms.author("eve", course)
    sign_in(page, live_server, lms.learner("ann", course))
    page.goto(f"{live_server.url}/xblock/{page.unit}")
    return page


def put(page, pile=PEER):
    page.get_by_role("button", name=pile.text, exact=True).click()


def go_on(page):
    page.get_by_role("button", name="Next card").click()


def on_record():
    return list(Placement.objects.order_by("id").values_list("card", "pile"))


def test_it_is_sorted_by_keyboard_alone(opened):
    page = opened
    expect(page.get_by_text("3 cards. Put each one where you think it belongs.")).to_be_visible()
    expect(page.get_by_role("group", name="Card 1 of 3 c1 says Where does it belong?")).to_be_visible()
    assert violations(page) == []
    page.locator("legend").focus()
    page.keyboard.press("Tab")
    assert focused(page) == PEER.text
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It belongs here")).to_be_focused()
    expect(page.get_by_text("c1 because").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Tab")
    assert focused(page) == "Next card"
    page.keyboard.press("Enter")
    assert "Card 2 of 3" in focused(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="It belongs in another pile")).to_be_focused()
    expect(page.get_by_text(f"It belongs in: {NOT.text}")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It belongs here, and it depends")).to_be_focused()
    expect(page.get_by_text(f"In some settings it also belongs in: {NOT.text}")).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "See all cards"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You placed every card")).to_be_focused()
    expect(page.get_by_text("2 of 3 are where they belong.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    assert BlockCompletion.objects.get().completion == 1.0
    assert page.spoken == []


def test_cards_are_taken_in_any_order_and_left_for_later(opened):
    page = opened
    page.get_by_role("button", name="Leave it for later").click()
    assert "Card 2 of 3" in focused(page)
    page.get_by_text("Choose another card (2 left)").click()
    page.get_by_role("button", name="c3 says").click()
    assert "Card 3 of 3" in focused(page)
    put(page)
    go_on(page)
    assert "Card 2 of 3" in focused(page)
    put(page)
    go_on(page)
    assert "Card 1 of 3" in focused(page)
    expect(page.get_by_role("button", name="Leave it for later")).to_have_count(0)
    assert on_record() == [("c3", "peer"), ("c2", "peer")]


def test_what_was_placed_survives_a_reload_and_can_be_placed_again(opened):
    page = opened
    put(page, NOT)
    expect(page.get_by_role("heading", name="It belongs in another pile")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    page.get_by_text("The cards you placed (1)").click()
    expect(page.get_by_text(f"Belongs in: {PEER.text}")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Place it again: c1 says").click()
    assert "Card 1 of 3" in focused(page)
    put(page)
    expect(page.get_by_role("heading", name="It belongs here")).to_be_visible()
    assert on_record() == [("c1", "not"), ("c1", "peer")]
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()


def sort_all(page, pile=PEER):
    for at in range(3):
        put(page, pile)
        page.get_by_role("button", name="See all cards" if at == 2 else "Next card").click()


def test_the_others_are_placed_again_and_then_all_of_them(opened):
    page = opened
    sort_all(page)
    page.get_by_role("button", name="Place the others again").click()
    assert "Card 2 of 3" in focused(page)
    put(page, NOT)
    page.get_by_role("button", name="See all cards").click()
    expect(page.get_by_text("All 3 are where they belong.")).to_be_visible()
    page.get_by_role("button", name="Sort all cards again").click()
    assert "Card 1 of 3" in focused(page)
    expect(page.get_by_text("c1 because")).to_have_count(0)
    put(page)
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    assert list(Placement.objects.order_by("id").values_list("round", flat=True)) == [1, 1, 1, 1, 2]
    assert page.spoken == []


def test_cards_are_kept_while_the_line_is_down_and_sent_once(opened):
    page = opened
    page.route(HANDLER, lambda route: route.abort())
    for name in ("Next card", "Next card", None):
        put(page)
        expect(page.get_by_text("The card is kept on this device and will be sent.")).to_be_visible()
        if name:
            page.get_by_role("button", name=name).click()
    assert violations(page) == []
    assert Placement.objects.count() == 0
    page.unroute(HANDLER)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", name="You placed every card")).to_be_focused()
    expect(page.get_by_text("c2 because")).to_be_visible()
    assert on_record() == [("c1", "peer"), ("c2", "peer"), ("c3", "peer")]
    assert page.evaluate("sessionStorage.length") == 0
    assert BlockCompletion.objects.get().completion == 1.0


def test_a_kept_card_survives_a_reload_and_is_sent_when_the_line_is_back(opened):
    page = opened
    page.route(HANDLER, lambda route: route.fulfill(status=502, body="gone"))
    put(page)
    expect(page.get_by_text("We could not save.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Card 2 of 3")).to_be_visible()
    page.unroute(HANDLER)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Your kept cards are saved.")).to_be_visible()
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    assert "Card 2 of 3" in page.locator("legend").inner_text()
    assert on_record() == [("c1", "peer")]


def test_a_line_that_says_nothing_holds_nobody_up(opened):
    page = opened
    page.clock.install()
    page.reload()
    page.route(HANDLER, lambda route: None)
    put(page)
    expect(page.get_by_role("status")).to_have_text("Saving …")
    page.clock.fast_forward(20_000)
    expect(page.get_by_text("The card is kept on this device and will be sent.")).to_be_visible()
    page.unroute(HANDLER)
    page.clock.fast_forward(15_000)
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    assert on_record() == [("c1", "peer")]


def test_a_reply_that_was_lost_is_no_second_placement(opened):
    page = opened

    def lose(route):
        route.fetch()
        route.abort()

    page.route(HANDLER, lose)
    put(page)
    expect(page.get_by_text("We could not save.")).to_be_visible()
    page.unroute(HANDLER)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    assert on_record() == [("c1", "peer")]


def test_another_person_on_the_same_device_does_not_send_it(opened, live_server):
    page = opened
    page.route(HANDLER, lambda route: route.abort())
    put(page)
    expect(page.get_by_text("We could not save.")).to_be_visible()
    page.unroute(HANDLER)
    sign_in(page, live_server, Lms().learner("ben", "course-v1:Test+CE1+2026"))
    page.reload()
    expect(page.get_by_text("3 cards. Put each one")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    assert Placement.objects.count() == 0


def test_two_tabs_sort_one_deck(opened, live_server):
    page = opened
    other = page.context.new_page()
    other.goto(f"{live_server.url}/xblock/{page.unit}")
    put(page)
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    other.get_by_role("button", name="Leave it for later").click()
    put(other)
    expect(other.get_by_text("2 of 3 cards placed.")).to_be_visible()
    go_on(page)
    put(page)
    expect(page.get_by_text("2 of 3 cards placed.")).to_be_visible()
    go_on(page)
    put(page)
    page.get_by_role("button", name="See all cards").click()
    page.get_by_role("button", name="Sort all cards again").click()
    put(page)
    expect(page.get_by_text("1 of 3 cards placed.")).to_be_visible()
    go_on(other)
    put(other)
    expect(other.get_by_text("2 of 3 cards placed.")).to_be_visible()


def test_a_card_that_was_changed_is_shown_anew(opened):
    page = opened
    changed = data(deck())
    changed["cards"][0]["text"] = "c1 says (new)"
    sent = {"display_name": "Yours or not", **changed}
    assert Lms().studio_post(page.usage, "save_sort", sent, page.author).status_code == 200
    put(page)
    expect(page.get_by_text("c1 says (new)")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("This card was changed")
    put(page)
    expect(page.get_by_role("heading", name="It belongs here")).to_be_visible()


@pytest.mark.parametrize("words", [HOSTILE, "مرحبا بكم", "🧡🧡🧡", "x" * 400])
def test_whatever_an_author_writes_stays_words_inside_the_page(opened, live_server, words):
    page = opened
    made = data(deck())
    for each in (*made["piles"], *made["cards"]):
        each["text"] = words + each["id"]
    made["cards"] = [{**each, "why": words} for each in made["cards"]]
    made["prompt"] = words
    sent = {"display_name": words[:200], **made}
    assert Lms().studio_post(page.usage, "save_sort", sent, page.author).status_code == 200
    page.reload()
    page.locator(".peer-sort__piles button").first.click()
    page.locator("[data-part='feedback']").wait_for()
    page.get_by_text("The cards you placed (1)").click()
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    sign_in(page, live_server, page.author)
    page.goto(f"{live_server.url}/studio/xblock/{page.usage}/edit")
    page.get_by_role("button", name="Add a card").wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.get_by_label("What it says").first.input_value() == words.strip() + "c1"
    assert violations(page) == []


def test_an_author_writes_a_sort_by_form(opened, live_server):
    page = opened
    sign_in(page, live_server, page.author)
    page.goto(f"{live_server.url}/studio/xblock/{page.usage}/edit")
    status = page.get_by_role("region").get_by_role("status")
    page.get_by_role("button", name="Add a pile").click()
    assert page.evaluate("document.activeElement.dataset.field") == "text"
    page.keyboard.type("Ask your supervisor")
    expect(page.get_by_text("Pile 3: No card belongs to it.")).to_be_visible()
    page.get_by_role("button", name="Add a card").click()
    page.keyboard.type("Carry a message")
    expect(page.get_by_text("Card 4: It has no reason.")).to_be_visible()
    expect(page.get_by_text("Card 4: It belongs to no pile.")).to_be_visible()
    fourth = page.get_by_role("group", name="Card 4")
    fourth.get_by_label("Ask your supervisor").check()
    fourth.get_by_label("Why").fill("It depends on who asks.")
    expect(page.get_by_text("Card 4:")).to_have_count(0)
    expect(page.get_by_text("Pile 3:")).to_have_count(0)
    page.get_by_role("button", name="Move up: card 4").click()
    assert page.evaluate("document.activeElement.dataset.do") == "up"
    page.get_by_role("button", name="Remove: card 1").click()
    page.get_by_role("button", name="Remove: pile 1").click()
    expect(page.get_by_label("Ask your supervisor")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    with page.expect_response("**/save_sort*") as saved:
        page.get_by_role("button", name="Save", exact=True).click()
    assert saved.value.ok
    expect(status).to_have_text("Saved.")
    kept = Lms().block(page.usage).deck
    assert [pile.text for pile in kept.piles] == [NOT.text, "Ask your supervisor"]
    assert [card.text for card in kept.cards] == ["c2 says", "Carry a message", "c3 says"]
    assert kept.homes(kept.cards[1]) == (kept.piles[1],)
    assert page.spoken == []
