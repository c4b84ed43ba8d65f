"""The certification room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class CertificationConfig(PeerAppConfig):
    """Peer support: certification."""

    name = "peer_xblocks.certification"
    label = "peer_certification"
    verbose_name = "Peer support: certification"
    plugin_app = plugs("certification", urls=True, settings_module=True)
