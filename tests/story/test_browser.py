"""The story in a real browser: written by keyboard at 320 px, with the line cut, on two devices, rehearsed, deleted."""

import json

import pytest
from playwright.sync_api import expect

from peer_xblocks.story.models import Mark, Passage, Run
from tests.e2e import axe, keys
from tests.story.conftest import MARKER, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_THE_PAGE_AROUND = ("landmark-one-main", "page-has-heading-one", "region", "heading-order", "document-title")
KEEP = "**/handler/keep*"
LONG = "We fixed boats by the river, my uncle and I. " * 12


def violations(page):
    return [each for each in axe.violations(page) if not any(f": {rule} " in each for rule in OF_THE_PAGE_AROUND)]


def words_box(page):
    return page.get_by_label("Your words")


def saved(page):
    return page.locator("[data-part='saved']")


def storage(page):
    return page.evaluate(
        "JSON.stringify([localStorage, sessionStorage, document.documentElement.innerHTML, document.title])"
    )


def heading(page, name):
    return page.get_by_role("heading", name=name)


def test_a_part_is_written_by_keyboard_and_saved_within_two_seconds(opened):
    page = opened
    expect(page.get_by_text("This is yours. Nobody else reads it")).to_be_visible()
    expect(saved(page)).to_have_text("It saves by itself while you write.")
    keys.tab_to(page, "Your words")
    page.keyboard.type("Good evening, my name is Ann.")
    expect(saved(page)).to_have_text("Saved", timeout=2000)
    assert Passage.objects.count() == 1
    keys.press(page, "Save and go on")
    expect(heading(page, "Part 2 of 8: More than a diagnosis")).to_be_focused()
    page.reload()
    expect(heading(page, "Part 2 of 8: More than a diagnosis")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(words_box(page)).to_have_value("Good evening, my name is Ann.")
    assert page.spoken == []


def test_who_types_without_a_pause_is_saved_all_the_same(opened):
    page = opened
    words_box(page).focus()
    for number in range(22):
        page.keyboard.type(f"word{number} ")
        page.wait_for_timeout(100)
    assert Passage.objects.count() == 1


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_fits_and_is_accessible(opened, width, scheme):
    page = opened
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 700})
    page.reload()

    def look():
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    look()
    words_box(page).fill("My brother is an addict. " + LONG)
    page.get_by_text("Other words you could choose (1)").click()
    expect(saved(page)).to_have_text("Saved")
    look()
    page.stage.writer().write("From a laptop, in two\nlines.")
    words_box(page).press("End")
    page.keyboard.type("More.")
    expect(page.get_by_text("There are two versions of this part. Both are kept.")).to_be_visible()
    look()
    page.get_by_role("button", name="Your talk so far").click()
    for each in ("All parts", "Who can see this", "Delete my story"):
        page.locator("summary", has_text=each).click()
    look()
    page.get_by_role("button", name="Rehearse").click()
    page.get_by_role("button", name="Start").click()
    look()
    for _ in range(7):
        page.get_by_role("button", name="Next part").click()
    page.get_by_role("button", name="Finish").click()
    expect(heading(page, "Your rehearsal:")).to_be_focused()
    look()
    page.evaluate("document.documentElement.dir = 'rtl'")
    look()


def test_twice_the_text_size_still_fits(opened):
    page = opened
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    words_box(page).fill(LONG)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Your talk so far").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_three_minutes_without_a_line_lose_nothing(browser, live_server, opened):
    page = opened
    page.clock.install()
    page.reload()
    words_box(page).fill("Before the cut.")
    page.clock.run_for(2000)
    expect(saved(page)).to_have_text("Saved")
    page.context.set_offline(True)
    for minute in range(3):
        words_box(page).press("End")
        page.keyboard.type(f" {MARKER} {minute}.")
        page.clock.run_for(60_000)
        page.wait_for_timeout(100)
    expect(saved(page)).to_have_text("Not sent yet. It is kept on this device, locked, and we keep trying.")
    assert page.evaluate("Object.keys(localStorage).filter(each => each.startsWith('peer-kept:')).length") == 1
    assert MARKER not in page.evaluate("JSON.stringify(localStorage)")
    page.context.set_offline(False)
    page.clock.run_for(6000)
    expect(saved(page)).to_have_text("Saved")
    assert page.evaluate("localStorage.length") == 0
    told = page.stage.writer().look()["parts"]["open"]
    assert [each["text"] for each in told] == [f"Before the cut. {MARKER} 0. {MARKER} 1. {MARKER} 2."]


def test_what_waited_on_the_device_is_there_after_the_page_was_closed(opened):
    page = opened
    words_box(page).fill("First words.")
    expect(saved(page)).to_have_text("Saved")
    page.route(KEEP, lambda route: route.abort())
    words_box(page).fill("First words. And those that waited.")
    expect(saved(page)).to_contain_text("kept on this device")
    page.goto("about:blank")
    page.unroute(KEEP)
    page.goto(f"{page.home}/xblock/{page.stage.unit}")
    page.get_by_role("button", name="Back").click()
    expect(words_box(page)).to_have_value("First words. And those that waited.")
    expect(saved(page)).to_have_text("Saved")
    assert page.evaluate("localStorage.length") == 0
    assert len(page.stage.writer().look()["parts"]["open"]) == 1


def test_a_lost_reply_makes_no_second_version(opened):
    page = opened

    def lose(route):
        route.fetch()
        route.abort()

    page.route(KEEP, lose)
    words_box(page).fill("Once and only once.")
    expect(saved(page)).to_contain_text("kept on this device")
    page.unroute(KEEP)
    page.goto(f"{page.home}/xblock/{page.stage.unit}")
    expect(heading(page, "Part 2 of 8")).to_be_visible()
    page.wait_for_function("localStorage.length === 0")
    assert [each["text"] for each in page.stage.writer().look()["parts"]["open"]] == ["Once and only once."]


def test_two_devices_keep_both_versions_and_the_person_chooses(opened):
    page = opened
    words_box(page).fill("On the phone.")
    expect(saved(page)).to_have_text("Saved")
    page.stage.writer().write("On the laptop.")
    words_box(page).fill("On the phone, later.")
    expect(page.get_by_text("There are two versions of this part. Both are kept.")).to_be_visible()
    expect(page.get_by_text("On the laptop.")).to_be_visible()
    page.get_by_role("button", name="Put both together").click()
    expect(words_box(page)).to_have_value("On the laptop.\n\nOn the phone, later.")
    expect(page.get_by_text("There are two versions")).to_have_count(0)
    expect(saved(page)).to_have_text("Saved")
    assert [each["text"] for each in page.stage.writer().look()["parts"]["open"]] == [
        "On the laptop.\n\nOn the phone, later."
    ]
    page.get_by_text("Earlier versions of this part").click()
    expect(page.get_by_text("On the laptop.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Bring this back").first.click()
    expect(saved(page)).to_have_text("Saved")


def test_a_text_too_long_to_save_stays_on_the_page_and_says_what_to_do(opened):
    page = opened
    expect(words_box(page)).to_be_visible()
    page.evaluate(
        "text => { const box = document.querySelector('textarea'); box.value = text; box.dispatchEvent(new Event('input')); }",
        "x y " * 50_000,
    )
    expect(saved(page)).to_contain_text("longer than we can save (40,000 characters). Make it shorter")
    assert page.evaluate("document.querySelector('textarea').value.length") == 200_000
    words_box(page).fill("Short again.")
    expect(saved(page)).to_have_text("Saved")


def test_markup_emoji_and_arabic_stay_text(opened):
    page = opened
    text = "<img src=x onerror='window.hurt=1'></textarea><script>window.hurt=1</script> 🌱 مرحبا"
    words_box(page).fill(text)
    expect(saved(page)).to_have_text("Saved")
    page.stage.writer().write(text + " again")
    words_box(page).press("End")
    page.keyboard.type("!")
    expect(page.get_by_text("There are two versions")).to_be_visible()
    page.goto(f"{page.home}/peer_xblocks/story/cards/{page.stage.usage}")
    expect(page.get_by_role("heading", name="1. Open")).to_be_visible()
    assert page.evaluate("window.hurt") is None


def test_the_helper_offers_shows_where_and_is_silent_when_asked(opened):
    page = opened
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    words_box(page).fill("My brother is an addict. Everyone called him a “junkie”. He committed suicide.")
    page.get_by_text("Other words you could choose (2)").click()
    expect(page.get_by_text("“committed suicide” – safer for listeners: died by suicide")).to_be_visible()
    page.get_by_role("button", name="Show me where").first.click()
    assert (
        page.evaluate(
            "(() => { const b = document.activeElement; return b.value.slice(b.selectionStart, b.selectionEnd); })()"
        )
        == "addict"
    )
    page.get_by_role("button", name="Not again, thank you").first.click()
    expect(page.get_by_text("Other words you could choose (1)")).to_be_visible()
    page.wait_for_timeout(2000)
    page.reload()
    page.get_by_role("button", name="Back").click()
    page.get_by_text("Other words you could choose (1)").click()
    page.get_by_role("button", name="Stop offering words").click()
    expect(page.get_by_role("button", name="Offer words again")).to_be_visible()
    assert {json.loads(each).get("part") for each in asked if MARKER in each or "addict" in each} <= {"open", "helper"}


def test_a_talk_is_rehearsed_its_times_are_kept_and_the_pace_is_the_speakers_own(opened):
    page = opened
    ann = page.stage.writer()
    ann.write("one two three four five " * 30, "open")
    page.clock.install()
    page.reload()
    page.get_by_role("button", name="Your talk so far").click()
    expect(page.get_by_text("This assumes 125 words a minute.")).to_be_visible()
    page.get_by_role("button", name="Rehearse").click()
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    keys.press(page, "Start")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.clock.run_for(90_000)
    expect(page.get_by_role("timer")).to_contain_text("This part was planned for 45")
    page.get_by_label("Hide the timer").check()
    expect(page.get_by_role("timer")).to_be_hidden()
    for _ in range(7):
        page.get_by_role("button", name="Next part").click()
        page.clock.run_for(10_000)
    page.get_by_role("button", name="Finish").click()
    expect(heading(page, "Your rehearsal: 2")).to_be_focused()
    expect(page.get_by_text("At your own pace: 100 words a minute.")).to_be_visible()
    assert Run.objects.count() == 1
    page.reload()
    page.get_by_role("button", name="Your talk so far").click()
    expect(heading(page, "Your rehearsals")).to_be_visible()


def test_a_rehearsal_while_the_line_is_down_is_sent_later(opened):
    page = opened
    page.get_by_role("button", name="Your talk so far").click()
    page.get_by_role("button", name="Measure my pace").click()
    page.route("**/handler/rehearsed*", lambda route: route.abort())
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="I have read it").click()
    expect(heading(page, "Your talk so far")).to_be_focused()
    assert Run.objects.count() == 0
    page.unroute("**/handler/rehearsed*")
    page.reload()
    expect(heading(page, "Part 1 of 8")).to_be_visible()
    page.wait_for_function("localStorage.length === 0")
    assert Run.objects.count() == 1


def test_reduced_motion_offers_no_scrolling_by_itself(opened):
    page = opened
    page.get_by_role("button", name="Your talk so far").click()
    page.get_by_role("button", name="Rehearse").click()
    expect(page.get_by_label("Scroll by itself at my pace")).to_be_visible()
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.get_by_role("button", name="Your talk so far").click()
    page.get_by_role("button", name="Rehearse").click()
    expect(page.get_by_label("Scroll by itself at my pace")).to_have_count(0)


def test_the_owner_marks_it_done_and_nobody_else(opened):
    page = opened
    page.get_by_role("button", name="Your talk so far").click()
    page.get_by_role("button", name="Mark my story as done").click()
    expect(page.get_by_text("There are no words in your talk yet.")).to_be_visible()
    page.get_by_role("button", name="Go on writing").click()
    words_box(page).fill("Good evening.")
    page.get_by_role("button", name="Your talk so far").click()
    page.get_by_role("button", name="Mark my story as done").click()
    expect(page.get_by_text("Your story is marked as done.").last).to_be_visible()
    assert page.stage.lms.grade(page.stage.usage, page.stage.ann) == (1.0, 1.0)
    assert page.stage.lms.completion(page.stage.usage, page.stage.ann) == 1.0


def test_deletion_asks_once_and_deletes(opened):
    page = opened
    words_box(page).fill(MARKER)
    expect(saved(page)).to_have_text("Saved")
    page.get_by_role("button", name="Your talk so far").click()
    page.locator("summary", has_text="Delete my story").click()
    expect(page.get_by_text("overwritten within 30 days")).to_be_visible()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(heading(page, "Your story is deleted.")).to_be_focused()
    assert Passage.objects.count() == 0
    assert MARKER not in storage(page)
    page.reload()
    expect(words_box(page)).to_have_value("")


def test_a_page_that_was_open_elsewhere_does_not_bring_a_deleted_story_back(opened):
    page = opened
    words_box(page).fill("Some words.")
    expect(saved(page)).to_have_text("Saved")
    page.stage.writer().ask("delete_story")
    words_box(page).fill("Some words and more.")
    expect(page.get_by_text("You deleted this story on another device.")).to_be_visible()
    assert Passage.objects.count() == 0
    assert Mark.objects.get().what == "deleted"
    assert page.evaluate("localStorage.length") == 0


def test_another_person_on_the_same_browser_sees_no_word_and_sends_none(opened):
    page = opened
    words_box(page).fill(MARKER)
    expect(saved(page)).to_have_text("Saved")
    page.route(KEEP, lambda route: route.abort())
    words_box(page).fill(f"{MARKER} and more")
    expect(saved(page)).to_contain_text("kept on this device")
    page.unroute(KEEP)
    ben = page.stage.lms.learner("ben", page.stage.course)
    sign_in(page, ben)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(heading(page, "This page is locked")).to_be_focused()
    assert MARKER not in storage(page)
    assert violations(page) == []
    page.reload()
    expect(words_box(page)).to_have_value("")
    page.get_by_role("button", name="Your talk so far").click()
    assert MARKER not in storage(page)
    sign_in(page, page.stage.ann)
    page.reload()
    page.get_by_role("button", name="Back").click()
    expect(words_box(page)).to_have_value(f"{MARKER} and more")
    assert Passage.objects.filter(live=True).count() == 1


def test_signed_out_there_is_no_word_in_page_or_storage(opened):
    page = opened
    page.route(KEEP, lambda route: route.abort())
    words_box(page).fill(MARKER)
    expect(saved(page)).to_contain_text("kept on this device")
    page.unroute(KEEP)
    page.context.clear_cookies()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(heading(page, "This page is locked")).to_be_focused()
    assert MARKER not in storage(page)
    page.goto(f"{page.home}/peer_xblocks/story/cards/{page.stage.usage}")
    assert MARKER not in page.content()
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0


def test_coming_back_shows_the_newer_words_of_another_device(opened):
    page = opened
    words_box(page).fill("On the phone.")
    expect(saved(page)).to_have_text("Saved")
    laptop = page.stage.writer()
    laptop.look()
    laptop.write("On the phone. Then on the laptop.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(words_box(page)).to_have_value("On the phone. Then on the laptop.")


def test_an_author_sets_a_story_up_in_studio_by_keyboard(opened):
    page = opened
    eve = page.stage.lms.author("eve", page.stage.course)
    sign_in(page, eve)
    page.goto(f"{page.home}/studio/xblock/{page.stage.usage}/edit")
    assert violations(page) == []
    keys.tab_to(page, "Plan of the talk")
    page.keyboard.press("ArrowDown")
    keys.tab_to(page, "My content note")
    page.keyboard.press("Space")
    with page.expect_response("**/save_settings*") as saving:
        keys.press(page, "Save")
    assert saving.value.ok
    block = page.stage.lms.block(page.stage.usage)
    assert (block.preset, block.required, block.asides) == ("two_minutes", True, "decline after")


@pytest.mark.parametrize(
    "closed",
    [
        "Object.defineProperty(window.crypto, 'subtle', {value: undefined})",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    ],
    ids=["no WebCrypto", "storage full"],
)
def test_where_a_device_can_keep_nothing_locked_it_keeps_nothing_and_says_so(opened, closed):
    page = opened
    page.add_init_script(closed)
    page.reload()
    expect(words_box(page)).to_be_visible()
    page.route(KEEP, lambda route: route.fulfill(status=503, json={"error": "We could not save."}))
    words_box(page).fill(MARKER)
    expect(saved(page)).to_have_text("Not saved yet. Keep this page open; we keep trying.")
    assert page.evaluate("localStorage.length") == 0
    page.unroute(KEEP)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(saved(page)).to_have_text("Saved")
    assert [each["text"] for each in page.stage.writer().look()["parts"]["open"]] == [MARKER]
