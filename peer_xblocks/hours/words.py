"""What counted, what did not, and why, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable

from peer_xblocks.hours.credit import Losses, Reason

Translate = Callable[[str], str]

#: Losses below this many seconds are the ordinary grain of a line and a clock; nobody is told of them.
GRAIN = 4

SENTENCES = {
    Reason.OPENED: "You just opened this page. Your time counts from now on.",
    Reason.LATE: "{time} came too late to count, because this page was answered for that time before.",
    Reason.AHEAD: "{time} lay ahead of the server's clock and did not count. Reload the page if this goes on.",
    Reason.UNSEEN: "{time} did not count: the line was down or the device slept, and we could not see the page.",
    Reason.ELSEWHERE: "{time} counted before, in another tab or on another device. The same time counts once.",
    Reason.FULL: "This module has all its minutes. You can stay as long as you like; more time is not added.",
}
BROUGHT_BACK = "Up to {gap} of it can still count, when work that you saved in that time arrives."
HEARD = "{done} of {planned} counted in this module."
DONE = "All {planned} of this module are counted."
LIVE = "This step belongs to the live session. Time here is counted there, not on this page."
VIEWING = "You are viewing this page as somebody else, so no time is counted."
STAFF = "You are not enrolled as a learner, so no time is counted."


def plain(text: str) -> str:
    """No translation: the sentence as it stands."""
    return text


def duration(seconds: int, translate: Translate = plain) -> str:
    """Seconds in words: "40 s", "12 min", "1 h 5 min"; minutes are rounded down and shown, never used."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return translate("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes:
        return translate("{minutes} min").format(minutes=minutes)
    return translate("{seconds} s").format(seconds=seconds)


def minutes(seconds: int, translate: Translate = plain) -> str:
    """Seconds as whole minutes or hours, rounded down: "0 min", "12 min", "1 h 5 min"."""
    return duration(seconds, translate) if seconds >= 60 else translate("{minutes} min").format(minutes=0)


def progress(total: int, planned: int, translate: Translate = plain) -> str:
    """How far a module is, with its number."""
    sentence = DONE if total >= planned else HEARD
    return translate(sentence).format(done=minutes(total, translate), planned=minutes(planned, translate))


def losses(why: Losses, gap: int, translate: Translate = plain) -> list[str]:
    """Why some time did not count, a sentence for each reason that matters. `gap` is what a lost line may bring back."""
    told = [reason for reason, seconds in why.items() if seconds >= GRAIN or reason in (Reason.OPENED, Reason.FULL)]
    return [_sentence(reason, why[reason], gap, translate) for reason in told]


def _sentence(reason: Reason, seconds: int, gap: int, translate: Translate) -> str:
    said = translate(SENTENCES[reason]).format(time=duration(seconds, translate))
    if reason is Reason.UNSEEN and gap:
        said += " " + translate(BROUGHT_BACK).format(gap=duration(min(gap, seconds), translate))
    return said


def written(why: Losses) -> str:
    """The reasons as the ledger keeps them: "unseen=95 elsewhere=3"."""
    return " ".join(f"{reason}={seconds}" for reason, seconds in why.items())


def read(text: str) -> Losses:
    """The reasons that `written` wrote; words of another version are left out."""
    pairs = (each.split("=", 1) for each in text.split() if "=" in each)
    return {Reason(name): int(seconds) for name, seconds in pairs if name in set(Reason)}
