"""The learner room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class LearnerConfig(PeerAppConfig):
    """Accounts as UUIDs."""

    name = "peer_xblocks.learner"
    label = "peer_learner"
    verbose_name = "Peer support: learners"
    plugin_app = plugs("learner", settings_module=True)
