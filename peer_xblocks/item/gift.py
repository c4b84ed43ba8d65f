"""GIFT, the plain text that teachers paste questions in: one choice, several choices, true and false, with feedback.

Escaped signs (`\\=`) are swapped for control characters, which no stored text can hold, as the first step; so every
rule below may look for a sign without asking whether it was escaped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from peer_xblocks.item.data import MOST_ITEMS, MOST_OPTIONS, identifier
from peer_xblocks.item.entry import MARKS, MOST_ENTRIES, Entry, Reading, broken
from peer_xblocks.item.item import Item, Option, option_id
from peer_xblocks.item.lint import Fault
from peer_xblocks.item.markup import markdown
from peer_xblocks.item.text import clean
from peer_xblocks.refusal import Refusal

#: Reading hostile markup takes the square of its length, so one question is never longer.
MOST_QUESTION = 20_000
_SIGNS = "\\~=#{}:n"
_HIDE = {sign: chr(at) for at, sign in enumerate(_SIGNS, 1)}
_SHOW = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDE.items()}
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_TAG = re.compile(r"\[(?:(id):|tag:(\w+)=)([^\[\]]*)\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TITLE = re.compile(r"\s*::.*?::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUE_FALSE = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*?))?(?:#(.*))?$", re.IGNORECASE | re.DOTALL)
_AS_IT_IS = re.compile(r"%|\[(?:html|moodle|plain|markdown)\]")


class GiftRefused(Refusal):
    """A question that cannot be taken in; `line`, from 1, is where it goes wrong."""

    def __init__(self, line: int, reason: str):
        super().__init__(f"Line {line}: {reason}")
        self.line = line
        self.reason = reason


def read(text: str, new_id: Callable[[], str]) -> list[Item]:
    """The questions of a GIFT text; `GiftRefused` with line and reason for the first that cannot be taken.

    `new_id` names a question that does not name itself (`// [id:…]`). Where one is refused, none is taken.
    """
    blocks = list(_blocks(text))
    if len(blocks) > MOST_ITEMS:
        raise GiftRefused(blocks[MOST_ITEMS].line, f"these are more than {MOST_ITEMS} questions. Paste them in parts.")
    return [_item(block, new_id) for block in blocks]


def read_bank(text: str) -> Reading:
    """The questions of a bank's GIFT file with their marks, `[tag:trial=true]`; all that cannot be taken is named.

    A question that does not name itself is named after its words, the same each time, with a hint.
    """
    entries: list[Entry] = []
    faults: list[Fault] = []
    for block in _blocks(text):
        if len(entries) == MOST_ENTRIES:
            return Reading(
                faults=(broken(f"line {block.line}", f"It holds more than {MOST_ENTRIES} items.", "Split it."),)
            )
        try:
            item = _item(block, lambda: "")
        except GiftRefused as refusal:
            faults.append(_fault(refusal))
            continue
        where = f"line {block.line}"
        if not item.id:
            item = item.renamed(hashlib.sha256(item.stem.encode()).hexdigest()[:8])
            faults.append(Fault(where, "It has no id.", "Put a line // [id:…] above it.", item.id, "file"))
        entries.append(Entry(where, item, {name: block.tags[name] for name in MARKS if block.tags.get(name)}))
    return Reading(tuple(entries), tuple(faults))


def write(items: list[Item]) -> str:
    """The items as GIFT that `read` takes back; ids, level, domain and source travel as Moodle's id and tags."""
    return "\n".join(_written(item, at, {}) for at, item in enumerate(items, 1))


def write_bank(entries: Sequence[Entry]) -> str:
    """The entries as GIFT that `read_bank` takes back, marks and all."""
    return "\n".join(_written(entry.item, at, entry.marks) for at, entry in enumerate(entries, 1))


# -- questions in a text ---------------------------------------------------------------------------------------


@dataclass
class _Block:
    """The lines of one question with their numbers, and what stood above them."""

    category: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> int:
        return self.lines[0][0]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    def line_of(self, position: int) -> int:
        """The number of the line that holds a position of `text`."""
        return self.lines[self.text[:position].count("\n")][0]


def _blocks(text: str) -> Iterator[_Block]:
    """Questions stand apart by blank lines; comments, tags and categories belong to the question below them."""
    block = _Block("")
    for at, raw in enumerate([*re.split(r"\r\n|\r|\n", text), ""], 1):
        line = _hidden(raw)
        if line.startswith("//"):
            block.tags.update(_tags(line))
        elif line.startswith("$CATEGORY:") and not block.lines:
            block.category = line.partition(":")[2].strip()
        elif line:
            block.lines.append((at, line))
        elif block.lines:
            yield block
            block = _Block(block.category)


def _hidden(line: str) -> str:
    return _ESCAPED.sub(lambda found: _HIDE[found.group(1)], clean(line)).strip(" ")


def _tags(comment: str) -> Iterator[tuple[str, str]]:
    for named, tag, value in _TAG.findall(comment):
        yield named or tag, clean(unquote(_bare(value)))


def _bare(text: str) -> str:
    return text.translate(_SHOW)


# -- one question ----------------------------------------------------------------------------------------------


def _item(block: _Block, new_id: Callable[[], str]) -> Item:
    if len(block.text) > MOST_QUESTION:
        raise GiftRefused(block.line, f"this question has more than {MOST_QUESTION} letters. Make it shorter.")
    before, body, after = _split(block)
    formatted = _FORMAT.match(before)
    form = formatted.group(1) if formatted else "markdown"
    stem = before[formatted.end() :] if formatted else before
    if not _words(stem, form):
        raise GiftRefused(block.line, "this question has no words before its answers. Write the question first.")
    answers, _, general = body.partition("####")
    options, kind = _options(block, answers, form)
    return Item(
        id=_own_id(block.tags.get("id", "")) or new_id(),
        stem=_words(f"{stem.rstrip()} _____ {after.lstrip()}" if after.strip() else stem, form),
        options=options,
        kind=kind,
        level=block.tags.get("level", ""),
        domain=block.tags.get("domain", "") or _domain(block.category),
        rationale=_words(general, form),
        source=block.tags.get("source", ""),
    )


def _split(block: _Block) -> tuple[str, str, str]:
    """What stands before (without its title), inside and after the braces."""
    text = block.text
    braces = [match.start() for match in re.finditer("[{}]", text)]
    if not braces:
        raise GiftRefused(block.line, "this question has no answers in { }. Add them, or remove these lines.")
    if "".join(text[at] for at in braces) != "{}":
        reason = "the braces do not pair up. Write one { before all answers and one } after them, and leave a blank line between questions."
        raise GiftRefused(block.line_of(braces[-1]), reason)
    title = _TITLE.match(text[: braces[0]])
    return text[title.end() if title else 0 : braces[0]], text[braces[0] + 1 : braces[1]], text[braces[1] + 1 :]


def _words(text: str, form: str) -> str:
    own = _FORMAT.match(text)
    bare = _bare(text[own.end() :] if own else text)
    return clean(markdown(bare) if (own.group(1) if own else form) == "html" else bare)


def _options(block: _Block, body: str, form: str) -> tuple[tuple[Option, ...], str]:
    if answered := _TRUE_FALSE.match(body):
        return _true_false(answered, form), "single"
    parts = re.split("([=~])", body)
    marks, texts = parts[1::2], parts[2::2]
    _refuse_strangers(block, parts[0].strip(), marks, texts)
    several = "=" not in marks and any(_WEIGHT.match(text) for text in texts)
    made = [
        _option(mark, text, option_id(at), form, several)
        for at, (mark, text) in enumerate(zip(marks, texts, strict=True))
    ]
    if not all(option.text for option in made):
        raise GiftRefused(block.line, "one of its answers has no words. Write it or remove its sign.")
    return tuple(made), "multiple" if several else "single"


def _option(mark: str, text: str, name: str, form: str, several: bool) -> Option:
    weight = _WEIGHT.match(text)
    words, _, feedback = text[weight.end() if weight else 0 :].partition("#")
    right = float(weight.group(1)) > 0 if several and weight else mark == "="
    return Option(name, _words(words, form), right, _words(feedback, form))


def _true_false(answered: re.Match[str], form: str) -> tuple[Option, ...]:
    truth = answered.group(1).upper().startswith("T")
    wrong, right = (_words(answered.group(at) or "", form) for at in (2, 3))
    return (
        Option("a", "True", truth, right if truth else wrong),
        Option("b", "False", not truth, wrong if truth else right),
    )


def _refuse_strangers(block: _Block, before: str, marks: list[str], texts: list[str]) -> None:
    """Says which other kind of question this is, and what to make of it."""
    if before.startswith("#"):
        raise GiftRefused(
            block.line, "this asks for a number. Only choices can be used here; write it with = and ~ answers."
        )
    if before:
        raise GiftRefused(block.line, "its answers do not begin with = or ~. Put one of the signs before each answer.")
    if not marks:
        raise GiftRefused(block.line, "this asks for an essay. Only choices can be used here; add = and ~ answers.")
    if len(marks) > MOST_OPTIONS:
        raise GiftRefused(block.line, f"it has more than {MOST_OPTIONS} answers. Keep the best 3 or 4.")
    if "~" not in marks:
        kind = "matching" if any("->" in text for text in texts) else "a short answer"
        raise GiftRefused(
            block.line, f"this asks for {kind}. Only choices can be used here; add answers that begin with ~."
        )


def _own_id(tagged: str) -> str:
    try:
        return identifier(tagged, "It")
    except Refusal:
        return ""


def _domain(category: str) -> str:
    last = category.rstrip("/").rpartition("/")[2].strip()
    code = re.search(r"\bD[1-9]\b", last)
    return code.group() if code else _bare(last)[:64]


# -- writing ---------------------------------------------------------------------------------------------------


def _fault(refusal: GiftRefused) -> Fault:
    what, _, do = refusal.reason.partition(". ")
    return broken(f"line {refusal.line}", f"{what[:1].upper()}{what[1:].rstrip('.')}.", do)


def _written(item: Item, at: int, flags: Mapping[str, str]) -> str:
    marks = [_mark(item, option) for option in item.options]
    if not item.stem or not all(option.text for option in item.options) or not any(mark[0] == "~" for mark in marks):
        raise Refusal(
            f"Question {at} is not finished: GIFT needs its words, and an answer that is not right beside one that is."
        )
    tags = [f"[id:{_tag(item.id)}]"]
    tags += [f"[tag:{name}={_tag(value)}]" for name in ("level", "domain", "source") if (value := getattr(item, name))]
    tags += [f"[tag:{name}={_tag(value)}]" for name, value in flags.items()]
    lines = [f"// {' '.join(tags)}", f"::{_escaped(item.id)}::[markdown]{_escaped(item.stem)} {{"]
    for mark, option in zip(marks, item.options, strict=True):
        feedback = f"#{_plain(option.feedback)}" if option.feedback else ""
        lines.append(f"{mark}{_plain(option.text)}{feedback}")
    return "\n".join([*lines, *([f"####{_plain(item.rationale)}"] if item.rationale else []), "}", ""])


def _mark(item: Item, option: Option) -> str:
    if item.kind != "multiple":
        return "=" if option.right else "~"
    each = f"{100 / len(item.key):.5f}".rstrip("0").rstrip(".") if item.key else ""
    return f"~%{each}%" if option.right else "~%-100%"


def _plain(text: str) -> str:
    """Escaped text that cannot be taken for a weight or a format."""
    return ("[markdown]" if _AS_IT_IS.match(text) else "") + _escaped(text)


def _escaped(text: str) -> str:
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", clean(text)).replace("\n", "\\n")


def _tag(value: str) -> str:
    """A tag's value with the signs that would end it, or be taken for an escape, as percent codes."""
    return re.sub(r"[%\[\]\\\n]", lambda sign: f"%{ord(sign.group()):02X}", clean(value))
