"""What an item writer still has to mend: rules from the item-writing guidelines of Haladyna, Downing and Rodriguez (2002)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from peer_xblocks.item.item import LEVELS, Item
from peer_xblocks.item.text import plain
from peer_xblocks.language import flags

LONGER = 1.5
FEWEST_TO_BALANCE = 6
MOST_KEYS_IN_ONE_PLACE = 0.6

_ALL_OR_NONE = re.compile(
    r"\b(?:all|none|both|neither) of (?:the |these|those)(?:above|below|answers|options|choices)?", re.I
)
_NEGATIVE = re.compile(r"\b(?:not|never|except|least|cannot|can't|don't|doesn't|isn't|aren't|won't|shouldn't)\b", re.I)
_ABSOLUTE = re.compile(r"\b(?:always|never|only|every|all|none|nobody|everybody|completely|must)\b", re.I)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of an item where it is used: how many answers, which levels, and whether each answer must teach."""

    fewest: int = 3
    most: int = 4
    levels: tuple[str, ...] = LEVELS
    feedback: bool = True
    true_or_false: bool = True


CHECK = Rules()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: where it is, what it is, what to do. `item` is the id of the question, "" for the whole list;
    `rule` names what was broken; a `grave` one keeps the item from being used, any other is for a second look."""

    where: str
    what: str
    do: str
    item: str = ""
    rule: str = ""
    grave: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.do}"


def lint(checked: Item | Iterable[Item], ask: Collection[str] = ("level",)) -> list[Fault]:
    """Every fault of an item or of a list of items; `ask` names the tags that must be there ("level", "domain")."""
    items = [checked] if isinstance(checked, Item) else list(checked)
    single = [fault for at, item in enumerate(items, 1) for fault in of_one(item, f"Question {at}", ask)]
    return single + list(_twin_stems(items)) + list(key_balance(items))


def kinder(texts: Iterable[tuple[str, str]], where: str, item: str = "") -> Iterator[Fault]:
    """What could be said in a kinder way in texts of Markdown, each with the name of its place."""
    for place, markdown in texts:
        words = plain(markdown)
        for flag in flags(words):
            if flag.level != "information":
                what = f"“{words[flag.start : flag.end]}” could be said in a kinder way."
                yield Fault(f"{where}, {place}", what, f"Think of: {flag.offer}.", item, "language")


def of_one(item: Item, where: str, ask: Collection[str] = ("level",), rules: Rules = CHECK) -> Iterator[Fault]:
    """Every fault of one item by itself, each at `where`."""
    for rule, what, do in (
        *_stem(item),
        *_options(item, rules),
        *_key(item),
        *_key_length(item),
        *_clues(item),
        *_teaching(item, rules),
        *_tags(item, ask, rules),
    ):
        yield Fault(where, what, do, item.id, rule)
    yield from _language(item, where)


Finding = tuple[str, str, str]


def _stem(item: Item) -> Iterator[Finding]:
    words = plain(item.stem)
    if not words:
        yield "words", "The question has no words.", "Write the question."
        return
    if item.kind == "single" and not words.rstrip("*_\"'”’) ").endswith(("?", "…", "_", ":")):
        yield (
            "question",
            "The question does not end as a question.",
            "Ask one full question that ends with a question mark.",
        )
    for match in _NEGATIVE.finditer(_asked(words)):
        if not match.group().isupper():
            word = match.group().lower()
            yield (
                "negative",
                f"The question turns on “{word}”.",
                "Ask what is so; if you need the word, write it in capitals.",
            )
            return


def _asked(words: str) -> str:
    """The sentence that asks: a case before it may say what did not happen."""
    return re.split(r"(?<=[.!?])\s+", words)[-1]


def _options(item: Item, rules: Rules) -> Iterator[Finding]:
    count = len(item.options)
    if (count < rules.fewest and not (rules.true_or_false and _true_or_false(item))) or count > rules.most:
        yield "count", f"It has {count} answers.", f"Give {rules.fewest} to {rules.most} good ones."
    texts = [plain(option.text).casefold() for option in item.options]
    if "" in texts:
        yield "empty", f"Answer {texts.index('') + 1} has no words.", "Write it or remove it."
    for text, often in Counter(filter(None, texts)).items():
        if often > 1:
            yield "twins", f"{often} answers say the same: “{_short(text)}”.", "Keep one of them."
    for at, text in enumerate(texts, 1):
        if _ALL_OR_NONE.search(text):
            yield (
                "others",
                f"Answer {at} speaks of the other answers.",
                "Replace “all” or “none of the above” with an answer of its own.",
            )


def _key(item: Item) -> Iterator[Finding]:
    right = len(item.key)
    if not right:
        yield "key", "No answer is marked as right.", "Mark the right one."
    elif item.kind == "single" and right > 1:
        what = f"{right} answers are marked as right, but one can be chosen."
        yield "key", what, "Mark one, or let learners choose several."
    elif item.kind == "multiple" and right == 1:
        what = "Several can be chosen, but one answer is right."
        yield "key", what, "Mark all that are right, or let learners choose one."
    if item.options and right == len(item.options):
        yield "key", "Every answer is right.", "Add answers that people give when they are still unsure."


def _key_length(item: Item) -> Iterator[Finding]:
    key = [len(plain(option.text)) for option in item.options if option.right]
    rest = [len(plain(option.text)) for option in item.options if not option.right]
    if item.kind == "single" and len(key) == 1 and rest and key[0] > 20 and key[0] > LONGER * max(rest):
        yield "length", "The right answer is much the longest.", "Make the answers about as long as each other."


def _clues(item: Item) -> Iterator[Finding]:
    absolute = [_ABSOLUTE.search(plain(option.text)) for option in item.options]
    if any(found for found, option in zip(absolute, item.options, strict=True) if option.right):
        return
    for at, found in enumerate(absolute, 1):
        if found:
            yield (
                "clue",
                f"Answer {at} gives itself away with “{found.group().lower()}”.",
                "Say it as a person would who believes it.",
            )


def _teaching(item: Item, rules: Rules) -> Iterator[Finding]:
    for at, option in enumerate(item.options, 1):
        if rules.feedback and not plain(option.feedback):
            yield "feedback", f"Answer {at} has no feedback.", "Say in one or two sentences what choosing it teaches."
    if not plain(item.rationale):
        yield "reason", "There is no reason for the right answer.", "Write one sentence that says why it is right."
    elif not item.source:
        yield (
            "source",
            "The reason has no source.",
            "Name the section of the code of ethics, the skill or the page it comes from.",
        )


def _tags(item: Item, ask: Collection[str], rules: Rules) -> Iterator[Finding]:
    if "level" in ask and item.level not in rules.levels:
        yield "level", "Its level is not set.", f"Choose {', '.join(rules.levels[:-1])} or {rules.levels[-1]}."
    if "domain" in ask and not item.domain:
        yield "domain", "Its domain is not set.", "Choose the part of the exam outline that it belongs to."


def _language(item: Item, where: str) -> Iterator[Fault]:
    texts = [("the question", item.stem), ("the reason", item.rationale)]
    for at, option in enumerate(item.options, 1):
        texts += [(f"answer {at}", option.text), (f"the feedback of answer {at}", option.feedback)]
    return kinder(texts, where, item.id)


def _twin_stems(items: Sequence[Item]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for at, item in enumerate(items, 1):
        words = plain(item.stem).casefold()
        before = first.setdefault(words, at)
        if words and before != at:
            what = f"It asks the same as question {before}."
            yield Fault(f"Question {at}", what, "Keep one of the two.", item.id, "same")


def key_balance(items: Sequence[Item]) -> Iterator[Fault]:
    """The place that holds the right answer too often."""
    places = [
        next(at for at, option in enumerate(item.options, 1) if option.right)
        for item in items
        if item.kind == "single" and len(item.key) == 1 and not _true_or_false(item)
    ]
    if len(places) < FEWEST_TO_BALANCE:
        return
    place, often = Counter(places).most_common(1)[0]
    if often > MOST_KEYS_IN_ONE_PLACE * len(places):
        yield Fault(
            "All questions",
            f"The right answer is number {place} in {often} of {len(places)}.",
            "Move it in some of them.",
            rule="balance",
        )


def _true_or_false(item: Item) -> bool:
    return {plain(option.text).casefold() for option in item.options} == {"true", "false"}


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
