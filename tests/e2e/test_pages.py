"""Every page of the demo stands up to axe, to large text and to writing from right to left."""

import pytest

from tests.e2e.checks import unit_frame
from tests.e2e.walk import COURSE, PAGE, TRACK, UNIT, Walk

PAGES = {
    "Renee": [
        "/", f"/courses/{COURSE}", f"/courses/{COURSE}/progress", f"/units/{UNIT}bnd1-why", f"/units/{UNIT}bnd1-check",
        f"/units/{UNIT}record", f"/peer_xblocks/hours/days/{COURSE}", "/demo/clock", "/demo/reset", "/demo/registry", "/nowhere",
    ],
    "Amara": [
        f"/courses/{TRACK}", f"/courses/{TRACK}/progress", f"/units/{PAGE}c04-role", f"/units/{PAGE}c05-outline",
        f"/units/{PAGE}c04-sort", f"/units/{PAGE}crss-story", f"/units/{PAGE}crss-exam", f"/units/{PAGE}crss-record",
    ],
    "Bernice": ["/peer_xblocks/exam/office"],
    "Joan": [
        "/courses", f"/courses/{TRACK}/learners", f"/courses/{TRACK}/learners/amara", f"/peer_xblocks/certification/cohort/{TRACK}",
        f"/peer_xblocks/exam/course/{TRACK}", f"/courses/{COURSE}/learners", f"/courses/{COURSE}/learners/delia", f"/peer_xblocks/hours/cohort/{COURSE}",
    ],
    "Ellis": [
        "/studio", f"/studio/courses/{COURSE}", f"/studio/units/{UNIT}bnd1-why", f"/studio/units/{UNIT}bnd1-check",
        f"/studio/blocks/{UNIT}bnd1-check".replace("@vertical+", "@peer_check+"),
    ],
}  # fmt: skip
LARGE = "() => { document.documentElement.style.fontSize = '200%'; }"
TURNED = "() => { document.documentElement.dir = 'rtl'; }"
OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(params=[(320, "light"), (1280, "dark")], ids=["phone, light", "desktop, dark"])
def walk(browser, demo, request):
    width, scheme = request.param
    made = Walk(browser, demo, width=width, scheme=scheme)
    yield made
    made.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_keeps_anybody_out(walk, name):
    walk.step_in(name)
    too_wide = []
    for path in PAGES[name]:
        assert walk.open(path) == (404 if path == "/nowhere" else 200)
        walk.framed()
        walk.calm()
        for change in (LARGE, TURNED):
            for frame in walk.page.frames:
                frame.evaluate(change)
        wide = {frame.url: frame.evaluate(OVER) for frame in walk.page.frames}
        too_wide += [f"{url}: {over} px" for url, over in wide.items() if over > 0]
    assert not too_wide, "at 200 % text, right to left: " + "\n".join(too_wide)


def test_no_tab_title_tells_what_the_course_is_about(walk):
    walk.step_in("Renee")
    for path in PAGES["Renee"]:
        walk.open(path)
        titles = " ".join(frame.title() for frame in walk.page.frames).lower()
        assert not any(word in titles for word in ("peer", "recover", "boundar", "support", "certif"))


def test_an_author_edits_a_block_and_sees_the_change(walk):
    walk.step_in("Ellis")
    walk.open(f"/studio/units/{UNIT}bnd1-why")
    walk.page.get_by_role("link", name="Edit").first.click()
    walk.page.wait_for_url("**/studio/blocks/**")
    walk.framed()
    title = unit_frame(walk.page).get_by_label("Title", exact=True)
    old = title.input_value()
    title.fill("A title of another day")
    unit_frame(walk.page).get_by_role("button", name="Save").click()
    walk.page.wait_for_url("**/studio/units/**")
    walk.page.get_by_text("A title of another day").first.wait_for()
    walk.page.get_by_role("link", name="Edit").first.click()
    walk.page.wait_for_url("**/studio/blocks/**")
    walk.framed()
    unit_frame(walk.page).get_by_label("Title", exact=True).fill(old)
    unit_frame(walk.page).get_by_role("button", name="Save").click()
    walk.page.wait_for_url("**/studio/units/**")
    assert not walk.errors
