"""The ui room as a Django app: it brings templates and static files, and no table."""

from peer_xblocks.plugin import PeerAppConfig


class UiConfig(PeerAppConfig):
    """Shared templates, styles and scripts."""

    name = "peer_xblocks.ui"
    label = "peer_ui"
    verbose_name = "Peer support: look"
    plugin_app: dict[str, object] = {}
