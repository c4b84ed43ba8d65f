"""Rules that can be read off the source."""

import ast
from pathlib import Path

import pytest

import peer_xblocks

HOME = Path(peer_xblocks.__file__).parent
FILES = [
    path
    for path in sorted(HOME.rglob("*.py"))
    if not {"migrations", "demo", "curriculum"} & set(path.relative_to(HOME).parts)
]
OLD_NAMES = {"location", "course_id", "category"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("timezone", "now"), ("time", "time")}


def attributes(path):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)]


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "block.py"], ids=str)
def test_blocks_use_keys_not_their_old_names(path):
    used = {node.attr for node in attributes(path) if isinstance(node.value, ast.Name) and node.value.id == "self"}
    assert not used & (OLD_NAMES - {"category"})


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "clock.py"], ids=str)
def test_nothing_but_the_clock_reads_the_time(path):
    calls = {(node.value.id, node.attr) for node in attributes(path) if isinstance(node.value, ast.Name)}
    assert not calls & CLOCKS


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "compat.py"], ids=str)
def test_only_compat_imports_the_platform(path):
    platform = {"lms", "cms", "common", "openedx", "xmodule", "completion", "openedx_filters", "openedx_events", "crum"}
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported.add(node.module.split(".")[0])
    assert not imported & platform
