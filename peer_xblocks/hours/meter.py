"""The meter: puts a lease and its display into every unit of a module's subsection. Writes nothing."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

from peer_xblocks import clock
from peer_xblocks.compat import PipelineStep, platform
from peer_xblocks.hours import leases, ledger, modules, words
from peer_xblocks.hours.modules import Module
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme

log = logging.getLogger(__name__)

SAYINGS = {
    "counting": "Counting.",
    "paused": "Paused while this page is out of view.",
    "idle": "Paused. Scroll, tap or press a key, and counting goes on.",
    "asking": "Still here? Scroll, tap or press a key within a minute, and counting goes on.",
    "offline": "The line is down. Keep going: we try again by ourselves.",
    "trouble": "We could not save your time just now. We try again by ourselves.",
    "ended": "Reload this page to go on counting.",
    "full": "All minutes of this module are counted.",
    "of": "{done} of {planned}",
}


class ShowMeter(PipelineStep):  # type: ignore[misc]
    """A step of the platform's unit filter."""

    def run_filter(self, block: Any, fragment: Any, context: Any, view: str) -> dict[str, Any]:
        """Adds the meter to a learner's unit. Whatever goes wrong here, the unit itself stays."""
        try:
            if view == "student_view":
                show(block, fragment)
        except Exception:
            log.exception("The meter could not be shown in a unit.")
        return {"block": block, "fragment": fragment, "context": context, "view": view}


def show(unit: Any, fragment: Any) -> None:
    """Puts the meter above a unit's content, where the unit belongs to a module with self-paced minutes."""
    user_id, usage = unit.scope_ids.user_id, unit.scope_ids.usage_id
    if user_id is None or unit.parent is None:
        return
    course = str(usage.context_key)
    module = modules.of_subsection(course, str(unit.parent))
    if module is None or not module.planned:
        return
    fragment.content = _html(user_id, course, str(usage), module) + fragment.content
    for style in ("peer_ui/tokens.css", "peer_ui/parts.css", "peer_hours/meter.css"):
        fragment.add_css_url(static(style))
    for script in ("peer_ui/peer.js", "peer_hours/meter.js"):
        fragment.add_javascript_url(static(script))


def _html(user_id: int, course: str, unit: str, module: Module) -> str:
    total = ledger.total(learners.known(user_id), course, module.id)
    silence = _silence(user_id, module, unit)
    shown = {
        "module": module,
        "total": total,
        "sentence": words.progress(total, module.planned, gettext),
        "silence": silence,
        "days": "" if _viewing(user_id) else _days(course, unit),
        "data": "" if silence else json.dumps(_data(user_id, course, unit, module, total)),
    }
    return render_to_string("peer_hours/meter.html", shown)


def _silence(user_id: int, module: Module, unit: str) -> str:
    """Why this page counts nothing, empty where it does."""
    if _viewing(user_id):
        return gettext(words.VIEWING)
    return gettext(words.LIVE) if module.is_live(unit) else ""


def _viewing(user_id: int) -> bool:
    """Whether somebody else than the learner looks at this page."""
    return platform().acting_user() not in (None, user_id)


def _days(course: str, unit: str) -> str:
    """The learner's own page of days, with the way back here."""
    return f"{reverse('peer_hours:days', args=[course])}?{urlencode({'from': unit})}"


def _data(user_id: int, course: str, unit: str, module: Module, total: int) -> dict[str, Any]:
    policy = programme().hours
    return {
        "lease": leases.sealed(leases.issue(user_id, course, module, unit, now=clock.epoch())),
        "url": reverse("peer_hours:beat"),
        "beat": policy.beat,
        "present": policy.present,
        "prompt": policy.prompt,
        "total": total,
        "planned": module.planned,
        "words": {name: gettext(text) for name, text in SAYINGS.items()},
    }
