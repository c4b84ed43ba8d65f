"""What blocks of others import from the platform by name: here with the platform's defaults."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

WAFFLE = "openedx.core.djangoapps.waffle_utils"


class CourseWaffleFlag:
    """A switch of the platform that operators may set for a course; nobody did."""

    def __init__(self, *_names: Any):
        """Takes the flag's name as the platform's class does."""

    def is_enabled(self, _course: Any = None) -> bool:
        """Off, the default."""
        return False


def install() -> None:
    """Makes `openedx.core.djangoapps.waffle_utils` importable, where no platform brought it."""
    parts = WAFFLE.split(".")
    for depth in range(1, len(parts) + 1):
        name = ".".join(parts[:depth])
        if name in sys.modules:
            continue
        module = ModuleType(name)
        module.__path__ = []
        sys.modules[name] = module
    sys.modules[WAFFLE].CourseWaffleFlag = CourseWaffleFlag  # type: ignore[attr-defined]
