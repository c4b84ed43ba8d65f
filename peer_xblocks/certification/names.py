"""The name that a learner wants on certificates: asked once, shown back, kept sealed."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from peer_xblocks import clock
from peer_xblocks.certification.models import CertificateName
from peer_xblocks.plugin import vault
from peer_xblocks.refusal import Refusal

MOST = 120
TOO_LONG = f"A certificate has room for {MOST} characters. Please shorten the name."
#: Controls, line ends, and marks that turn the writing direction of what stands around them.
HIDDEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(given: object) -> str:
    """The name as it will be printed; a `Refusal` where it is none."""
    if not isinstance(given, str):
        raise Refusal("Please write your name as you want it on your certificate.")
    # Before anything else looks at it: marks without end take the square of their number to put in order.
    if len(given) > MOST * 4:
        raise Refusal(TOO_LONG)
    name = " ".join(unicodedata.normalize("NFC", given).split(" ")).strip()
    if any(unicodedata.category(each) in HIDDEN or each in TURNS for each in name):
        raise Refusal("This name holds a character that cannot be printed. Please type it again on one line.")
    name = " ".join(name.split())
    # Marks without width are no name: a certificate would be blank.
    if not any(unicodedata.category(each)[0] in "LN" for each in name):
        raise Refusal("Please write your name as you want it on your certificate.")
    if len(name) > MOST:
        raise Refusal(TOO_LONG)
    return name


def of(learner: UUID | None) -> str:
    """The name that a learner gave; empty before that."""
    sealed = CertificateName.objects.filter(learner=learner).values_list("name", flat=True).first() if learner else None
    return vault().open(sealed) if sealed else ""


def keep(learner: UUID, name: str) -> None:
    """Keeps a clean name, instead of the one before."""
    CertificateName.objects.update_or_create(learner=learner, defaults={"name": vault().seal(name), "at": clock.now()})
