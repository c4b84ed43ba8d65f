"""How hard a text is to read: words, sentences, syllables and the Flesch–Kincaid school grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9$][\w$’'.,:-]*")
_END = re.compile(r"(?<=[.!?])[”’\")]*\s+")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels side by side that are spoken apart: "being", "idea", "dual", "quiet", "social" keeps one.
_APART = re.compile(
    r"[aeiouy]ing|(?<![ctg])i[ao](?!n|us)|(?<![ctgx])ious|(?<![ctf])ien[ct]|iet|(?<!q)ua(?!r|l?it)|eo(?!p)|crea|eali|eyo|ea$|ism$"
)
# Ends that are written with a vowel and spoken without one: "baked", "times", "make"; but "needed", "boxes", "people".
_SILENT = re.compile(r"(?:[^aeiouytd]ed|[^aeiouyscxzghl]es|[aeiouy]les|[^aeiouyl]e|[aeiouy]le)$")

# A silent e inside a word that was put together of two: "somebody", "careful", "guideline"; and "every" is spoken "evry".
_INSIDE = re.compile(
    r"every|(?:some|home|guide|fore|where)(?=[bcdfghlmnptw])|(?:care|hope|use|safe|close)(?=ful|l[ey]|ty)"
)


def words(text: str) -> list[str]:
    """The words of a text as a reader counts them: what stands between blanks and holds a letter or a digit."""
    return [word for word in text.split() if _WORD.search(word)]


def sentences(text: str) -> int:
    """How many sentences a paragraph holds; one that ends without a full stop counts, too."""
    return sum(1 for part in _END.split(text) if words(part))


@lru_cache(maxsize=16_384)  # the same few thousand words make up every text
def syllables(word: str) -> int:
    """How many syllables a word has, by its written vowels; at least one. A number counts as one.

    >>> [syllables(each) for each in ("line", "boundary", "asked", "needed", "people")]
    [1, 3, 1, 2, 2]
    """
    letters = re.sub("[^a-z]", "", word.lower())
    silent = 1 if len(letters) > 2 and _SILENT.search(letters) else 0
    spoken = len(_VOWELS.findall(letters)) + len(_APART.findall(letters)) - len(_INSIDE.findall(letters))
    return max(1, spoken - silent)


def grade(paragraphs: Iterable[str]) -> float:
    """The Flesch–Kincaid grade of some paragraphs (Kincaid and others, 1975); 0 where there are no words."""
    texts = list(paragraphs)
    spoken = [word for text in texts for word in words(text)]
    if not spoken:
        return 0.0
    ends = sum(sentences(text) for text in texts)
    per_word = sum(syllables(word) for word in spoken) / len(spoken)
    return 0.39 * len(spoken) / ends + 11.8 * per_word - 15.59
