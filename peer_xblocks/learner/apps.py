"""The learner room as a Django app."""

from importlib import import_module

from peer_xblocks.compat import platform
from peer_xblocks.plugin import PeerAppConfig, plugs


class LearnerConfig(PeerAppConfig):
    """Accounts as UUIDs."""

    name = "peer_xblocks.learner"
    label = "peer_learner"
    verbose_name = "Peer support: learners"
    plugin_app = plugs("learner", settings_module=True)

    def ready(self) -> None:
        """Retires a learner here whenever the platform retires an account."""
        platform().on_retirement(import_module(f"{self.name}.retirement").retire)
