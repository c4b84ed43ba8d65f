"""Proves a course: its build, its pages, its items, its minutes. What is found is told in one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peer_xblocks.course import olx, pages, sort, structure
from peer_xblocks.course.minutes import Figures, figures
from peer_xblocks.course.outline import SORT, Outline
from peer_xblocks.course.problem import Problem
from peer_xblocks.item.lint import lint


@dataclass(frozen=True, slots=True)
class Report:
    """A checked course: its outline, the figures of its modules, and what to mend."""

    course: Outline
    figures: tuple[Figures, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing keeps the course from being built."""
        return not any(problem.grave for problem in self.problems)


def check(path: Path) -> list[Problem]:
    """What there is to mend in the course in a folder."""
    return list(report(path).problems)


def report(path: Path, name: str = "") -> Report:
    """The course in a folder, checked."""
    course, unread = olx.read(path, name)
    taken = tuple(figures(part) for part in course.modules)
    found = [*unread, *structure.problems(course), *_pages(course), *_items(course)]
    for part, each in zip(course.modules, taken, strict=True):
        found += structure.time(part, each)
    return Report(course, taken, tuple(dict.fromkeys(found)))


def _pages(course: Outline) -> Iterator[Problem]:
    for block in course.blocks():
        if block.page:
            yield from pages.problems(block.page, course)
        if block.kind == SORT:
            yield from sort.problems(block, course)
    for page in course.handouts:
        yield from pages.problems(page, course, top=1)


def _items(course: Outline) -> Iterator[Problem]:
    names = tuple(source.name for source in course.sources.values())
    for block in course.blocks():
        for fault in lint(block.items, ask=("level", "domain")):
            yield Problem(f"{block.where} · {fault.item or block.id}", f"{fault.where}: {fault.what}", fault.do)
        for item in block.items:
            if item.source and not item.source.startswith(names):
                what = f"It cites “{item.source}”."
                yield Problem(f"{block.where} · {item.id}", what, "Begin with the name of a source in sources.toml.")
