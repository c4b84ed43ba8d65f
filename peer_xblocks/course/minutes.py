"""How long a module takes, and whether that is what it says: contact time has to be earned by what is there."""

from __future__ import annotations

from dataclasses import dataclass

from peer_xblocks.course import prose, show
from peer_xblocks.course.outline import Part
from peer_xblocks.course.page import ACTIVITY, READING

WORDS_A_MINUTE = 200
RECALL, VIGNETTE = 45, 75
SLACK = 10
HARDEST = 8.5


@dataclass(frozen=True, slots=True)
class Figures:
    """What one module asks of a person. Times are whole tenths of a second, so that no rounding decides.

    `planned` is for pages read alone, `live` for the live session, `shown` what the guide's run of show adds up to.
    """

    module: str
    title: str
    planned: int
    words: int
    recall: int
    vignettes: int
    activities: int
    grade: float
    live: int = 0
    shown: int = 0
    outline: bool = False

    @property
    def reading(self) -> int:
        """Time to read at 200 words a minute."""
        return self.words * 600 // WORDS_A_MINUTE

    @property
    def answering(self) -> int:
        """Time to answer each question once."""
        return (self.recall * RECALL + self.vignettes * VIGNETTE) * 10

    @property
    def total(self) -> int:
        """All of it."""
        return self.reading + self.answering + self.activities

    @property
    def filled(self) -> int:
        """The time that pages and questions have to fill: what is credited for them alone, or, where a cohort meets in
        person and nothing is self-paced, what the live time holds beyond its run of show."""
        return self.planned or max(0, self.live - self.shown)

    @property
    def holds(self) -> bool:
        """Whether pages and questions take that time, give or take a tenth."""
        return abs(self.total - self.filled) * 100 <= self.filled * SLACK

    @property
    def adds_up(self) -> bool:
        """Whether the run of show takes the live minutes, all of them where pages are read alone."""
        return self.shown == self.live if self.planned else self.shown <= self.live

    @property
    def written(self) -> int:
        """The self-paced time that its pages are proved to take; an outline has none."""
        return 0 if self.outline or not self.holds else self.planned

    @property
    def led(self) -> int:
        """The live time that its guide and its pages are proved to fill; an outline has none."""
        return self.live if not self.outline and self.adds_up and (self.planned or self.holds) else 0


def figures(part: Part) -> Figures:
    """The figures of a subsection that is a module."""
    settings = part.module.settings if part.module else {}
    levels = [item.level for item in part.items]
    return Figures(
        module=settings.get("module_id", ""),
        title=part.title,
        planned=(whole(settings.get("self_minutes")) or 0) * 600,
        words=sum(len(prose.words(text)) for page in part.pages for text in page.words(READING)),
        recall=sum(level != "vignette" for level in levels),
        vignettes=levels.count("vignette"),
        activities=sum(tenths(mark.value) or 0 for page in part.pages for mark in page.all("activity")),
        grade=prose.grade(text for page in part.pages for text in page.prose(READING, ACTIVITY)),
        live=(whole(settings.get("live_minutes")) or 0) * 600,
        shown=sum(step.minutes for step in show.steps(settings.get("guide", ""))) * 600,
        outline=part.is_outline,
    )


def whole(text: str | None) -> int | None:
    """A number of minutes as a block keeps it; None for anything that is not one."""
    return int(text) if text and text.isascii() and text.isdigit() else None


def tenths(minutes: str | None) -> int | None:
    """Stated minutes ("4" or "2.5") as tenths of a second; None for anything else."""
    try:
        stated = round(float(minutes or "") * 600)
    except (ValueError, OverflowError):
        return None
    return stated if 0 < stated <= 120 * 600 else None
