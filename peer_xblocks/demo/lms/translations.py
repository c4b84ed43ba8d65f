"""The `i18n` service: texts in the reader's language, from the catalogue of a block's root package."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from sys import modules
from typing import Any

from django.utils import translation

from peer_xblocks import clock


class Translations:
    """Texts in the reader's language: the catalogue of the block's root package, else Django's own."""

    def gettext(self, text: str) -> str:
        """See `gettext`."""
        return self._catalogue().gettext(text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """See `gettext`."""
        return self._catalogue().ngettext(singular, plural, count)

    def ugettext(self, text: str) -> str:
        """The older name of `gettext`, which XBlock 5 still calls."""
        return self.gettext(text)

    def ungettext(self, singular: str, plural: str, count: int) -> str:
        """The older name of `ngettext`."""
        return self.ngettext(singular, plural, count)

    def strftime(self, moment: Any, form: str) -> str:
        """A moment in words."""
        return str((moment or clock.now()).strftime(form))

    def get_javascript_i18n_catalog_url(self, _block: Any) -> str | None:
        """None: no operator compiled a catalogue."""
        return None

    def of(self, block: Any) -> Translations:
        """The texts of one block's package."""
        return _Packaged(type(block).unmixed_class.__module__.split(".")[0])

    def _catalogue(self) -> Any:
        return _Django()


class _Packaged(Translations):
    def __init__(self, package: str):
        self._package = package

    def _catalogue(self) -> Any:
        language = translation.get_language() or "en"
        return _translations(self._package, translation.to_locale(language)) or _Django()


class _Django:
    def gettext(self, text: str) -> str:
        return translation.gettext(text) if text else text

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return translation.ngettext(singular, plural, count)


@cache
def _translations(package: str, locale: str) -> Any:
    """The catalogue `translations/<locale>/LC_MESSAGES/text.mo` of a package, over Django's; None without one."""
    home = getattr(modules.get(package), "__file__", None)
    if home is None:
        return None
    try:
        found = gettext.translation("text", Path(home).parent / "translations", [locale, locale.split("_")[0]])
    except OSError:
        return None
    found.add_fallback(_Django())  # type: ignore[arg-type]
    return found
