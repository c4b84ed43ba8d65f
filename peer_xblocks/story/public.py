"""What leaves the server of a story: to its owner all of it, to everybody else that it is done or not."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from peer_xblocks.story.balance import GUIDE, ROOM
from peer_xblocks.story.plan import HELPER, Part, Plan, every_part
from peer_xblocks.story.run import talks
from peer_xblocks.story.stories import Story
from peer_xblocks.story.versions import Version

Plain = dict[str, Any]
MOST_RUNS = 12


def plan(shown: Plan, asides: Sequence[Part], gettext: Callable[[str], str]) -> Plain:
    """A plan and the pages beside it as the page's script needs them; nothing of anybody."""
    length = shown.length
    return {
        "parts": [part(each, gettext) for each in shown.parts],
        "asides": [part(each, gettext) for each in asides],
        "length": {"least": length.least, "most": length.most, "long": length.long, "too_long": length.too_long},
        "guide": GUIDE,
        "room": ROOM,
    }


def part(shown: Part, gettext: Callable[[str], str]) -> Plain:
    """One part of a plan, in the reader's language."""
    return {
        "id": shown.id,
        "title": gettext(shown.title),
        "prompt": gettext(shown.prompt),
        "hint": gettext(shown.hint) if shown.hint else "",
        "seconds": shown.seconds,
        "hard": shown.hard,
    }


def story(found: Story, known: Sequence[str], gettext: Callable[[str], str]) -> Plain:
    """All of a story for its owner. `known` are the parts that the page shows; texts of another plan come along."""
    titles = every_part()
    others = [titles[each] for each in found.parts if each not in known and each != HELPER and each in titles]
    return {
        "parts": {name: versions(each) for name, each in found.parts.items()},
        "others": [part(each, gettext) | {"seconds": 0, "hard": False} for each in others],
        **times(found),
        "done": found.done,
        "deleted": found.deleted,
    }


def times(found: Story) -> Plain:
    """The owner's pace and latest rehearsals, oldest first."""
    runs = talks(found.runs)[-MOST_RUNS:]
    return {
        "pace": {"words": found.pace.words, "measured": found.pace.measured},
        "runs": [{"at": each.at, "total": each.total, "seconds": dict(each.seconds)} for each in runs],
    }


def versions(found: Sequence[Version]) -> list[Plain]:
    """Versions of one part; a text that no key opens is None."""
    return [{"mark": str(each.mark), "text": each.text, "at": each.at, "live": each.live} for each in found]


def staff_row(done: bool) -> OrderedDict[str, str]:
    """All that staff learn about a story."""
    return OrderedDict([("Done", "yes" if done else "no")])


def totals(shown: Plan, found: Story) -> Mapping[str, str]:
    """The text of each part of a plan, for cards and documents."""
    return {each.id: found.text(each.id) for each in shown.parts}
