"""Signing in: for those who know, slowly for those who guess, and written down."""

from __future__ import annotations

import pytest
from django.test import Client

from peer_xblocks.registry import accounts, demo
from peer_xblocks.registry.models import Audit
from peer_xblocks.registry.roles import Role
from tests.registry.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, username="gwen", password=PASSWORD, **extra):
    return client.post("/sign-in/", {"username": username, "password": password}, **extra)


def acts() -> list[str]:
    return list(
        Audit.objects.order_by("pk")
        .exclude(act__in=["made an account", "opened a record"])
        .values_list("act", flat=True)
    )


def test_each_role_comes_to_its_own_first_page(people):
    for username, page in (("gwen", "/received/"), ("ines", "/received/"), ("ann", "/mine/")):
        client = Client()
        sign_in(client, username)
        assert client.get("/").headers["Location"] == page


def test_the_cookies_are_this_sites_own_and_out_of_reach_of_scripts(client, people, settings):
    sign_in(client)
    session = client.cookies["peer_registry_session"]
    assert session["httponly"]
    assert session["samesite"] == "Strict"
    assert settings.CSRF_COOKIE_HTTPONLY


def test_going_in_and_out_is_written_down(client, people):
    sign_in(client, password="wrong")
    sign_in(client)
    client.post("/sign-out/")
    assert acts() == ["missed sign-in", "signed in", "signed out"]


def test_who_guesses_has_to_wait_even_with_the_right_password_at_last(client, people, moment):
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 200
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Wait a quarter of an hour" in answer.content.decode()
    moment.forward(15 * 60 + 1)
    assert sign_in(client).status_code == 302


@pytest.mark.parametrize("spelled", [" gwen", "gwen\u3000", "\uff47wen", "GWEN"])
def test_another_spelling_of_a_name_gives_no_further_guesses(client, people, spelled):
    for _ in range(5):
        sign_in(client, spelled, "wrong")
    assert sign_in(client).status_code == 429


def test_somebody_elsewhere_is_not_kept_out_by_that(client, people):
    for _ in range(6):
        sign_in(client, password="wrong")
    assert sign_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_guessing_many_names_from_one_place_is_slowed_too(client, people):
    for number in range(20):
        sign_in(client, f"name{number}", "wrong")
    assert sign_in(client, "ines").status_code == 429


def test_neither_names_nor_addresses_stand_in_the_log(client, people):
    sign_in(client, "somebody@example.org", "wrong", REMOTE_ADDR="192.0.2.7")
    row = Audit.objects.latest("pk")
    assert "somebody" not in row.subject
    assert "192" not in row.place


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client, people):
    answers = [sign_in(client, name, "wrong").content.decode() for name in ("gwen", "nosuch")]
    assert all("do not go together" in each for each in answers)


def test_signing_in_never_leads_to_another_site(client, people):
    answer = client.post("/sign-in/", {"username": "gwen", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_a_new_password_keeps_the_person_in(browse):
    ann = browse("ann")
    given = {"old_password": PASSWORD, "new_password1": "quite another one", "new_password2": "quite another one"}
    assert ann.post("/password/", given).status_code == 302
    assert ann.get("/mine/").status_code == 200


def test_a_short_password_is_refused(browse):
    given = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert browse("ann").post("/password/", given).status_code == 200


class TestDemonstration:
    @pytest.fixture(autouse=True)
    def seeded(self, db, registry):
        registry["DEMO"] = True
        demo.seed(PASSWORD)

    def test_one_steps_in_by_one_press(self, client):
        assert "Gwen Tolliver" in client.get("/sign-in/").content.decode()
        assert client.post("/demo/enter/gwen").status_code == 302
        assert client.get("/received/").status_code == 200

    def test_every_page_says_that_it_is_a_demonstration(self, client):
        assert "Demonstration" in client.get("/sign-in/").content.decode()
        client.post("/demo/enter/marcus")
        assert "Demonstration" in client.get("/mine/").content.decode()

    def test_only_from_this_machine(self, client):
        assert client.post("/demo/enter/gwen", REMOTE_ADDR="192.0.2.7").status_code == 404
        assert "Gwen Tolliver" not in client.get("/sign-in/", REMOTE_ADDR="192.0.2.7").content.decode()

    def test_only_in_a_demonstration(self, client, registry):
        registry["DEMO"] = False
        assert client.post("/demo/enter/gwen").status_code == 404
        assert "Gwen Tolliver" not in client.get("/sign-in/").content.decode()

    def test_only_as_a_made_up_person(self, client):
        accounts.make("ann", Role.REGISTRAR, PASSWORD)
        assert client.post("/demo/enter/ann").status_code == 403

    def test_only_by_post(self, client):
        assert client.get("/demo/enter/gwen").status_code == 405

    def test_seeding_again_makes_nobody(self):
        assert demo.seed(PASSWORD) == []
