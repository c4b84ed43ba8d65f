"""The hours room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class HoursConfig(PeerAppConfig):
    """Peer support: contact hours."""

    name = "peer_xblocks.hours"
    label = "peer_hours"
    verbose_name = "Peer support: contact hours"
    plugin_app = plugs("hours", urls=True, settings_module=True)
