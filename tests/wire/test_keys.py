"""Keys as text, and the Ed25519 vectors of RFC 8032."""

import base64

import pytest

from peer_xblocks.wire.keys import KeyRefused, PublicKey, SigningKey, new_signing_key
from tests.wire.reports import vectors


@pytest.mark.parametrize("vector", vectors("rfc8032"), ids=lambda each: each["name"])
def test_the_vectors_of_rfc_8032(vector):
    key = SigningKey(bytes.fromhex(vector["secret"]))
    message, signature = bytes.fromhex(vector["message"]), bytes.fromhex(vector["signature"])
    assert key.public.raw.hex() == vector["public"]
    assert key.sign(message) == signature
    assert key.public.verifies(signature, message)
    assert not key.public.verifies(signature, message + b"!")


def test_a_key_survives_its_text():
    key = new_signing_key()
    assert SigningKey.from_text(key.text) == key
    assert PublicKey.from_text(key.public.text) == key.public
    assert key.text.startswith("whsk_")
    assert key.public.text.startswith("whpk_")


def test_a_key_of_seed_and_public_half_is_the_same_key():
    key = new_signing_key()
    both = "whsk_" + base64.b64encode(key.seed + key.public.raw).decode()
    assert SigningKey.from_text(both) == key


def test_halves_that_do_not_belong_together_are_refused():
    wrong = "whsk_" + base64.b64encode(new_signing_key().seed + new_signing_key().public.raw).decode()
    with pytest.raises(KeyRefused):
        SigningKey.from_text(wrong)


@pytest.mark.parametrize("text", ["", "whpk_AAAA", "whsk_", "whsk_!!!!", "whsk_QUJD", "MC4CAQAw", "whsk_ü"])
def test_what_is_no_signing_key_is_refused_and_never_repeated(text):
    with pytest.raises(KeyRefused) as refused:
        SigningKey.from_text(text)
    assert len(text) < 6 or text[5:] not in str(refused.value)


def test_a_secret_stays_out_of_every_repr():
    key = new_signing_key()
    assert key.text[5:20] not in repr(key)
    assert repr(key.seed) not in repr(key)


def test_two_keys_have_two_ids():
    assert new_signing_key().public.id != new_signing_key().public.id
