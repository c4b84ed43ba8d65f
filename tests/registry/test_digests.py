"""POST /v1/digests: what a site may ask about a day, and what its registrar hears."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import OperationalError

from peer_xblocks import clock
from peer_xblocks.registry import alerts
from peer_xblocks.registry.models import Alert, Audit, Line
from peer_xblocks.wire import digest, webhook
from peer_xblocks.wire.digest import Digest, Question
from peer_xblocks.wire.keys import SigningKey
from tests.registry.reports import Site

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def send(client, site):
    """Sends the report of a learner by number; answers (report id, digest)."""

    def one(number: int, by: Site = site) -> tuple[str, str]:
        report = by.report(learner__uuid=str(uuid.UUID(int=number)))
        assert by.post(client, report).status_code == 201
        line = Line.objects.latest("seq")
        return report["report_id"], line.payload_sha256

    return one


@pytest.fixture
def ask(client, site):
    """Asks about a day; `ask(DAY, after="")`."""

    def one(day=DAY, *, by: Site = site, key=None, body=None, at=None, **more):
        body = Question(more.pop("issuer", by.issuer), day, **more).body() if body is None else body
        headers = webhook.headers("digest_1", clock.epoch() if at is None else at, body, key or by.key)
        return client.post(digest.PATH, body, content_type="application/json", headers=headers)

    return one


def test_a_day_is_answered_with_a_signed_digest_of_all_its_reports(send, ask, moment, registry, site):
    sent = dict([send(1), send(2), send(3)])
    moment.forward(86_400)
    found = Digest.from_json(ask().content)
    digest.verify(found, [SigningKey.from_text(registry["KEY"]).public], Question(site.issuer, DAY), "digest_1")
    assert (found.count, found.hash, found.reports) == (3, digest.hash_of(sent.items()), ())
    assert dict(Digest.from_json(ask(after="").content).reports) == sent


def test_a_day_begins_and_ends_at_midnight_utc(send, ask, moment):
    moment.now = moment.now.replace(hour=23, minute=59, second=59)
    last = send(1)
    moment.forward(1)
    send(2)
    moment.forward(86_400)
    assert Digest.from_json(ask(after="").content).reports == (last,)


def test_a_day_without_reports_has_a_digest_too(ask, moment):
    moment.forward(86_400)
    assert Digest.from_json(ask().content).count == 0


def test_a_site_hears_of_no_other_sites_reports(send, ask, moment, registry):
    other = Site(issuer="other.example.org")
    registry["SENDERS"][other.issuer] = [other.key.public.text]
    mine = send(1)
    send(2, other)
    moment.forward(86_400)
    assert Digest.from_json(ask(after="").content).reports == (mine,)


def test_the_answer_names_nobody(send, ask, moment):
    send(1)
    moment.forward(86_400)
    said = ask(after="").content.decode()
    assert "Ann" not in said
    assert str(uuid.UUID(int=1)) not in said


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"key": Site().key}, 401),
        ({"issuer": "other.example.org"}, 401),
        ({"day": date(2026, 3, 2)}, 422),
        ({"day": date(2026, 3, 3)}, 422),
        ({"body": b"{}"}, 422),
        ({"body": b"[[["}, 422),
        ({"body": b'{ "a":1}'}, 422),
        ({"body": b"x" * 30_000}, 413),
        ({"at": 0}, 425),
    ],
    ids=str,
)
def test_what_is_no_question_of_this_site_is_refused_in_words(ask, moment, how, status):
    moment.forward(86_400)
    answer = ask(**how)
    assert answer.status_code == status
    assert answer.json()["say"]


def test_too_many_questions_wait(ask, moment, registry):
    registry["RATE"] = 2
    moment.forward(86_400)
    assert [ask().status_code for _ in range(3)] == [200, 200, 429]


def test_a_report_that_the_site_does_not_know_is_an_alert_here_too(send, ask, moment, browse):
    known, strange = send(1), send(2)
    moment.forward(86_400)
    ask(unknown=(strange[0],))
    alert = Alert.objects.get()
    assert (alert.kind, alert.subject, alert.line.seq) == ("unknown", strange[0], 2)
    shown = browse("gwen").get("/alerts/").content.decode()
    assert "A site does not know a report that is held here" in shown
    assert known[0] not in shown


def test_a_site_cannot_raise_alerts_about_what_is_not_its_own(send, ask, moment, registry):
    other = Site(issuer="other.example.org")
    registry["SENDERS"][other.issuer] = [other.key.public.text]
    strange = send(1)[0]
    moment.forward(86_400)
    assert ask(by=other, unknown=(strange,)).status_code == 200
    assert not Alert.objects.exists()


def test_asking_changes_nothing(send, ask, moment):
    send(1)
    moment.forward(86_400)
    before = list(Line.objects.values()), Audit.objects.count()
    ask(after="")
    assert (list(Line.objects.values()), Audit.objects.count()) == before


def test_the_queries_do_not_grow_with_the_day(send, ask, moment, django_assert_num_queries):
    for number in range(12):
        send(number)
    moment.forward(86_400)
    with django_assert_num_queries(2):
        ask(after="")


def test_a_busy_database_is_said_in_the_words_of_the_contract(ask, moment, monkeypatch):
    def busy(*_said, **_more):
        raise OperationalError("database is locked")

    moment.forward(86_400)
    monkeypatch.setattr(alerts, "note", busy)
    answer = ask(at=0)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json()["say"]
