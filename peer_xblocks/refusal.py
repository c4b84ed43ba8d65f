"""What is said when something cannot be done: a status and one plain sentence that says what to do."""

from __future__ import annotations


class Refusal(Exception):
    """A request that is not carried out and changes nothing.

    `status` is an HTTP status of 4xx, `sentence` is shown to the person as it is.
    """

    status = 400

    def __init__(self, sentence: str, status: int | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status or self.status


class NotAllowed(Refusal):
    """Somebody who may not do this."""

    status = 403


class NotThere(Refusal):
    """A thing that does not exist, or is not this person's to see."""

    status = 404


class Clash(Refusal):
    """Two sources disagree about who asks or what stands; nothing is changed."""

    status = 409
