"""The words of the exam: what its script shows, in the learner's language."""

from __future__ import annotations

from collections.abc import Callable

from peer_xblocks.exam.scoring import Domain, Word

Gettext = Callable[[str], str]

ENGLISH = {
    "start": "Start the exam",
    "practice_start": "Start the practice",
    "again": "Start the next attempt",
    "starting": "Getting your questions …",
    "expect": "What to expect",
    "length": "{questions} questions, {minutes} minutes. The time begins when you press the button below.",
    "longer": "Your time is {minutes} minutes. More time was set up for you.",
    "free": "You can go back and forth, change answers, and mark questions to come back to.",
    "saves": "Each answer is saved as you choose it. If the line drops, keep going: your answers stay on this device and are sent when it is back.",
    "device": "If this device stops, open this page on another one. Your answers and your time will be there.",
    "hidden": "You can hide the time. It is said at 10, 5 and 1 minutes.",
    "support": "If you need a pause, tell the exam officer. They can stop the time.",
    "mark": "You pass with {needed} of {counted} questions that count.",
    "trial": "{trial} more questions are being tried out. They do not count, and nobody can tell which they are.",
    "attempt": "This is attempt {number} of {attempts}.",
    "wait_rule": "Between two attempts there are {days} days.",
    "practice": "This is practice. Nothing here decides anything, and you can take it as often as you like.",
    "place": "Question {at} of {of}",
    "one": "Choose one answer.",
    "several": "Choose all that fit.",
    "flag": "Come back to this one",
    "back": "Back",
    "next": "Next",
    "all": "See all questions",
    "review": "All questions",
    "answered": "answered",
    "open": "not answered yet",
    "flagged": "marked to come back to",
    "count": "You have answered {answered} of {of}.",
    "hand_in": "Hand in the exam",
    "sure": "Hand in now?",
    "sure_all": "You have answered all {of} questions. After you hand in, answers cannot be changed.",
    "sure_open": "{open} of {of} questions have no answer yet. After you hand in, answers cannot be changed.",
    "yes": "Yes, hand in",
    "no": "Go back to the questions",
    "handing": "Handing in …",
    "left": "Time left: {time}",
    "minutes": "{minutes} min",
    "hide": "Hide the time",
    "show": "Show the time",
    "ten": "10 minutes left.",
    "five": "5 minutes left.",
    "last": "1 minute left. Your answers are saved as you go.",
    "moved": "Your time was changed. Time left: {time}.",
    "saving": "Saving …",
    "saved": "Saved.",
    "kept": "We could not save just now. Your answers are kept on this device and will be sent.",
    "late": "This answer came after the time was over. It is kept and shown to the exam officer, and it does not count.",
    "sign_in": "Please sign in again in another window, then come back here. Your answers are kept on this device.",
    "elsewhere": "This exam is open in another place too. Both save; for each question the last answer that reaches us counts.",
    "here": "Show the latest answers here",
    "replaced": "Question {at}: an answer from another device stood here. Yours counts now; both are kept.",
    "paused": "The exam is paused",
    "paused_text": "The time is stopped. Your answers are kept. This page goes on by itself when the exam officer says so.",
    "over": "The time is over",
    "over_text": "Your answers are being handed in. Nothing more is needed from you.",
    "over_kept": "The line is down. What was saved before the end is handed in for you. This page sends the rest when the line is back.",
    "passed": "You passed",
    "passed_text": "You have {raw} of {of}, and you needed {needed}. This is yours.",
    "not_yet": "Not yet passed",
    "not_yet_text": "You have {raw} of {of}. You needed {needed}. Many people need more than one attempt.",
    "practice_done": "Practice done",
    "practice_text": "You have {raw} of {of}. In the exam, {needed} of {of} would pass.",
    "timed_out": "The time was over, so we handed in what you had answered.",
    "domains": "How each part went",
    "next_step": "What comes next",
    "used_up": "All attempts have been used. Talk with your trainer about repeating the training; it opens new ones.",
    "window": "The months in which attempts fall are over. Talk with your trainer about repeating the training.",
    "training": "The exam opens when your training hours are complete. Your progress page shows what is missing.",
    "wait": "You can try again from {since}. Until then, look at the parts above with your trainer.",
    "try_again": "You can try again now, or take your time first.",
    "progress": "Your result is on its way to your progress page.",
    "voided": "An earlier sitting does not count any more. Your attempt is free again.",
    "not_ready": "This exam is not ready yet. Come back later; nothing is missing on your side.",
    "refused": "That did not work just now. Reload the page and try again.",
}

DOMAINS = {
    "D1": "Recovery, role and values",
    "D2": "Connecting, listening, language",
    "D3": "Sharing lived experience",
    "D4": "Ethics, boundaries, rights, confidentiality",
    "D5": "Planning, wellness, resources, advocacy, teamwork",
    "D6": "Trauma, crisis, safety",
    "D7": "Your track",
}

SAID = {
    Word.STRONG: "a strength",
    Word.NEARLY: "nearly there",
    Word.AGAIN: "worth another look",
    Word.FEW: "too few questions to say",
}

STATES = {
    "created": "not begun",
    "started": "running",
    "paused": "paused",
    "submitted": "handed in",
    "timed_out": "time was over",
    "voided": "void",
}


def words(gettext: Gettext) -> dict[str, str]:
    """Each phrase of the script by its name, translated."""
    return {name: gettext(phrase) for name, phrase in ENGLISH.items()}


def domain(each: Domain, gettext: Gettext) -> dict[str, str]:
    """A domain's title and how it went, without figures where they would say nothing."""
    title = gettext(DOMAINS[each.code]) if each.code in DOMAINS else each.code
    return {"title": title, "word": each.word.value, "said": gettext(SAID[each.word])}
