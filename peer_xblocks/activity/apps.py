"""The activity room as a Django app."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from peer_xblocks.plugin import PeerAppConfig, plugs


class ActivityConfig(PeerAppConfig):
    """Peer support: activities."""

    name = "peer_xblocks.activity"
    label = "peer_activity"
    verbose_name = "Peer support: activities"
    plugin_app = plugs("activity", urls=True)

    def ready(self) -> None:
        """Answers rooms beside this one, which may not import it, that ask which checks are passed."""
        from peer_xblocks.learner import signals  # noqa: PLC0415 - models exist only now

        signals.passed_asked.connect(_passed, dispatch_uid="peer_activity.passed")


def _passed(*, learner: UUID, course: str, **_others: Any) -> Collection[str]:
    from peer_xblocks.activity.check import tries  # noqa: PLC0415 - models exist only after the apps

    return tries.passed(learner, course)
