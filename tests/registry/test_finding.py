"""Looking for people: no address carries a word of it, and a list never holds more than was asked for."""

from __future__ import annotations

import csv
import io
import re
import uuid

import pytest
from django.contrib.sessions.models import Session

from peer_xblocks.registry import finding
from peer_xblocks.registry.models import Audit, Entry

pytestmark = pytest.mark.django_db
WORDS = "ann example"


@pytest.fixture
def some(client, site):
    """Thirty reports of people called Ann, and one of Bob."""
    for number in range(31):
        name = f"Ann Example {number}" if number else "Bob Builder"
        site.post(client, site.report(learner__uuid=str(uuid.UUID(int=number + 1)), learner__name=name))


@pytest.fixture
def gwen(browse):
    return browse("gwen")


def find(client, address="/received/find", **fields):
    return client.post(address, {"words": WORDS, **fields}, follow=True)


def links(answer):
    """Every address that the page leads to, and the one it has."""
    text = answer.content.decode()
    said = re.findall(r'(?:href|action)="([^"]*)"', text)
    return [*said, answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]]


@pytest.mark.parametrize("address", ["/received/find", "/practitioners/find", "/received/{entry}/find"])
def test_no_address_of_a_search_carries_a_word_of_it(gwen, some, address):
    answer = find(gwen, address.format(entry=Entry.objects.first().pk))
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()
    assert not [each for each in links(answer) if "ann" in each.lower()]


def test_the_form_still_narrows_by_address_with_what_names_nobody(gwen, some):
    answer = find(gwen, state="waiting", since="2026-03-01", order="activity")
    asked = answer.request["QUERY_STRING"]
    assert "state=waiting" in asked
    assert "since=2026-03-01" in asked
    assert "order=activity" in asked
    assert answer.context["page"].paginator.count == 30


def test_paging_sorting_and_the_sheet_stay_with_the_search(gwen, some):
    answer = find(gwen)
    said = [each.replace("&amp;", "&") for each in links(answer)]
    page = gwen.get("/received/" + next(each for each in said if "page=2" in each))
    assert len(page.context["page"]) == 5
    sort = gwen.get("/received/" + next(each for each in said if "order=-minutes" in each))
    assert sort.context["page"].paginator.count == 30
    sheet = gwen.get(next(each for each in said if each.startswith("/received.csv")))
    rows = list(csv.reader(io.StringIO(b"".join(sheet.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 31
    assert not [row for row in rows if "Bob Builder" in row]


def test_going_back_finds_each_search_again(gwen, some):
    first = find(gwen).request["QUERY_STRING"]
    second = find(gwen, words="builder").request["QUERY_STRING"]
    assert gwen.get(f"/received/?{second}").context["page"].paginator.count == 1
    assert gwen.get(f"/received/?{first}").context["page"].paginator.count == 30


@pytest.mark.parametrize("address", ["/received/", "/received.csv", "/practitioners/"])
def test_a_search_of_somebody_else_or_of_before_is_over_and_shows_nobody(gwen, browse, some, address):
    asked = find(gwen).request["QUERY_STRING"]
    gwen.post("/sign-out/")
    for client in (browse("ines"), browse("gwen")):
        answer = client.get(f"{address}?{asked}")
        assert answer.status_code == 404
        assert "no longer kept" in answer.content.decode()
        assert "Ann Example" not in answer.content.decode()


def test_a_word_in_an_address_is_not_looked_for(gwen, some):
    assert gwen.get("/received/?words=ann").context["page"].paginator.count == 31


def test_an_empty_search_shows_all(gwen, some):
    answer = find(gwen, words="  ")
    assert "find=" not in answer.request["QUERY_STRING"]
    assert answer.context["page"].paginator.count == 31


def test_what_cannot_be_meant_is_refused_by_the_form_too(gwen, some):
    assert find(gwen, state="x").status_code == 400
    assert find(gwen, since="yesterday").status_code == 400


def test_the_session_keeps_the_words_sealed(gwen, some):
    find(gwen)
    kept = [each.get_decoded() for each in Session.objects.all()]
    assert kept
    assert WORDS not in repr(kept)


def test_each_look_is_written_down_as_before(gwen, some, people):
    find(gwen)
    find(gwen, "/practitioners/find")
    find(gwen, f"/received/{Entry.objects.first().pk}/find")
    acts = list(Audit.objects.filter(who=people["gwen"]).order_by("pk").values_list("act", flat=True))
    assert acts == ["searched reports", "searched practitioners", "looked at a report", "searched practitioners"]
    assert not [row for row in Audit.objects.values_list("after", flat=True) if "ann" in row]


def test_who_searches_like_a_machine_waits(gwen, some, moment, monkeypatch):
    monkeypatch.setattr(finding, "RATE", 2)
    assert [find(gwen).status_code for _ in range(3)] == [200, 200, 429]
    moment.forward(60)
    assert find(gwen).status_code == 200
