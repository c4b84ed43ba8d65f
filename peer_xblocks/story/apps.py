"""The story room as a Django app."""

from typing import Any
from uuid import UUID

from peer_xblocks.plugin import PeerAppConfig, plugs


class StoryConfig(PeerAppConfig):
    """Peer support: stories."""

    name = "peer_xblocks.story"
    label = "peer_story"
    verbose_name = "Peer support: stories"
    plugin_app = plugs("story", urls=True)

    def ready(self) -> None:
        """Erases the stories of an account that is retired, inside the retirement's own transaction."""
        from peer_xblocks.learner import signals  # noqa: PLC0415 - models exist only now

        signals.retiring.connect(_erase, dispatch_uid="peer_story.retirement")


def _erase(*, learner: UUID, **_others: Any) -> None:
    from peer_xblocks.story import stories  # noqa: PLC0415 - models exist only after the apps

    stories.erase(learner)
