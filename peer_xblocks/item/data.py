"""Items as the plain values that a form sends and a field keeps; each is checked when it comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from peer_xblocks.item.item import KINDS, Item, Option
from peer_xblocks.item.text import clean
from peer_xblocks.refusal import Refusal

MOST_ITEMS = 200
MOST_OPTIONS = 20
MOST_TEXT = 20_000
MOST_ID = 64
_ITEM = tuple(each.name for each in fields(Item))
_OPTION = tuple(each.name for each in fields(Option))


def to_data(item: Item) -> dict[str, Any]:
    """The item as plain values."""
    options = [{name: getattr(option, name) for name in _OPTION} for option in item.options]
    return {name: options if name == "options" else getattr(item, name) for name in _ITEM}


def stored(data: Mapping[str, Any]) -> Item:
    """The item that a field kept; it was checked when it came in."""
    return Item(**{**data, "options": tuple(Option(**each) for each in data["options"])})


def from_data(data: object, where: str = "This question") -> Item:
    """The item that plain values describe; a `Refusal` that begins with `where` for anything else."""
    if not isinstance(data, Mapping):
        raise Refusal(f"{where} cannot be read. Reload the page and try again.")
    options = data.get("options", ())
    if not _is_list(options) or len(options) > MOST_OPTIONS:
        raise Refusal(f"{where} needs a list of at most {MOST_OPTIONS} answers.")
    kind = data.get("kind", "single")
    if kind not in KINDS:
        raise Refusal(f"{where} must take one answer or several. Choose one of the two.")
    return Item(
        id=identifier(data.get("id"), where),
        stem=_text(data, "stem", where),
        options=tuple(_option(each, where) for each in options),
        kind=str(kind),
        **{name: _text(data, name, where) for name in ("level", "domain", "rationale", "source")},
    )


def many_from_data(data: object) -> tuple[Item, ...]:
    """The items of a list of plain values; ids must differ, between items and inside one."""
    if not _is_list(data) or len(data) > MOST_ITEMS:  # type: ignore[arg-type]
        raise Refusal(f"A check holds a list of at most {MOST_ITEMS} questions.")
    items = tuple(from_data(each, f"Question {at}") for at, each in enumerate(data, 1))  # type: ignore[arg-type,var-annotated]
    for at, item in enumerate(items, 1):
        _refuse_twins([option.id for option in item.options], f"Two answers of question {at}")
    _refuse_twins([item.id for item in items], "Two questions")
    return items


def identifier(value: object, where: str) -> str:
    """`value` as an id: 1 to 64 letters, digits, `-`, `_` or `.`."""
    text = str(value or "")
    if not 0 < len(text) <= MOST_ID or not all(each.isascii() and (each.isalnum() or each in "-_.") for each in text):
        raise Refusal(f"{where} has an id that cannot be used. Use letters, digits, - and _ only.")
    return text


def _option(data: object, where: str) -> Option:
    if not isinstance(data, Mapping) or not isinstance(data.get("right", False), bool):
        raise Refusal(f"{where} has an answer that cannot be read. Reload the page and try again.")
    return Option(
        id=identifier(data.get("id"), f"An answer of {where.lower()}"),
        text=_text(data, "text", where),
        right=data.get("right", False),
        feedback=_text(data, "feedback", where),
    )


def _text(data: Mapping[str, object], name: str, where: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Refusal(f"{where} has a {name} that is not text. Reload the page and try again.")
    if len(value) > MOST_TEXT:
        raise Refusal(f"{where} has a {name} longer than {MOST_TEXT} characters. Make it shorter.")
    return clean(value)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _refuse_twins(ids: list[str], what: str) -> None:
    if len(set(ids)) < len(ids):
        raise Refusal(f"{what} share one id. Remove one of them and add it again.")
