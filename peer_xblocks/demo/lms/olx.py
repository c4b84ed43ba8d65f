"""Courses and blocks as OLX, laid out as Studio exports them: our blocks stand inside their unit's file."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from lxml import etree
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock
from xblock.fields import ScopeIds

from peer_xblocks.demo.lms import archive, assets, store, studio
from peer_xblocks.demo.lms.runtime import DemoRuntime
from peer_xblocks.demo.lms.standins import STANDINS
from peer_xblocks.demo.lms.visit import Place, Visit
from peer_xblocks.item import xml
from peer_xblocks.refusal import Refusal

log = logging.getLogger(__name__)

MOST_NAME = 191
CONTAINERS = ("course", "chapter", "sequential", "vertical")


class Broken(Refusal):
    """A file of an archive that cannot be read at all: the whole archive is refused, not one block."""


class Importer:
    """Builds the blocks of one course from elements; remembers what it had to leave out."""

    def __init__(self, course: CourseKey, files: Mapping[str, bytes]):
        self.visit = Visit(Place.STUDIO, course)
        self.runtime = ImportRuntime(self)
        self.dropped: list[str] = []
        self._files = files
        self._depth = 0
        self._made: set[UsageKey] = set(self.visit.snapshot.rows if self.visit.snapshot else ())

    def block(self, node: Any, parent: UsageKey | None) -> UsageKey | None:
        """The block of an element, wherever its content stands; None where it had to be left out."""
        name = node.attrib.pop("url_name", None) or _digest(node)
        node.attrib.pop("xblock-family", None)
        cls = self._class(node.tag)
        usage = self._usage(node.tag, name)
        fault = self._fault(cls, usage)
        if cls is None or usage is None or fault:
            self._drop(f"{node.tag} “{name[:80]}” was left out: {fault}")
            return None
        self._made.add(usage)
        with self._one_deeper():
            return self._parsed(cls, self._content(node, name), usage, parent)

    def _usage(self, block_type: str, name: str) -> UsageKey | None:
        try:
            return self.visit.course.make_usage_key(block_type, "course" if block_type == "course" else name)
        except InvalidKeyError:
            return None

    def _fault(self, cls: type[XBlock] | None, usage: UsageKey | None) -> str:
        if cls is None:
            return "no block of this kind is installed."
        if usage is None or len(str(usage)) > MOST_NAME:
            return "its name is too long or holds characters that no name may have."
        return "its name is used twice." if usage in self._made else ""

    @contextmanager
    def _one_deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > xml.MOST_DEPTH:
            raise Broken(f"This course is nested deeper than {xml.MOST_DEPTH} levels. Make it flatter, then try again.")
        yield
        self._depth -= 1

    def _parsed(self, cls: type[XBlock], node: Any, usage: UsageKey, parent: UsageKey | None) -> UsageKey | None:
        ids = ScopeIds(None, usage.block_type, usage, usage)
        try:
            block = self.runtime.mixologist.mix(cls).parse_xml(node, self.runtime, ids)
            block.parent = parent
            block.save()
        except Broken:
            raise
        except Exception as error:  # Studio puts a block aside that does not read its own element, whatever the reason
            why = error.sentence if isinstance(error, Refusal) else "its settings cannot be read."
            self.visit.authored.drafts.pop(usage, None)
            self._drop(f"{usage.block_type} “{usage.block_id}” was left out: {why}")
            return None
        return usage

    def _content(self, node: Any, name: str) -> Any:
        """The element itself, or the one in its own file where it only points there."""
        file = f"{node.tag}/{name}.xml"
        if len(node) or (node.text or "").strip() or file not in self._files:
            return node
        try:
            found = xml.parse(self._files[file])
        except Refusal as error:
            raise Broken(f"{file}: {error.sentence}", error.status) from error
        text = self._files.get(f"{node.tag}/{found.attrib.pop('filename', name)}.html")
        if text is not None and node.tag == "html":
            found.text = text.decode("utf-8", "replace")
        return found

    def _class(self, block_type: str) -> type[XBlock] | None:
        try:
            return STANDINS.get(block_type) or XBlock.load_class(block_type)
        except Exception:  # Studio drops what does not load, whatever the reason, and carries on
            log.warning("Unable to load XBlock %r", block_type)
            return None

    def _drop(self, sentence: str) -> None:
        log.warning("%s", sentence)
        self.dropped.append(sentence)


class ImportRuntime(DemoRuntime):
    """Studio's runtime while it reads OLX: child elements become child blocks."""

    def __init__(self, importer: Importer):
        super().__init__(importer.visit)
        self._importer = importer

    def add_node_as_child(self, block: XBlock, node: Any) -> None:
        """Makes a child of an element; comments and blocks that do not load are left out."""
        if not isinstance(node.tag, str):
            return
        child = self._importer.block(node, block.scope_ids.usage_id)
        if child is not None:
            block.children.append(child)


class ExportRuntime(DemoRuntime):
    """Studio's runtime while it writes OLX."""

    def add_block_as_child_node(self, block: XBlock, node: Any) -> None:
        """A child inside its parent's element, its name first."""
        child = etree.SubElement(node, block.scope_ids.block_type)
        child.set("url_name", block.scope_ids.usage_id.block_id)
        block.add_xml_to_node(child)


def load(packed: bytes, course: CourseKey) -> list[str]:
    """Makes a course run from an archive, in place of an earlier one; answers what was left out, a sentence each."""
    files = archive.read(packed)
    root = xml.parse(files["course.xml"])
    if root.tag != "course":
        raise Refusal("The course.xml of this archive is not a course. Export the course again, then try once more.")
    run = root.get("url_name", "course")
    with transaction.atomic():
        store.make_course(course)
        importer = Importer(course, files)
        _strip(root, "org", "course")
        made = importer.block(root, None)
        if made is None:
            raise Refusal(f"This course cannot be read. {' '.join(importer.dropped)}")
        _policies(importer.visit, made, files, run)
        store.put(course, _below(importer.visit, made))
        importer.dropped += assets.keep(course, files)
    return importer.dropped


def export(course: CourseKey) -> bytes:
    """A course run as an archive; the same course always gives the same bytes."""
    runtime = ExportRuntime(Visit(Place.STUDIO, course))
    root = runtime.visit.snapshot.root if runtime.visit.snapshot else None
    if root is None:
        raise Refusal("There is no such course.", 404)
    run = str(course.run)  # type: ignore[attr-defined]
    pointer = etree.Element("course", url_name=run, org=course.org, course=course.course)  # type: ignore[attr-defined]
    files = {**assets.of(course), "course.xml": xml.write(pointer)}
    _write(runtime, runtime.get_block(root), run, files)
    policy = {f"course/{run}": runtime.visit.authored.of(root).fields}
    files[f"policies/{run}/policy.json"] = _json(policy)
    files[f"policies/{run}/grading_policy.json"] = _json(policy[f"course/{run}"].pop("grading_policy", {}))
    files[f"policies/{run}/policy.json"] = _json(policy)
    return archive.write(files)


def add(parent: UsageKey, text: bytes) -> UsageKey:
    """A new block from its element, at the end of `parent`; its name is kept."""
    importer = Importer(store.course_of(parent), {})
    made = importer.block(xml.parse(text), parent)
    if made is None:
        raise Refusal(" ".join(importer.dropped))
    studio.adopt(importer.visit, parent, made)
    store.put(store.course_of(parent), [importer.visit.authored.of(parent), *_below(importer.visit, made)])
    return made


def copied(usage: UsageKey) -> bytes:
    """A block with everything below it in one element, as the clipboard keeps it."""
    runtime = ExportRuntime(Visit(Place.STUDIO, store.course_of(usage)))
    holder = etree.Element("clipboard")
    runtime.add_block_as_child_node(runtime.get_block(usage), holder)
    return xml.write(holder[0])


def _write(runtime: ExportRuntime, block: XBlock, name: str, files: dict[str, bytes]) -> None:
    """The file of a container and those of everything below it that has one of its own."""
    usage = block.scope_ids.usage_id
    node = etree.Element(usage.block_type)
    for field, value in runtime.visit.authored.of(usage).fields.items():
        if usage.block_type != "course":
            node.set(field, block.fields[field].to_string(block.fields[field].from_json(value)))
    for child in block.get_children():
        key = child.scope_ids.usage_id
        if key.block_type in STANDINS:
            etree.SubElement(node, key.block_type, url_name=key.block_id)
            (_write if key.block_type in CONTAINERS else _write_leaf)(runtime, child, key.block_id, files)
        else:
            runtime.add_block_as_child_node(child, node)
    files[f"{usage.block_type}/{name}.xml"] = xml.write(node)


def _write_leaf(_runtime: ExportRuntime, block: XBlock, name: str, files: dict[str, bytes]) -> None:
    kind = block.scope_ids.block_type
    node = etree.Element(kind)
    block.add_xml_to_node(node)
    _strip(node, "xblock-family")
    if kind == "html":
        files[f"html/{name}.html"] = (node.text or "").encode()
        node.text = None
        node.set("filename", name)
    files[f"{kind}/{name}.xml"] = xml.write(node)


def _below(visit: Visit, usage: UsageKey) -> Iterator[store.Draft]:
    """A block and all that hangs below it; what a block that was left out held is forgotten."""
    draft = visit.authored.of(usage)
    yield draft
    for child in draft.children:
        yield from _below(visit, child)


def _policies(visit: Visit, root: UsageKey, files: Mapping[str, bytes], run: str) -> None:
    """Lays the course's settings from `policies/` over those of its element."""
    fields = visit.authored.of(root).fields
    known = STANDINS["course"].fields
    try:
        policy = json.loads(files.get(f"policies/{run}/policy.json", b"{}"))
        grading = json.loads(files.get(f"policies/{run}/grading_policy.json", b"{}"))
        settings = policy.get(f"course/{run}", {})
        fields.update({name: value for name, value in settings.items() if name in known})
    except (ValueError, AttributeError, RecursionError) as error:
        raise Refusal("The policies of this archive cannot be read. Export the course again.") from error
    if grading:
        fields["grading_policy"] = grading


def _strip(node: Any, *names: str) -> None:
    for name in names:
        node.attrib.pop(name, None)


def _digest(node: Any) -> str:
    return f"{node.tag}_{hashlib.sha1(etree.tostring(node), usedforsecurity=False).hexdigest()[:12]}"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=4, sort_keys=True) + "\n").encode()
