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
from tests.e2e import checks
from tests.e2e.checks import unit_frame
from tests.e2e.demo import Demo
from tests.e2e.walk import COURSE, UNIT, Walk

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
