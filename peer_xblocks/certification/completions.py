"""Deciding whether a learner completed a course, and writing it down with its report in one transaction."""

from __future__ import annotations

from uuid import UUID

from peer_xblocks import clock
from peer_xblocks.certification import evidence, outbox, outline, publications, report, requirements, site, standings
from peer_xblocks.certification.models import Completion
from peer_xblocks.certification.outline import Goal, Outline
from peer_xblocks.certification.requirements import Asked, Standing
from peer_xblocks.compat import platform
from peer_xblocks.learner import learners
from peer_xblocks.wire import completion as wire

#: A course run is taken for credit once; a run that is open for years still counts in one cycle only.
CYCLE = "1"
REPORTED = ("ce", "track")


def of(learner: UUID | None, course: str) -> Completion | None:
    """The completion of a course by a learner, standing or not."""
    return Completion.objects.filter(learner=learner, course=course).order_by("id").first() if learner else None


def evaluate(learner: UUID, course: str) -> None:
    """Compares what the course asks for with what the learner has, and records what changed. Repeating it changes nothing.

    A completion is written once; a reversal that takes part of it away, and the credit that brings it back, are each
    the next version. An edit of the course changes no completion.
    """
    user_id = learners.retrying(lambda: learners.user_of(learner))
    if user_id is None:
        return
    found = outline.of(course)

    def change() -> None:
        with learners.locked(user_id=user_id):
            standing = standings.of(learner, course)
            publications.want(learner, _complete(found, standing))
            _record(learner, course, found, standing)

    learners.retrying(change)


def missed(learner: UUID, course: str, found: Outline) -> bool:
    """Whether `evaluate` would record a version; reads only, so that a sweep may ask often."""
    return _change(of(learner, course), found, standings.of(learner, course)) is not None


def _complete(found: Outline, standing: Standing) -> dict[str, float]:
    """How far each module, and the page that ends the course, is complete for the platform."""
    asked = found.asked
    values = {each.usage: float(requirements.module_complete(each, asked, standing)) for each in asked.modules}
    end = {found.goal.usage: float(requirements.complete(asked, standing))} if found.goal else {}
    return values | end


def _record(learner: UUID, course: str, found: Outline, standing: Standing) -> None:
    known = of(learner, course)
    stands = _change(known, found, standing)
    if stands is None or found.goal is None:
        return
    done = known or _new(learner, course, found, found.goal.kind)
    if known:
        done.version, done.stands = done.version + 1, stands
    done.save()
    asked = outline.from_text(done.asked)
    about = _course(course, found.goal, asked)
    outbox.add(
        done, report.draft(_facts(done), about, site.site(), asked, standing, evidence.of(learner, course, asked))
    )


def _change(known: Completion | None, found: Outline, standing: Standing) -> bool | None:
    """Whether the completion stands from now on; None where nothing changes."""
    if found.goal is None or found.goal.kind not in REPORTED:
        return None
    stands = requirements.complete(_asked(known, found), standing)
    was = known.stands if known else False
    return stands if stands != was else None


def _asked(known: Completion | None, found: Outline) -> Asked:
    return outline.from_text(known.asked) if known else found.asked


def _new(learner: UUID, course: str, found: Outline, kind: str) -> Completion:
    return Completion(
        key=wire.key(site.site().programme, course, str(learner), kind, CYCLE),
        learner=learner,
        course=course,
        kind=kind,
        cycle=CYCLE,
        at=clock.now(),
        asked=outline.as_text(found.asked),
    )


def _facts(done: Completion) -> report.Done:
    return report.Done(done.key, done.version, done.stands, done.at, done.learner, done.kind, done.cycle)


def _course(course: str, goal: Goal, asked: Asked) -> report.Course:
    title = platform().course_title(course)
    return report.Course(course, title, outline.version(asked), goal.track, goal.category, goal.provider)
