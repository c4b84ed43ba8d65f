"""The words that the card sort's script shows, in the learner's language."""

from __future__ import annotations

from collections.abc import Callable

ENGLISH = {
    "begin": "{of} cards. Put each one where you think it belongs. You see the reason at once, and nothing is counted against you.",
    "progress": "{placed} of {of} cards placed.",
    "place": "Card {at} of {of}",
    "where": "Where does it belong?",
    "later": "Leave it for later",
    "choose": "Choose another card ({left} left)",
    "saving": "Saving …",
    "fits": "It belongs here",
    "depends": "It belongs here, and it depends",
    "elsewhere": "It belongs in another pile",
    "you_put": "You put it in",
    "belongs": "It belongs in",
    "belongs_also": "In some settings it also belongs in",
    "belongs_any": "It belongs in each of these, depending on the setting",
    "why": "Why",
    "next": "Next card",
    "finish": "See all cards",
    "so_far": "The cards you placed ({placed})",
    "empty_pile": "No card here yet.",
    "mark_fits": "Belongs here",
    "mark_depends": "Belongs here; depends on the setting",
    "mark_elsewhere": "Belongs in: {piles}",
    "again_one": "Place it again",
    "again_one_of": "Place it again: {card}",
    "done_title": "You placed every card",
    "done_all": "All {of} are where they belong. You can sort them again whenever you like.",
    "done": "{fits} of {of} are where they belong. The others have their reason beside them.",
    "again_others": "Place the others again",
    "again_all": "Sort all cards again",
    "kept": "We could not save. The card is kept on this device and will be sent. Its reason comes then.",
    "retry": "Send it now",
    "sent": "Your kept cards are saved.",
    "refused": "We could not use this. Reload the page and try again.",
    "empty": "This card sort has no cards yet. Come back later; nothing is missing on your side.",
}


def words(gettext: Callable[[str], str]) -> dict[str, str]:
    """Each phrase of the script by its name, translated."""
    return {name: gettext(phrase) for name, phrase in ENGLISH.items()}
