"""The meter is on every unit of a module, and its page writes nothing."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.demo.lms import masquerade
from peer_xblocks.hours import meter, modules
from peer_xblocks.hours.models import Entry
from peer_xblocks.hours.settings import STEP, UNIT_RENDERED, plugin_settings
from peer_xblocks.learner.models import Learner
from tests.hours.classroom import Classroom, Page, meter_of


@pytest.fixture
def room(lms, at):
    return Classroom(lms)


def unit_page(room, unit, user, client=None):
    return (client or room.lms.client(user)).get(f"/xblock/{unit}").content.decode()


def test_every_unit_of_the_modules_subsection_has_it(room, lms):
    second = lms.unit(room.course, "Module M1", "Second")
    for unit in (room.units["M1"], second):
        given = meter_of(unit_page(room, unit, room.ann))
        assert (given["planned"], given["beat"], given["present"]) == (1800, 15, 300)


def test_what_the_page_carries_can_beat(room, lms):
    client = lms.client(room.ann)
    page = Page(client, meter_of(unit_page(room, room.units["M1"], None, client))["lease"])
    assert page.beat().status_code == 200


def test_a_render_writes_nothing_and_each_has_its_own_lease(room, lms):
    leases = {meter_of(unit_page(room, room.units["M1"], room.ann))["lease"] for _ in range(2)}
    assert len(leases) == 2
    assert Entry.objects.count() == Learner.objects.count() == 0


def test_it_costs_two_queries(room, lms):
    unit = lms.block(room.units["M1"], room.ann)
    modules.of_course(room.course)
    with CaptureQueriesContext(connection) as caught:
        meter._html(room.ann.id, room.course, room.units["M1"], modules.of_id(room.course, "M1"))
    assert len(caught) <= 2
    assert unit.parent is not None


def test_a_unit_outside_a_module_has_none(room, lms):
    assert "peer-meter" not in unit_page(room, lms.unit(room.course, "Welcome", "Hello"), room.ann)


def test_a_live_step_says_where_its_time_counts(room, lms):
    live = lms.unit(room.course, "Module M3", "Together")
    name = live.rsplit("@", 1)[-1]
    lms.add(live, "peer_module", module_id="M3", self_minutes=30, live_units=[name])
    html = unit_page(room, live, room.ann)
    assert meter_of(html) is None
    assert "belongs to the live session" in html


def test_staff_who_look_as_a_learner_get_no_lease(room, lms):
    tom = lms.staff("tom", room.course)
    client = lms.client(tom)
    session = client.session
    masquerade.view_as(session, room.course, username="ann")
    session.save()
    html = unit_page(room, room.units["M1"], None, client)
    assert meter_of(html) is None
    assert "as somebody else" in html
    assert "See your days" not in html


def test_the_meter_leads_to_the_learners_own_days_and_back(room):
    html = unquote(unit_page(room, room.units["M1"], room.ann))
    here = f"/peer_xblocks/hours/days/{room.course}?from={room.units['M1']}"
    assert f'href="{here}" target="_parent">See your days</a>' in html


def test_trouble_in_the_meter_never_takes_the_unit_away(room, monkeypatch):
    def broken(*_):
        raise RuntimeError("no")

    monkeypatch.setattr(modules, "of_subsection", broken)
    html = unit_page(room, room.units["M1"], room.ann)
    assert meter_of(html) is None
    assert "Module M1" in html


def test_the_step_joins_those_that_are_there():
    class Settings:
        OPEN_EDX_FILTERS_CONFIG = {UNIT_RENDERED: {"pipeline": ["other.Step"], "fail_silently": False}, "more": {}}

    plugin_settings(Settings)
    plugin_settings(Settings)
    assert Settings.OPEN_EDX_FILTERS_CONFIG == {
        UNIT_RENDERED: {"pipeline": ["other.Step", STEP], "fail_silently": False},
        "more": {},
    }
