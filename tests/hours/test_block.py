"""The module's block: what learners see, what authors set, what staff tools do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from peer_xblocks.demo.models import BlockCompletion
from peer_xblocks.hours import ledger, olx
from peer_xblocks.hours.description import Description
from peer_xblocks.hours.models import Entry
from peer_xblocks.learner import learners, signals
from peer_xblocks.refusal import Refusal
from tests.hours.classroom import Classroom

FORM = {
    "display_name": "What boundaries are for",
    "module_id": "CE-BND-1",
    "self_minutes": 30,
    "live_minutes": 0,
    "objectives": ["Say what a boundary is for", "Offer a kind no"],
    "competencies": "Guideline 7",
    "guide": "Ask *first*.\n\nSECRET-GUIDE",
    "live_units": ["unit1"],
    "outline_only": False,
}


@pytest.fixture
def room(lms, at):
    return Classroom(lms)


@pytest.fixture
def module(room, lms):
    return lms.add(lms.unit(room.course, "Boundaries"), "peer_module", **FORM)


@pytest.fixture
def _checks(room):
    """Lets a test say which checks are passed."""
    passed = set()

    def answer(**_asked):
        return passed

    signals.passed_asked.connect(answer)
    yield passed
    signals.passed_asked.disconnect(answer)


def test_a_learner_sees_what_it_is_and_what_is_missing(room, lms, module):
    html = lms.render(module, room.ann)
    for text in ("What boundaries are for", "30 minutes at your own pace", "Offer a kind no", "Guideline 7"):
        assert text in html
    assert "0 min of 30 min" in html
    assert "30 min more on the pages of this module" in html
    assert "988" in html


def test_the_guide_is_for_staff_alone(room, lms, module):
    assert "SECRET-GUIDE" in lms.render(module, lms.staff("tom", room.course))
    block = lms.block(module)
    shown = [
        lms.render(module, room.ann),
        lms.render(module, None, "public_view"),
        repr(block.student_view_data()),
        repr(block.index_dictionary()),
    ]
    assert not [each for each in shown if "SECRET-GUIDE" in each]
    assert "Offer a kind no" in repr(block.index_dictionary())


def test_rendering_writes_nothing(room, lms, module):
    lms.render(module, room.ann)
    assert learners.known(room.ann.id) is None


def test_opening_it_leaves_the_pointer_that_staff_tools_need(room, lms, module):
    assert lms.post(module, "opened", {}, room.ann).status_code == 200
    assert lms.block(module, room.ann).record == str(learners.of(room.ann.id))


def test_author_text_is_shown_as_text(room, lms):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> مرحبا 🙂"
    fields = dict.fromkeys(("display_name", "competencies", "guide"), hostile) | {"objectives": [hostile]}
    usage = lms.add(room.units["M1"], "peer_module", module_id="X", self_minutes=1, **fields)
    for user in (room.ann, lms.staff("tom", room.course)):
        html = lms.render(usage, user)
        assert "<script>alert(1)" not in html
        assert "<img src=x" not in html
        assert "مرحبا 🙂" in html


def completed():
    return dict(BlockCompletion.objects.values_list("usage", "completion"))


# -- completion ------------------------------------------------------------------------------------------------


def test_it_completes_when_its_minutes_are_there(lms, at, django_capture_on_commit_callbacks):
    room = Classroom(lms, minutes=1)
    page = room.opened()
    with django_capture_on_commit_callbacks(execute=True):
        page.live(at, 60)
    assert completed() == {room.m1: 1.0}
    assert "This module is complete." in lms.render(room.m1, room.ann)


def test_it_waits_for_its_checks(lms, at, _checks, django_capture_on_commit_callbacks):
    room = Classroom(lms, minutes=1)
    check = lms.add(room.units["M1"], "peer_check", display_name="Check 1")
    with django_capture_on_commit_callbacks(execute=True):
        room.opened().live(at, 60)
    assert completed() == {}
    assert "Check 1: not yet passed" in lms.render(room.m1, room.ann)
    _checks.add(check)
    assert "This module is complete." in lms.render(room.m1, room.ann)


def test_staffs_reset_takes_credit_back_and_destroys_nothing(room, lms, at):
    from peer_xblocks.demo.lms import access

    room.opened().live(at, 60)
    tom = lms.staff("tom", room.course)
    before = Entry.objects.count()
    lms.block(room.m1).clear_student_state(
        user_id=access.anonymous_id(room.ann.id, room.course),
        course_id=room.course,
        item_id=room.m1,
        requesting_user_id=access.anonymous_id(tom.id, room.course),
    )
    learner = learners.of(room.ann.id)
    assert ledger.total(learner, room.course, "M1") == 0
    assert Entry.objects.count() > before
    assert Entry.objects.latest("id").by == learners.of(tom.id)


# -- the author's form -----------------------------------------------------------------------------------------


def test_an_author_edits_it_without_json(room, lms, module):
    form = lms.render(module, view="studio_view")
    for name in FORM:
        assert f'name="{name}"' in form
    changed = FORM | {"display_name": "Kind limits", "self_minutes": 45, "objectives": [" One ", "", "Two"]}
    answer = lms.studio_post(module, "save_settings", changed, lms.author("eve", room.course))
    assert answer.json() == {"saved": True, "faults": []}
    block = lms.block(module)
    assert (block.display_name, block.self_minutes, block.objectives) == ("Kind limits", 45, ["One", "Two"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"display_name": " "}, "title"),
        ({"module_id": "no blanks"}, "id of letters"),
        ({"module_id": ""}, "id of letters"),
        ({"self_minutes": "30"}, "whole number"),
        ({"self_minutes": -1}, "whole number"),
        ({"live_minutes": True}, "whole number"),
        ({"live_minutes": 6001}, "whole number"),
        ({"objectives": "one"}, "objectives"),
        ({"objectives": [1]}, "objectives"),
        ({"guide": ["x"]}, "guide"),
        ({"outline_only": "yes"}, "an outline"),
        ({"guide": "x" * 100_001}, "100,000"),
    ],
)
def test_what_cannot_be_kept_is_said_field_by_field(room, lms, module, wrong, said):
    answer = lms.studio_post(module, "save_settings", FORM | wrong, lms.author("eve", room.course))
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert lms.block(module).display_name == FORM["display_name"]


def test_nobody_else_saves_it(room, lms, module):
    assert lms.studio_post(module, "save_settings", FORM, room.ann).status_code == 403
    assert lms.post(module, "save_settings", FORM, lms.author("eve", room.course)).status_code == 403


def test_an_author_is_told_what_to_mend(room, lms):
    empty = lms.add(room.units["M1"], "peer_module")
    assert len(lms.block(empty).faults()) == 3
    assert "To mend" in lms.render(empty, view="author_view")


def test_steps_that_are_held_live_are_ticked_by_name(room, lms):
    unit = lms.unit(room.course, "Boundaries", "Together")
    module = lms.add(unit, "peer_module", **FORM | {"live_units": [unit.rsplit("@", 1)[-1], "gone"]})
    form = lms.render(module, view="studio_view")
    assert "Together" in form
    assert form.count(" checked") == 2


def test_an_outline_says_so_to_learners_and_is_a_tick_for_authors(room, lms, module):
    said = "There are no pages to read here yet."
    assert said not in lms.render(module, room.ann)
    answer = lms.studio_post(module, "save_settings", FORM | {"outline_only": True}, lms.author("eve", room.course))
    assert answer.json()["saved"]
    html = lms.render(module, room.ann)
    assert said in html
    assert "30 min with your trainer, who writes it down for you" in html
    assert "more on the pages" not in html
    assert 'outline_only="true"' in lms.olx(module)
    assert lms.block(module).student_view_data()["outline_only"] is True
    assert 'name="outline_only" checked' in lms.render(module, view="studio_view")


# -- OLX -------------------------------------------------------------------------------------------------------


def test_long_text_is_readable_in_olx_and_comes_back(room, lms, module):
    xml = lms.olx(module)
    assert "<objective>Offer a kind no</objective>" in xml
    assert 'live_units="unit1"' in xml
    assert "&#10;" not in xml
    block = lms.block(lms.paste(module, room.units["M2"]))
    assert block.description() == lms.block(module).description()


def test_export_import_export_is_the_same_byte_for_byte(room, lms, module):
    first = lms.export(room.course)
    other = "course-v1:Test+CE1+2027"
    assert lms.import_(first, other) == []
    second = lms.export(other)
    assert lms.import_(second, room.course) == []
    assert lms.export(room.course) == first


def test_olx_by_hand_is_understood(room, lms):
    xml = """<peer_module module_id="C1" self_minutes="30" live_units='["a", "b"]'>
      <objectives>
        <objective>  One
          line </objective>
        <objective/>
      </objectives>
      <guide>Line 1
Line 2 &amp; more</guide>
    </peer_module>"""
    block = lms.block(lms.add_olx(room.units["M1"], xml))
    assert block.objectives == ["One line"]
    assert block.guide == "Line 1\nLine 2 & more"
    assert block.live_units == ["a", "b"]


texts = st.text(max_size=40)


@given(texts, texts, st.lists(texts, max_size=4))
def test_whatever_an_author_writes_survives_olx(title, guide, objectives):
    try:
        said = Description.from_json(
            FORM | {"display_name": f"x{title}", "guide": guide, "objectives": objectives, "competencies": title}
        )
    except Refusal:
        return
    node = etree.Element("peer_module")
    olx.put_together(node, said.objectives, said.guide, said.live_units)
    first = etree.tostring(node, encoding="unicode")
    _, again = olx.taken_apart(etree.fromstring(first))
    found = (again.get("objectives", []), again.get("guide", ""), again.get("live_units", []))
    assert found == (list(said.objectives), said.guide, list(said.live_units))


@given(st.dictionaries(st.sampled_from(list(FORM)), st.none() | st.integers() | texts | st.lists(texts), max_size=8))
def test_any_form_is_kept_or_refused_in_words(data):
    try:
        Description.from_json(data)
    except Refusal as refused:
        assert refused.sentence.endswith(".")
