"""A figure keeps its target or says that it does not; two calls are timed in turn."""

import pytest

from peer_xblocks.demo.bench.figure import Figure, paired


@pytest.mark.parametrize(
    ("figure", "ok"),
    [
        (Figure("ratio kept", 3.0, "ms", 2.0, 1.5, "peer"), True),
        (Figure("ratio over", 3.1, "ms", 2.0, 1.5, "peer"), False),
        (Figure("limit kept", 4, "queries", 4), True),
        (Figure("limit over", 5, "queries", 4), False),
        (Figure("enough", 1000, "reports", 1000, at_least=True), True),
        (Figure("too few", 999, "reports", 1000, at_least=True), False),
    ],
)
def test_a_target_bounds_the_ratio_or_the_figure_itself(figure, ok):
    assert figure.ok is ok
    assert figure.cells()[-1] == ("ok" if ok else "over")


def test_a_peer_without_a_target_is_for_scale_only():
    assert Figure("neighbour", 9, "ms", float("inf"), 3, "peer").cells()[-2:] == ("for scale", "")


def test_large_figures_are_written_out():
    assert Figure("many", 29_940, "s", 0, at_least=True).cells()[1] == "29,940 s"


def test_both_calls_are_made_equally_often():
    calls = {"ours": 0, "peer": 0}

    def count(name):
        calls[name] += 1

    ours, peer = paired(lambda: count("ours"), lambda: count("peer"), rounds=10, warm=2)
    assert calls == {"ours": 12, "peer": 12}
    assert min(ours, peer) >= 0
