"""Stand-ins for the platform's own blocks; they exist in the demo only and are no entry points."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from openedx_filters.learning.filters import VerticalBlockRenderCompleted
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError
from xblock.fields import Boolean, Dict, Float, List, Scope, String


class Container(XBlock):
    """A part of a course that only holds other parts."""

    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR
    display_name = String(default="", scope=Scope.settings)

    def student_view(self, context: Any = None) -> Fragment:
        """All its children, one after the other."""
        fragment = Fragment()
        for child in self.get_children():
            shown = child.render(self.runtime.view_name or "student_view", context)
            fragment.add_fragment_resources(shown)
            fragment.add_content(shown.content)
        return fragment

    public_view = student_view
    author_view = student_view


class CourseBlock(Container):
    """A course run."""

    advanced_modules = List(default=[], scope=Scope.settings)
    start = String(default=None, scope=Scope.settings)
    end = String(default=None, scope=Scope.settings)
    language = String(default=None, scope=Scope.settings)
    self_paced = Boolean(default=False, scope=Scope.settings)
    grading_policy = Dict(default={}, scope=Scope.content)


class ChapterBlock(Container):
    """A section."""


class SequentialBlock(Container):
    """A subsection: in our courses, a module."""

    format = String(default=None, scope=Scope.settings)
    graded = Boolean(default=False, scope=Scope.settings)
    due = String(default=None, scope=Scope.settings)


@XBlock.wants("completion")
class VerticalBlock(Container):
    """A unit."""

    def student_view(self, context: Any = None) -> Fragment:
        """Its children; those that complete by being seen are marked; then the render filter has its say."""
        return self._view("student_view", context)

    def public_view(self, context: Any = None) -> Fragment:
        """What anybody may see of its children."""
        return self._view("public_view", context)

    def _view(self, view: str, context: Any) -> Fragment:
        context = dict(context or {})
        fragment, children = Fragment(), self.get_children()
        marked = self._marked(children)
        for child in children:
            shown = child.render(view, dict(context, wrap_xblock_data=marked.get(child.scope_ids.usage_id, {})))
            fragment.add_fragment_resources(shown)
            fragment.add_content(f'<div class="vert">{shown.body_html()}</div>')
        _, fragment, _, _ = VerticalBlockRenderCompleted.run_filter(
            block=self, fragment=fragment, context=context, view=view
        )
        return fragment

    def _marked(self, children: list[XBlock]) -> dict[Any, dict[str, int]]:
        service = self.runtime.service(self, "completion")
        if not service or not service.completion_tracking_enabled():
            return {}
        mark = {"mark-completed-on-view-after-delay": service.get_complete_on_view_delay_ms()}
        return {each.scope_ids.usage_id: mark for each in service.blocks_to_mark_complete_on_view(children)}


@XBlock.wants("completion")
class Viewable(XBlock):
    """A block that is complete once it was seen."""

    completion_mode = XBlockCompletionMode.COMPLETABLE

    @XBlock.json_handler
    def publish_completion(self, data: Any, _suffix: str = "") -> dict[str, str]:
        """Takes the browser's word that the block was in view."""
        if self.runtime.service(self, "completion") is None:
            raise JsonHandlerError(500, "No completion service found")
        value = data.get("completion") if isinstance(data, dict) else None
        if not isinstance(value, int | float) or not 0.0 <= value <= 1.0:
            raise JsonHandlerError(400, "Completion must be a number from 0.0 to 1.0.")
        self.runtime.publish(self, "completion", {"completion": value})
        return {"result": "ok"}


@XBlock.wants("replace_urls")
class HtmlBlock(Viewable):
    """A text of the author, shown as it was written but for addresses inside the course."""

    display_name = String(default="Text", scope=Scope.settings)
    data = String(default="", scope=Scope.content)

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> XBlock:
        """The element's text is the page."""
        text, node.text = node.text, None
        block = super().parse_xml(node, runtime, keys)
        block.data = text or ""
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """The page as the element's text."""
        super().add_xml_to_node(node)
        node.attrib.pop("data", None)
        node.text = self.data

    def student_view(self, _context: Any = None) -> Fragment:
        """The text."""
        service = self.runtime.service(self, "replace_urls")
        return Fragment(service.replace_urls(self.data) if service else self.data)

    public_view = student_view
    author_view = student_view


class VideoBlock(Viewable):
    """A film by its address, with a link to its transcript; nothing is fetched before somebody asks."""

    display_name = String(default="Video", scope=Scope.settings)
    html5_sources = List(default=[], scope=Scope.settings)
    youtube_id_1_0 = String(default="", scope=Scope.settings)
    duration = Float(default=None, scope=Scope.settings)
    transcripts = Dict(default={}, scope=Scope.settings)

    def student_view(self, _context: Any = None) -> Fragment:
        """A player without preload."""
        return Fragment(render_to_string("peer_demo/video.html", {"block": self}))

    public_view = student_view
    author_view = student_view


class HiddenBlock(XBlock):
    """What stands where a block's class is not installed: nothing for learners, a sentence for authors."""

    completion_mode = XBlockCompletionMode.EXCLUDED

    def student_view(self, _context: Any = None) -> Fragment:
        """Nothing."""
        return Fragment()

    public_view = student_view

    def author_view(self, _context: Any = None) -> Fragment:
        """Which kind of block is missing."""
        return Fragment(format_html("<p>A block of the kind “{}” is not installed.</p>", self.scope_ids.block_type))


STANDINS: dict[str, type[XBlock]] = {
    "course": CourseBlock,
    "chapter": ChapterBlock,
    "sequential": SequentialBlock,
    "vertical": VerticalBlock,
    "html": HtmlBlock,
    "video": VideoBlock,
}
