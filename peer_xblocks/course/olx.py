"""Reads a course from its folder: OLX as Studio exports it, with pages, items, policies, sources and static files."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peer_xblocks.course import folders, page
from peer_xblocks.course.folders import INCLUDE, SOURCES, Folders
from peer_xblocks.course.outline import CHECK, HTML, KNOWN, Block, Card, Outline, Part, Source, Unit
from peer_xblocks.course.problem import Problem
from peer_xblocks.item import olx as items
from peer_xblocks.item import xml
from peer_xblocks.refusal import Refusal


def read(folder: Path, name: str = "") -> tuple[Outline, list[Problem]]:
    """The course in a folder, and what could not be read of it. What is missing is a problem, never an exception."""
    reader = _reader(folder)
    parts = tuple(reader.parts())
    run = reader.run
    policy = reader.json(f"policies/{run}/policy.json").get(f"course/{run}", {})
    grading = reader.json(f"policies/{run}/grading_policy.json")
    static = frozenset(each.removeprefix("static/") for each in reader.folders.listed("static/*"))
    outline = Outline(
        name=name or folder.name,
        title=str(policy.get("display_name", "")),
        parts=parts,
        advanced=tuple(map(str, policy.get("advanced_modules", ()))),
        formats=tuple(str(each.get("type", "")) for each in grading.get("GRADER", ())),
        sources=reader.sources(),
        static=static,
        handouts=tuple(reader.page(f"static/{each}") for each in sorted(static) if each.endswith(".html")),
        unused=tuple(reader.unused()),
    )
    return outline, reader.problems


def _reader(folder: Path) -> _Reader:
    try:
        reader = _Reader(folders.of(folder))
    except Refusal as refused:
        return _Reader(Folders(folder), [Problem(INCLUDE, refused.sentence, "")])
    for name in reader.folders.doubles():
        reader.problem(name, "A shared folder holds this file, too.", "Keep one of them.")
    return reader


@dataclass(slots=True)
class _Reader:
    """Walks down from course.xml. `used` counts what was named, by file."""

    folders: Folders
    problems: list[Problem] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    run: str = ""

    def parts(self) -> Iterator[Part]:
        """The subsections of all chapters."""
        root = self.xml("course.xml")
        self.run = root.get("url_name", "") if root is not None else ""
        for _, chapter in self.children(self.xml(f"course/{self.run}.xml"), "chapter", f"course/{self.run}.xml"):
            for where, node in self.children(chapter, "sequential", "chapter"):
                yield Part(
                    id=node.get("url_name", ""),
                    title=node.get("display_name", ""),
                    where=where,
                    format=node.get("format", ""),
                    graded=node.get("graded") == "true",
                    units=tuple(self.units(node, where)),
                )

    def units(self, sequential: Any, where: str) -> Iterator[Unit]:
        for at, node in self.children(sequential, "vertical", where):
            blocks = tuple(self.block(child, at) for child in _elements(node))
            yield Unit(node.get("url_name", ""), node.get("display_name", ""), at, blocks)

    def children(self, parent: Any, tag: str, where: str) -> Iterator[tuple[str, Any]]:
        """The children of one kind, each with the file that it is written in."""
        for child in _elements(parent):
            if child.tag != tag:
                self.problem(f"{where}:{child.sourceline}", f"<{child.tag}> cannot stand here.", f"Use <{tag}>.")
                continue
            yield self.found(child, where)

    def found(self, node: Any, where: str) -> tuple[str, Any]:
        """A block and where its content stands: here, or in a file of its own that bears its name."""
        name = node.get("url_name", "")
        if len(node) or set(node.attrib) - {"url_name"}:
            return where, node
        file = f"{node.tag}/{name}.xml"
        self.used[file] += 1
        content = self.xml(file)
        if content is None:
            return where, node
        content.set("url_name", name)
        return self.folders.where(file), content

    def block(self, child: Any, where: str) -> Block:
        if child.tag not in KNOWN:
            kinds = ", ".join(sorted(KNOWN))
            self.problem(f"{where}:{child.sourceline}", f"<{child.tag}> is no block we know.", f"Use one of: {kinds}.")
            return Block(str(child.tag), child.get("url_name", ""), where, dict(child.attrib))
        at, node = self.found(child, where)
        shown = self.page_of(node) if node.tag == HTML else None
        asked = tuple(items.from_element(each) for each in node.findall("item")) if node.tag == CHECK else ()
        said = {each.tag: " ".join(" ".join(each.itertext()).split()) for each in node if isinstance(each.tag, str)}
        if "guide" in said:
            said["guide"] = node.findtext("guide") or ""
        return Block(
            kind=str(node.tag),
            id=node.get("url_name", ""),
            where=at,
            settings={**said, **node.attrib},
            page=shown,
            items=asked,
            piles=tuple(each.get("id", "") for each in node.findall("pile")),
            cards=tuple(map(_card, node.findall("card"))),
        )

    def page_of(self, node: Any) -> page.Page:
        """The page of an html block: the file that it names, else what stands in it."""
        name = node.get("filename", "")
        if name:
            self.used[f"html/{name}.html"] += 1
            return self.page(f"html/{name}.html")
        return page.parse(f"html/{node.get('url_name', '')}.xml", "".join(node.itertext()))

    def page(self, name: str) -> page.Page:
        return page.parse(self.folders.where(name), (self.bytes(name) or b"").decode("utf-8", "replace"))

    def sources(self) -> dict[str, Source]:
        """What the course may cite: what its own folder lists and what those it shares list."""
        self.bytes(SOURCES)
        found: dict[str, Source] = {}
        for label, folder in (*self.folders.shared, ("", self.folders.own)):
            found |= self.sources_of(folder / SOURCES, f"{label}/{SOURCES}" if label else SOURCES)
        return found

    def sources_of(self, path: Path, where: str) -> dict[str, Source]:
        try:
            listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
            return {
                tag: Source(each["name"], each.get("address", ""), each.get("short", ""))
                for tag, each in listed.items()
            }
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
            self.problem(where, f"It cannot be read: {error}.", "Give each source a [tag] and a name.")
            return {}

    def unused(self) -> Iterator[str]:
        """Files of blocks that no unit names."""
        for kind in ("chapter", "sequential", "vertical", *sorted(KNOWN)):
            for name in self.folders.listed(f"{kind}/*.*"):
                if not self.used[name]:
                    yield self.folders.where(name)

    def xml(self, name: str) -> Any:
        """The root element of a file; None, with a problem, where there is none."""
        data = self.bytes(name)
        try:
            return xml.parse(data) if data is not None else None
        except Refusal as refused:
            self.problem(self.folders.where(name), refused.sentence, "")
            return None

    def json(self, name: str) -> dict[str, Any]:
        try:
            said = json.loads(self.bytes(name) or b"{}")
        except ValueError as error:
            self.problem(name, f"It is not JSON: {error}.", "Mend that line.")
            return {}
        return said if isinstance(said, dict) else {}

    def bytes(self, name: str) -> bytes | None:
        path = self.folders.path(name)
        if path:
            return path.read_bytes()
        self.problem(name, "The file is missing.", "Add it, or take out what names it.")
        return None

    def problem(self, where: str, what: str, do: str) -> None:
        self.problems.append(Problem(where, what, do))


def _card(node: Any) -> Card:
    text, why = (" ".join((node.findtext(name) or "").split()) for name in ("text", "why"))
    return Card(node.get("id", ""), text, why, tuple(node.get("piles", "").split()))


def _elements(node: Any) -> list[Any]:
    return [child for child in node if isinstance(child.tag, str)] if node is not None else []
