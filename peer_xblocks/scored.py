"""What a block with a score adds: the whole contract that LMS grading and instructor tools expect."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from xblock.fields import Float, Integer, Scope
from xblock.scorable import ScorableXBlockMixin, Score

from peer_xblocks.block import PeerBlock
from peer_xblocks.compat import platform

REPORT_AT_ONCE = 500


class ScoredBlock(ScorableXBlockMixin, PeerBlock):
    """A block whose result is a share between 0 and 1 of one point.

    A subclass says with `earned_share()` what the learner's records are worth now, None before anything was handed in,
    and with `report_rows()` what staff read in a response report. `max_score` is 1 and `weight` stays None, because
    the LMS divides both numbers of an override by the weight.
    """

    has_score = True
    weight = None

    attempts = Integer(
        default=0, scope=Scope.user_state, help="How often the learner handed in; the platform resets it."
    )
    earned = Float(default=None, scope=Scope.user_state, help="The points on record, after a grade or an override.")
    possible = Float(default=1.0, scope=Scope.user_state, help="The points that `earned` is out of.")

    def earned_share(self) -> float | None:
        """The share (0.0 to 1.0) that the learner's records are worth; None where nothing was handed in."""
        raise NotImplementedError

    def max_score(self) -> float:
        """The most points that this block gives."""
        return 1.0

    def has_submitted_answer(self) -> bool:
        """Whether there is anything to score."""
        return self.earned_share() is not None

    def calculate_score(self) -> Score:
        """The score from the records as they are now; used by staff's rescore."""
        return _score(self.earned_share() or 0.0)

    def get_score(self) -> Score:
        """The score on record."""
        return Score(raw_earned=self.earned or 0.0, raw_possible=self.possible)

    def set_score(self, score: Score) -> None:
        """Keeps what the platform hands back after any grade; never scores, never publishes."""
        self.earned, self.possible = score.raw_earned, score.raw_possible

    def publish_grade(self, score: Score | None = None, only_if_higher: bool | None = None) -> None:
        """Sends the score on record to the gradebook; staff's override calls it without arguments."""
        sent = score or self.get_score()
        grade: dict[str, Any] = {
            "value": sent.raw_earned,
            "max_value": sent.raw_possible,
            "only_if_higher": only_if_higher,
        }
        self.runtime.publish(self, "grade", grade)

    def rescore(self, only_if_higher: bool = False) -> None:
        """Scores again; a learner who handed in nothing is left alone."""
        if self.has_submitted_answer():
            self.set_score(self.calculate_score())
            self.publish_grade(only_if_higher=only_if_higher)

    def announce_grade(self, share: float | None = None) -> None:
        """Publishes the learner's grade when it differs from the one on record: a grade costs the LMS 55 ms.

        `share` is what the records are worth, for a handler that knows it already.
        """
        score = self.calculate_score() if share is None else _score(share)
        if self.earned is None or score != self.get_score():
            self.set_score(score)
            self.publish_grade(score)

    def withdraw(self, user_id: int) -> None:
        """The platform leaves the grade of a block that clears its own state alone, so it is taken back here."""
        super().withdraw(user_id)
        platform().publish_for(user_id, self.usage, 0.0, self.max_score())

    def report_rows(self, learners: Iterable[UUID]) -> Mapping[UUID, list[OrderedDict[str, str]]]:
        """What staff read about each of these learners: rows of column and words."""
        raise NotImplementedError

    def generate_report_data(
        self, user_state_iterator: Iterable[Any], limit: int | None = None
    ) -> Iterator[tuple[str, OrderedDict[str, str]]]:
        """(username, columns) pairs for the platform's response report, at most `limit`; the block is not bound."""
        return islice(self._report(iter(user_state_iterator)), limit)

    def _report(self, states: Iterator[Any]) -> Iterator[tuple[str, OrderedDict[str, str]]]:
        while some := list(islice(states, REPORT_AT_ONCE)):
            named = [(each.username, UUID(each.state["record"])) for each in some if each.state.get("record")]
            rows = self.report_rows([learner for _, learner in named]) if named else {}
            for username, learner in named:
                for row in rows.get(learner, ()):
                    yield username, row


def _score(share: float) -> Score:
    return Score(raw_earned=share, raw_possible=1.0)
