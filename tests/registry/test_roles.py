"""Who may open which page: a table of every address."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from peer_xblocks.registry.models import Alert, Entry, Practitioner

pytestmark = pytest.mark.django_db

STAFF, REGISTRAR, PRACTITIONER, ALL = {"gwen", "ines"}, {"gwen"}, {"ann"}, {"gwen", "ines", "ann", "nobody"}
PAGES = {
    "received": STAFF,
    "received-sheet": STAFF,
    "report": STAFF,
    "practitioners": STAFF,
    "practitioner": STAFF,
    "work": STAFF,
    "alerts": STAFF,
    "audit": STAFF,
    "mine": PRACTITIONER,
    "password": ALL,
}
ACTS = {
    "join": REGISTRAR,
    "part": REGISTRAR,
    "open-record": REGISTRAR,
    "issue-code": REGISTRAR,
    "decide": REGISTRAR,
    "certify": REGISTRAR,
    "close-alert": REGISTRAR,
    "claim": PRACTITIONER,
    "find-reports": STAFF,
    "find-practitioners": STAFF,
    "find-person": REGISTRAR,
}
OPEN = {"completions", "digests", "openapi", "health", "home", "sign-in", "sign-out", "enter", None}


@pytest.fixture
def address(client, site, people):
    """The address of a page by its name, with something there to see."""
    site.post(client, site.report())
    site.post(client, site.report(minutes__credited=90))

    def of(name: str) -> str:
        given = {
            "report": [Entry.objects.get().pk],
            "practitioner": [Practitioner.objects.first().registry_id],
            "close-alert": [Alert.objects.get().pk],
        }
        entry, person = given["report"], given["practitioner"]
        given |= {
            "find-person": entry,
            "join": entry,
            "part": entry,
            "open-record": entry,
            "issue-code": entry,
            "certify": entry,
            "decide": person,
        }
        return reverse(name, args=given.get(name, []))

    return of


def test_every_address_is_in_one_of_these_tables():
    names = {pattern.name for pattern in get_resolver().url_patterns}
    assert names == set(PAGES) | set(ACTS) | OPEN


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", sorted(ALL))
def test_a_page_opens_for_its_roles_and_for_nobody_else(address, browse, name, who):
    answer = browse(who).get(address(name))
    assert answer.status_code == (200 if who in PAGES[name] else 403)


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
def test_a_stranger_is_asked_to_sign_in(address, browse, name):
    ask = browse().post if name in ACTS else browse().get
    answer = ask(address(name))
    assert answer.status_code == (302 if name in PAGES or name in ACTS else 405)
    assert answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", sorted(ALL))
def test_an_act_is_refused_to_all_other_roles_and_changes_nothing(address, browse, name, who):
    before = list(Entry.objects.values()), list(Practitioner.objects.values()), list(Alert.objects.values())
    answer = browse(who).post(address(name))
    if who not in ACTS[name]:
        assert answer.status_code == 403
        assert before == (
            list(Entry.objects.values()),
            list(Practitioner.objects.values()),
            list(Alert.objects.values()),
        )
    else:
        assert answer.status_code != 403


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_a_post_with_a_token(address, browse, name):
    who = sorted(ACTS[name])[0]
    assert browse(who).get(address(name)).status_code == 405
    answer = browse(who, csrf=True).post(address(name))
    assert answer.status_code == 403
    assert "no longer valid" in answer.content.decode()


def test_there_is_no_look_up_for_the_public(client, people):
    person = Practitioner.objects.first()
    for address in ("/search", "/verify", f"/practitioners/{person.registry_id}/", f"/{person.registry_id}"):
        answer = client.get(address)
        assert answer.status_code in (302, 404)
        assert person.name not in answer.content.decode()


def test_search_engines_are_barred(client):
    assert "Disallow: /" in client.get("/robots.txt").content.decode()


def test_an_account_without_a_record_is_told_so(browse):
    assert "not tied to a record" in browse("nobody").get("/").content.decode()


def test_a_closed_account_opens_nothing(browse, people):
    gwen = browse("gwen")
    people["gwen"].is_active = False
    people["gwen"].save()
    assert gwen.get("/received/").status_code == 302
