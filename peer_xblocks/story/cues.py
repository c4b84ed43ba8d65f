"""Cue cards: a few words of each part, to look at while speaking."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peer_xblocks.story.plan import Part

MOST_CUES = 4
MOST_WORDS = 8

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*[\"”’')]*")


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the part, when it begins (seconds into the talk), and its cues."""

    number: int
    part: Part
    begins: int
    cues: tuple[str, ...]


def cards(parts: Sequence[Part], texts: Mapping[str, str]) -> tuple[Card, ...]:
    """One card a part, in order; a part without words has a card without cues, to be written by hand."""
    begins, made = 0, []
    for number, part in enumerate(parts, 1):
        made.append(Card(number, part, begins, cues(texts.get(part.id, ""))))
        begins += part.seconds
    return tuple(made)


def cues(text: str) -> tuple[str, ...]:
    """The first words of at most four sentences, spread over the text from its first to its last.

    >>> cues("I was born here. It was loud.")
    ('I was born here.', 'It was loud.')
    """
    sentences = [each.strip() for each in _SENTENCE.findall(text) if any(map(str.isalnum, each))]
    return tuple(_short(sentences[at]) for at in _spread(len(sentences)))


def clock(seconds: int) -> str:
    """Seconds into a talk as a clock shows them.

    >>> clock(135)
    '2:15'
    """
    return f"{seconds // 60}:{seconds % 60:02}"


def _spread(count: int) -> list[int]:
    if count <= MOST_CUES:
        return list(range(count))
    return [round(step * (count - 1) / (MOST_CUES - 1)) for step in range(MOST_CUES)]


def _short(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words) if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]) + " …"
