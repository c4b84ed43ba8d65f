"""A bank's file of our own: `<bank code title status>` of `<item>` as in a check's OLX, with a bank's marks as attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from peer_xblocks.item import olx, xml
from peer_xblocks.item.entry import MARKS, MOST_BYTES, MOST_ENTRIES, Entry, Reading, broken
from peer_xblocks.item.item import KINDS
from peer_xblocks.item.lint import Fault
from peer_xblocks.item.text import clean
from peer_xblocks.refusal import Refusal

HEAD = ("code", "title", "status")
_ATTRIBUTES = {
    "item": {"id", "kind", "level", "domain", *MARKS},
    "option": {"id", "right"},
    "rationale": {"source"},
}
_CHILDREN = {"item": {"stem", "option", "rationale"}, "option": {"text", "feedback"}}


def read(data: bytes) -> Reading:
    """The items of a bank's XML; `Refusal` for a file that is no `<bank>`. What we do not know in it is named."""
    root = xml.parse(data, MOST_BYTES)
    if root.tag != "bank":
        raise Refusal("This XML is no bank. Its first element must be <bank code=… title=… status=…>.")
    nodes = [node for node in root if isinstance(node.tag, str)]
    if len(nodes) > MOST_ENTRIES:
        raise Refusal(f"This bank holds more than {MOST_ENTRIES} items. Split it.", 413)
    strange = [fault for node in nodes for fault in _strange(node)] + _unknown(root, set(HEAD))
    entries = tuple(_entry(node) for node in nodes if node.tag == "item")
    unnamed = [
        Fault(entry.where, "It has no id.", "Give it one.", entry.item.id, "file", grave=True)
        for entry, node in zip(entries, (node for node in nodes if node.tag == "item"), strict=True)
        if not clean(node.get("id", ""))
    ]
    head = {name: clean(root.get(name, "")) for name in HEAD if root.get(name)}
    return Reading(entries, (*strange, *unnamed), head)


def write(entries: Sequence[Entry], head: Mapping[str, str]) -> bytes:
    """The XML that `read` takes back."""
    root = etree.Element("bank", {name: clean(head[name]) for name in HEAD})
    for entry in entries:
        node = olx.to_element(entry.item)
        for name, value in entry.marks.items():
            node.set(name, value)
        root.append(node)
    return xml.write(root)


def _entry(node: etree._Element) -> Entry:
    marks = {name: clean(node.get(name, "")) for name in MARKS if node.get(name)}
    return Entry(_line(node), olx.from_element(node), marks)


def _line(node: etree._Element) -> str:
    return f"line {node.sourceline}"


def _strange(node: etree._Element) -> Iterator[Fault]:
    """What is in an element that reading would pass over in silence."""
    if node.tag != "item":
        yield broken(_line(node), f"A bank holds no <{str(node.tag)[:40]}>.", "Write an <item>, or remove it.")
        return
    for each in (node, *node.findall("option"), *node.findall("rationale")):
        yield from _unknown(each, _ATTRIBUTES[str(each.tag)])
        for child in each:
            if isinstance(child.tag, str) and child.tag not in _CHILDREN.get(str(each.tag), ()):
                yield broken(_line(child), f"<{each.tag}> holds no <{child.tag[:40]}>.", "Remove or rename it.")
    if node.get("kind", "single") not in KINDS:
        yield broken(_line(node), f"“{node.get('kind', '')[:40]}” is no kind.", f"Write {' or '.join(KINDS)}.")
    for name in ("stem", "rationale"):
        if len(node.findall(name)) > 1:
            yield broken(_line(node), f"It has more than one <{name}>.", "Keep one.")


def _unknown(node: etree._Element, known: set[str]) -> list[Fault]:
    return [
        broken(
            _line(node), f"<{node.tag}> has no attribute “{str(name)[:40]}”.", f"Known are: {', '.join(sorted(known))}."
        )
        for name in node.attrib
        if name not in known
    ]
