"""A module in OLX: short settings as attributes, long text as elements that people can read and compare."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

OWN = ("objectives", "guide")


def taken_apart(node: Any) -> tuple[Any, dict[str, Any]]:
    """A copy of `node` without our own elements, and what they said."""
    bare = deepcopy(node)
    said: dict[str, Any] = {}
    for child in list(bare):
        if child.tag == "objectives":
            said["objectives"] = [line for line in map(_line, child.iter("objective")) if line]
        elif child.tag == "guide":
            said["guide"] = child.text or ""
        if child.tag in OWN:
            bare.remove(child)
    if "live_units" in bare.attrib:
        said["live_units"] = _ids(bare.attrib.pop("live_units"))
    return bare, said


def put_together(node: Any, objectives: Sequence[str], guide: str, live_units: Sequence[str]) -> None:
    """Writes the three into `node` in our own form, in place of XBlock's."""
    for name in (*OWN, "live_units"):
        node.attrib.pop(name, None)
    if live_units:
        node.set("live_units", " ".join(live_units))
    if objectives:
        lines = etree.SubElement(node, "objectives")
        for line in objectives:
            etree.SubElement(lines, "objective").text = line
    if guide:
        etree.SubElement(node, "guide").text = guide


def _line(element: Any) -> str:
    return " ".join((element.text or "").split())


def _ids(text: str) -> list[str]:
    """Ids parted by blanks; a JSON list, XBlock's own form, is understood too."""
    return [str(each) for each in json.loads(text)] if text.lstrip().startswith("[") else text.split()
