"""The pages: what they find, how they show it, and that nothing written by others runs in them."""

from __future__ import annotations

import csv
import io
import re
import uuid
from urllib.parse import parse_qsl, quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.registry import matches, practitioners, sheet
from peer_xblocks.registry.models import Audit, Decision, Entry, Payload
from peer_xblocks.registry.templatetags.peer_registry import hours

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> O'Hara \"&amp; {{ 7 }}"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"]


@pytest.fixture
def report(client, site):
    """Sends a report; `report("Ann Example", category="ethics")`."""

    def send(name: str, **changes) -> Entry:
        number = str(uuid.UUID(int=Entry.objects.count() + 1))
        answer = site.post(client, site.report(learner__uuid=number, learner__name=name, **changes))
        assert answer.status_code == 201, answer.content
        return Entry.objects.latest("pk")

    return send


@pytest.fixture
def some(report):
    """Four reports that differ in everything."""
    report("Ann Example", category="ethics", minutes__credited=60, completed_at="2026-03-01T05:59:59Z")
    report("Zoë Núñez-O’Hara", category="wellness", minutes__credited=90, completed_at="2026-03-01T06:00:00Z")
    report("אבי כהן", category="ethics", minutes__credited=30, completed_at="2026-03-02T05:59:59Z")
    report("Bob Builder", category="", kind="track", track="CPS-A", minutes__credited=2400)


def names(answer) -> list[str]:
    return [entry.name for entry in answer.context["page"]]


def asked(client, query, address="/received/find"):
    """The list that a form with these fields leads to."""
    return client.post(address, dict(parse_qsl(query)), follow=True)


FOUND = {
    "": {"Ann Example", "Zoë Núñez-O’Hara", "אבי כהן", "Bob Builder"},
    "words=ann": {"Ann Example"},
    "words=Exam": {"Ann Example"},
    "words=nunez": {"Zoë Núñez-O’Hara"},
    "words=ZOE o'hara": {"Zoë Núñez-O’Hara"},
    "words=כהן": {"אבי כהן"},
    "words=ann builder": set(),
    "words=an": set(),
    "words=boundaries": {"Ann Example", "Zoë Núñez-O’Hara", "אבי כהן", "Bob Builder"},
    "words=%25": set(),
    "words=ann@example.org": {"Ann Example", "Zoë Núñez-O’Hara", "אבי כהן", "Bob Builder"},
    "words=bob@example.org": set(),
    "words=%00": {"Ann Example", "Zoë Núñez-O’Hara", "אבי כהן", "Bob Builder"},
    "category=ethics": {"Ann Example", "אבי כהן"},
    "category=nothing": set(),
    "state=joined": set(),
    "state=withdrawn": set(),
    "state=waiting&category=wellness": {"Zoë Núñez-O’Hara"},
    "sender=course.example.org&words=ann": {"Ann Example"},
    "sender=other": set(),
    "since=2026-03-01&until=2026-03-01": {"Zoë Núñez-O’Hara", "אבי כהן", "Bob Builder"},
    "until=2026-02-28": {"Ann Example"},
}


@pytest.mark.parametrize("query", FOUND)
def test_the_list_finds_what_it_is_asked_for(browse, some, query):
    answer = asked(browse("gwen"), query)
    assert answer.status_code == 200
    assert set(names(answer)) == FOUND[query]


@pytest.mark.parametrize("query", ["state=x", "order=name", "since=yesterday", "until=9999-99-99", "since=0001-01-01"])
def test_a_search_that_cannot_be_meant_is_refused_in_words(browse, query):
    answer = browse("gwen").get(f"/received/?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999"])
def test_a_page_that_is_not_there_is_the_nearest_one(browse, some, page):
    assert browse("gwen").get(f"/received/?page={page}").status_code == 200


def test_the_list_is_sorted_by_any_of_its_columns(browse, some):
    gwen = browse("gwen")
    assert names(gwen.get("/received/?order=minutes"))[0] == "אבי כהן"
    assert names(gwen.get("/received/?order=-minutes"))[0] == "Bob Builder"
    assert 'aria-sort="descending"' in gwen.get("/received/?order=-minutes").content.decode()


def test_a_long_list_comes_in_pages_and_its_queries_do_not_grow(browse, report):
    gwen = browse("gwen")
    report("Ann Example")
    with CaptureQueriesContext(
        connection,
    ) as few:
        gwen.get("/received/")
    for number in range(29):
        report(f"Person {number}")
    with CaptureQueriesContext(connection) as many:
        answer = gwen.get("/received/")
    assert len(names(answer)) == 25
    assert len(many) == len(few)
    assert len(names(gwen.get("/received/?page=2"))) == 5


def test_the_sheet_holds_the_list_as_it_was_searched(browse, some):
    answer = browse("ines").get("/received.csv?category=ethics&order=minutes")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:]] == ["אבי כהן", "Ann Example"]
    assert rows[1][rows[0].index("minutes")] == "30"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Audit.objects.filter(act="took a sheet of reports").exists()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_the_sheet_is_a_formula(text):
    assert sheet.safe(text) == f"'{text}"


def test_a_formula_as_a_name_stays_text(browse, report):
    report("=HYPERLINK(1)", course__title="@cmd")
    body = b"".join(browse("gwen").get("/received.csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in body
    assert "'@cmd" in body


def test_what_others_wrote_is_shown_and_never_run(browse, report, people):
    entry = report(HOSTILE, course__title=HOSTILE, provider=HOSTILE, category="<b>x</b>", course__version=HOSTILE[:60])
    gwen = browse("gwen")
    person = matches.open_record(entry.pk, by=people["gwen"])
    for address in (
        "/received/",
        f"/received/{entry.pk}/?verify=now",
        "/practitioners/",
        f"/practitioners/{person.registry_id}/",
    ):
        text = gwen.get(address).content.decode()
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert "{{ 7 }}" in text
    for address in ("/received/find", "/practitioners/find"):
        text = asked(gwen, f"words={quote(HOSTILE)}", address).content.decode()
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def test_no_page_carries_script_or_style_of_its_own(browse, some):
    gwen = browse("gwen")
    for address in ("/sign-in/", "/received/", f"/received/{Entry.objects.first().pk}/", "/alerts/", "/audit/"):
        text = gwen.get(address, follow=True).content.decode()
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text)


def test_the_tabs_say_nothing_about_a_person_or_their_health(browse, some):
    for who, address in (("gwen", f"/received/{Entry.objects.first().pk}/"), ("ann", "/mine/"), ("gwen", "/received/")):
        title = re.search(r"<title>(.*)</title>", browse(who).get(address).content.decode()).group(1)
        assert title in ("Report", "My record", "Reports")


def test_a_report_shows_its_facts_its_receipt_and_its_place(browse, report):
    entry = report("Ann Example")
    text = browse("ines").get(f"/received/{entry.pk}/").content.decode()
    for fact in ("Ann Example", "1 h 1 min", "1 of 1", entry.line.hash, entry.line.payload_sha256, "CE-BND-1"):
        assert fact in text
    assert "Verified just now" not in text


def test_verifying_shows_that_all_holds(browse, some):
    for entry in Entry.objects.all():
        text = browse("gwen").get(f"/received/{entry.pk}/?verify=now").content.decode()
        assert "Verified just now" in text


def test_verifying_shows_what_does_not_hold(browse, report):
    entry = report("Ann Example")
    changed = Payload.objects.get().body.replace("61", "62")
    Payload.objects.update(body=changed)
    text = browse("gwen").get(f"/received/{entry.pk}/?verify=now").content.decode()
    assert "does not prove itself" in text


@pytest.mark.parametrize("number", ["0", "99999", "99999999999999999999999"])
def test_a_report_that_is_not_there_is_said_to_be_not_there(browse, number):
    assert browse("gwen").get(f"/received/{number}/").status_code == 404


def test_matching_by_the_pages(browse, report, people):
    entry = report("Ann Example")
    gwen, ann = browse("gwen"), people["ann"].practitioner
    assert "same name" in gwen.get(f"/received/{entry.pk}/").content.decode()
    assert ann.registry_id in asked(gwen, "words=exam", f"/received/{entry.pk}/find").content.decode()
    text = gwen.post(f"/received/{entry.pk}/join", {"practitioner": ann.registry_id}, follow=True).content.decode()
    assert f"Joined to {ann.registry_id}" in text
    text = gwen.post(f"/received/{entry.pk}/apart", {"reason": "another Ann"}, follow=True).content.decode()
    assert "waits to be matched again" in text
    assert "another Ann" in text


def test_claiming_by_the_pages(browse, report, people):
    entry = report("Ann Example")
    text = browse("gwen").post(f"/received/{entry.pk}/code").content.decode()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", text).group()
    assert code not in browse("gwen").get(f"/received/{entry.pk}/").content.decode()
    ann = browse("ann")
    refused = ann.post("/mine/claim", {"code": "AAAAA-AAAAA"})
    assert refused.status_code == 400
    assert "does not work" in refused.content.decode()
    assert "is now on your record" in ann.post("/mine/claim", {"code": code}, follow=True).content.decode()


def test_a_practitioner_sees_their_own_hours_by_category_and_nobody_elses(browse, report, people):
    gwen, ann = people["gwen"], people["ann"].practitioner
    for name, category, minutes in (("Ann", "ethics", 61), ("Ann B", "ethics", 59), ("Ann C", "wellness", 30)):
        matches.join(report(name, category=category, minutes__credited=minutes).pk, ann, by=gwen)
    matches.join(report("Bob", minutes__credited=600).pk, people["bob"].practitioner, by=gwen)
    answer = browse("ann").get("/mine/")
    tallies = [(each.category, each.minutes, each.activities) for each in answer.context["tallies"]]
    assert tallies == [("ethics", 120, 2), ("wellness", 30, 1)]
    text = answer.content.decode()
    assert "2 h 30 min" in text
    assert "10 h" not in text
    assert "988" in text
    assert "Step away" in text


def test_what_was_withdrawn_no_longer_counts(client, browse, site, people):
    site.post(client, site.report())
    matches.join(Entry.objects.get().pk, people["ann"].practitioner, by=people["gwen"])
    site.post(client, site.report(version=2, stands=False))
    answer = browse("ann").get("/mine/")
    assert answer.context["minutes"] == 0
    assert "withdrawn" in answer.content.decode()


def test_a_decision_is_kept_with_its_reason(browse, people):
    person = people["ann"].practitioner
    gwen = browse("gwen")
    address = f"/practitioners/{person.registry_id}/status"
    assert gwen.post(address, {"status": "certified", "reason": ""}).status_code == 400
    assert gwen.post(address, {"status": "royal", "reason": "x"}).status_code == 400
    assert gwen.post(address, {"status": "certified", "reason": "exam passed"}).status_code == 302
    assert gwen.post(address, {"status": "certified", "reason": "again"}).status_code == 409
    decision = Decision.objects.get()
    assert (decision.before, decision.after, decision.reason, decision.by) == (
        "open",
        "certified",
        "exam passed",
        people["gwen"],
    )
    assert "exam passed" in gwen.get(f"/practitioners/{person.registry_id}/").content.decode()


def test_the_practitioners_are_found_by_name_number_and_address(browse, report, people):
    ann = people["ann"].practitioner
    matches.join(report("Ann Example").pk, ann, by=people["gwen"])
    gwen = browse("gwen")
    for words in ("ann", "EXAMPLE", ann.registry_id.lower(), "ann@example.org"):
        page = asked(gwen, f"words={words}", "/practitioners/find").context["page"]
        assert [(each.registry_id, each.reports, each.minutes) for each in page] == [(ann.registry_id, 1, 61)]
    assert not list(asked(gwen, "words=nosuch", "/practitioners/find").context["page"])
    assert len(gwen.get("/practitioners/").context["page"]) == 2


def test_looking_is_written_down_without_what_was_looked_for(browse, report, people):
    entry = report("Ann Example")
    gwen = browse("gwen")
    asked(gwen, "words=ann example")
    gwen.get(f"/received/{entry.pk}/")
    gwen.get(f"/practitioners/{people['ann'].practitioner.registry_id}/")
    rows = Audit.objects.filter(who=people["gwen"]).order_by("pk")
    assert [row.act for row in rows] == ["searched reports", "looked at a report", "looked at a record"]
    assert "ann example" not in repr(list(rows.values("act", "subject", "before", "after"))).lower()


def test_an_alert_can_be_closed_and_opens_again(client, site, browse, people):
    site.post(client, site.report())
    site.post(client, site.report(minutes__credited=90))
    gwen = browse("gwen")
    page = gwen.get("/alerts/")
    alert = page.context["page"][0]
    assert f"/received/{Entry.objects.get().pk}/" in page.content.decode()
    assert "Nothing needs you" in gwen.post(f"/alerts/{alert.pk}/close", follow=True).content.decode()
    assert gwen.post("/alerts/999/close").status_code == 404
    site.post(client, site.report(minutes__credited=90))
    assert gwen.get("/alerts/").context["page"][0].times == 2


def test_the_log_shows_who_did_what(browse, people):
    practitioners.decide(people["ann"].practitioner, "certified", "x", by=people["gwen"])
    answer = browse("ines").get("/audit/?act=changed a status")
    assert [row.who for row in answer.context["page"]] == [people["gwen"]]


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (59, "59 min"), (60, "1 h 0 min"), (1880, "31 h 20 min")])
def test_time_is_said_in_hours_and_minutes(minutes, said):
    assert hours(minutes) == said


def test_an_address_that_leads_nowhere_says_so(browse):
    answer = browse("gwen").get("/nothing/here")
    assert answer.status_code == 404
    assert "no such page" in answer.content.decode()
