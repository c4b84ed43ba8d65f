"""The exam room as a Django app."""

from peer_xblocks.plugin import PeerAppConfig, plugs


class ExamConfig(PeerAppConfig):
    """Peer support: the certification exam."""

    name = "peer_xblocks.exam"
    label = "peer_exam"
    verbose_name = "Peer support: exam"
    plugin_app = plugs("exam", urls=True)
