"""Two devices on one part of a story: what a save continues, what stands beside it. No text is ever written over by another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KEEP_AFTER = 600
"""Seconds after which a page that goes on writing begins a new version, so that older ones can be brought back."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A text as one open page wrote it: the page's own id, and how many times that page had saved."""

    page: str
    seq: int

    def __str__(self) -> str:
        return f"{self.page}:{self.seq}"

    def resumes(self, other: Mark) -> bool:
        """Whether this page sends what `other` left on a device: page "a" is resumed as "a_b", and that as "a_c"."""
        return "_" in self.page and self.page.split("_")[0] == other.page.split("_")[0]


@dataclass(frozen=True, slots=True)
class Version:
    """A stored text of one part. `live` is what the person sees now; more than one is two versions to choose from.

    `begun` and `at` are when (Unix seconds) this row was first and last written; `text` is None where no key opens it.
    """

    id: int
    mark: Mark
    live: bool
    begun: int
    text: str | None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Save:
    """What a page wants kept: its text, and `base`: it was written upon all that these pages had saved by then."""

    mark: Mark
    base: tuple[Mark, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be done with a save: write into row `into` (None: a new row), and retire the rows `over`.

    `heard` means that nothing is written: this save, or a later one of the same page, was kept before.
    """

    heard: bool = False
    into: int | None = None
    over: tuple[int, ...] = ()


class Gone(Exception):
    """A save that was written upon a text which its owner has deleted since."""


def settle(known: Sequence[Version], save: Save, *, now: int) -> Kept:
    """Where a save goes, given all versions of its part. Raises `Gone` where what it was written upon is deleted.

    A page continues what it wrote itself and what it says it saw; everything else that is live stays beside it.
    """
    if any(each.mark.page == save.mark.page and each.mark.seq >= save.mark.seq for each in known):
        return Kept(heard=True)
    pages = {each.mark.page for each in known}
    built_upon = [each.page for each in save.base if not save.mark.resumes(each)]
    if built_upon and not pages.intersection(built_upon):
        raise Gone
    over = [each for each in known if each.live and _continues(save, each)]
    if len(over) == 1 and over[0].mark.page == save.mark.page and now - over[0].begun < KEEP_AFTER:
        return Kept(into=over[0].id)
    return Kept(over=tuple(each.id for each in over))


def _continues(save: Save, each: Version) -> bool:
    own = each.mark.page == save.mark.page
    seen = each.text is not None and any(
        base.page == each.mark.page and base.seq >= each.mark.seq for base in save.base
    )
    return own or seen or each.text == save.text
