"""Pictures of every page and state, phone and desktop, light and dark: `python -m tests.e2e.gallery` → docs/gallery/."""

from __future__ import annotations

import base64
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import CHROMIUM, SWITCHES
from tests.e2e import checks, sitting
from tests.e2e.checks import unit_frame
from tests.e2e.demo import Demo
from tests.e2e.walk import COURSE, PAGE, TRACK, UNIT, Walk

WHERE = Path(__file__).parents[2] / "docs" / "gallery"
WINDOWS = {"phone": 320, "desktop": 1280}
SCHEMES = ("light", "dark")
TALLEST = 1500
"""No picture is taller: what matters is above."""
FEW_COLOURS = (Path(__file__).parent / "palette.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Picture:
    """One picture: its name, a sentence, who looks, where, and what is done before it is taken."""

    name: str
    says: str
    who: str
    path: str
    before: Callable[[Walk], None] = lambda walk: None
    registry: bool = False
    tallest: int = TALLEST


def choose_wrongly(walk: Walk) -> None:
    """Answers the first question of a check with another option than the right one."""
    checks.answer(walk.page, checks.right(walk.page, checks.key("bnd1-check")), wrongly=True)


def open_why(walk: Walk) -> None:
    """Opens the meter's explanation."""
    unit_frame(walk.page).get_by_text("What counts").first.click()


def line_down(walk: Walk) -> None:
    """Cuts the line and lets two beats pass."""
    walk.context.set_offline(True)
    for _ in range(2):
        walk.beat(heard=False)


def idle(walk: Walk) -> None:
    """Nobody moves for six minutes."""
    for _ in range(25):
        walk.beat(heard=False)


def view_as(walk: Walk) -> None:
    """A trainer looks as a learner does."""
    walk.page.get_by_role("button", name="See the course as").click()
    walk.page.wait_for_url("**/courses/*")


def press(walk: Walk, *names: str) -> None:
    """Presses buttons of the unit by name, one after the other, as far as they are there."""
    for name in names:
        found = unit_frame(walk.page).get_by_role("button", name=name, exact=True)
        if found.count():
            found.first.click()
            walk.page.wait_for_timeout(400)


def place_card(walk: Walk) -> None:
    """Puts the card that is shown into the first pile, and reads its reason; nothing where all are placed."""
    press(walk, "Peer support does this")


def write(walk: Walk) -> None:
    """Waits until the words of a part are there."""
    unit_frame(walk.page).get_by_label("Your words").wait_for()


def whole(walk: Walk) -> None:
    """Opens the talk so far."""
    write(walk)
    press(walk, "Your talk so far")


def rehearse(walk: Walk) -> None:
    """Reads the talk aloud."""
    whole(walk)
    press(walk, "Rehearse", "Start")


def sit(walk: Walk) -> None:
    """Begins the exam, or goes on with it."""
    press(walk, "Start the exam")
    unit_frame(walk.page).locator("legend").wait_for()


def review(walk: Walk) -> None:
    """The list of all questions, one of them marked."""
    sit(walk)
    flag = unit_frame(walk.page).get_by_label("Come back to this one")
    if not flag.is_checked():
        flag.check()
        sitting.saved(walk.page)
    press(walk, "See all questions")


def passed(walk: Walk) -> None:
    """Every question is answered right and the exam handed in; later, the result alone."""
    frame, key = unit_frame(walk.page), sitting.key()
    if frame.get_by_role("heading", name="You passed").count():
        return
    review(walk)
    frame.locator(".peer-exam__go").first.click()
    for _ in range(sitting.count(walk.page)):
        choose(walk, key[sitting.stem(walk.page)])
    press(walk, "Hand in the exam", "Yes, hand in")
    frame.get_by_role("heading", name="You passed").wait_for()


def choose(walk: Walk, texts: list[str]) -> None:
    """Chooses the answers of one question and goes on."""
    frame = unit_frame(walk.page)
    for label in frame.locator(".peer__choice").all():
        if " ".join(label.inner_text().split()) in texts:
            label.locator("input").check()
    sitting.saved(walk.page)
    frame.locator("button[type=submit]").click()


def not_yet(walk: Walk) -> None:
    """Everything is left open and the exam handed in; later, the result alone."""
    if unit_frame(walk.page).get_by_role("heading", name="Not yet passed").count():
        return
    press(walk, "Start the exam", "See all questions", "Hand in the exam", "Yes, hand in")
    unit_frame(walk.page).get_by_role("heading", name="Not yet passed").wait_for()


def open_sitting(walk: Walk) -> None:
    """The officer opens a sitting."""
    walk.page.get_by_role("link", name="wesley").first.click()
    walk.page.wait_for_load_state("load")


def open_person(walk: Walk) -> None:
    """The trainer opens a learner of the cohort."""
    walk.page.get_by_role("link", name="wesley").click()
    walk.page.wait_for_load_state("load")


def receipt(walk: Walk) -> None:
    """The name is given, and the registry's receipt comes."""
    frame = unit_frame(walk.page)
    proof = frame.locator(".peer-progress__proof")
    if not proof.is_visible():
        frame.locator("input[name=name]").fill("Wesley Example")
        press(walk, "Save this name")
        proof.wait_for(timeout=30_000)


def join(walk: Walk) -> None:
    """The registrar says whose the first report is; then the page is looked at anew."""
    office = Walk(walk.browser, walk.demo)
    try:
        enter(office, replace(PICTURES[-1], who="Gwen"))
        office.page.goto(walk.demo.place.registry_address + "/received/1/")
        joining = office.page.get_by_role("button", name="Join")
        if joining.count():
            joining.first.click()
            office.page.wait_for_load_state("load")
    finally:
        office.close()
    walk.page.reload()


CHECK = f"/units/{UNIT}bnd1-check"
STORY = f"/units/{PAGE}crss-story"
EXAM = f"/units/{PAGE}crss-exam"
PICTURES = (
    Picture("front", "Who do you want to be?", "", "/"),
    Picture("outline-new", "The course before the first page.", "Renee", f"/courses/{COURSE}"),
    Picture("outline-part", "The course part way.", "Tomas", f"/courses/{COURSE}"),
    Picture("outline-nearly", "Two minutes to go.", "Marcus", f"/courses/{COURSE}"),
    Picture("outline-done", "Everything is done.", "Ruben", f"/courses/{COURSE}"),
    Picture("unit", "A page of the course with its meter.", "Tomas", f"/units/{UNIT}bnd1-why"),
    Picture("unit-what-counts", "The meter says what counts.", "Tomas", f"/units/{UNIT}bnd1-money", open_why),
    Picture("unit-offline", "The line is down.", "Tomas", f"/units/{UNIT}bnd1-money", line_down),
    Picture("unit-idle", "Nobody was here for a while.", "Tomas", f"/units/{UNIT}bnd1-money", idle),
    Picture("unit-full", "All minutes of a module are counted.", "Delia", f"/units/{UNIT}bnd1-money"),
    Picture("days", "A learner's own days: what counted, what did not, and why.", "Delia", f"/peer_xblocks/hours/days/{COURSE}"),
    Picture("days-empty", "No day yet.", "Renee", f"/peer_xblocks/hours/days/{COURSE}"),
    Picture("check", "A knowledge check asks one thing at a time.", "Renee", CHECK),
    Picture("check-not-yet", "An answer that is not yet right teaches something.", "Priya", CHECK, choose_wrongly),
    Picture("check-passed", "A check that was passed.", "Marcus", CHECK),
    Picture("record-missing", "What is done and what is missing.", "Tomas", f"/units/{UNIT}record"),
    Picture("record-receipt", "The registry's signed receipt.", "Ruben", f"/units/{UNIT}record", tallest=2400),
    Picture("progress", "Progress by module.", "Delia", f"/courses/{COURSE}/progress"),
    Picture("learners", "A trainer sees where everybody stands.", "Joan", f"/courses/{COURSE}/learners"),
    Picture("learner", "Help for a learner who got stuck.", "Joan", f"/courses/{COURSE}/learners/tomas"),
    Picture("view-as", "A trainer sees the course as a learner.", "Joan", f"/courses/{COURSE}/learners/tomas", view_as),
    Picture("cohort", "Contact hours of a cohort.", "Joan", f"/peer_xblocks/hours/cohort/{COURSE}"),
    Picture("outline-track", "The track on day three: written modules and outlines.", "Amara", f"/courses/{TRACK}"),
    Picture("outline-track-ready", "The track with the exam left to do.", "Wesley", f"/courses/{TRACK}"),
    Picture("progress-track", "Progress of a track.", "Amara", f"/courses/{TRACK}/progress"),
    Picture("record-track", "What a track asks for: hours by kind, checks, story, exam, watched practice.", "Amara", f"/units/{PAGE}crss-record"),
    Picture("module-outline", "A module whose pages are not written says so.", "Amara", f"/units/{PAGE}c05-outline"),
    Picture("sort", "A card, and the piles it may go into.", "Amara", f"/units/{PAGE}c04-sort"),
    Picture("sort-reason", "Each card has its reason.", "Amara", f"/units/{PAGE}c04-sort", place_card),
    Picture("sort-done", "Every card is placed.", "Wesley", f"/units/{PAGE}c04-sort"),
    Picture("story-write", "A story, one part at a time.", "Amara", STORY, write),
    Picture("story-whole", "The whole talk, its length and its balance.", "Wesley", STORY, whole),
    Picture("story-rehearse", "Reading the talk aloud.", "Wesley", STORY, rehearse),
    Picture("story-cards", "Cue cards to print.", "Wesley", "/peer_xblocks/story/cards/" + PAGE.replace("@vertical+", "@peer_story+") + "crss-story"),
    Picture("exam-start", "What to expect, before the time begins.", "Wesley", EXAM),
    Picture("exam-question", "One question at a time, in any order.", "Wesley", EXAM, sit),
    Picture("exam-review", "All questions before handing in.", "Wesley", EXAM, review),
    Picture("exam-passed", "The exam is passed.", "Wesley", EXAM, passed),
    Picture("exam-not-yet", "Not yet passed, and what comes next.", "Amara", EXAM, not_yet),
    Picture("record-track-receipt", "The registry's receipt for the whole training.", "Wesley", f"/units/{PAGE}crss-record", receipt, tallest=2400),
    Picture("exam-sittings", "A trainer sees states, and no answer.", "Joan", f"/peer_xblocks/exam/course/{TRACK}"),
    Picture("exam-office", "The exam officer's desk.", "Bernice", "/peer_xblocks/exam/office"),
    Picture("exam-sitting", "One sitting exactly as it was.", "Bernice", "/peer_xblocks/exam/office", open_sitting),
    Picture("cohort-track", "What a cohort has of all that its track asks for.", "Joan", f"/peer_xblocks/certification/cohort/{TRACK}"),
    Picture("cohort-person", "One trainee: what is there, and what the trainer enters by hand.", "Joan", f"/peer_xblocks/certification/cohort/{TRACK}", open_person),
    Picture("courses", "A trainer's courses.", "Joan", "/courses"),
    Picture("studio", "Studio: courses in and out.", "Ellis", "/studio"),
    Picture("studio-course", "Studio: a course.", "Ellis", f"/studio/courses/{COURSE}"),
    Picture("studio-unit", "Studio: a unit as its author sees it.", "Ellis", f"/studio/units/{UNIT}bnd1-check"),
    Picture("studio-module", "Studio: the editor of a module.", "Ellis", "/studio/blocks/" + UNIT.replace("@vertical+", "@peer_module+") + "bnd1-module"),
    Picture("studio-check", "Studio: the editor of a check.", "Ellis", "/studio/blocks/" + UNIT.replace("@vertical+", "@peer_check+") + "bnd1-check"),
    Picture("clock", "The demo's clock.", "Renee", "/demo/clock"),
    Picture("start-over", "Starting over asks first.", "Renee", "/demo/reset"),
    Picture("not-found", "An address that does not exist.", "Renee", "/nowhere"),
    Picture("registry-sign-in", "The registry's front page.", "", "/", registry=True),
    Picture("registry-received", "The registrar sees what came in.", "Gwen", "/received/", registry=True),
    Picture("registry-report", "One report with its receipt.", "Gwen", "/received/1/", registry=True),
    Picture("registry-practitioners", "The registry's people.", "Gwen", "/practitioners/", registry=True),
    Picture("registry-mine", "A specialist sees their own hours.", "Ruben", "/mine/", join, registry=True),
)  # fmt: skip


def main() -> None:
    """Takes all pictures and writes the page that shows them."""
    wanted = set(sys.argv[1:])
    WHERE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        demo = Demo(Path(root))
        painter = browser.new_page()
        demo.start()
        time.sleep(4)  # the worker brings the first report to the registry
        try:
            for picture in PICTURES:
                for window, scheme in product(WINDOWS, SCHEMES) if not wanted or picture.name in wanted else ():
                    file = WHERE / f"{picture.name}-{window}-{scheme}.png"
                    take(browser, painter, demo, picture, WINDOWS[window], scheme, file)
        finally:
            demo.stop()
    (WHERE / "README.md").write_text(index(), encoding="utf-8")


def take(browser: Browser, painter: Page, demo: Demo, picture: Picture, width: int, scheme: str, file: Path) -> None:
    """One picture, by somebody who has just stepped in."""
    walk = Walk(browser, demo, width=width, scheme=scheme)
    try:
        enter(walk, picture)
        base = demo.place.registry_address if picture.registry else demo.place.address
        walk.page.goto(base + picture.path)
        walk.framed()
        walk.page.wait_for_timeout(250)
        picture.before(walk)
        walk.page.wait_for_timeout(250)
        walk.page.mouse.move(0, 0)
        snap(walk.page, painter, width, picture.tallest, file)
    finally:
        walk.close()


def enter(walk: Walk, picture: Picture) -> None:
    """Steps into the picture's person, on the site or in the registry."""
    if not picture.who:
        return
    walk.page.goto((walk.demo.place.registry_address if picture.registry else walk.demo.place.address) + "/")
    walk.page.get_by_role("button", name=picture.who).first.click()
    walk.page.wait_for_load_state("load")
    walk.page.wait_for_timeout(150)


def snap(page: Page, painter: Page, width: int, tallest: int, file: Path) -> None:
    """The whole page, up to the greatest height."""
    tall = page.evaluate("() => document.documentElement.scrollHeight")
    taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(tall, tallest)})
    address = "data:image/png;base64," + base64.b64encode(taken).decode()
    file.write_bytes(base64.b64decode(painter.evaluate(f"source => ({FEW_COLOURS})(source)", address)))


def index() -> str:
    """A page that shows all pictures."""
    lines = ["# Gallery", "", "Every page and state of the demonstration. Made by `python -m tests.e2e.gallery`.", ""]
    for picture in PICTURES:
        lines += [f"## {picture.says}", ""]
        for window in WINDOWS:
            lines += [
                f"![{picture.says} ({window}, {scheme})]({picture.name}-{window}-{scheme}.png)" for scheme in SCHEMES
            ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
