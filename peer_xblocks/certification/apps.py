"""The certification room as a Django app."""

from importlib import import_module

from peer_xblocks.plugin import PeerAppConfig, plugs


class CertificationConfig(PeerAppConfig):
    """Peer support: certification."""

    name = "peer_xblocks.certification"
    label = "peer_certification"
    verbose_name = "Peer support: certification"
    plugin_app = plugs("certification", urls=True, settings_module=True)

    def ready(self) -> None:
        """Listens to the rooms that observe learning, once all of them are loaded."""
        import_module(f"{self.name}.listeners").listen()
