"""The JSON Schemas of what travels, and what a value has against them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

SCHEMAS = Path(__file__).parent / "schemas"
MOST_PROBLEMS = 20


def text(name: str) -> dict[str, Any]:
    """The schema `name` ("completion.v1") as a JSON object."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def problems(name: str, value: Any) -> list[str]:
    """What `value` has against the schema: where and which rule, never what was written there (it may be personal)."""
    try:
        found = sorted(_validator(name).iter_errors(value), key=lambda each: list(map(str, each.absolute_path)))
    except RecursionError:
        return ["the value is nested too deeply"]
    return [_said(each) for each in found[:MOST_PROBLEMS]]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(text(name))


def _said(error: ValidationError) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "the whole"
    if error.validator == "required":
        asked: Any = error.validator_value
        present: Any = error.instance
        return f"{where} lacks {', '.join(name for name in asked if name not in present)}"
    return f"{where} does not meet the rule {error.validator!r} of the schema"
