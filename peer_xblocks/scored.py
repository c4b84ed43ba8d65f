"""What a block with a score adds: the whole contract that LMS grading and instructor tools expect."""

from __future__ import annotations

from typing import Any

from xblock.fields import Float, Integer, Scope
from xblock.scorable import ScorableXBlockMixin, Score

from peer_xblocks.block import PeerBlock


class ScoredBlock(ScorableXBlockMixin, PeerBlock):
    """A block whose result is a share between 0 and 1 of one point.

    A subclass says with `earned_share()` what the learner's records are worth now, None before anything was handed in.
    `max_score` is 1 and `weight` stays None, because the LMS divides both numbers of an override by the weight.
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
        return Score(raw_earned=self.earned_share() or 0.0, raw_possible=self.max_score())

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

    def announce_grade(self) -> None:
        """Publishes the learner's grade when it differs from the one on record: a grade costs the LMS 55 ms."""
        score = self.calculate_score()
        if score != self.get_score() or self.earned is None:
            self.set_score(score)
            self.publish_grade(score)
