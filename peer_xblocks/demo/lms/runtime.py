"""XBlock's `Runtime` as the LMS and Studio fill it, over the demo's course store."""

from __future__ import annotations

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from opaque_keys.edx.keys import UsageKey
from opaque_keys.edx.locator import BlockUsageLocator
from web_fragments.fragment import Fragment
from xblock.core import XBlock, XBlockMixin
from xblock.exceptions import NoSuchServiceError, NoSuchUsage
from xblock.fields import ScopeIds
from xblock.runtime import IdGenerator, IdReader, Mixologist, Runtime

from peer_xblocks.demo.lms import access, services
from peer_xblocks.demo.lms.standins import STANDINS, HiddenBlock
from peer_xblocks.demo.lms.translations import Translations
from peer_xblocks.demo.lms.visit import Place, Visit

#: Blocks of others that lean on what the platform is about to take away; ours are not given it.
NEIGHBOURS = frozenset({"drag-and-drop-v2", "poll", "survey", "done"})


class Reader(IdReader):
    """Opaque keys know their block type themselves; a usage stands for its own definition."""

    def get_definition_id(self, usage_id: Any) -> Any:
        """The usage itself."""
        return usage_id

    def get_block_type(self, def_id: Any) -> str:
        """The type in the key."""
        return str(def_id.block_type)

    def get_usage_id_from_aside(self, aside_id: Any) -> Any:
        """Asides are left out of the demo."""
        return aside_id

    get_definition_id_from_aside = get_aside_type_from_definition = get_aside_type_from_usage = get_usage_id_from_aside


class Generator(IdGenerator):
    """Keys of new blocks in one course."""

    def __init__(self, visit: Visit):
        self._visit = visit

    def create_definition(self, block_type: str, slug: str | None = None) -> UsageKey:
        """A usage key; `slug` is its block id."""
        return BlockUsageLocator(self._visit.course, block_type, slug)

    def create_usage(self, def_id: Any) -> Any:
        """The key itself."""
        return def_id

    def create_aside(self, definition_id: Any, usage_id: Any, aside_type: str) -> Any:
        """Asides are left out of the demo."""
        return definition_id, usage_id


class DemoRuntime(Runtime):
    """The runtime of one visit, for blocks that use what the platform will keep."""

    def __init__(self, visit: Visit, offered: Any = None):
        super().__init__(id_reader=Reader(), id_generator=Generator(visit))
        self.visit = visit
        self._services = services.offered(visit) if offered is None else offered
        if visit.place is Place.PREVIEW:
            self.is_author_mode = True

    # -- blocks ------------------------------------------------------------------------------------------------

    @property
    def view_name(self) -> str | None:
        """The view that is being rendered."""
        return self._view_name

    def load_block_type(self, block_type: str) -> type[XBlock]:
        """A stand-in of the platform's own blocks, else an installed class, else a block that shows nothing."""
        return STANDINS.get(block_type) or XBlock.load_class(block_type, HiddenBlock)

    def get_block(self, usage_id: Any, for_parent: Any = None) -> XBlock:
        """The block of a usage key, bound to the visit's person."""
        if self.visit.snapshot is None or usage_id not in self.visit.snapshot.rows:
            raise NoSuchUsage(repr(usage_id))
        scope_ids = ScopeIds(self.visit.user_id, usage_id.block_type, usage_id, usage_id)
        return self.construct_xblock(usage_id.block_type, scope_ids, for_parent=for_parent)

    def construct_xblock_from_class(
        self, cls: type[XBlock], scope_ids: ScopeIds, field_data: Any = None, *args: Any, **kwargs: Any
    ) -> XBlock:
        """A block of a class; neighbours get a runtime and a mixin with the platform's older names."""
        neighbour = scope_ids.block_type in NEIGHBOURS
        runtime = self
        if neighbour != isinstance(self, NeighbourRuntime):
            runtime = (NeighbourRuntime if neighbour else DemoRuntime)(self.visit, self._services)
        mixed = runtime.mixologist.mix(cls)
        runtime._view_name = self._view_name
        return mixed(*args, runtime=runtime, field_data=field_data, scope_ids=scope_ids, **kwargs)

    def service(self, block: XBlock, service_name: str) -> Any:
        """A declared service, None for a wanted one that does not exist here."""
        declared = block.service_declaration(service_name)
        if declared is None:
            raise NoSuchServiceError(f"Service {service_name!r} was not requested.")
        if service_name == "field-data":
            return self.visit.field_data
        found = None if services.is_off(service_name) else self._services.get(service_name)
        if found is None and declared == "need":
            raise NoSuchServiceError(f"Service {service_name!r} is not available.")
        return found.of(block) if isinstance(found, Translations) else found

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Hands over to the `publish` service, which in the LMS is the one of whoever was served last."""
        if self.visit.place is not Place.LMS:
            return
        if not self.visit.bound:
            raise RuntimeError(f"{block.scope_ids.usage_id} published {event_type!r} while bound to nobody.")
        self._services["publish"].publish(block, event_type, event_data)

    # -- addresses ---------------------------------------------------------------------------------------------

    def handler_url(
        self, block: XBlock, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        """The address of a handler in this place."""
        usage = block.scope_ids.usage_id
        start = {
            Place.LMS: f"/courses/{self.visit.course}/xblock/{usage}/",
            Place.STUDIO: f"/studio/xblock/{usage}/",
            Place.PREVIEW: f"/studio/preview/xblock/{usage}/",
        }[self.visit.place]
        handler = "handler_noauth" if thirdparty else "handler"
        path = "/".join(part for part in (start + handler, handler_name, suffix) if part)
        return f"{path}?{query}" if query else path

    def resource_url(self, resource: str) -> str:
        """Not offered, as in the library runtime."""
        raise NotImplementedError(f"resource_url is not offered: {resource}")

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        """The address of a file under a block's `public/` folder."""
        return f"/xblock/resource/{block.scope_ids.block_type}/{uri}"

    # -- pages -------------------------------------------------------------------------------------------------

    def render(self, block: XBlock, view_name: str, context: Any = None) -> Fragment:
        """A view of a block, wrapped; where a block has no view for strangers, a sentence."""
        if view_name == "public_view" and not hasattr(block, "public_view"):
            return Fragment(render_to_string("peer_demo/enrol.html", {"name": getattr(block, "display_name", "")}))
        if view_name == "author_view" and not hasattr(block, "author_view"):
            view_name = "student_view"
        return super().render(block, view_name, {} if context is None else context)

    def wrap_xblock(self, block: XBlock, view: str, frag: Fragment, context: Any) -> Fragment:
        """The element that the JavaScript runtime looks for, with the block's key, type and arguments."""
        wrapped = Fragment()
        wrapped.add_fragment_resources(frag)
        wrapped.add_content(render_to_string("peer_demo/xblock.html", self._wrapping(block, view, frag, context)))
        return wrapped

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        """Asides are left out of the demo."""
        return []

    def query(self, block: XBlock) -> Any:
        """Not offered, as on the platform."""
        raise NotImplementedError("query is not offered")

    def _wrapping(self, block: XBlock, view: str, frag: Fragment, context: Any) -> dict[str, Any]:
        args = getattr(frag, "json_init_args", None)
        return {
            "view": view,
            "usage": block.scope_ids.usage_id,
            "type": block.scope_ids.block_type,
            "handlers": self.handler_url(block, "HANDLER"),
            "init": frag.js_init_fn,
            "version": frag.js_init_version,
            "extra": (context or {}).get("wrap_xblock_data", {}),
            "graded": bool(getattr(block, "graded", False)),
            "scored": bool(getattr(block, "has_score", False)),
            "args": None if args is None else _for_script(args),
            "body": mark_safe(frag.body_html()),  # noqa: S308 - HTML already, made by the block's own template
        }


class OldNames(XBlockMixin):
    """What the platform still mixes into every block and neighbours still ask for."""

    @property
    def location(self) -> Any:
        """The usage key."""
        return self.scope_ids.usage_id  # type: ignore[attr-defined]

    @property
    def course_id(self) -> Any:
        """The course key."""
        return self.scope_ids.usage_id.context_key  # type: ignore[attr-defined]

    @property
    def category(self) -> str:
        """The block type."""
        return str(self.scope_ids.block_type)  # type: ignore[attr-defined]


class NeighbourRuntime(DemoRuntime):
    """The runtime as blocks of others still know it."""

    def __init__(self, visit: Visit, offered: Any = None):
        super().__init__(visit, offered)
        self.mixologist = Mixologist((OldNames,))

    @property
    def course_id(self) -> Any:
        """The course key."""
        return self.visit.course

    @property
    def user_is_staff(self) -> bool:
        """Whether the bound person is staff of the course."""
        return access.is_staff(self.visit.user, str(self.visit.course)) and not self.visit.as_student

    @property
    def anonymous_student_id(self) -> str | None:
        """The bound person's name towards blocks."""
        return access.anonymous_id(self.visit.user.id, str(self.visit.course)) if self.visit.known else None

    def get_real_user(self, anonymous_id: str) -> Any:
        """The account behind such a name."""
        return access.by_anonymous_id(anonymous_id)


def _for_script(args: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(args).replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(text)  # noqa: S308 - JSON without a character that HTML reads
