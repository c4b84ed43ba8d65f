"""The demo's directory keeps its secrets to itself, and tells each process only what is its own."""

import json
import stat

from peer_xblocks.demo import reset
from peer_xblocks.demo.place import Place
from peer_xblocks.wire.keys import PublicKey, SigningKey


def test_secrets_are_made_once_and_are_nobody_elses(tmp_path):
    first = Place(tmp_path).secrets
    assert Place(tmp_path).secrets == first
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_two_places_share_no_secret(tmp_path):
    one, two = Place(tmp_path / "a").secrets, Place(tmp_path / "b").secrets
    assert not {one.site, one.site_vault, one.registry} & {two.site, two.site_vault, two.registry}


def test_the_registry_knows_the_sites_public_key_and_none_of_its_secrets(tmp_path):
    place = Place(tmp_path)
    told = place.registry_environment({})
    assert PublicKey.from_text(json.loads(told["PEER_REGISTRY_SENDERS"])["demo"][0])
    own = place.secrets
    assert not any(secret in " ".join(told.values()) for secret in (own.site, own.site_vault, own.site_signing))


def test_the_site_can_verify_the_registrys_receipts(tmp_path):
    place = Place(tmp_path)
    told = place.site_environment({})
    key = SigningKey.from_text(place.secrets.registry_signing)
    assert PublicKey.from_text(told["PEER_DEMO_REGISTRY_KEYS"]).verifies(key.sign(b"x"), b"x")


def test_all_processes_read_one_clock(tmp_path):
    place = Place(tmp_path)
    assert place.site_environment({})["PEER_CLOCK_FILE"] == place.registry_environment({})["PEER_REGISTRY_CLOCK"]


def test_starting_over_removes_what_the_demo_made_and_nothing_else(tmp_path):
    place = Place(tmp_path)
    kept, own = place.secrets, tmp_path / "site.sqlite3"
    own.touch()
    (tmp_path / "letters").mkdir()
    (tmp_path / "my notes.txt").touch()
    reset.ask(tmp_path)
    assert reset.asked(place)
    reset.carry_out(place)
    assert not reset.asked(place) and not own.exists()
    assert (tmp_path / "my notes.txt").exists() and (tmp_path / "letters").exists()
    assert Place(tmp_path).secrets == kept
