"""What the blocks of this room share: their pages, the pointer to a learner's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.templatetags.static import static
from web_fragments.fragment import Fragment

from peer_xblocks.block import PeerBlock


class Activity(PeerBlock):
    """A block of the activity room. Its scripts and styles are named without folder and ending."""

    room = "activity"

    def learning(
        self,
        name: str,
        start: str,
        *,
        handlers: Sequence[str],
        scripts: Sequence[str],
        context: Mapping[str, Any] | None = None,
        **args: Any,
    ) -> Fragment:
        """A learner's page: the template and the style `name`, the script's function `start` with `args`."""
        fragment = self.authoring(name, start, handlers=handlers, scripts=scripts, context=context, **args)
        for style in ("activity", name):
            fragment.add_css_url(static(f"peer_activity/{style}.css"))
        return fragment

    def authoring(
        self,
        name: str,
        start: str,
        *,
        handlers: Sequence[str],
        scripts: Sequence[str],
        context: Mapping[str, Any] | None = None,
        **args: Any,
    ) -> Fragment:
        """An author's page: the same in the shared look alone. The script is given the addresses of `handlers`, too."""
        given = {"handlers": {each: self.runtime.handler_url(self, each) for each in handlers}, **args}
        paths = [f"peer_activity/{each}.js" for each in ("parts", *scripts)]
        return self.page(f"peer_activity/{name}.html", context, scripts=paths, start=start, args=given)

    def note(self, learner: UUID) -> None:
        """Leaves the pointer that makes this learner's rows visible to staff tools; asks nothing of the database."""
        if self.record != str(learner):
            self.record = str(learner)
