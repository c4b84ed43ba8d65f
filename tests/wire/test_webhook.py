"""A signed request: what it covers, how it ages, how keys are rotated."""

import base64

import pytest

from peer_xblocks.wire import webhook
from peer_xblocks.wire.keys import PublicKey, SigningKey, new_signing_key
from tests.wire.reports import vectors

KEY = new_signing_key()
BODY = b'{"a":1}'


def signed(**changed):
    return {**webhook.headers("KEY_v1", 1000, BODY, KEY), **changed}


@pytest.mark.parametrize("vector", vectors("webhook"), ids=lambda each: each["name"])
def test_fixed_vectors(vector):
    key = SigningKey.from_text(vector["signing_key"])
    body = vector["body"].encode()
    assert webhook.headers(vector["id"], vector["timestamp"], body, key) == vector["headers"]
    assert webhook.verify(vector["headers"], body, [PublicKey.from_text(vector["public_key"])], vector["timestamp"])


def test_the_format_is_that_of_standard_webhooks():
    """`v1a,` and base64 of Ed25519 over `id.timestamp.body`."""
    scheme, _, text = signed()["webhook-signature"].partition(",")
    assert scheme == "v1a"
    assert KEY.public.verifies(base64.b64decode(text), b"KEY_v1.1000." + BODY)


def test_it_names_the_key_that_signed():
    assert webhook.verify(signed(), BODY, [new_signing_key().public, KEY.public], 1000) == KEY.public


def test_header_names_come_in_any_case():
    assert webhook.verify({name.title(): value for name, value in signed().items()}, BODY, [KEY.public], 1000)


def test_signatures_of_an_old_and_a_new_key_may_stand_side_by_side():
    old = webhook.headers("KEY_v1", 1000, BODY, new_signing_key())["webhook-signature"]
    both = signed(**{"webhook-signature": f"v1,c29tZQ== {old} {signed()['webhook-signature']}"})
    assert webhook.verify(both, BODY, [KEY.public], 1000)


@pytest.mark.parametrize("now", [1000 - 300, 1000, 1000 + 300])
def test_a_request_holds_for_five_minutes_either_way(now):
    assert webhook.verify(signed(), BODY, [KEY.public], now)


@pytest.mark.parametrize("now", [1000 - 301, 1000 + 301])
def test_after_that_its_time_is_wrong(now):
    with pytest.raises(webhook.WrongTime):
        webhook.verify(signed(), BODY, [KEY.public], now)


def test_a_wrong_time_is_only_told_to_whoever_signed():
    forged = signed(**{"webhook-timestamp": "5"})
    with pytest.raises(webhook.NotSigned) as refused:
        webhook.verify(forged, BODY, [KEY.public], 1000)
    assert not isinstance(refused.value, webhook.WrongTime)


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": "KEY_v2"},
        {"webhook-id": ""},
        {"webhook-id": "a.b"},
        {"webhook-timestamp": "1001"},
        {"webhook-timestamp": "1e3"},
        {"webhook-timestamp": "-1000"},
        {"webhook-timestamp": "٣"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1a,"},
        {"webhook-signature": "v1a,????"},
        {"webhook-signature": "v1a," + "A" * 86 + "=="},
        {"webhook-signature": "v1a,é"},
        {"webhook-signature": " ".join(["v1a," + "A" * 86 + "=="] * 5000)},
    ],
)
def test_anything_changed_is_not_signed(changed):
    with pytest.raises(webhook.NotSigned):
        webhook.verify(signed(**changed), BODY, [KEY.public], 1000)


def test_another_body_is_not_signed():
    with pytest.raises(webhook.NotSigned):
        webhook.verify(signed(), BODY + b" ", [KEY.public], 1000)


def test_no_known_key_signs_nothing():
    with pytest.raises(webhook.NotSigned):
        webhook.verify(signed(), BODY, [], 1000)


@pytest.mark.parametrize("name", ["", "with space", "a.b", "x" * 129, "ü"])
def test_an_id_that_could_blur_the_signed_text_is_never_signed(name):
    with pytest.raises(ValueError, match="webhook id"):
        webhook.headers(name, 1000, BODY, KEY)
