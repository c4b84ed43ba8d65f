"""The story room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class StoryConfig(PeerAppConfig):
    """Peer support: stories."""

    name = "peer_xblocks.story"
    label = "peer_story"
    verbose_name = "Peer support: stories"
    plugin_app = plugs("story", urls=True)
