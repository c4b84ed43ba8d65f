"""What is asked for, and how much of it is there, in words for people."""

from __future__ import annotations

from peer_xblocks.certification.requirements import Kind, Requirement
from peer_xblocks.hours.words import Translate, minutes, plain

WORDS = {
    Kind.CHECK: ("passed", "not yet passed"),
    Kind.TEXT: ("signed", "not yet signed"),
    Kind.STORY: ("done", "not yet done"),
    Kind.EXAM: ("passed", "not yet passed"),
    Kind.PRACTICE: ("watched", "not yet watched"),
}


def said(each: Requirement, translate: Translate = plain) -> str:
    """One requirement's state in words."""
    if each.kind in WORDS:
        done, missing = WORDS[each.kind]
        return translate(done if each.met else missing)
    of_what = translate("{have} of {need}") if each.kind is Kind.ALONE else translate("{have} of {need} live")
    return of_what.format(have=minutes(each.have, translate), need=minutes(each.need, translate))
