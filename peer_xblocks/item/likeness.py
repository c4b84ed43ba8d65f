"""Stems that ask nearly the same: pairs of texts that share most of their words, found without comparing each with each."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from peer_xblocks.item.item import Item
from peer_xblocks.item.text import plain

#: The part of all words of two stems that both must hold. Below it, one case with two questions would be a pair.
ALIKE = 0.8
_WORD = re.compile(r"[\w’']+")


def pairs(
    items: Sequence[Item], known: Callable[[int, int], bool] = lambda _one, _other: False
) -> list[tuple[int, int]]:
    """The places (later, earlier) of items whose stems are alike, from 0: each beside one other, however many there are.

    `known` says of two places that they may be alike.
    """
    held = [frozenset(_WORD.findall(plain(item.stem).casefold())) for item in items]
    return sorted((max(pair), min(pair)) for pair in _near(held, known))


def _near(held: Sequence[frozenset[str]], known: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """Each set that is alike to one taken before it, with the first such.

    Two such sets share one of their rarest words; where sets are taken from small to large, fewer of those need to be
    remembered than looked up (Bayardo, Ma and Srikant, 2007).
    """
    often = Counter(word for words in held for word in words)
    marks = [_mark(words) for words in held]
    seen: dict[str, list[int]] = defaultdict(list)
    for at in sorted(range(len(held)), key=lambda at: (len(held[at]), at)):
        rarest = sorted(held[at], key=lambda word: (often[word], word))
        apart = math.floor(round(2 * len(rarest) * (1 - ALIKE) / (1 + ALIKE), 9))
        mark = marks[at]
        near = (
            other
            for word in rarest[: _enough(len(rarest), ALIKE)]
            for other in seen[word]
            if (mark ^ marks[other]).bit_count() <= apart
        )
        found = next((other for other in near if _alike(held[at], held[other]) and not known(at, other)), None)
        if found is not None:
            yield at, found
        for word in rarest[: _enough(len(rarest), 2 * ALIKE / (1 + ALIKE))]:
            seen[word].append(at)


def _mark(words: frozenset[str]) -> int:
    """A bit for each word; where two marks differ in many bits, so do the words, and nothing else need be compared."""
    mark = 0
    for word in words:
        mark |= 1 << (hash(word) & 127)
    return mark


def _enough(count: int, part: float) -> int:
    """How many of `count` words hold at least one of any `part` of them."""
    return count - math.ceil(round(part * count, 9)) + 1 if count else 0


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one & other)
    return both >= ALIKE * (len(one) + len(other) - both)
