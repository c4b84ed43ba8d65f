"""What a learner may see of an exam: the one place where forms, items and scores become what leaves the server.

Never a key, a rationale, a source, a domain of a question, which questions are on trial, the seed, or any item outside
the learner's own form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from peer_xblocks.exam.form import Form, Place
from peer_xblocks.exam.scoring import Domain
from peer_xblocks.exam.sitting import Sitting, State
from peer_xblocks.item.item import Item
from peer_xblocks.item.text import html

Plain = dict[str, Any]


def clock(sitting: Sitting, now: int) -> Plain:
    """What a page needs to show the time and nothing to decide with; milliseconds."""
    return {
        "server_now": now,
        "started": sitting.started,
        "deadline": sitting.deadline(now),
        "version": sitting.deadline_version,
        "state": sitting.state.value,
        "running": sitting.state is State.STARTED,
        "open": sitting.state in (State.STARTED, State.PAUSED) and not sitting.over(now),
    }


def paper(form: Form, items: Mapping[str, Item]) -> list[Plain]:
    """The questions of a form as they are read, in its order, options in theirs."""
    return [question(place, items[place.item]) for place in form.places]


def question(place: Place, item: Item) -> Plain:
    """One question: its words, the words of its options."""
    options = {option.id: option.text for option in item.options}
    return {
        "id": place.item,
        "several": item.kind == "multiple",
        "stem": html(item.stem),
        "options": [{"id": each, "text": html(options[each])} for each in place.options],
    }


def answers(kept: Iterable[tuple[str, list[str], bool]]) -> Plain:
    """The learner's own answers by question."""
    return {item: {"chosen": chosen, "flagged": flagged} for item, chosen, flagged in kept}


def result(
    raw: int, of: int, needed: int, passed: bool, domains: tuple[Domain, ...], *, detail: bool,
    say: Callable[[Domain], Plain],
) -> Plain:  # fmt: skip
    """A result in figures; domains in words where `detail` is wanted, for those who may sit again."""
    shown = {"raw": raw, "of": of, "needed": needed, "passed": passed}
    return {**shown, "domains": [say(each) for each in domains] if detail else []}
