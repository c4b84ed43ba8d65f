"""Settings that the platform takes from us."""

from typing import Any

UNIT_RENDERED = "org.openedx.learning.vertical_block.render.completed.v1"
STEP = "peer_xblocks.hours.meter.ShowMeter"


def plugin_settings(settings: Any) -> None:
    """Puts the meter behind every unit that is rendered, after the steps that are there."""
    filters = dict(getattr(settings, "OPEN_EDX_FILTERS_CONFIG", {}))
    unit = dict(filters.get(UNIT_RENDERED, {}))
    steps = list(unit.get("pipeline", []))
    filters[UNIT_RENDERED] = {"fail_silently": True, **unit, "pipeline": steps if STEP in steps else [*steps, STEP]}
    settings.OPEN_EDX_FILTERS_CONFIG = filters
