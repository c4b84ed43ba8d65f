"""A learner's days in words for them: what counted, by module, what did not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from peer_xblocks.hours.credit import Reason
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.hours.modules import Module
from peer_xblocks.hours.proof import Day, Stretch
from peer_xblocks.hours.words import GRAIN, SENTENCES, Translate, duration, plain, progress

LEFT_OUT = {
    **SENTENCES,
    Reason.AHEAD: "{time} lay ahead of the server's clock and did not count.",
    Reason.FULL: "{time} came when the module had all its minutes already, so it was not added.",
}
TAKEN_BACK = "{time} of {module} was taken back. The reason on record: {reason}"
OFFLINE = "{time} of it while the line was down, shown by work that you saved."


@dataclass(frozen=True, slots=True)
class Part:
    """What counted of one module on a day: its title, how long in words, how much of it offline, and when."""

    title: str
    counted: str
    offline: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Told:
    """One day: what counted in words (empty where nothing did), its parts, and a sentence for all that did not count."""

    date: date
    counted: str
    parts: Sequence[Part]
    left_out: Sequence[str]


def sums(
    modules: Iterable[Module], tallies: Mapping[str, Tally], translate: Translate = plain
) -> list[tuple[str, str]]:
    """(title, how far in words) of each module with self-paced minutes."""
    paced = [each for each in modules if each.planned]
    return [(each.title, _sum(tallies.get(each.id, Tally()), each.planned, translate)) for each in paced]


def _sum(tally: Tally, planned: int, translate: Translate) -> str:
    return progress(tally.self_paced + tally.offline, planned, translate)


def told(days: Iterable[Day], titles: Mapping[str, str], translate: Translate = plain) -> list[Told]:
    """Days of the ledger as a learner reads them; `titles` names modules, one that is gone keeps its id."""
    return [_day(each, titles, translate) for each in days]


def _day(day: Day, titles: Mapping[str, str], translate: Translate) -> Told:
    standing = sorted((each for each in day.stretches if not each.taken_back), key=attrgetter("module"))
    parts = [
        _part(titles.get(module, module), list(group), translate)
        for module, group in groupby(standing, key=attrgetter("module"))
    ]
    counted = duration(day.seconds, translate) if day.seconds else ""
    return Told(day.date, counted, parts, [*_losses(day, translate), *_taken_back(day, titles, translate)])


def _part(title: str, stretches: Sequence[Stretch], translate: Translate) -> Part:
    seconds = sum(each.seconds for each in stretches)
    offline = sum(each.seconds for each in stretches if each.offline)
    said = translate(OFFLINE).format(time=duration(offline, translate)) if offline else ""
    return Part(title, duration(seconds, translate), said, stretches)


def _losses(day: Day, translate: Translate) -> list[str]:
    return [
        translate(LEFT_OUT[reason]).format(time=duration(seconds, translate))
        for reason, seconds in day.lost.items()
        if seconds >= GRAIN
    ]


def _taken_back(day: Day, titles: Mapping[str, str], translate: Translate) -> list[str]:
    lost: dict[tuple[str, str], int] = {}
    for each in day.stretches:
        if each.taken_back:
            key = (titles.get(each.module, each.module), each.taken_back)
            lost[key] = lost.get(key, 0) + each.seconds
    sentence = translate(TAKEN_BACK)
    return [
        sentence.format(time=duration(seconds, translate), module=title, reason=reason)
        for (title, reason), seconds in lost.items()
    ]
