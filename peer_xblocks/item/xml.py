"""Reading XML that somebody else wrote: no document types, no entities, no network, a size and a depth that end."""

from __future__ import annotations

import re

from lxml import etree

from peer_xblocks.refusal import Refusal

MOST_BYTES = 2 * 1024 * 1024
MOST_DEPTH = 64
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE", re.IGNORECASE)


def parse(data: bytes, most: int = MOST_BYTES) -> etree._Element:
    """The root element of an XML document in UTF-8; a `Refusal` for anything that is not, or that hides a trap.

    `most` is how many bytes it may have.
    """
    if len(data) > most:
        raise Refusal(f"This file is larger than {most >> 20} MB. Split it into smaller files.", 413)
    text = _text(data)
    _refuse_doctype(text)
    # Entities are never replaced and nothing is fetched, even where a document type would slip through.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise Refusal(
            f"This XML cannot be read from line {error.lineno or 1} on. Mend that line, then try again."
        ) from error
    if root.getroottree().docinfo.doctype:
        raise Refusal("This XML names a document type. Take the DOCTYPE line out, then try again.")
    _refuse_depth(root)
    return root


def write(root: etree._Element) -> bytes:
    """The element as indented UTF-8 text that `parse` reads back to the same."""
    written: bytes = etree.tostring(root, encoding="utf-8", pretty_print=True)
    return written


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("This file is not UTF-8 text. Save it as UTF-8, then try again.") from error


def _refuse_doctype(text: str) -> None:
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    if _DOCTYPE.match(text, at):
        raise Refusal("This XML names a document type. Take the DOCTYPE line out, then try again.")


def _refuse_depth(root: etree._Element) -> None:
    depth = 0
    for event, _node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise Refusal(f"This XML is nested deeper than {MOST_DEPTH} levels. Make it flatter, then try again.")
