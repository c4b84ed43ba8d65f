"""Credentials: a finished training leads to a registrar's work list, and only the registrar's act to a credential."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from peer_xblocks.refusal import Refusal
from peer_xblocks.registry import credentials, matches, practitioners
from peer_xblocks.registry.models import Alert, Audit, Credential, Decision, Entry, Practitioner

pytestmark = pytest.mark.django_db

TRAINING = {"kind": "track", "track": "CRSS", "category": "", "live": True, "minutes__credited": 2400}
EXCEPTION = {"what": "One live day made up", "approved_by": "trainer 4", "at": "2026-03-01T17:00:00Z"}


@pytest.fixture
def trained(client, site):
    """Sends the report of a finished training; `trained(track="CPS-A")`. `who` is the number of the account."""

    def send(who: int = 1, **changes) -> Entry:
        report = site.report(learner__uuid=str(uuid.UUID(int=who)), **(TRAINING | changes))
        answer = site.post(client, report)
        assert answer.status_code == 201, answer.content
        return Entry.objects.get(completion_key=report["completion_key"])

    return send


@pytest.fixture
def ready(trained, people):
    """A finished training that is joined to Ann."""

    def send(who: int = 1, **changes) -> Entry:
        entry = trained(who, **changes)
        matches.join(entry.pk, people["ann"].practitioner, by=people["gwen"])
        entry.refresh_from_db()
        return entry

    return send


def ann(people) -> Practitioner:
    return Practitioner.objects.get(user=people["ann"])


def refused(entry: Entry, by, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        credentials.certify(entry.pk, by=by)
    assert not Credential.objects.filter(entry=entry).exists()


def test_a_finished_training_certifies_nobody_but_waits_for_the_registrar(ready, people):
    entry = ready()
    assert list(credentials.waiting()) == [entry]
    assert not Credential.objects.exists()
    assert ann(people).status == "open"


def test_continuing_education_is_never_on_the_list(ready, people):
    entry = ready(kind="ce", track="CRSS")
    assert not credentials.waiting().exists()
    refused(entry, people["gwen"], "no report of a training")


def test_a_report_that_is_not_matched_is_not_on_the_list(trained, people):
    entry = trained()
    assert not credentials.waiting().exists()
    refused(entry, people["gwen"], "not matched yet")


def test_a_report_that_the_site_withdrew_is_not_on_the_list(ready, trained, people):
    ready()
    entry = trained(version=2, stands=False)
    assert not credentials.waiting().exists()
    refused(entry, people["gwen"], "withdrew this report")


def test_a_report_without_a_track_waits_but_certifies_nobody(ready, people):
    entry = ready(track="")
    assert list(credentials.waiting()) == [entry]
    refused(entry, people["gwen"], "names no track")


def test_certifying_makes_a_credential_a_decision_and_a_row_of_the_log(ready, people, moment):
    entry, gwen = ready(), people["gwen"]
    made = credentials.certify(entry.pk, by=gwen)
    assert (made.practitioner, made.entry, made.track, made.live, made.by) == (ann(people), entry, "CRSS", True, gwen)
    assert made.certified_on == date(2026, 3, 1)
    assert made.number.startswith("AL-C-")
    assert ann(people).status == "certified"
    decision = Decision.objects.get()
    assert (decision.before, decision.after, decision.by) == ("open", "certified", gwen)
    assert decision.reason == f"Credential {made.number}, Certified Recovery Support Specialist"
    assert Audit.objects.get(act="certified").subject == ann(people).registry_id
    assert not credentials.waiting().exists()


def test_a_second_press_changes_nothing(ready, people):
    entry = ready()
    first = credentials.certify(entry.pk, by=people["gwen"])
    rows = Audit.objects.count()
    assert credentials.certify(entry.pk, by=people["gwen"]) == first
    assert (Credential.objects.count(), Decision.objects.count(), Audit.objects.count()) == (1, 1, rows)


@pytest.mark.parametrize("label", ["CPS-A", "CMHAPS"])
def test_nobody_is_certified_twice_in_one_track_under_whichever_label(ready, people, label):
    credentials.certify(ready(track="CPS-A").pk, by=people["gwen"])
    again = ready(2, track=label)
    assert not credentials.waiting().exists()
    refused(again, people["gwen"], "holds a credential of this track")


def test_another_track_is_another_credential(ready, people):
    for who, track in ((1, "CRSS"), (2, "CMHYPS")):
        credentials.certify(ready(who, track=track).pk, by=people["gwen"])
    assert [each.track for each in credentials.of(ann(people))] == ["CPS-Y", "CRSS"]
    assert Decision.objects.count() == 1


def test_a_demonstration_is_certified_only_as_one(ready, people):
    shown = credentials.certify(ready(live=False).pk, by=people["gwen"])
    assert not shown.live
    assert ann(people).status == "open"
    assert not Decision.objects.exists()
    real = ready(2)
    assert list(credentials.waiting()) == [real]
    assert credentials.certify(real.pk, by=people["gwen"]).live


def test_in_a_demonstration_the_whole_way_can_be_shown(ready, people, registry):
    registry["DEMO"] = True
    credentials.certify(ready(live=False).pk, by=people["gwen"])
    assert ann(people).status == "certified"


def test_nobody_certifies_themselves(ready, people):
    entry = ready()
    Practitioner.objects.filter(pk=entry.practitioner_id).update(user=people["gwen"])
    refused(entry, people["gwen"], "your own record")


def test_a_record_that_is_not_active_is_not_made_active_in_passing(ready, people):
    entry = ready()
    practitioners.decide(ann(people), "inactive", "asked for it", by=people["gwen"])
    refused(entry, people["gwen"], "not active")


def test_a_withdrawn_report_is_shown_on_the_credential_and_changes_nothing_by_itself(ready, trained, browse, people):
    made = credentials.certify(ready().pk, by=people["gwen"])
    trained(version=2, stands=False)
    assert Alert.objects.get().kind == "withdrawn"
    assert Credential.objects.get() == made
    assert ann(people).status == "certified"
    text = browse("ines").get(f"/practitioners/{ann(people).registry_id}/").content.decode()
    assert "The site withdrew the training report" in text
    own = browse("ann").get("/mine/").content.decode()
    assert "Your credential stands as it is" in own
    assert "The site withdrew" not in own


def test_a_report_that_was_taken_apart_is_shown_on_the_credential(ready, browse, people):
    entry = ready()
    credentials.certify(entry.pk, by=people["gwen"])
    matches.part(entry.pk, "another Ann", by=people["gwen"])
    text = browse("gwen").get(f"/practitioners/{ann(people).registry_id}/").content.decode()
    assert "was taken apart from this record" in text


def test_the_database_refuses_to_change_a_credential(ready, people):
    made = credentials.certify(ready().pk, by=people["gwen"])
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Credential.objects.filter(pk=made.pk).update(track="CPS-A")


def test_the_page_lists_who_waits_with_what_the_report_says(ready, browse):
    entry = ready(exceptions=[EXCEPTION, EXCEPTION])
    text = browse("ines").get("/decide/").content.decode()
    facts = ("Ann Example", "Certified Recovery Support Specialist", "Boundaries in peer support", "40 h 0 min")
    for fact in (*facts, "2 exceptions", f"/received/{entry.pk}/#exceptions"):
        assert fact in text
    assert "/certify" not in text
    assert 'id="exceptions"' in browse("ines").get(f"/received/{entry.pk}/").content.decode()
    assert f"/decide/{entry.pk}/certify" in browse("gwen").get("/decide/").content.decode()


def test_the_page_shows_a_name_in_the_report_that_is_another_than_the_records(ready, browse):
    ready()
    assert "in the report:" not in browse("gwen").get("/decide/").content.decode()
    ready(2, track="CPS-A", learner__name="Anne Exampel")
    assert "in the report: <bdi>Anne Exampel</bdi>" in browse("gwen").get("/decide/").content.decode()


def test_what_others_wrote_is_shown_and_never_run(ready, browse):
    ready(learner__name="<script>1</script>", track="<b>x</b>", course__title="<script>2</script>")
    text = browse("gwen").get("/decide/").content.decode()
    assert "<script" not in text
    assert "<b>x" not in text
    assert "&lt;script&gt;2" in text


def test_a_record_that_is_not_active_says_so_beside_its_credentials(ready, browse, people):
    credentials.certify(ready().pk, by=people["gwen"])
    assert "not active at the moment" not in browse("ann").get("/mine/").content.decode()
    practitioners.decide(ann(people), "inactive", "asked for it", by=people["gwen"])
    assert "Your record is not active at the moment" in browse("ann").get("/mine/").content.decode()


def test_the_page_says_when_nothing_waits(browse, people):
    text = browse("gwen").get("/decide/").content.decode()
    assert "Nothing waits for a decision" in text
    assert "peer-registry__count" not in text


def test_the_way_there_says_how_many_wait(ready, browse):
    ready()
    ready(2, track="CPS-A")
    for address in ("/received/", "/decide/"):
        assert '<span class="peer-registry__count">2</span>' in browse("gwen").get(address).content.decode()
    assert "peer-registry__count" not in browse("ann").get("/mine/").content.decode()


def test_certifying_by_the_page_twice(ready, browse, people):
    entry, gwen = ready(), browse("gwen")
    for _ in range(2):
        text = gwen.post(f"/decide/{entry.pk}/certify", follow=True).content.decode()
        assert f"is certified: Certified Recovery Support Specialist, number {Credential.objects.get().number}" in text
        assert "Nothing waits for a decision" in text
    assert Credential.objects.count() == 1
    assert gwen.post("/decide/99999/certify").status_code == 404


@pytest.mark.parametrize("who", ["ines", "ann", "nobody"])
def test_only_a_registrar_certifies(ready, browse, who):
    entry = ready()
    assert browse(who).post(f"/decide/{entry.pk}/certify").status_code == 403
    assert not Credential.objects.exists()


def test_a_person_sees_their_own_credentials_in_words_and_nobody_elses(ready, browse, people, moment):
    made = credentials.certify(ready(live=False).pk, by=people["gwen"])
    text = browse("ann").get("/mine/").content.decode()
    for fact in ("Your credentials", "Certified Recovery Support Specialist", made.number, "since Mar 1, 2026"):
        assert fact in text
    assert "demonstration" in text
    assert "gwen" not in text
    assert made.number not in browse("bob").get("/mine/").content.decode()
    assert made.number in browse("ines").get(f"/practitioners/{ann(people).registry_id}/").content.decode()


def test_the_queries_of_the_page_do_not_grow_with_who_waits(ready, browse):
    gwen = browse("gwen")
    ready()
    with CaptureQueriesContext(connection) as few:
        gwen.get("/decide/")
    for who, track in ((2, "CPS-A"), (3, "CPS-Y"), (4, "CPS-P")):
        ready(who, track=track)
    with CaptureQueriesContext(connection) as many:
        assert len(gwen.get("/decide/").context["rows"]) == 4
    assert len(many) == len(few)
