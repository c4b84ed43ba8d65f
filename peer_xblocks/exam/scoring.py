"""What the answers of a sitting are worth: raw points, percent, passed or not yet, and how each domain went."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from peer_xblocks.exam.form import Form
from peer_xblocks.item.item import Item

#: Below this many questions a domain's share says nothing about a person, so nothing is said.
FEWEST = 2


class Word(StrEnum):
    """A domain in one word."""

    STRONG = "strong"
    NEARLY = "nearly"
    AGAIN = "again"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Domain:
    """How one domain went."""

    code: str
    right: int
    of: int

    @property
    def word(self) -> Word:
        """The domain in one word; figures with a few questions behind them are not turned into one."""
        if self.of < FEWEST:
            return Word.FEW
        if self.right * 10 >= self.of * 8:
            return Word.STRONG
        return Word.NEARLY if self.right * 10 >= self.of * 6 else Word.AGAIN


@dataclass(frozen=True, slots=True)
class Score:
    """The result. `mark` is in percent of the counted questions, `needed` the points that reach it."""

    raw: int
    of: int
    mark: float
    needed: int
    passed: bool
    domains: tuple[Domain, ...] = ()

    @property
    def percent(self) -> float:
        """The share of right answers in percent, not rounded."""
        return self.raw * 100 / self.of if self.of else 0.0


def needed(mark: float, of: int) -> int:
    """The fewest points out of `of` that are at least `mark` percent; nothing is rounded in anybody's favour or against.

    >>> needed(70, 20), needed(70, 21)
    (14, 15)
    """
    return next(points for points in range(of + 1) if points * 100 >= mark * of or points == of)


def score(
    form: Form,
    items: Mapping[str, Item],
    answers: Mapping[str, Collection[str]],
    *,
    mark: float,
    given: Collection[str] = (),
) -> Score:
    """The result of a form's counted questions; trial questions never count.

    `items` are the versions that the form asked, by item id; `answers` the chosen options by item id; `given` the items
    that count as right for everybody, because they turned out not to be fair.
    """
    right: dict[str, int] = {}
    total: dict[str, int] = {}
    for place in form.counted:
        fits = frozenset(answers.get(place.item, ())) == items[place.item].key or place.item in given
        right[place.domain] = right.get(place.domain, 0) + fits
        total[place.domain] = total.get(place.domain, 0) + 1
    domains = tuple(Domain(code, right[code], total[code]) for code in sorted(total))
    raw, of = sum(right.values()), sum(total.values())
    enough = needed(mark, of)
    return Score(raw, of, mark, enough, of > 0 and raw >= enough, domains)
