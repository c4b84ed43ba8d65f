"""What is sealed opens with any key of the vault and with no other."""

import pytest

from peer_xblocks.vault import Unreadable, Vault, new_key


def test_sealed_text_does_not_show_and_opens_again():
    vault = Vault([new_key()])
    sealed = vault.seal("my own words, 𝄞")
    assert "words" not in sealed
    assert vault.open(sealed) == "my own words, 𝄞"


def test_after_rotation_old_text_opens_and_new_text_needs_the_new_key():
    old, new = new_key(), new_key()
    sealed = Vault([old]).seal("text")
    rotated = Vault([new, old])
    assert rotated.open(sealed) == "text"
    with pytest.raises(Unreadable):
        Vault([old]).open(rotated.renew(sealed))


def test_a_missing_key_is_said():
    with pytest.raises(Unreadable):
        Vault([new_key()]).open(Vault([new_key()]).seal("text"))


def test_a_vault_without_keys_is_refused():
    with pytest.raises(ValueError, match="at least one key"):
        Vault([])
