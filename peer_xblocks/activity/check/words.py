"""The words that the check's script shows, in the learner's language."""

from __future__ import annotations

from collections.abc import Callable

ENGLISH = {
    "place": "Question {at} of {of}",
    "again_place": "Question {at} of {of} in this round",
    "one": "Choose one answer.",
    "several": "Choose all that fit.",
    "check": "Check my answer",
    "on": "Go on",
    "choose": "Choose an answer first.",
    "saving": "Saving …",
    "right": "That is right",
    "not_yet": "Not yet",
    "you_chose": "You chose",
    "why": "Why",
    "source": "Source: {source}",
    "begin": "{of} questions. You need {needed} of them. Try as often as you like; nothing is counted against you.",
    "progress": "You have {right} of {of}. You need {needed}.",
    "between_title": "Let’s look at the others again",
    "between": "You have {right} of {of}. You need {needed}. Let’s look at the others again.",
    "others": "Look at the others",
    "done_title": "You passed this check",
    "done": "You have {right} of {of}, and you needed {needed}. What you have learned stays with you.",
    "done_all": "You have all {of} of them.",
    "more": "There is more to learn if you like. It is up to you.",
    "learned": "What you learned",
    "review": "Read your right answers again",
    "kept": "We could not save. Your answer is kept on this device and will be sent.",
    "retry": "Send it now",
    "sent": "Your kept answer is saved.",
    "refused": "We could not use this answer. Reload the page and try again.",
    "empty": "This check has no questions yet. Come back later; nothing is missing on your side.",
}


def words(gettext: Callable[[str], str]) -> dict[str, str]:
    """Each phrase of the script by its name, translated."""
    return {name: gettext(phrase) for name, phrase in ENGLISH.items()}
