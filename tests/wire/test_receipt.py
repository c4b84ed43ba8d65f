"""A receipt: signed, for this very report, chained to the ledger."""

import dataclasses
import json

import pytest

from peer_xblocks import chain
from peer_xblocks.wire.keys import PublicKey, SigningKey, new_signing_key
from peer_xblocks.wire.receipt import Entry, Receipt, ReceiptRefused, sign, verify
from tests.wire.reports import vectors

KEY = new_signing_key()
SENT = "ab" * 32
ENTRY = Entry("registry-1", 7, "A" * 52, 1, SENT, chain.START, "2026-03-01T18:00:00Z")


@pytest.mark.parametrize("vector", vectors("receipt"), ids=lambda each: each["name"])
def test_fixed_vectors(vector):
    receipt = sign(Entry(**vector["entry"]), SigningKey.from_text(vector["signing_key"]))
    assert receipt.as_dict() == vector["receipt"]
    verify(receipt, PublicKey.from_text(vector["public_key"]), vector["entry"]["payload_sha256"])


def test_what_was_signed_verifies_after_travelling():
    verify(Receipt.from_json(json.dumps(sign(ENTRY, KEY).as_dict()).encode()), [KEY.public], SENT)


def test_the_next_line_follows_from_this_one():
    second = dataclasses.replace(ENTRY, seq=8, prev_hash=ENTRY.hash)
    links = [(each.prev_hash, each.hash, each.body) for each in (ENTRY, second)]
    assert chain.first_break(links) is None


@pytest.mark.parametrize("name", [each.name for each in dataclasses.fields(Receipt)])
def test_no_member_can_be_changed(name):
    receipt = sign(ENTRY, KEY)
    value = getattr(receipt, name)
    other = value + 1 if isinstance(value, int) else value[:-3] + ("A" if value[-3] != "A" else "B") + value[-2:]
    with pytest.raises(ReceiptRefused):
        verify(dataclasses.replace(receipt, **{name: other}), KEY.public, SENT)


def test_a_receipt_for_another_report_is_refused():
    with pytest.raises(ReceiptRefused, match="another report"):
        verify(sign(ENTRY, KEY), KEY.public, "cd" * 32)


def test_a_foreign_key_is_refused_even_under_our_keys_name():
    foreign = sign(ENTRY, new_signing_key())
    with pytest.raises(ReceiptRefused, match="does not know"):
        verify(foreign, KEY.public, SENT)
    with pytest.raises(ReceiptRefused, match="does not hold"):
        verify(dataclasses.replace(foreign, key_id=KEY.public.id), KEY.public, SENT)


def test_a_signed_line_with_an_invented_link_is_refused():
    class Invented(Entry):
        hash = "00" * 32

    with pytest.raises(ReceiptRefused, match="ledger line"):
        verify(sign(Invented(**dataclasses.asdict(ENTRY)), KEY), KEY.public, SENT)


def wrong(**changed):
    return json.dumps({**sign(ENTRY, KEY).as_dict(), **changed}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"<html>Sign in to the network</html>",
        b"\xff\xfe",
        b"[" * 100_000,
        wrong()[:-20],
        wrong(extra=1),
        wrong(seq="7"),
        wrong(seq=0),
        wrong(seq=True),
        wrong(payload_sha256=SENT + "\n"),
        wrong(sig=""),
    ],
)
def test_what_is_no_receipt_is_refused(body):
    with pytest.raises(ReceiptRefused):
        Receipt.from_json(body)
