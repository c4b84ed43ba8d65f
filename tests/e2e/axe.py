"""axe-core on a page and all its frames."""

from __future__ import annotations

from pathlib import Path

import axe_core_python

SCRIPT = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


def violations(page) -> list[str]:
    """What axe finds wrong, a line each with where; empty where nothing is. It looks into frames by itself."""
    for frame in page.frames:
        if not frame.evaluate("() => Boolean(window.axe)"):
            frame.evaluate(SCRIPT)
    found = page.evaluate(RUN, RULES)["violations"]
    return [
        f"{page.url}: {each['id']} {node['target']}: {node['html'][:200]}" for each in found for node in each["nodes"]
    ]
