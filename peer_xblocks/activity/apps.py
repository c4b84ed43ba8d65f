"""The activity room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class ActivityConfig(PeerAppConfig):
    """Peer support: activities."""

    name = "peer_xblocks.activity"
    label = "peer_activity"
    verbose_name = "Peer support: activities"
    plugin_app = plugs("activity", urls=True)
