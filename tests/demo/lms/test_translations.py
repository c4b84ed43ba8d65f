"""Texts of blocks in the reader's language (lms_checked Q13)."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.utils import translation

from peer_xblocks.demo.lms import translations
from peer_xblocks.demo.lms.translations import Translations


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An installed package with one Spanish sentence in its catalogue."""
    import struct
    import sys

    home = tmp_path / "words"
    folder = home / "translations" / "es_419" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    pairs = [(b"", b"Content-Type: text/plain; charset=UTF-8\n"), (b"Hello peer", "Hola compañero".encode())]
    ids, texts = b"".join(k + b"\0" for k, _ in pairs), b"".join(v + b"\0" for _, v in pairs)
    start = 28 + 16 * len(pairs)
    table, at = [], start
    for key, _ in pairs:
        table += [len(key), at]
        at += len(key) + 1
    for _, text in pairs:
        table += [len(text), at]
        at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    (folder / "text.mo").write_bytes(head + struct.pack(f"<{len(table)}I", *table) + ids + texts)
    module = ModuleType("words")
    module.__file__ = str(home / "__init__.py")
    monkeypatch.setitem(sys.modules, "words", module)
    translations._translations.cache_clear()
    return "words"


def said(package, language, text):
    with translation.override(language):
        return translations._Packaged(package).gettext(text)


def test_the_catalogue_of_the_root_package_comes_first(package):
    """Locale folder `es_419`, domain `text`."""
    assert said(package, "es-419", "Hello peer") == "Hola compañero"


def test_what_it_lacks_is_left_to_django(package):
    """So pages may be mixed: "Save" in French, "Hello peer" in English."""
    assert said(package, "fr", "Hello peer") == "Hello peer"
    assert said(package, "fr", "Monday") == "lundi"
    assert said(package, "es-419", "Monday") == "lunes"


def test_a_package_without_a_catalogue_says_what_it_wrote():
    assert said("nowhere", "es-419", "Hello peer") == "Hello peer"


def test_nothing_stays_nothing():
    assert Translations().gettext("") == ""


def test_moments_in_words(at):
    assert Translations().strftime(at(2026, 3, 1, 12, 0), "%Y-%m-%d") == "2026-03-01"
