"""What Studio does with blocks: preview, edit, save, add, copy, move, delete."""

from __future__ import annotations

import copy
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope, ScopeIds

from peer_xblocks.demo.lms import access, handlers, store
from peer_xblocks.demo.lms.runtime import DemoRuntime
from peer_xblocks.demo.lms.store import Draft
from peer_xblocks.demo.lms.visit import Place, Visit
from peer_xblocks.item import xml


def visit(usage: UsageKey, author: Any, place: Place = Place.STUDIO) -> Visit:
    """An author's visit to one block."""
    return Visit(place, store.course_of(usage), author if place is Place.PREVIEW else None, author, root=usage)


def fragment(usage: UsageKey, author: Any, view: str, context: dict[str, Any] | None = None) -> Fragment:
    """`author_view` in the preview, `studio_view` in the editor; for authors alone."""
    if not access.is_author(author, str(store.course_of(usage))):
        raise PermissionDenied
    place = Place.STUDIO if view == "studio_view" else Place.PREVIEW
    return handlers.block_of(visit(usage, author, place), usage).render(view, context)


def call(request: HttpRequest, usage: UsageKey, name: str, suffix: str, place: Place) -> HttpResponse:
    """A handler in Studio: it asks nobody's permission, only the saving of fields afterwards does."""
    here = visit(usage, request.user, place)
    response = handlers.answer(handlers.block_of(here, usage), request, name, suffix)
    if place is Place.STUDIO:
        save(here, usage)
    return response


def save(here: Visit, usage: UsageKey) -> bool:
    """Writes a block as it stands in this visit, changed or not; nothing where the person is no author."""
    if not access.is_author(here.acting, str(here.course)):
        return False
    store.put(here.course, [here.authored.of(usage)])
    return True


def add(parent: UsageKey, block_type: str, fields: dict[str, Any], block_id: str = "") -> UsageKey:
    """A new block at the end of its parent. `fields` are Python values of the block's author settings."""
    course = store.course_of(parent)
    usage = course.make_usage_key(block_type, block_id or uuid.uuid4().hex)
    here = Visit(Place.STUDIO, course)
    runtime = DemoRuntime(here)
    block = runtime.construct_xblock(block_type, _ids(usage))
    block.parent = parent
    for name, value in fields.items():
        if name not in block.fields:
            raise KeyError(f"{block_type} has no field {name!r}")
        setattr(block, name, value)
    block.save()
    adopt(here, parent, usage)
    store.put(course, [here.authored.of(usage), here.authored.of(parent)])
    return usage


def adopt(here: Visit, parent: UsageKey, usage: UsageKey, after: UsageKey | None = None) -> None:
    """Puts a block among its parent's children, at the end or right after a sibling."""
    children = here.authored.of(parent).children
    children.insert(children.index(after) + 1 if after in children else len(children), usage)
    here.authored.of(usage).parent = parent


def edit(usage: UsageKey, fields: dict[str, Any], author: Any) -> None:
    """Sets fields as Studio's own editor does, with the hooks around the saving."""
    here = visit(usage, author)
    block = handlers.block_of(here, usage)
    old_metadata, old_content = _values(block, Scope.settings), _values(block, Scope.content)
    for name, value in fields.items():
        setattr(block, name, value)
    if hasattr(block, "editor_saved"):
        block.editor_saved(author, old_metadata, old_content)
    block.save()
    if save(here, usage) and hasattr(block, "post_editor_saved"):
        block.post_editor_saved(author, old_metadata, old_content)


def delete(usage: UsageKey) -> None:
    """Takes a block and everything below it out of its course."""
    here = Visit(Place.STUDIO, store.course_of(usage), root=usage)
    if here.snapshot is None or usage not in here.snapshot.rows:
        raise Http404("There is no such block.")
    parent = here.snapshot.rows[usage].parent
    if parent is not None:
        here.authored.of(parent).children.remove(usage)
        store.put(here.course, [here.authored.of(parent)])
    store.remove(here.course, here.snapshot.under(usage))


def reorder(parent: UsageKey, children: list[UsageKey]) -> None:
    """Gives a parent's children a new order; 404 where they are not the same ones."""
    here = Visit(Place.STUDIO, store.course_of(parent))
    kept = here.authored.of(parent)
    if sorted(map(str, kept.children)) != sorted(map(str, children)):
        raise Http404("These are not the children of this block.")
    kept.children = children
    store.put(here.course, [kept])


def duplicate(usage: UsageKey) -> UsageKey:
    """A copy beside the original, with fresh ids all the way down; each block's hook may change its copy."""
    here = Visit(Place.STUDIO, store.course_of(usage))
    if here.snapshot is None or usage not in here.snapshot.rows:
        raise Http404("There is no such block.")
    parent = here.snapshot.rows[usage].parent
    copied = _copy(here, DemoRuntime(here), usage, parent, name=True)
    if parent is not None:
        adopt(here, parent, copied, after=usage)
    store.put(here.course, here.authored.drafts.values())
    return copied


def _copy(
    here: Visit, runtime: DemoRuntime, usage: UsageKey, parent: UsageKey | None, *, name: bool = False
) -> UsageKey:
    source = runtime.get_block(usage)
    made = here.course.make_usage_key(usage.block_type, uuid.uuid4().hex)
    here.authored.drafts[made] = Draft(made, parent, [], copy.deepcopy(here.authored.of(usage).fields))
    block = runtime.construct_xblock(usage.block_type, _ids(made))
    if name and "display_name" in block.fields:
        old = source.display_name
        block.display_name = f"Duplicate of '{old}'" if old else f"Duplicate of {usage.block_type}"
    done = hasattr(block, "studio_post_duplicate") and block.studio_post_duplicate(store, source)
    block.save()
    if not done:
        children = [_copy(here, runtime, child, made) for child in here.authored.of(usage).children]
        here.authored.of(made).children = children
    return made


def paste(olx: bytes, parent: UsageKey) -> UsageKey:
    """Puts a copied block (its OLX, as the clipboard keeps it) at the end of a parent; ids are made new."""
    here = Visit(Place.STUDIO, store.course_of(parent))
    pasted = _paste(here, DemoRuntime(here), xml.parse(olx), parent)
    adopt(here, parent, pasted)
    store.put(here.course, here.authored.drafts.values())
    return pasted


def _paste(here: Visit, runtime: DemoRuntime, node: Any, parent: UsageKey) -> UsageKey:
    """One block of a paste. A container's child elements are taken off before it parses, each is a block."""
    cls: type[XBlock] = runtime.load_block_type(node.tag)
    usage = here.course.make_usage_key(node.tag, _free(here, node.tag))
    shown, children = copy.deepcopy(node), []
    if cls.has_children:
        children = [each for each in node if isinstance(each.tag, str)]
        for each in list(shown):
            shown.remove(each)
    block = runtime.mixologist.mix(cls).parse_xml(shown, runtime, _ids(usage))
    block.parent = parent
    done = hasattr(block, "studio_post_paste") and block.studio_post_paste(store, copy.deepcopy(node))
    block.save()
    if children and not done:
        here.authored.of(usage).children = [_paste(here, runtime, each, usage) for each in children]
    return usage


def _free(here: Visit, block_type: str) -> str:
    """The first of `html1`, `html2`, … that no block of the course has."""
    taken = {usage.block_id for usage in (here.snapshot.rows if here.snapshot else ())}
    taken |= {usage.block_id for usage in here.authored.drafts}
    return next(name for name in (f"{block_type}{number}" for number in range(1, 100_000)) if name not in taken)


def _ids(usage: UsageKey) -> Any:
    return ScopeIds(None, usage.block_type, usage, usage)


def _values(block: XBlock, scope: Any) -> dict[str, Any]:
    return {name: each.read_json(block) for name, each in block.fields.items() if each.scope == scope}
