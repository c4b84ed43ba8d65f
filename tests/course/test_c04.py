"""Module C04, “The peer role”: the model of a written module, alone and live."""

import re
from pathlib import Path

import pytest

from peer_xblocks.course import prose, show, source
from peer_xblocks.course.check import report
from peer_xblocks.course.page import ACTIVITY, READING
from peer_xblocks.item import text
from peer_xblocks.language import flags

MOMENTS = ("c04-call", "c04-advice", "c04-trust", "c04-pathway", "c04-coat", "c04-van")
VALUES = (
    *("voluntary", "person-driven", "mutual", "equal in power", "respectful", "hopeful", "strengths"),
    *("agents of change", "honest and direct", "transparent", "open-minded", "empathetic"),
)
HANDOUTS = ("c04-role.html", "c04-observer.html", "c04-cards.html")


@pytest.fixture(scope="module")
def checked():
    return report(source.find("crss"))


@pytest.fixture(scope="module")
def part(checked):
    return next(part for part in checked.course.modules if part.id == "c04")


@pytest.fixture(scope="module")
def figures(checked):
    return next(each for each in checked.figures if each.module == "C04")


@pytest.fixture(scope="module")
def guide(part):
    return part.module.settings["guide"]


@pytest.fixture(scope="module")
def sort(part):
    (found,) = [block for block in part.blocks if block.kind == "peer_sort"]
    return found


def pages(part, *units):
    return [block.page for unit in part.units if unit.id in units for block in unit.blocks if block.page]


# -- alone -------------------------------------------------------------------------------------------------------


def test_its_self_paced_part_takes_its_15_minutes(figures):
    assert figures.planned == 15 * 600
    assert figures.holds
    assert (figures.recall, figures.vignettes) == (4, 6)


def test_the_right_answers_are_spread(part):
    places = [next(iter(item.key)) for item in part.items]
    assert max(places.count(place) for place in "abc") <= 4 and len(places) == 10


def test_it_shows_both_sides_of_the_15_lines_of_the_role(part):
    (page,) = pages(part, "c04-table")
    assert len([text for text in page.texts if text.tag == "td"]) == 30


def test_it_names_the_twelve_values(part):
    words = " ".join(pages(part, "c04-values")[0].words(READING))
    assert [value for value in VALUES if value not in words] == []


# -- live --------------------------------------------------------------------------------------------------------


def test_sort_moments_and_the_page_before_them_are_live_and_earn_nothing_alone(part):
    assert part.live == {"c04-live", "c04-sort", *MOMENTS}
    assert [unit.id for unit in part.units if unit.id in part.live] == [unit.id for unit in part.units[4:]]


def test_the_run_of_show_adds_up_to_105_minutes_and_its_clock_agrees(guide):
    steps = show.steps(guide)
    assert sum(step.minutes for step in steps) == 105
    clock = 0
    for step in steps:
        assert step.words[0] == f"{clock // 60}:{clock % 60:02}"
        clock += step.minutes


def test_the_sort_has_a_card_for_each_of_the_15_rows(sort):
    assert [card.id for card in sort.cards] == [f"row-{row:02}" for row in range(1, 16)]
    assert sort.piles == ("peer", "not")
    for row, card in enumerate(sort.cards, 1):
        assert f"(Role table, row {row})" in card.why or "(Core competencies, category" in card.why


def test_cards_lie_on_both_sides_and_some_are_gray_and_say_so(sort):
    gray = [card for card in sort.cards if len(card.piles) == 2]
    assert [card.id for card in gray] == ["row-07", "row-08", "row-10", "row-15"]
    assert [card for card in sort.cards if card.why.startswith("Gray.")] == gray
    one = [card.piles[0] for card in sort.cards if len(card.piles) == 1]
    assert min(one.count("peer"), one.count("not")) >= 5


def test_the_guide_speaks_of_the_gray_cards_by_their_number(sort, guide):
    gray = [card.id.removeprefix("row-").lstrip("0") for card in sort.cards if len(card.piles) == 2]
    assert f"cards {', '.join(gray[:-1])} and {gray[-1]}" in guide


@pytest.mark.parametrize("moment", MOMENTS)
def test_each_moment_branches_turns_and_gives_its_reason_with_sources(part, moment):
    html = (source.find("crss") / "../../core/html" / f"{moment}.html").read_text(encoding="utf-8")
    assert [each[0] for each in re.findall(r"<summary[^>]*>([A-Z])\. ", html)] == ["A", "B", "C"]
    assert html.count("Coming back:</strong>") == 2 and html.count("And then:</strong>") == 1
    (page,) = pages(part, moment)
    assert [mark.words for mark in page.marks if mark.kind == "h2"] == ["What do you do?", "It turns", "Why", "Sources"]
    why = html[html.index("<h2>Why</h2>") : html.index('<div class="peer-sources">')]
    assert len(re.findall("<sup>", why)) == len(page.all("footnote")) >= 2


def test_the_guide_has_a_note_for_each_moment_in_order(part, guide):
    notes = re.findall(r"^\d\. \*\*(.+?)\.?\*\*", guide, re.MULTILINE)
    titles = [unit.title.partition(": ")[2] for unit in part.units if unit.id in MOMENTS]
    assert [each.rstrip(".").casefold() for each in notes] == [each.casefold() for each in titles]


@pytest.mark.parametrize(
    "named",
    ["Run of show", "Opt-outs", "Role play", "Observer", "In a virtual room", "In one room", "Hand-outs", *HANDOUTS],
)
def test_the_guide_holds_what_a_facilitator_needs(guide, named):
    assert named in guide


def test_the_guide_is_short_enough_to_be_shown_with_headings_and_tables(guide):
    shown = text.html(guide)
    assert "<table>" in shown and "<h3>" in shown and "<li>" in shown


@pytest.mark.django_db
def test_the_guide_is_for_staff_alone(lms, part, guide):
    unit = lms.unit(lms.course(), "C04")
    module = lms.add(unit, "peer_module", module_id="C04", guide=guide, live_minutes=105)
    assert "Run of show" in lms.render(module, lms.staff("tom", str(lms.block(module).course)))
    assert "Run of show" not in lms.render(module, lms.learner("ann", str(lms.block(module).course)))


# -- wording -----------------------------------------------------------------------------------------------------


def test_what_is_read_alone_reads_at_grade_6_to_8(figures):
    assert 6 <= figures.grade <= 8


def test_nothing_that_a_learner_reads_is_harder_than_grade_8(checked, part, sort):
    said = {block.page.where: block.page.prose(READING, ACTIVITY) for block in part.blocks if block.page}
    said |= {page.where: page.prose(READING, ACTIVITY) for page in checked.course.handouts}
    said["cards"] = [each for card in sort.cards for each in (card.text, card.why.rpartition(" (")[0])]
    said["items"] = [each for item in part.items for each in (item.stem, *[option.feedback for option in item.options])]
    assert {where: round(prose.grade(texts), 1) for where, texts in said.items() if prose.grade(texts) > 8} == {}


def test_the_language_helper_has_nothing_to_offer(part, sort, guide):
    read = [each for block in part.blocks if block.page for each in block.page.texts]
    said = [each.own for each in read if each.part != "sources"]
    said += [each for card in sort.cards for each in (card.text, card.why)]
    said += [sort.settings["prompt"], part.module.settings["objectives"], text.plain(guide)]
    for item in part.items:
        said += [
            item.stem,
            item.rationale,
            *[each for option in item.options for each in (option.text, option.feedback)],
        ]
    assert [(flag.term, words[flag.start - 30 : flag.end + 20]) for words in said for flag in flags(words)] == []


def test_nobody_is_asked_to_disclose_anything(part):
    said = " ".join(each for block in part.blocks if block.page for each in block.page.words(READING, ACTIVITY))
    assert not re.search(r"\byour (?:own )?(?:diagnosis|recovery date|medication|trauma)\b", said)


# -- hand-outs ---------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("name", HANDOUTS)
def test_each_hand_out_prints_on_one_page(page, name):
    page.goto((Path(source.find("crss")) / "../../core/static" / name).resolve().as_uri())
    letter, a4 = (page.pdf(format=size, prefer_css_page_size=size == "Letter") for size in ("Letter", "A4"))
    assert [len(re.findall(rb"/Type\s*/Page\b", each)) for each in (letter, a4)] == [1, 1]
