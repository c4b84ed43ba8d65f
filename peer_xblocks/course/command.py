"""`peer-xblocks curriculum`: list, check and build the courses that come with the product, or your own."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from peer_xblocks.course import build as building
from peer_xblocks.course import check as checking
from peer_xblocks.course import source
from peer_xblocks.course.check import Report
from peer_xblocks.course.minutes import Figures
from peer_xblocks.course.mode import Mode
from peer_xblocks.refusal import Refusal

WIDTH = 100


@click.group()
def curriculum() -> None:
    """List, check and build courses."""


@curriculum.command("list")
def listed() -> None:
    """The courses that come with the product."""
    table = _table("Course", "Title", "Modules", "Minutes", "Questions")
    for name in source.names():
        course = checking.report(source.find(name), name)
        planned = sum(each.planned + each.live for each in course.figures) // 600
        asked = sum(len(part.items) for part in course.course.parts)
        table.add_row(name, course.course.title, str(len(course.figures)), str(planned), str(asked))
    _show(table)


@curriculum.command("check")
@click.argument("courses", nargs=-1, metavar="[TRACK…|PATH]")
def checked(courses: tuple[str, ...]) -> None:
    """Prove that courses take their minutes and read well; all of them, if you name none.

    Answers 0 when nothing keeps them from being built, 1 when something does, 2 when there is no such course.
    """
    reports = [_report(folder) for name in courses or source.names() for folder in _folders(name)]
    _show(_minutes(reports))
    for report in reports:
        _tell(report)
    sys.exit(0 if all(report.sound for report in reports) else 1)


@curriculum.command("build")
@click.argument("course")
@click.option("--start", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the course opens.")
@click.option("--run", default="", help="The name of the run; the month of its start, if you give none.")
@click.option(
    "--mode",
    type=click.Choice([each.value for each in Mode]),
    default=Mode.VIRTUAL.value,
    show_default=True,
    help="How the cohort meets. In person, self-paced minutes become live ones.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the archive.")
def built(course: str, start: datetime, run: str, mode: str, output: Path | None) -> None:
    """Write a course archive for Studio (Tools, Import). A course with problems is not written."""
    report = _report(_folders(course)[0])
    if not report.sound:
        _tell(report)
        sys.exit(1)
    try:
        packed = building.archive(course, start.date(), run, mode=Mode(mode))
    except Refusal as refused:
        raise click.UsageError(refused.sentence) from refused
    named = report.course.name.removeprefix(f"{source.TRACKS}/").replace("/", "-")
    path = output or Path(f"{named}-{run or start.strftime('%Y-%m')}.tar.gz")
    path.write_bytes(packed)
    click.echo(f"{path}: {len(packed):,} bytes. Import it in Studio under Tools, Import.")


def _folders(name: str) -> list[Path]:
    try:
        return source.within(name)
    except Refusal as refused:
        raise click.UsageError(refused.sentence) from refused


def _report(folder: Path) -> Report:
    inside = folder.is_relative_to(source.root())
    return checking.report(folder, folder.relative_to(source.root()).as_posix() if inside else folder.name)


def _minutes(reports: list[Report]) -> Table:
    table = _table("Module", "Live", "Alone", "Words", "Reading", "Questions", "Activities", "Takes", "Grade")
    for each in (figures for report in reports for figures in report.figures):
        table.add_row(*_row(each))
    return table


def _row(each: Figures) -> tuple[str, ...]:
    planned = (each.module, f"{each.live / 600:g}", f"{each.planned / 600:g}")
    if each.outline:
        return (*planned, "outline only")
    minutes = [f"{tenths / 600:.1f}" for tenths in (each.reading, each.answering, each.activities)]
    takes = f"{each.total / 600:.1f}{'' if each.holds else ' !'}"
    return (*planned, str(each.words), *minutes, takes, f"{each.grade:.1f}")


def _tell(report: Report) -> None:
    name = report.course.name
    for line in _sums(report.figures):
        click.echo(f"{name}: {line}")
    for problem in report.problems:
        where = posixpath.normpath(f"{name}/{problem.where}")
        click.echo(f"{where}: {problem.what} {problem.do}{'' if problem.grave else ' (a hint)'}")
    found = sum(problem.grave for problem in report.problems)
    click.echo(f"{name}: {f'{found} to mend' if found else 'sound'}.")


def _sums(figures: tuple[Figures, ...]) -> Iterator[str]:
    """What is planned, what is written, and which modules are an outline, by name."""
    yield f"planned: {_split(figures, 'live', 'planned')}"
    yield f"written: {_split(figures, 'led', 'written')}"
    outlines = [each for each in figures if each.outline]
    if outlines:
        yield f"outline only, not written: {len(outlines)} of {len(figures)} modules, {_split(outlines, 'live', 'planned')}"
    for each in outlines:
        yield f"outline only: {each.module} {each.title}"


def _split(figures: Sequence[Figures], live: str, alone: str) -> str:
    """Minutes of both kinds, in words."""
    led, read = (sum(getattr(each, name) for each in figures) // 600 for name in (live, alone))
    return f"{led + read:,} minutes ({led:,} live, {read:,} self-paced)"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at == 0 or column == "Title" else "right")
    return table


def _show(table: Table) -> None:
    Console(width=WIDTH, soft_wrap=True).print(table)
