"""What an author has to mend in the build of a course: modules, outlines, units, ids, checks, policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from peer_xblocks.course.minutes import HARDEST, Figures, whole
from peer_xblocks.course.outline import CHECK, MODULE, PROGRESS, Outline, Part
from peer_xblocks.course.problem import Problem

FEWEST_UNITS, MOST_UNITS = 4, 6


def problems(course: Outline) -> Iterator[Problem]:
    """Every problem of how the course is built."""
    yield from names(course)
    yield from doubles(course)
    yield from ends(course)
    for part in course.modules:
        yield from module(part)
        yield from (outline(part) if part.is_outline else steps(part))
    yield from policy(course)
    for name in course.unused:
        yield Problem(name, "No unit names this file.", "Use it or take it out.", grave=False)


def names(course: Outline) -> Iterator[Problem]:
    """Parts that have no title, and units with nothing in them."""
    for part in course.parts:
        if not part.title:
            yield Problem(part.where, "The subsection has no display_name.", "Give it one.")
    for unit in course.units():
        if not unit.title:
            yield Problem(unit.where, "The unit has no display_name.", "Give it one.")
        if not unit.blocks:
            yield Problem(unit.where, "The unit is empty.", "Put a block in it or take it out.")


def doubles(course: Outline) -> Iterator[Problem]:
    """Ids that two things share: an import would keep one of them only."""
    found = Counter(("sequential", part.id) for part in course.parts)
    found.update(("vertical", unit.id) for unit in course.units())
    found.update((block.kind, block.id) for block in course.blocks())
    found.update(("item", item.id) for block in course.blocks() for item in block.items)
    for (kind, name), often in found.items():
        if not name:
            yield Problem("course", f"A {kind} has no url_name.", "Give it one that never changes.")
        elif often > 1:
            yield Problem("course", f"{often} times {kind} “{name}”.", "Give each its own id.")


def ends(course: Outline) -> Iterator[Problem]:
    """A course has a module at least, and ends with the page that shows what was done."""
    if not course.modules:
        yield Problem("course", "No subsection holds a peer_module.", "Put one into the first unit of each module.")
    last = list(course.units())[-1:]
    shown = [block for block in course.blocks() if block.kind == PROGRESS]
    if len(shown) != 1 or shown[0] not in [block for unit in last for block in unit.blocks]:
        yield Problem("course", "The last unit does not hold the one peer_progress.", "Put it there, once.")


def module(part: Part) -> Iterator[Problem]:
    """One module: its block first, its minutes, its steps, its check."""
    found = [block for block in part.blocks if block.kind == MODULE]
    if len(found) > 1:
        yield Problem(part.where, f"{len(found)} peer_module stand in it.", "Keep one; make a subsection for each.")
    if part.blocks[0].kind != MODULE:
        yield Problem(part.where, "peer_module is not the first block.", "Move it to the top of the first unit.")
    settings = found[0].settings
    if not settings.get("module_id"):
        yield Problem(found[0].where, "The module has no module_id.", "Give it one, such as CE-BND-1.")
    if not settings.get("objectives"):
        yield Problem(found[0].where, "The module has no objectives.", "Say what a learner can do afterwards.")
    if whole(settings.get("self_minutes", "0")) is None or whole(settings.get("live_minutes", "0")) is None:
        yield Problem(found[0].where, "Its minutes are not whole numbers.", 'Write self_minutes="30".')
    for name in sorted(part.live - {unit.id for unit in part.units}):
        yield Problem(found[0].where, f"live_units names “{name}”.", "Name units of this module.")


def steps(part: Part) -> Iterator[Problem]:
    """What a written module needs: a check, and not too many steps to do alone."""
    if not any(block.kind == CHECK and block.items for block in part.blocks):
        yield Problem(part.where, "The module has no check with questions.", "Add a peer_check.")
    alone = [unit for unit in part.units if unit.id not in part.live]
    if not FEWEST_UNITS <= len(alone) <= MOST_UNITS:
        what = f"It has {len(alone)} units."
        yield Problem(part.where, what, f"{FEWEST_UNITS} to {MOST_UNITS} keep a module in view.", grave=False)


def outline(part: Part) -> Iterator[Problem]:
    """What an outline must not have: pages of its own, and a page on which time would count."""
    if any(block.kind != MODULE for block in part.blocks):
        what = "It is marked as an outline and holds more than its peer_module."
        yield Problem(part.where, what, "Take outline_only out once its pages are written.")
    for unit in part.units:
        if unit.id not in part.live:
            yield Problem(unit.where, "Time would count on this page of an outline.", f'Write live_units="{unit.id}".')


def policy(course: Outline) -> Iterator[Problem]:
    """Blocks that Studio would not offer, graded subsections that the grading policy does not know."""
    kinds = {block.kind for block in course.blocks() if block.kind.startswith("peer_")}
    for kind in sorted(kinds - set(course.advanced)):
        yield Problem("policy.json", f"advanced_modules does not name {kind}.", "Add it.")
    for part in course.parts:
        if part.graded and part.format not in course.formats:
            yield Problem(
                part.where, f"The grading policy has no “{part.format}”.", "Use a type of grading_policy.json."
            )
    ids = Counter(part.module.settings.get("module_id") for part in course.modules if part.module)
    for name, often in ids.items():
        if often > 1:
            yield Problem("course", f"{often} modules have the module_id “{name}”.", "Give each its own.")


def time(part: Part, taken: Figures) -> Iterator[Problem]:
    """Whether a module takes the minutes that it credits alone and live, and reads easily; an outline claims nothing."""
    if taken.outline:
        return
    if not taken.adds_up:
        what = f"The run of show adds up to {taken.shown // 600} minutes; the module plans {taken.live // 600} live."
        yield Problem(part.module.where if part.module else part.where, what, "Mend the table in its guide.")
    planned, real = taken.filled / 600, taken.total / 600
    if not taken.planned and not taken.live:
        yield Problem(part.where, f"{taken.module} plans no minutes.", "Set self_minutes or live_minutes.")
    elif not taken.holds:
        more = "Add to it" if real < planned else "Take from it"
        yield Problem(
            part.where,
            f"{taken.module} takes {real:.1f} minutes and credits {planned:g}.",
            f"{more}, or change self_minutes: 10 % either way is the limit.",
        )
    if taken.grade > HARDEST:
        what = f"{taken.module} reads at grade {taken.grade:.1f}."
        yield Problem(part.where, what, "Shorten sentences; 6 to 8 is the aim.", grave=False)
