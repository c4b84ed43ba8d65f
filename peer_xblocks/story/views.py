"""Pages that are not the block's: cue cards to print, the Word file, the word list. The first two are the owner's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from peer_xblocks.compat import platform
from peer_xblocks.learner import learners
from peer_xblocks.refusal import Clash, NotAllowed, NotThere, Refusal
from peer_xblocks.story import cues, documents, plan, public, stories, terms

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_HERE = "There is no such page. Go back to your course and open it from there."

Page = Callable[..., HttpResponse]


def own_page(page: Page) -> Page:
    """A GET of a person's own story, kept by no cache; refusals are pages with one sentence."""

    @wraps(page)
    def shown(request: HttpRequest, usage: str) -> HttpResponse:
        try:
            _demand_own(request, usage)
            answer = page(request, usage)
        except Refusal as refusal:
            said = {"title": gettext("This page is not open"), "sentence": gettext(refusal.sentence)}
            answer = render(request, "peer_story/refused.html", said, status=refusal.status)
        answer["Cache-Control"] = "private, no-store"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return require_GET(shown)


def _demand_own(request: HttpRequest, usage: str) -> None:
    if request.user.pk is None:
        raise NotAllowed("Please sign in first.")
    if platform().acting_user() not in (None, request.user.pk):
        raise Clash("You are looking at this page as somebody else, so nothing is shown.")
    try:
        course = UsageKey.from_string(usage).context_key
    except InvalidKeyError as error:
        raise NotThere(NOT_HERE) from error
    if not isinstance(course, CourseKey):
        raise NotThere(NOT_HERE)


@own_page
def cards(request: HttpRequest, usage: str) -> HttpResponse:
    """Cue cards, one a part, to print or to hold."""
    made = cues.cards(_plan(usage).parts, _texts(request, usage))
    shown = [
        {"number": each.number, "title": gettext(each.part.title), "begins": cues.clock(each.begins), "cues": each.cues}
        for each in made
    ]
    return render(request, "peer_story/cards.html", {"title": gettext("Cards"), "cards": shown})


@own_page
def document(request: HttpRequest, usage: str) -> HttpResponse:
    """The whole talk as a Word file with a neutral name."""
    found = stories.of(learners.known(request.user.pk), usage)
    answer = HttpResponse(documents.talk(_plan(usage), found, gettext), content_type=WORD)
    answer["Content-Disposition"] = 'attachment; filename="notes.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
@cache_control(public=True, max_age=86400)
def terms_list(_request: HttpRequest) -> HttpResponse:
    """The word list; the same for everybody, so that nothing is told by asking for it."""
    return HttpResponse(terms.body(), content_type="application/json; charset=utf-8")


def _plan(usage: str) -> plan.Plan:
    """The plan of a block; of one that an author took out of the course, the ten-minute story."""
    course = str(UsageKey.from_string(usage).context_key)
    blocks: Any = platform().blocks(course, ["peer_story"])
    return plan.plan(next((str(each.fields.get("preset")) for each in blocks if each.usage == usage), ""))


def _texts(request: HttpRequest, usage: str) -> dict[str, str]:
    return dict(public.totals(_plan(usage), stories.of(learners.known(request.user.pk), usage)))
