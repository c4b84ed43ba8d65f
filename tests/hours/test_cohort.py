"""What course staff see of a cohort, and nobody else."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.demo.models import Enrolment
from peer_xblocks.hours import ledger
from peer_xblocks.hours.table import Cell, Row, Table, Wanted, arranged, csv_text
from peer_xblocks.learner import learners
from tests.hours.classroom import Classroom


@pytest.fixture
def room(lms, at):
    room = Classroom(lms)
    room.opened("M1").live(at, 120)
    room.opened("M2", user=lms.learner("bob", room.course)).live(at, 300)
    lms.learner("cleo", room.course)
    return room


def page(room, user, query=""):
    return room.lms.client(user).get(f"/peer_xblocks/hours/cohort/{room.course}{query}")


def evidence(room, user, learner):
    return room.lms.client(user).get(f"/peer_xblocks/hours/evidence/{room.course}/{learner}")


def names(answer):
    html = answer.content.decode()
    return [name for name in ("ann", "bob", "cleo") if f'<th scope="row">{name}' in html], html


def test_staff_see_everybody_with_minutes_by_module(room, lms):
    shown, html = names(page(room, lms.staff("tom", room.course)))
    assert shown == ["ann", "bob", "cleo"]
    assert str(learners.of(room.ann.id)) in html
    assert ">5</a>" in html


@pytest.mark.parametrize("query", ["", "?format=csv", "?sort=total"])
def test_a_stranger_and_a_trainee_see_nothing(room, lms, query):
    for user in (None, room.ann, lms.staff("zoe", lms.course("course-v1:Other+C+1"))):
        answer = page(room, user, query)
        assert answer.status_code == 403
        assert b"bob" not in answer.content


def test_evidence_is_for_staff_of_that_course_alone(room, lms):
    learner = learners.of(room.ann.id)
    other = lms.course("course-v1:Other+C+1")
    for user in (None, room.ann, lms.staff("zoe", other)):
        assert evidence(room, user, learner).status_code == 403
    client = lms.client(lms.staff("zoe", other))
    assert client.get(f"/peer_xblocks/hours/evidence/{other}/{learner}").status_code == 404


@pytest.mark.parametrize("course", ["nonsense", "course-v1:x", "%00", "a" * 300])
def test_an_unknown_course_is_said_calmly(room, lms, course):
    answer = lms.client(lms.user("eve")).get(f"/peer_xblocks/hours/cohort/{course}")
    assert answer.status_code in (403, 404)


def test_pages_are_for_reading(room, lms):
    client = lms.client(lms.staff("tom", room.course))
    assert client.post(f"/peer_xblocks/hours/cohort/{room.course}").status_code == 405


def test_the_table_filters_and_sorts(room, lms):
    tom = lms.staff("tom", room.course)
    html = page(room, tom, "?sort=-total").content.decode()
    assert html.index(">bob") < html.index(">ann") < html.index(">cleo")
    assert 'aria-sort="descending"' in html


def found(room, client, words, **more):
    """The table after somebody was looked for."""
    return client.post(f"/peer_xblocks/hours/cohort/{room.course}/find", {"words": words, **more}, follow=True)


def test_a_learner_is_found_by_a_part_of_the_name_that_no_address_carries(room, lms):
    tom = lms.client(lms.staff("tom", room.course))
    answer = found(room, tom, "BO", sort="-total")
    assert names(answer)[0] == ["bob"]
    assert 'value="BO"' in answer.content.decode()
    addresses = re.findall(r'href="([^"]*)"', answer.content.decode())
    assert not [each for each in (*addresses, answer.request["QUERY_STRING"]) if "BO" in each]
    link = next(each for each in addresses if "format=csv" in each).replace("&amp;", "&")
    sheet = tom.get(f"/peer_xblocks/hours/cohort/{room.course}{link}").content.decode()
    assert "bob" in sheet
    assert "ann" not in sheet
    assert "No learner has this name" in found(room, tom, "<script>").content.decode()
    assert len(names(found(room, tom, ""))[0]) == 3


def test_another_session_finds_nothing_under_the_name_of_a_search(room, lms):
    tom = lms.client(lms.staff("tom", room.course))
    find = found(room, tom, "bo").request["QUERY_STRING"]
    for query in (find, "find=made-up", "format=csv&" + find):
        answer = page(room, lms.staff("zoe", room.course), "?" + query)
        assert answer.status_code == 404
        assert b"no longer kept" in answer.content
        assert b"bob" not in answer.content


def test_looking_for_somebody_is_for_staff_by_post_and_with_a_token(room, lms):
    address = f"/peer_xblocks/hours/cohort/{room.course}/find"
    tom = lms.staff("tom", room.course)
    assert lms.client(tom).get(address).status_code == 405
    assert lms.client(tom, csrf=True).post(address, {"words": "bo"}).status_code == 403
    for user in (None, room.ann):
        assert lms.client(user).post(address, {"words": "bo"}).status_code == 403


def test_somebody_who_left_stays_with_their_minutes(room, lms):
    Enrolment.objects.filter(user_id=room.ann.id).update(is_active=False)
    assert "no longer enrolled" in page(room, lms.staff("tom", room.course)).content.decode()


def test_the_table_leaves_as_csv(room, lms):
    answer = page(room, lms.staff("tom", room.course), "?format=csv&sort=-total")
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert lines[0] == [
        "learner",
        "enrolled",
        "M1 min",
        "M1 offline min",
        "M2 min",
        "M2 offline min",
        "all min",
        "all seconds",
    ]
    assert lines[1] == ["bob", "yes", "0", "0", "5", "0", "5", "300"]
    assert "attachment" in answer["Content-Disposition"]


def test_evidence_shows_intervals_by_day_and_what_did_not_count(room, lms, at):
    one = room.opened("M1")
    other = room.opened("M2")
    one.live(at, 30)
    other.beat((at.now.timestamp() - 30, at.now.timestamp()))
    ledger.reverse(learners.of(room.ann.id), room.course, "M2", by=None, reason="x")
    html = evidence(room, lms.staff("tom", room.course), learners.of(room.ann.id)).content.decode()
    assert "2 min" in html
    assert "30 s: counted in another tab or on another device" in html
    assert "Mon, 2 Mar 2026" in html


def test_what_was_taken_back_stays_to_be_seen(room, lms):
    ledger.reverse(learners.of(room.ann.id), room.course, "M1", by=None, reason="asked for")
    html = evidence(room, lms.staff("tom", room.course), learners.of(room.ann.id)).content.decode()
    assert "taken back:" in html
    assert "asked for" in html


def test_queries_do_not_grow_with_learners(room, lms, at):
    tom = lms.staff("tom", room.course)
    page(room, tom)
    with CaptureQueriesContext(connection) as few:
        page(room, tom)
    for number in range(12):
        room.opened("M1", user=lms.learner(f"one-{number}", room.course)).live(at, 15)
    with CaptureQueriesContext(connection) as many:
        page(room, tom)
    assert len(many) == len(few)


def test_no_cell_is_a_formula():
    table = Table(
        ("=M1",), tuple(Row(name, "", True, (Cell(60),)) for name in ("=1+1", "@x", "+1", "-1", "\tx", "ann"))
    )
    cells = [cell for line in csv.reader(io.StringIO(csv_text(table))) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-", "\t"))]


rows = st.builds(Row, st.text(max_size=6), st.just(""), st.booleans(), st.tuples(st.builds(Cell, st.integers(0, 9999))))


@given(
    st.lists(rows, max_size=8), st.text(max_size=3), st.sampled_from(["", "name", "-name", "total", "-module:M1", "x"])
)
def test_a_table_shows_whoever_was_asked_for_in_any_order(found, part, sort):
    shown = arranged(Table(("M1",), tuple(found)), Wanted(part, sort))
    assert sorted(shown.rows, key=repr) == sorted((r for r in found if part.casefold() in r.name.casefold()), key=repr)
    if sort.endswith("M1"):
        assert [r.total.seconds for r in shown.rows] == sorted((r.total.seconds for r in shown.rows), reverse=True)
