"""The course that ships is sound; a course that was spoiled in one place is told where, what, and what to do."""

import re

import pytest

from peer_xblocks.course import source
from peer_xblocks.course.check import check, report

WHY, PHONE, CHECK = "html/bnd1-why.html", "html/bnd1-phone.html", "vertical/bnd1-check.xml"

SPOILED = {
    "minutes that do not hold": ("vertical/bnd1-why.xml", 'self_minutes="30"', 'self_minutes="45"', "CE-BND-1 takes"),
    "no minutes at all": ("vertical/bnd1-why.xml", 'self_minutes="30"', "", "plans no minutes"),
    "minutes in words": ("vertical/bnd1-why.xml", 'self_minutes="30"', 'self_minutes="half"', "not whole numbers"),
    "an activity without minutes": (WHY, 'data-minutes="3"', 'data-minutes=""', "does not state its minutes"),
    "an activity that says another time": (WHY, 'data-minutes="3"', 'data-minutes="4"', "does not say “4 minutes”"),
    "a footnote that leads nowhere": (WHY, 'href="#bnd1-why-s1"', 'href="#nowhere"', "leads nowhere on this page"),
    "a footnote that nobody cites": (WHY, 'href="#bnd1-why-s1"', 'href="#bnd1-why-s2"', "Nothing points to this"),
    "a source nobody listed": (WHY, 'data-source="naps"', 'data-source="hearsay"', "“hearsay” is not in sources.toml"),
    "a footnote of another name": (WHY, ">N.A.P.S., National", ">N.A.P.S., Local", "does not begin with"),
    "a missing file": ("html/bnd2-notes.html", "handout.html", "gone.html", "names no file in static/"),
    "a missing unit": (WHY, "<p>", '<p><a href="/jump_to_id/gone">x</a> ', "names no unit of this course"),
    "a strange site": (WHY, "<p>", '<p><a href="https://example.com">x</a> ', "sources.toml does not list"),
    "a plain http link": (WHY, "<p>", '<p><a href="http://988lifeline.org">x</a> ', "cannot work inside a course"),
    "a link without words": (WHY, "<p>", '<p><a href="tel:988"></a> ', "A link has no words"),
    "a picture nobody describes": (WHY, "<p>", '<p><img src="/static/a.png"> ', "has no alt"),
    "a heading out of order": (WHY, "<h2>A line, not a wall</h2>", "<h4>A line</h4>", "<h4> cannot stand here"),
    "a first heading too high": (WHY, "<h2>A line, not a wall</h2>", "<h1>A line</h1>", "<h1> cannot stand here"),
    "an open tag": (WHY, "</p>", "", "has no partner"),
    "a script": (WHY, "<p>", "<p><script></script>", "does not belong on a page"),
    "a handler": (WHY, "<p>", '<p onclick="x()">', "does not belong on a page"),
    "an id given twice": (WHY, "<p>", '<p id="bnd1-why-s1">', "is given 2 times"),
    "a word that labels": (WHY, "<p>", "<p>He is an addict. ", "“addict” could be said in a kinder way"),
    "a word that labels in an item": (CHECK, "<stem>", "<stem>Ray is an addict. ", "“addict” could be said"),
    "an item without key": (CHECK, 'right="true"', 'right="false"', "No answer is marked as right"),
    "an item without feedback": (
        CHECK,
        "<feedback>Yes. Like lines on a road, it lets two people come close and both get home.</feedback>",
        "",
        "has no feedback",
    ),
    "an item without level": (CHECK, 'level="recall" ', "", "level is not set"),
    "an item that cites hearsay": (
        CHECK,
        'source="N.A.P.S., National',
        'source="N.A.P.S., Local',
        "It cites “N.A.P.S., Local",
    ),
    "an item id twice": (CHECK, 'id="bnd1-q2"', 'id="bnd1-q1"', "2 times item “bnd1-q1”"),
    "a page id twice": ("vertical/bnd1-roles.xml", "bnd1-roles", "bnd1-town", "2 times html “bnd1-town”"),
    "an unknown block": ("vertical/bnd1-roles.xml", "<html ", "<peer_chekc ", "<peer_chekc> is no block we know"),
    "a page that is not there": (
        "vertical/bnd1-roles.xml",
        "bnd1-roles",
        "bnd1-rules",
        "html/bnd1-rules.xml: The file is missing",
    ),
    "a subsection that is not there": (
        "chapter/boundaries.xml",
        "bnd2",
        "bnd9",
        "sequential/bnd9.xml: The file is missing",
    ),
    "XML that cannot be read": (CHECK, "</stem>", "</stm>", "This XML cannot be read from line"),
    "a unit where a subsection belongs": (
        "chapter/boundaries.xml",
        "<sequential ",
        "<vertical ",
        "<vertical> cannot stand here",
    ),
    "a module block that is not first": (
        "vertical/bnd1-why.xml",
        "<peer_module",
        '<html url_name="bnd1-town"/><peer_module',
        "peer_module is not the first block",
    ),
    "a module without id": ("vertical/bnd1-why.xml", 'module_id="CE-BND-1"', "", "has no module_id"),
    "two modules of one id": ("vertical/bnd2-story.xml", "CE-BND-2", "CE-BND-1", "2 modules have the module_id"),
    "no page at the end": ("vertical/record.xml", "<peer_progress", "<html", "does not hold the one peer_progress"),
    "a block that Studio would not offer": (
        "policies/run/policy.json",
        '"peer_check", ',
        "",
        "advanced_modules does not name peer_check",
    ),
    "a policy that is not JSON": ("policies/run/policy.json", "{", "{,", "It is not JSON"),
    "a grading policy of another name": (
        "policies/run/grading_policy.json",
        "Knowledge check",
        "Quiz",
        "has no “Knowledge check”",
    ),
    "sources that cannot be read": ("sources.toml", "[naps]", "[naps", "It cannot be read"),
    "a unit without title": (
        "vertical/bnd1-roles.xml",
        ' display_name="Whose job is it?"',
        "",
        "The unit has no display_name",
    ),
    "an empty unit": ("vertical/bnd1-roles.xml", '<html url_name="bnd1-roles"/>', "", "The unit is empty"),
    "words in the hand-out": ("static/boundaries-handout.html", "I care.", "The addict.", "“addict” could be said"),
}


def test_the_course_that_ships_has_nothing_to_mend():
    assert check(source.find("ce/boundaries")) == []


def test_each_module_of_the_course_takes_its_half_hour():
    found = report(source.find("ce/boundaries")).figures
    assert [(each.module, each.planned // 600, each.holds) for each in found] == [
        ("CE-BND-1", 30, True),
        ("CE-BND-2", 30, True),
    ]


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED.keys())
def test_what_was_spoiled_is_found(copy, spoiled):
    name, old, new, said = spoiled
    assert said in copy.edit(name, old, new).told()


def test_a_problem_names_the_file_and_the_line(copy):
    copy.edit(WHY, "<h2>A line, not a wall</h2>", "<h4>A line, not a wall</h4>")
    assert copy.told().splitlines()[0].startswith(f"{WHY}:4: <h4> cannot stand here. Use <h2>.")


def test_hints_do_not_keep_a_course_from_being_built(copy):
    (copy.folder / "html" / "spare.xml").write_text("<html/>")
    copy.edit(
        PHONE, "<p>A telephone", "<p>" + "Institutional documentation necessitates communication " * 5 + "telephone"
    )
    found = report(copy.folder)
    assert "html/spare.xml: No unit names this file." in "\n".join(map(str, found.problems))
    assert all(not problem.grave for problem in found.problems if "spare" in problem.where)


def test_text_that_is_hard_to_read_is_a_hint(copy):
    for page in (copy.folder / "html").glob("bnd1-*.html"):
        page.write_text(page.read_text().replace(". ", ", and accordingly documentation necessitates responsibility, "))
    assert "reads at grade" in copy.told()


def test_a_module_says_what_a_learner_can_do_afterwards(copy):
    path = copy.folder / "vertical" / "bnd1-why.xml"
    path.write_text(re.sub("<objectives>.*</objectives>", "", path.read_text(), flags=re.DOTALL))
    assert "The module has no objectives." in copy.told()


def test_an_empty_folder_is_told_and_not_crashed_on(tmp_path):
    assert "course.xml: The file is missing." in "\n".join(map(str, check(tmp_path)))


def test_xml_that_hides_a_trap_is_a_problem_like_any_other(copy):
    (copy.folder / CHECK).write_text('<!DOCTYPE x [<!ENTITY a "b">]><vertical>&a;</vertical>')
    assert f"{CHECK}: This XML names a document type." in copy.told()
