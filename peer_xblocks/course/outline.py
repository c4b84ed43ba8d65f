"""A course as the checker sees it: subsections, units and what stands in them. Plain values, read by `olx`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from peer_xblocks.course.page import Page
from peer_xblocks.item.item import Item

HTML, MODULE, CHECK, SORT, PROGRESS = "html", "peer_module", "peer_check", "peer_sort", "peer_progress"
KNOWN = frozenset((HTML, "video", MODULE, CHECK, SORT, "peer_story", "peer_exam", PROGRESS))


@dataclass(frozen=True, slots=True)
class Card:
    """One card of a sort: what it says, the piles that it belongs to (two: gray), and the reason."""

    id: str
    text: str
    why: str
    piles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a unit: its kind, id, file and settings; a page, items, or piles and cards where it has them."""

    kind: str
    id: str
    where: str
    settings: Mapping[str, str] = field(default_factory=dict)
    page: Page | None = None
    items: tuple[Item, ...] = ()
    piles: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One step of a module."""

    id: str
    title: str
    where: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One subsection; it is a module when a `peer_module` stands in it."""

    id: str
    title: str
    where: str
    format: str = ""
    graded: bool = False
    units: tuple[Unit, ...] = ()

    @property
    def blocks(self) -> list[Block]:
        """All blocks, in order."""
        return [block for unit in self.units for block in unit.blocks]

    @property
    def module(self) -> Block | None:
        """The block that says which module this is."""
        return next((block for block in self.blocks if block.kind == MODULE), None)

    @property
    def is_outline(self) -> bool:
        """Whether it says of itself that its pages are not written: a trainer teaches it from the outline."""
        return self.module is not None and self.module.settings.get("outline_only") == "true"

    @property
    def live(self) -> frozenset[str]:
        """The ids of its units that are held live."""
        return frozenset((self.module.settings.get("live_units", "") if self.module else "").split())

    @property
    def items(self) -> list[Item]:
        """The questions of all its checks."""
        return [item for block in self.blocks for item in block.items]

    @property
    def pages(self) -> list[Page]:
        """What is read in it on one's own; units that are held live are left out."""
        return [block.page for unit in self.units if unit.id not in self.live for block in unit.blocks if block.page]


@dataclass(frozen=True, slots=True)
class Source:
    """One source that the course may cite; `short` is what cards call it."""

    name: str
    address: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole course."""

    name: str
    title: str
    parts: tuple[Part, ...]
    advanced: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    static: frozenset[str] = frozenset()
    handouts: tuple[Page, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def modules(self) -> list[Part]:
        """The subsections that earn contact time."""
        return [part for part in self.parts if part.module]

    def units(self) -> Iterator[Unit]:
        """All units, in order."""
        for part in self.parts:
            yield from part.units

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        for unit in self.units():
            yield from unit.blocks
