"""The hours room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class HoursConfig(PeerAppConfig):
    """Peer support: contact hours."""

    name = "peer_xblocks.hours"
    label = "peer_hours"
    verbose_name = "Peer support: contact hours"
    plugin_app = plugs("hours", urls=True, settings_module=True)

    def ready(self) -> None:
        """Listens to what other rooms tell; each receiver once, however often an app is made ready."""
        from peer_xblocks.hours import claims  # noqa: PLC0415 - models exist only now
        from peer_xblocks.learner import signals  # noqa: PLC0415

        signals.work_saved.connect(claims.work_saved, dispatch_uid="peer_hours.work_saved")
