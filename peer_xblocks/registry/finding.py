"""Looking for people: the words come in a POST's body and stay in the session; addresses carry a name for them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from peer_xblocks.refusal import NotThere, Refusal
from peer_xblocks.registry import sealed, throttle
from peer_xblocks.ui import finds

#: Searches a minute and account: more than a person types.
RATE = 60


def kept(request: HttpRequest) -> str:
    """The name under which the words of this form are kept; empty for none. 429 for who searches like a machine."""
    if throttle.wait(f"find.{request.user.pk}", RATE):
        raise Refusal(_("That were many searches in a minute. Wait a minute, then search again."), 429)
    return finds.keep(request.session, request.POST.get("words", ""), sealed.vault())


def name(request: HttpRequest) -> str:
    """The name for the words that this address carries."""
    return request.GET.get("find", "")[:32]


def words(request: HttpRequest) -> str:
    """The words that this address asks for; `NotThere` where the session no longer has them."""
    try:
        return finds.words(request.session, name(request), sealed.vault())
    except NotThere as ended:
        raise NotThere(_(ended.sentence)) from ended
