"""The base of every XBlock of ours: who may do what, pages, completion, OLX, what staff tools call."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.templatetags.static import static
from opaque_keys.edx.keys import CourseKey
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String, UserScope

from peer_xblocks.compat import platform
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme
from peer_xblocks.refusal import Clash, NotAllowed


@XBlock.wants("user", "i18n", "completion", "enrollments", "studio_user_permissions", "replace_urls", "settings")
class PeerBlock(XBlock):
    """A block whose learner state lives in our tables and whose author settings live in fields.

    A room's block names its `room` ("hours"), and fills `learner_view`, `author_card` and `form`.
    """

    # The LMS would publish every file of the whole package (facts of Q11); assets go by Django's static files.
    resources_dir = None
    has_custom_completion = True
    completion_mode = XBlockCompletionMode.COMPLETABLE
    room = ""
    icon_class = "other"

    record = String(
        default="",
        scope=Scope.user_state,
        help="Points staff tools to the learner's rows in our tables; holds no answer and no text.",
    )

    # -- who asks ----------------------------------------------------------------------------------------------

    @property
    def user_id(self) -> int | None:
        """The learner's platform account: `scope_ids.user_id`, the only name for the learner that is always right."""
        return self.scope_ids.user_id

    @property
    def course(self) -> str:
        """The course key as text; empty outside a course (a library)."""
        key = getattr(self.scope_ids.usage_id, "context_key", None)
        return str(key) if isinstance(key, CourseKey) else ""

    @property
    def usage(self) -> str:
        """This block's usage key as text."""
        return str(self.scope_ids.usage_id)

    @property
    def learner(self) -> UUID:
        """The learner's UUID, made on first use; for handlers only, since it may write."""
        return learners.of(self._account())

    @property
    def in_studio(self) -> bool:
        """Whether this block is being edited or previewed, not taken."""
        return self._offered("studio_user_permissions") is not None or bool(
            getattr(self.runtime, "is_author_mode", False)
        )

    @property
    def shown_to_staff(self) -> bool:
        """Whether the person who looks is staff of the course, as the platform sees the page's viewer."""
        return bool(self.user_id and self.course and platform().staff(self.user_id, self.course))

    @property
    def masquerading(self) -> bool:
        """Whether somebody else than the bound learner sent this request."""
        acting = platform().acting_user()
        return acting is not None and acting != self.user_id

    def demand_learner(self) -> None:
        """Refuses anybody but the enrolled learner (or course staff as themselves) of this very block."""
        if self.in_studio:
            raise NotAllowed("This works for learners in the course, not in Studio.")
        if self.user_id is None:
            raise NotAllowed("Please sign in first.")
        if self.masquerading or self._foreign_user():
            raise Clash("You are looking at this page as somebody else, so nothing was saved.")
        if not self.course:
            raise NotAllowed("This works inside a course only.")
        asked = platform()
        if not asked.enrolled(self.user_id, self.course) and not asked.staff(self.user_id, self.course):
            raise NotAllowed("You are not enrolled in this course. Enrol first, then try again.")

    def demand_author(self) -> None:
        """Refuses everybody who may not write this course in Studio."""
        rights = self._offered("studio_user_permissions")
        key = getattr(self.scope_ids.usage_id, "context_key", None)
        if rights is None or not rights.can_write(key):
            raise NotAllowed("Only authors of this course may change it.")

    def _account(self) -> int:
        if self.user_id is None:
            raise NotAllowed("Please sign in first.")
        return self.user_id

    def _foreign_user(self) -> bool:
        """Whether the shared `user` service names another person than the one this block is bound to."""
        service = self._offered("user")
        attributes = service.get_current_user().opt_attrs if service else {}
        named = attributes.get("edx-platform.user_id")
        return named is not None and named != self.user_id

    def _offered(self, service: str) -> Any:
        return self.runtime.service(self, service)

    # -- pages -------------------------------------------------------------------------------------------------

    def gettext(self, text: str) -> str:
        """`text` in the reader's language, where the platform offers translations."""
        service = self._offered("i18n")
        return service.gettext(text) if service else text

    def page(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        scripts: Sequence[str] = (),
        start: str = "",
        args: Mapping[str, Any] | None = None,
    ) -> Fragment:
        """A fragment of one template with the shared look.

        `scripts` are static paths in loading order after the shared ones; `start` names the script's function that
        receives `(runtime, element, args)`.
        """
        rules = programme()
        shown = {"block": self, "part": self.part(), "title": self.display_name, "programme": rules}
        fragment = Fragment(render_to_string(template, {**shown, "demonstration": not rules.live, **(context or {})}))
        for style in ("peer_ui/tokens.css", "peer_ui/parts.css"):
            fragment.add_css_url(static(style))
        for script in ("peer_ui/peer.js", *scripts):
            fragment.add_javascript_url(static(script))
        if start:
            fragment.initialize_js(start, json_args=dict(args or {}))
        return fragment

    def part(self) -> str:
        """A prefix for element ids that no other block of the page has."""
        return "peer-" + hashlib.sha256(self.usage.encode()).hexdigest()[:10]

    @XBlock.supports("multi_device")
    def student_view(self, context: Mapping[str, Any] | None = None) -> Fragment:
        """What the learner sees; without a signed-in learner, the public card."""
        return self.learner_view() if self.user_id is not None else self.public_view(context)

    def public_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """What anybody may see of this block: what it is, nothing of anyone."""
        return self.page("peer_ui/public.html", {"kind": self.kind()})

    def author_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """What an author sees on Studio's unit page."""
        return self.page(
            "peer_ui/author.html", {"kind": self.kind(), "facts": self.author_card(), "faults": self.faults()}
        )

    def studio_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """Studio's editor: a form, never JSON."""
        return self.form()

    def learner_view(self) -> Fragment:
        """The page of a signed-in learner."""
        raise NotImplementedError

    def form(self) -> Fragment:
        """The editor's page."""
        raise NotImplementedError

    def kind(self) -> str:
        """What this block is, in a few words for people."""
        return str(self.display_name)

    def author_card(self) -> Sequence[tuple[str, str]]:
        """What an author wants to see at a glance: (label, value) pairs."""
        return ()

    def faults(self) -> Sequence[str]:
        """What an author still has to mend, a sentence each."""
        return ()

    def validate(self) -> Any:
        """Studio's own place for the same sentences."""
        from xblock.validation import Validation, ValidationMessage  # noqa: PLC0415 - Studio only

        validation = Validation(self.scope_ids.usage_id)
        for fault in self.faults():
            validation.add(ValidationMessage(ValidationMessage.WARNING, fault))
        return validation

    def student_view_data(self, _context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the platform's course API may pass on about this block."""
        return {"display_name": self.display_name, "kind": self.kind()}

    def index_dictionary(self) -> dict[str, Any]:
        """What the platform's search may find."""
        return {"content": {"display_name": self.display_name}, "content_type": self.kind()}

    # -- what happened -----------------------------------------------------------------------------------------

    def note_record(self) -> None:
        """Leaves the pointer in user state that makes this learner's row visible to staff tools."""
        name = str(self.learner)
        if self.record != name:
            self.record = name

    def announce_completion(self, value: float) -> None:
        """Tells the platform how far this block is complete (0.0 to 1.0); only from a bound learner's handler."""
        self.runtime.publish(self, "completion", {"completion": value})

    def clear_student_state(self, *, user_id: str, course_id: str, item_id: str, requesting_user_id: str) -> None:
        """Staff "delete state": reverses what was credited, destroys no evidence, resets completion.

        The ids are anonymous ids; the block is not bound to anybody (facts of Q8).
        """
        service = self._offered("user")
        account = service.get_user_by_anonymous_id(user_id) if service else None
        learner = learners.known(account.id) if account else None
        if account is None or learner is None:
            return
        asking = service.get_user_by_anonymous_id(requesting_user_id)
        self.reverse_for(learner, by=learners.of(asking.id) if asking else None)
        self.withdraw(account.id)

    def withdraw(self, user_id: int) -> None:
        """Takes back what the platform recorded for a person about this block."""
        platform().complete(user_id, self.usage, 0.0)

    def reverse_for(self, learner: UUID, *, by: UUID | None) -> None:
        """Reverses what this block credited to a learner. Blocks without own records have nothing to do."""

    # -- OLX ---------------------------------------------------------------------------------------------------

    def add_xml_to_node(self, node: Any) -> None:
        """Writes the author's settings alone: XBlock itself would write a bound learner's state too."""
        super().add_xml_to_node(node)
        for name, each in self.fields.items():
            if getattr(each.scope, "user", UserScope.NONE) is not UserScope.NONE:
                node.attrib.pop(name, None)
                for child in node.xpath(f"*[local-name()='{name}']"):
                    node.remove(child)

    def studio_post_duplicate(self, _store: Any, _source: Any) -> bool:
        """A copy is a block of its own: `freshen` gives it ids that no other block uses."""
        return self._freshened()

    def studio_post_paste(self, _store: Any, _node: Any) -> bool:
        """See `studio_post_duplicate`."""
        return self._freshened()

    def _freshened(self) -> bool:
        self.freshen()
        return False

    def freshen(self) -> None:
        """Replaces ids inside the author's content that must differ between two copies of a block."""
