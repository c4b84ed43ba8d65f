"""Staff's pages: reports on their way, and what the site is set up with."""

from datetime import date

import pytest
from django.urls import reverse

from peer_xblocks.certification.models import ComparedDay, Difference, Outbox, State, Watch
from peer_xblocks.plugin import setting
from tests.certification.desk import SITE_KEY, rows

REPORTS, SETUP = "/peer_xblocks/certification/reports", "/peer_xblocks/certification/setup"


@pytest.fixture
def officer(lms):
    """Staff of the whole site."""
    user = lms.user("reg")
    user.is_staff = True
    user.save()
    return user


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_the_addresses_are_these():
    assert reverse("peer_certification:reports") == REPORTS
    assert reverse("peer_certification:setup") == SETUP


@pytest.mark.parametrize("address", [REPORTS, SETUP])
def test_only_staff_of_the_site_see_them(desk, officer, address):
    for other in (None, desk.ann, desk.lms.staff("tom", desk.course)):
        answer = desk.lms.client(other).get(address)
        assert answer.status_code == 403
        assert "staff" in answer.content.decode()
    assert desk.lms.client(officer).get(address).status_code == 200
    assert desk.lms.client(officer).post(address).status_code == 405


def test_a_report_is_listed_without_a_personal_word(desk, officer):
    desk.give_name("Ana Ruiz")
    desk.finish()
    Outbox.objects.update(attempts=3, last_status=500, last_error="The registry answered 500.")
    page = text(desk.lms.client(officer), REPORTS)
    assert rows()[0].webhook_id in page
    assert str(desk.learner()) in page
    assert "The registry answered 500." in page
    assert "Ana Ruiz" not in page
    assert "ann@example.com" not in page


def test_the_list_filters_by_state(desk, officer):
    desk.give_name()
    desk.finish()
    client = desk.lms.client(officer)
    assert rows()[0].webhook_id in text(client, REPORTS + "?state=due")
    assert rows()[0].webhook_id not in text(client, REPORTS + "?state=parked")
    assert rows()[0].webhook_id in text(client, REPORTS + "?state=nonsense&page=99999")


def test_the_list_takes_as_many_queries_for_many_reports_as_for_one(desk, officer, django_assert_max_num_queries):
    for number in range(8):
        user = desk.lms.learner(f"peer{number}", desk.course)
        desk.give_name(f"Peer {number}", user)
        desk.finish(user)
    client = desk.lms.client(officer)
    with django_assert_max_num_queries(13):
        text(client, REPORTS)


def test_sending_again_is_a_post_of_staff_with_a_token(desk, officer):
    desk.give_name()
    desk.finish()
    Outbox.objects.update(state=State.PARKED, next_attempt=None)
    address = reverse("peer_certification:send_again", args=[rows()[0].webhook_id])
    assert desk.lms.client(desk.ann).post(address).status_code == 403
    assert desk.lms.client(officer, csrf=True).post(address).status_code == 403
    assert desk.lms.client(officer).get(address).status_code == 405
    assert rows()[0].state == State.PARKED
    assert desk.lms.client(officer).post(address).status_code == 302
    assert rows()[0].state == State.DUE


def test_sending_again_what_is_not_there_or_was_received(desk, officer):
    desk.give_name()
    desk.finish()
    client = desk.lms.client(officer)
    missing = reverse("peer_certification:send_again", args=["nothing_v1"])
    assert client.post(missing).status_code == 404
    Outbox.objects.update(state=State.DELIVERED)
    there = reverse("peer_certification:send_again", args=[rows()[0].webhook_id])
    assert client.post(there).status_code == 409
    assert rows()[0].state == State.DELIVERED


def test_the_set_up_page_names_every_fact_and_its_state(desk, officer):
    page = text(desk.lms.client(officer), SETUP)
    assert "Contact hours of continuing education in one cycle" in page
    assert "Not confirmed" in page
    assert "ethics: 3" in page
    assert "Certified Peer Specialist, Youth" in page
    assert "CMHYPS" in page


def test_it_shows_the_public_key_and_never_the_secret_one(desk, officer):
    page = text(desk.lms.client(officer), SETUP)
    assert SITE_KEY.public.text in page
    assert SITE_KEY.text not in page
    assert setting("MATCH_SALT") not in page


def test_it_says_what_reporting_still_lacks(desk, officer, settings):
    settings.PEER_XBLOCKS = {**settings.PEER_XBLOCKS, "REGISTRY_URL": "http://registry.example.org", "ISSUER": ""}
    page = text(desk.lms.client(officer), SETUP)
    assert "https://" in page
    assert "ISSUER" in page


@pytest.fixture
def differing(desk, at):
    """A day on which the registry holds one report more than this site."""
    ComparedDay.objects.create(day=date(2026, 2, 28), at=at.now, agreed=True, here=3, there=3)
    ComparedDay.objects.create(day=date(2026, 3, 1), at=at.now, agreed=False, here=1, there=2)
    return Difference.objects.create(
        kind="unknown", webhook_id="A" * 52 + "_v1", day=date(2026, 3, 1), there="ab" * 32, since=at.now, seen=at.now
    )


def test_before_any_comparison_the_page_says_so(desk, officer):
    assert "Not compared yet." in text(desk.lms.client(officer), REPORTS)


def test_staff_see_when_both_sides_last_agreed_and_what_differs(differing, desk, officer):
    Watch.objects.create(pk=1, next_attempt=differing.since, trouble="The registry could not be reached.")
    page = text(desk.lms.client(officer), REPORTS)
    assert "last agreed on 2026-02-28 (UTC), with 3 received; compared 2026-03-02 09:00." in page
    assert "1 day differs." in page
    assert "1 report that the two sides do not hold alike." in page
    assert "held by the registry, and never sent from here" in page
    assert "The registry could not be reached." in page


def test_staff_close_a_difference_and_it_stays_in_the_list(differing, desk, officer):
    client = desk.lms.client(officer)
    address = reverse("peer_certification:looked_into", args=[differing.id])
    shown = client.post(address, follow=True).content.decode()
    assert "Marked as looked into." in shown
    assert f"by account {officer.id}" in shown
    closed = Difference.objects.get()
    client.post(address)
    assert (closed.closed_by, Difference.objects.get().closed_at) == (officer.id, closed.closed_at)


def test_only_staff_of_the_site_close_a_difference_and_only_by_post(differing, desk, officer):
    address = reverse("peer_certification:looked_into", args=[differing.id])
    for other in (None, desk.ann, desk.lms.staff("tom", desk.course)):
        assert desk.lms.client(other).post(address).status_code == 403
    assert desk.lms.client(officer).get(address).status_code == 405
    assert desk.lms.client(officer, csrf=True).post(address).status_code == 403
    assert Difference.objects.get().closed_at is None


def test_a_difference_that_is_not_there_is_said(desk, officer):
    address = reverse("peer_certification:looked_into", args=[99])
    assert desk.lms.client(officer).post(address).status_code == 404
