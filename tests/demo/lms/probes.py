"""Small blocks that show what a runtime does to blocks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from web_fragments.fragment import Fragment
from webob import Response
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Dict, Integer, List, Scope, String
from xblock.scorable import ScorableXBlockMixin, Score

from peer_xblocks.demo.lms.handlers import NotFoundError, ProcessingError

SERVICES = (
    "cache", "completion", "enrollments", "i18n", "mako", "replace_urls", "settings", "studio_user_permissions", "user",
    "user_state", "publish",
)  # fmt: skip


@XBlock.wants(*SERVICES)
class Probe(XBlock):
    """Answers what it sees of its surroundings."""

    display_name = String(default="Probe", scope=Scope.settings)
    content = String(default="", scope=Scope.content)
    lines = List(default=[], scope=Scope.settings)
    long = String(default="", scope=Scope.settings, xml_node=True)
    table = Dict(default={}, scope=Scope.settings)
    count = Integer(default=0, scope=Scope.user_state)
    other = Integer(default=0, scope=Scope.user_state)
    total = Integer(default=0, scope=Scope.user_state_summary)
    taste = String(default="", scope=Scope.preferences)
    block_settings_key = "probe"

    def student_view(self, context: Any = None) -> Fragment:
        fragment = Fragment(f"<p>Probe of {self.scope_ids.user_id}</p>")
        fragment.initialize_js("Probe", {"text": "</script><b>&", "count": self.count})
        return fragment

    def author_view(self, context: Any = None) -> Fragment:
        return Fragment(f"<p>{sorted(vars(self.runtime)) and getattr(self.runtime, 'is_author_mode', None)}</p>")

    def studio_view(self, context: Any = None) -> Fragment:
        return Fragment(f"<p>Editing {self.content}</p>")

    @XBlock.json_handler
    def bump(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.count += 1
        return {"count": self.count}

    @XBlock.json_handler
    def set(self, data: Any, suffix: str = "") -> dict[str, Any]:
        for name, value in data.items():
            setattr(self, name, value)
        return {"ok": True}

    @XBlock.json_handler
    def attributes(self, data: Any, suffix: str = "") -> dict[str, Any]:
        user = self.runtime.service(self, "user").get_current_user()
        return {"bound": self.scope_ids.user_id, **user.opt_attrs}

    @XBlock.json_handler
    def offered(self, data: Any, suffix: str = "") -> list[str]:
        return [name for name in SERVICES if self.runtime.service(self, name) is not None]

    @XBlock.json_handler
    def within(self, data: Any, suffix: str = "") -> dict[str, Any]:
        log: list[str] = []
        transaction.on_commit(lambda: log.append("committed"))
        return {"atomic": connection.in_atomic_block, "on_commit": log}

    @XBlock.json_handler
    def write_and_fail(self, data: Any, suffix: str = "") -> None:
        self.count = 99
        get_user_model().objects.create(username="written")
        raise ValueError("after the write")

    @XBlock.json_handler
    def publish(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.runtime.publish(self, data["kind"], data["event"])
        return {}

    @XBlock.json_handler
    def processing(self, data: Any, suffix: str = "") -> None:
        raise ProcessingError("Not like that.")

    @XBlock.json_handler
    def nothing_there(self, data: Any, suffix: str = "") -> None:
        raise NotFoundError("gone")

    @XBlock.handler
    def plain(self, request: Any, suffix: str = "") -> Response:
        return Response(json={"suffix": suffix, "bound": self.scope_ids.user_id, "method": request.method})


class Custom(CompletableXBlockMixin, Probe):
    """Says itself when it is complete."""

    has_score = True

    @XBlock.json_handler
    def emit(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.emit_completion(data)
        return {}


class Marked(ScorableXBlockMixin, Probe):
    """Has a score, the attempts of the platform, and every hook of staff tools."""

    earned = Integer(default=None, scope=Scope.user_state)
    attempts = Integer(default=0, scope=Scope.user_state)
    weight = None

    def max_score(self) -> float:
        return 1.0

    def has_submitted_answer(self) -> bool:
        return self.count > 0

    def get_score(self) -> Score:
        return Score(self.earned or 0, 1)

    def set_score(self, score: Score) -> None:
        self.earned = score.raw_earned

    def calculate_score(self) -> Score:
        return Score(1.0 if self.count > 1 else 0.0, 1.0)

    def publish_grade(self) -> None:
        self._publish_grade(self.get_score())

    def rescore(self, only_if_higher: bool) -> None:
        self._publish_grade(self.calculate_score(), only_if_higher)

    def generate_report_data(self, states: Any, limit: int | None = None) -> Any:
        for seen in states:
            yield seen.username, {"Bumps": seen.state.get("count", 0)}


cleared: list[dict[str, Any]] = []


class Clearing(Marked):
    """Keeps things elsewhere, and is told when staff delete a state."""

    def clear_student_state(self, **names: Any) -> None:
        cleared.append({"bound": self.scope_ids.user_id, **names})


class Undeclared(XBlock):
    """Asks for what it never declared."""

    def student_view(self, context: Any = None) -> Fragment:
        return Fragment(str(self.runtime.service(self, "user")))


@XBlock.needs("mako")
class Needing(XBlock):
    """Cannot do without a service that is not there."""

    def student_view(self, context: Any = None) -> Fragment:
        return Fragment(str(self.runtime.service(self, "mako")))


hooks: list[tuple[str, str, int]] = []


class Box(XBlock):
    """Holds other blocks, and notes when it is copied."""

    has_children = True
    has_custom_completion = True
    display_name = String(default="Box", scope=Scope.settings)

    def student_view(self, context: Any = None) -> Fragment:
        fragment = Fragment()
        for child in self.get_children():
            fragment.add_fragment_resources(shown := self.runtime.render_child(child, "student_view", context))
            fragment.add_content(shown.content)
        return fragment

    def studio_post_duplicate(self, store: Any, source: Any) -> bool:
        hooks.append(("duplicate", source.scope_ids.usage_id.block_id, len(self.children)))
        return False

    def studio_post_paste(self, store: Any, node: Any) -> bool:
        hooks.append(("paste", node.get("url_name"), len(self.children)))
        return False


BLOCKS = {
    "probe": Probe, "custom": Custom, "marked": Marked, "clearing": Clearing, "undeclared": Undeclared,
    "needing": Needing, "box": Box,
}  # fmt: skip
