"""Stepping into people works from this machine alone, by a POST that carries its token."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from peer_xblocks.demo.site import seed, stepping
from peer_xblocks.demo.site.personas import PERSONAS, Role, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {persona.username: seed.account(persona) for persona in PERSONAS if persona.role is not Role.REGISTRAR}


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_the_front_page_asks_who_one_wants_to_be_and_says_that_all_are_made_up(people):
    shown = Client().get("/").content.decode()
    assert "Who do you want to be?" in shown
    assert shown.count("made-up person</span>") == len(PERSONAS)
    assert all(persona.name in shown for persona in PERSONAS)


def test_an_empty_demo_offers_staff_alone():
    seed.seed(empty=True)
    shown = Client().get("/").content.decode()
    assert named("joan").name in shown and named("renee").name not in shown
    assert set(get_user_model().objects.values_list("username", flat=True)) == {"joan", "ellis", "bernice"}


def test_a_post_from_this_machine_steps_in(people):
    client = Client()
    assert client.post("/demo/step-in", {"persona": "renee"}, HTTP_HOST="127.0.0.1:8000").status_code == 302
    assert signed_in(client) == str(people["renee"].pk)


def test_a_post_steps_out_again(people):
    client = Client(HTTP_HOST="127.0.0.1")
    client.post("/demo/step-in", {"persona": "renee"})
    client.post("/demo/step-out")
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "demo.example.org"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1.example.org"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "", "HTTP_HOST": "127.0.0.1"},
    ],
)
def test_nobody_steps_in_from_elsewhere(people, asked):
    client = Client()
    assert client.post("/demo/step-in", {"persona": "renee"}, **asked).status_code in (400, 403)
    assert signed_in(client) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "[::1]:8000", "[::1]"])
def test_the_names_of_this_machine_are_known(host):
    assert stepping.from_here(RequestFactory().get("/", HTTP_HOST=host, REMOTE_ADDR="::1"))


def test_without_the_token_of_the_page_nobody_steps_in(people):
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    assert client.post("/demo/step-in", {"persona": "renee"}).status_code == 403


def test_a_get_steps_into_nobody(people):
    assert Client(HTTP_HOST="127.0.0.1").get("/demo/step-in?persona=renee").status_code == 405


@pytest.mark.parametrize("name", ["", "admin", "renee'--", "😀"])
def test_who_is_no_persona_cannot_be_stepped_into(people, name):
    get_user_model().objects.create_user("admin")
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.post("/demo/step-in", {"persona": name}).status_code == 404
    assert signed_in(client) is None


def test_the_registrar_is_shown_the_way_to_the_registry(people):
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.post("/demo/step-in", {"persona": "gwen"}).url == "/demo/registry"
