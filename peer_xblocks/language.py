"""Wording that names a person by a condition: what could be said instead. It offers; it never marks anything wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "language_terms.json"
LEVELS = ("offer", "information", "safety")

# Quoted words are left alone where the sentence says that somebody heard, said or wrote them as a label.
_QUOTED = re.compile(r"[\"“][^\"“”\n]*[\"”]|(?<!\w)[‘'][^‘’'\n]*[’'](?!\w)")
_HEARD = re.compile(
    r"\b(?:call(?:s|ed)?|said|says?|hear|heard|label(?:s|l?ed)?|words?|names?|told|shout\w*|wrote|stigma)\b",
    re.IGNORECASE,
)
# Two or more capitalised words in a row are a name or a title: "Alcoholics Anonymous", "Substance Abuse and Mental …".
_NAME = re.compile(r"\b[A-Z][a-z’']+(?:(?:\s+(?:of|and|for|the|in|to|on|with))*[\s-]+[A-Z][a-z’']+)+")
# The speaker's own word for the speaker: "I am an alcoholic", "as an addict, I …".
_OWN = re.compile(
    r"\b(?:I|we|myself|ourselves)(?:['’](?:m|re|ve|d))?"
    r"(?:\s+(?:am|was|were|are|have|had|been|be|being|a|an|the|as|once|also|still|just|really|used|to)){0,5}\s*$",
    re.IGNORECASE,
)
_AS_ONE = re.compile(r"\bas\s+(?:an?\s+)?$", re.IGNORECASE)
_SPEAKER = re.compile(r"\W*\b(?:I|we)\b", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"\w+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the list, editable by the office. `forms` and `unless` are phrases: `a|b` is either, `x?` may be
    missing, `*` is any one word; an `unless` phrase around a form keeps it from being flagged."""

    flag: str
    offer: str
    group: str
    source: str
    guard: str
    level: str
    date: str
    why: str
    forms: tuple[str, ...]
    unless: tuple[str, ...] = ()
    softer: tuple[str, ...] = ()
    on: bool = True


@dataclass(frozen=True, slots=True)
class Flag:
    """Words of a text (`text[start:end]`) that a row of the list names, what it offers, and why in one line."""

    term: str
    offer: str
    start: int
    end: int
    level: str = "offer"
    why: str = ""


def flags(text: str, terms: Sequence[Term] | None = None) -> list[Flag]:
    """What the list would say otherwise in `text`, in order and without overlap; the longest words win.

    Names, titles, quoted labels and the guards of each row are left alone; a speaker's own word for the speaker
    is at most information.

    >>> [(each.term, each.offer) for each in flags("He is wheelchair-bound.")]
    [('wheelchair-bound', 'uses a wheelchair')]
    """
    asked = _near(text) if terms is None else terms
    found = [each for term in asked if term.on for each in _found(term, text)]
    kept = _shielded(text) if found else []
    return _apart(each for each in found if not _inside(each, kept))


@cache
def shipped() -> tuple[Term, ...]:
    """The list that comes with the product."""
    return load(SHIPPED)


def _near(text: str) -> list[Term]:
    """The rows of our list that can be found in `text`: those with a word of theirs in it. Most texts have none."""
    by_word, always = _by_word()
    ats = {at for word in _PLAIN_WORD.findall(text.casefold()) for at in by_word.get(word, ())}
    return [shipped()[at] for at in sorted(always | ats)]


@cache
def _by_word() -> tuple[dict[str, set[int]], set[int]]:
    """The rows, by place, that need a word to be there; and those that need none."""
    by_word: dict[str, set[int]] = {}
    always: set[int] = set()
    for at, term in enumerate(shipped()):
        for form in term.forms:
            needed = _needed(form)
            for word in needed:
                by_word.setdefault(word, set()).add(at)
            if not needed:
                always.add(at)
    return by_word, always


def _needed(phrase: str) -> list[str]:
    """What a phrase cannot be there without: its longest word in each way to say it; nothing where any word will do."""
    words = [word.casefold().split("|") for word in phrase.split() if not word.endswith("?") and "*" not in word]
    longest = max(words, key=lambda either: min(map(len, either)), default=[])
    return [max(_PLAIN_WORD.findall(each), key=len) for each in longest]


def load(path: Path) -> tuple[Term, ...]:
    """The list in a JSON file; ValueError, with the row, for a row that cannot be used."""
    return tuple(_term(at, row) for at, row in enumerate(json.loads(path.read_text(encoding="utf-8")), 1))


def _term(at: int, row: dict[str, Any]) -> Term:
    lists: dict[str, Any] = {name: tuple(row.get(name, ())) for name in ("forms", "unless", "softer")}
    try:
        term = Term(**{**row, **lists})
    except TypeError as error:
        raise ValueError(f"Row {at} of the language list lacks or misspells a part: {error}.") from error
    if term.level not in LEVELS:
        raise ValueError(f"Row {at} of the language list has the level {term.level!r}; use one of {', '.join(LEVELS)}.")
    return term


def _found(term: Term, text: str) -> Iterable[Flag]:
    guarded = _spans(term.unless, text)
    softer = _spans(term.softer, text)
    for start, end in _spans(term.forms, text):
        if any(low < end and start < high for low, high in guarded):
            continue
        soft = (start, end) in softer or (term.level == "offer" and _own(text, start, end))
        yield Flag(term.flag, term.offer, start, end, "information" if soft else term.level, term.why)


def _own(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 60) : start], text[end : end + 10]
    return bool(_OWN.search(before)) or bool(_AS_ONE.search(before) and _SPEAKER.match(after))


def _shielded(text: str) -> list[Span]:
    quoted = [match for match in _QUOTED.finditer(text) if _HEARD.search(_sentence(text, match.start(), match.end()))]
    return [match.span() for match in (*quoted, *_NAME.finditer(text))]


def _sentence(text: str, start: int, end: int) -> str:
    """The words around a quotation, without the quotation itself."""
    before = re.split(r"[.!?\n]\s", text[max(0, start - 80) : start])[-1]
    return before + " … " + re.split(r"[.!?\n]", text[end : end + 60])[0]


def _inside(flag: Flag, spans: Iterable[Span]) -> bool:
    return any(low <= flag.start and flag.end <= high for low, high in spans)


def _apart(found: Iterable[Flag]) -> list[Flag]:
    """The longest of what overlaps."""
    kept: list[Flag] = []
    for flag in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if not any(other.start < flag.end and flag.start < other.end for other in kept):
            kept.append(flag)
    return sorted(kept, key=lambda each: each.start)


def _spans(phrases: Iterable[str], text: str) -> list[Span]:
    return [match.span() for phrase in phrases for match in _pattern(phrase).finditer(text)]


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase of the list as a pattern of whole words; spaces also stand for hyphens and line ends."""
    made, begun = "", False
    for word in phrase.split():
        either = "|".join(r"[\w’']+" if each == "*" else re.escape(each) for each in word.rstrip("?").split("|"))
        optional = "?" if word.endswith("?") else ""
        if begun:
            made += rf"(?:[\s-]+(?:{either})){optional}"
        else:
            made += rf"(?:(?:{either})[\s-]+){optional}" if optional else f"(?:{either})"
            begun = not optional
    return re.compile(rf"(?<![\w-]){made}(?![\w-])", re.IGNORECASE)
