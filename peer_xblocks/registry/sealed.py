"""Personal text at rest: sealed under the vault's keys, found again only by keyed marks."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models

from peer_xblocks.vault import Vault

FEWEST_LETTERS = 3
_WORDS = re.compile(r"[^\W_]+")


@cache
def _vault(keys: tuple[str, ...]) -> Vault:
    return Vault(keys)


def vault() -> Vault:
    """The vault of this registry, with the keys of `PEER_REGISTRY_VAULT_KEYS`, newest first."""
    return _vault(tuple(settings.PEER_REGISTRY["VAULT_KEYS"]))


def mark(kind: str, text: str) -> str:
    """A keyed hash that finds `text` again and gives nothing away; `kind` keeps marks of different columns apart."""
    key = settings.PEER_REGISTRY["INDEX_KEY"].encode()
    return hmac.new(key, f"{kind}\n{text}".encode(), hashlib.sha256).hexdigest()[:32]


def words(name: str) -> list[str]:
    """The words of a name as people search for them: without accents, case or punctuation.

    >>> words("Núñez-O’Hara, Ann")
    ['nunez', 'o', 'hara', 'ann']
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return _WORDS.findall(plain.casefold())


def name_marks(name: str) -> set[str]:
    """The marks under which a name is found: each of its words, and the beginnings of them from three letters on."""
    return {mark("name", part) for word in words(name) for part in _beginnings(word)}


def search_marks(text: str) -> list[str]:
    """The marks that a search for `text` asks for, all of them at once."""
    return [mark("name", word) for word in dict.fromkeys(words(text))]


def _beginnings(word: str) -> set[str]:
    return {word, *(word[:end] for end in range(FEWEST_LETTERS, min(len(word), 24)))}


class SealedField(models.TextField):
    """A text column that holds ciphertext; read and written as plain text."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """The text that was sealed."""
        return None if value is None else vault().open(value)

    def get_prep_value(self, value: Any) -> Any:
        """The text as it is stored."""
        return None if value is None else vault().seal(str(value))
