"""The words that the page of a text to sign shows, in the learner's language."""

from __future__ import annotations

from collections.abc import Callable

STATEMENT = "I have read this and will keep to it"

ENGLISH = {
    "statement": STATEMENT,
    "before": "Read the text in your own time. When you sign, we keep the date and this exact text, and you can read it here again whenever you like.",
    "version": "Version {version}",
    "saving": "Saving …",
    "signed_title": "You signed this text",
    "signed": "Signed on {when}.",
    "newer_title": "This text is newer than the one you signed",
    "newer": "You signed an earlier text on {when}. That stays on record. Please read the new one and sign it, too.",
    "missing_office": "The office has not given its text yet. There is nothing to sign now, and nothing is missing on your side.",
    "missing": "There is no text here yet. There is nothing to sign now, and nothing is missing on your side.",
    "earlier": "Read what you signed on {when}",
    "unsaved": "We could not save just now. Try again in a moment; your signature counts once this page says so.",
}


def words(gettext: Callable[[str], str]) -> dict[str, str]:
    """Each phrase of the page by its name, translated."""
    return {name: gettext(phrase) for name, phrase in ENGLISH.items()}
