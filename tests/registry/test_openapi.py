"""The description of the API, and the API held against it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from peer_xblocks.registry.wsgi import application
from peer_xblocks.wire import schema

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def described(client):
    """The description, as a sender would read it."""
    answer = client.get("/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_it_names_every_answer_and_the_very_schemas_of_the_contract(described):
    post = described["paths"]["/v1/completions"]["post"]
    assert set(post["responses"]) == {"200", "201", "401", "409", "413", "422", "425", "429", "503"}
    body = post["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"] == schema.text("completion.v1")["properties"]
    headers = {each["name"] for each in post["parameters"]}
    assert headers == {"webhook-id", "webhook-timestamp", "webhook-signature"}


def test_the_digest_of_a_day_is_described_as_well(described):
    post = described["paths"]["/v1/digests"]["post"]
    assert set(post["responses"]) == {"200", "401", "413", "422", "425", "429", "503"}
    answer = post["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["properties"] == schema.text("digest.v1")["properties"]


@pytest.mark.parametrize("address", ["/v1/completions", "/v1/digests"])
def test_whatever_is_sent_gets_an_answer_that_is_described(lasting_db, described, address):
    api = schemathesis.openapi.from_dict(described)
    api.app = application
    operation = api[address]["POST"]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def probe(case):
        response = case.call()
        assert response.status_code < 500
        operation.validate_response(response)

    probe()
