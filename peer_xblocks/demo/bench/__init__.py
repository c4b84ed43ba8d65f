"""Paired benchmarks: ours beside a peer or a limit, interleaved in one process."""
