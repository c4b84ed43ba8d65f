"""POST /v1/completions: what is taken, what is answered, what is refused."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError

from peer_xblocks.registry import ledger, senders
from peer_xblocks.registry.models import Alert, Entry, Line
from peer_xblocks.wire import receipt
from peer_xblocks.wire.canonical import canonical, digest
from peer_xblocks.wire.keys import SigningKey, new_signing_key
from tests.registry.reports import ADDRESS, LEARNER, Site

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    return answer.json()["say"]


def test_a_first_report_is_answered_with_a_receipt_that_verifies(client, site, registry):
    report = site.report()
    answer = site.post(client, report)
    assert answer.status_code == 201
    signed = receipt.Receipt.from_json(answer.content)
    receipt.verify(signed, SigningKey.from_text(registry["KEY"]).public, digest(report))
    assert (signed.seq, signed.completion_key, signed.version) == (1, report["completion_key"], 1)


@pytest.mark.parametrize("completed", ["2026-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_time_that_no_page_could_show_is_refused_and_nothing_is_kept(client, site, completed):
    answer = site.post(client, site.report(completed_at=completed))
    assert answer.status_code == 422
    assert completed not in answer.content.decode()
    assert Line.objects.count() == 0


def test_the_same_report_again_gets_the_very_same_bytes(client, site, moment):
    first = site.post(client, site.report())
    moment.forward(86_400)
    again = site.post(client, site.report())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert Line.objects.count() == 1


def test_another_report_under_the_same_id_is_refused_and_the_first_one_stands(client, site):
    site.post(client, site.report())
    other = site.report(minutes__credited=99)
    answer = site.post(client, other)
    assert answer.status_code == 409
    assert Line.objects.count() == 1
    assert Entry.objects.get().minutes == 61
    assert site.post(client, site.report()).status_code == 200


def test_a_conflict_is_one_alert_however_often_it_comes(client, site):
    site.post(client, site.report())
    for _ in range(3):
        site.post(client, site.report(minutes__credited=99))
    alert = Alert.objects.get()
    assert (alert.kind, alert.times, alert.line.seq) == ("conflict", 3, 1)


@pytest.mark.parametrize("order", [(3, 1, 2), (1, 2, 3), (2, 3, 1)])
def test_versions_may_come_in_any_order_and_the_highest_counts(client, site, order):
    for version in order:
        assert site.post(client, site.report(version=version, minutes__credited=60 + version)).status_code == 201
    assert sorted(Line.objects.values_list("version", flat=True)) == [1, 2, 3]
    entry = Entry.objects.get()
    assert (entry.version, entry.minutes) == (3, 63)
    assert ledger.first_break(senders.receipt_keys()) is None


def test_a_completion_that_no_longer_holds_is_withdrawn(client, site):
    site.post(client, site.report())
    site.post(client, site.report(version=2, stands=False))
    assert Entry.objects.get().state == "withdrawn"


def test_two_sites_may_use_the_same_completion_key(client, site, registry):
    other = Site(issuer="other.example.org")
    registry["SENDERS"][other.issuer] = [other.key.public.text]
    assert site.post(client, site.report()).status_code == 201
    assert other.post(client, other.report()).status_code == 201
    assert Entry.objects.count() == 2


def test_while_a_key_is_replaced_both_sign(client, site, registry):
    new = new_signing_key()
    registry["SENDERS"][site.issuer].append(new.public.text)
    assert site.post(client, site.report()).status_code == 201
    assert site.post(client, site.report(version=2), key=new).status_code == 201


def test_a_key_that_was_taken_away_no_longer_signs(client, site, registry):
    registry["SENDERS"][site.issuer] = [new_signing_key().public.text]
    assert site.post(client, site.report()).status_code == 401


def test_an_unknown_sender_is_refused(client):
    stranger = Site(issuer="nobody.example.org")
    assert stranger.post(client, stranger.report()).status_code == 401
    assert not Line.objects.exists()


def test_a_site_cannot_report_in_the_name_of_another(client, site, registry):
    other = Site(issuer="other.example.org")
    registry["SENDERS"][other.issuer] = [other.key.public.text]
    assert site.post(client, other.report(), key=site.key).status_code == 401


def test_a_request_without_headers_is_refused(client, site):
    answer = client.post(ADDRESS, canonical(site.report()), content_type="application/json")
    assert answer.status_code == 401


def test_a_changed_body_is_refused(client, site):
    body, headers = site.signed(site.report())
    answer = client.post(ADDRESS, body.replace(b"61", b"91"), content_type="application/json", headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize("off", [-86_400, -600, -301, 301, 600, 86_400])
def test_a_request_signed_for_another_time_is_asked_to_come_again(client, site, moment, off):
    answer = site.post(client, site.report(), at=int(moment.now.timestamp()) + off)
    assert answer.status_code == 425
    assert "clock" in said(answer)
    assert not Line.objects.exists()
    assert Alert.objects.get().kind == "clock"


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_five_minutes_either_way_are_tolerated(client, site, moment, off):
    assert site.post(client, site.report(), at=int(moment.now.timestamp()) + off).status_code == 201


def test_an_old_request_caught_and_sent_again_changes_nothing(client, site, moment):
    body, headers = site.signed(site.report())
    first = client.post(ADDRESS, body, content_type="application/json", headers=headers)
    moment.forward(301)
    again = client.post(ADDRESS, body, content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 425)
    assert Line.objects.count() == 1


HOSTILE = {
    "empty": b"",
    "no JSON": b"<html>",
    "no object": b"[]",
    "half a word": b'{"a":tru',
    "deep": b"[" * 20_000,
    "deep and closed": b"[" * 9_000 + b"]" * 9_000,
    "not a number": b'{"a":NaN}',
    "infinity": b'{"a":1e999}',
    "a long number": b'{"a":' + b"1" * 5_000 + b"}",
    "twice the same name": b'{"a":1,"a":2}',
    "half a surrogate pair": b'{"a":"\\ud800"}',
    "not UTF-8": b'{"a":"\xff"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "another encoding": '{"a":1}'.encode("utf-16"),
    "null": b"null",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_json_is_refused_in_one_plain_sentence(client, site, body):
    answer = site.post(client, body)
    assert answer.status_code == 422, answer.content
    assert said(answer).endswith(".")
    assert not Line.objects.exists()


@pytest.mark.parametrize("size", [20 * 1024 + 1, 10 * 1024 * 1024])
def test_more_than_a_report_can_hold_is_refused_unread(client, site, size):
    assert site.post(client, b"1" * size).status_code == 413


def test_a_report_in_another_form_than_the_canonical_one_is_refused(client, site):
    report = site.report()
    body, headers = site.signed(json.dumps(report).encode())
    answer = client.post(ADDRESS, body, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert "canonical" in said(answer)


BROKEN = {
    "a missing member": {"minutes": {}},
    "a negative figure": {"minutes__credited": -1},
    "an unknown kind": {"kind": "diploma"},
    "no name": {"learner__name": ""},
    "a diagnosis beside the name": {"learner__diagnosis": "none of our business"},
    "a key of another learner": {"learner__uuid": "not-a-uuid"},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_report_that_breaks_its_schema_is_refused_without_repeating_it(client, site, change):
    answer = site.post(client, site.report(**change))
    assert answer.status_code == 422
    assert answer.json()["problems"]
    assert b"none of our business" not in answer.content


def test_a_report_under_anothers_id_is_refused(client, site):
    report = site.report() | {"completion_key": "A" * 52}
    assert site.post(client, report).status_code == 422


def test_a_request_under_another_id_than_its_report_is_refused(client, site):
    report = site.report()
    body, headers = Site(key=site.key).signed(canonical(report))
    assert client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code == 422


def test_too_many_a_minute_are_asked_to_wait(client, site, registry, moment):
    registry["RATE"] = 2
    answers = [site.post(client, site.report(version=version)) for version in (1, 2, 3)]
    assert [each.status_code for each in answers] == [201, 201, 429]
    wait = int(answers[2].headers["Retry-After"])
    assert 1 <= wait <= 60
    moment.forward(wait)
    assert site.post(client, site.report(version=3)).status_code == 201


def test_forged_requests_do_not_use_up_a_senders_minute(client, site, registry, moment):
    registry["RATE"] = 1
    for _ in range(5):
        site.post(client, site.report(), key=new_signing_key())
    assert site.post(client, site.report()).status_code == 201


def test_a_busy_database_asks_the_sender_to_come_again(client, site, monkeypatch):
    def locked():
        raise OperationalError("database is locked")

    monkeypatch.setattr(ledger, "writing", locked)
    answer = site.post(client, site.report())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "locked" not in said(answer)


def test_what_arrives_is_kept_even_where_it_holds_control_characters_and_emoji(client, site):
    report = site.report(course__title="A\u0000B 🌱", learner__name="Ann\u0000 Example", provider="‮rtl")
    assert site.post(client, report).status_code == 201
    entry = Entry.objects.get()
    assert (entry.activity, entry.name) == ("A B 🌱", "Ann  Example")


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    answer = getattr(client, method)(ADDRESS)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_no_answer_may_be_cached_indexed_or_framed(client):
    for address in (ADDRESS, "/healthz", "/"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


def test_the_site_says_that_it_is_there(client):
    assert client.get("/healthz").json() == {"ok": True}


def test_no_personal_data_is_readable_in_the_tables(client, site):
    from django.db import connection

    site.post(client, site.report())
    with connection.cursor() as cursor:
        for table in ("line", "payload", "entry", "namemark"):
            cursor.execute(f"SELECT * FROM peer_registry_{table}")
            everything = repr(cursor.fetchall())
            assert "Example" not in everything
            assert LEARNER not in everything
