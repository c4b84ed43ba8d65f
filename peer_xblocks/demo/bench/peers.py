"""What ours is held against: the least that the same framework does for the same promise."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from webob import Response
from xblock.core import XBlock
from xblock.fields import Scope, String

from peer_xblocks.block import PeerBlock
from peer_xblocks.demo.models import SharedField
from peer_xblocks.handler import learner_handler
from peer_xblocks.learner.models import Learner

EMPTY, CALLED, GUARDED = "bench-empty", "bench-called", "bench-guarded"


@require_POST
@transaction.non_atomic_requests
def bare(request: HttpRequest) -> JsonResponse:
    """A bare Django POST with session and user and one locked, committed update."""
    with transaction.atomic():
        row = Learner.objects.select_for_update().get(user_id=request.user.pk)
        row.save(update_fields=["user_id"])
    return JsonResponse({"id": str(row.id)})


class EmptyBlock(XBlock):
    """A block whose handler commits one row and does nothing else."""

    @XBlock.handler
    def keep(self, request: Any, _suffix: str = "") -> Response:
        """One committed row."""
        with transaction.atomic():
            SharedField.objects.create(
                scope="bench", owner=str(self.scope_ids.usage_id), name=json.loads(request.body)["id"]
            )
        return Response(json.dumps({}), content_type="application/json", charset="utf8")


@XBlock.wants("user")
class CalledBlock(EmptyBlock):
    """The same after what an LMS does before any handler: it reads the block's state and asks for the caller's role.

    The demo does both only for blocks that ask.
    """

    kept = String(default="", scope=Scope.user_state)

    @XBlock.handler
    def keep(self, request: Any, suffix: str = "") -> Response:
        """One committed row, state and role read before."""
        self.runtime.service(self, "user").get_current_user()
        if self.kept:
            raise RuntimeError("nothing keeps state here")
        return super().keep(request, suffix)


class GuardedBlock(PeerBlock):
    """A block whose handler checks its caller as all of ours do, commits one row and does nothing else."""

    @learner_handler
    def keep(self, data: dict[str, Any]) -> dict[str, Any]:
        """One committed row."""
        with transaction.atomic():
            SharedField.objects.create(scope="bench", owner=self.usage, name=data["id"])
        return {}
