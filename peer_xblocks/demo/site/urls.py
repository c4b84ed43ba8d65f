"""The addresses of the demo's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from peer_xblocks.demo.site import authoring, learning, moving, restart, stepping, teaching

app_name = "peer_demo_site"


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Says that the site answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """No picture: browsers ask for one on pages that name none."""
    return HttpResponse(status=204)


urlpatterns = [
    path("", stepping.front, name="front"),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon),
    path("demo/step-in", stepping.step_in, name="step_in"),
    path("demo/step-out", stepping.step_out, name="step_out"),
    path("demo/registry", stepping.registrar, name="registrar"),
    path("demo/clock", moving.clock_page, name="clock"),
    path("demo/reset", restart.reset_page, name="reset"),
    path("courses", learning.courses, name="courses"),
    path("courses/<str:course>", learning.outline, name="outline"),
    path("courses/<str:course>/progress", learning.progress, name="progress"),
    path("courses/<str:course>/jump_to/<str:usage>", learning.jump, name="jump"),
    path("courses/<str:course>/learners", teaching.learners, name="learners"),
    path("courses/<str:course>/learners/<str:username>", teaching.learner, name="learner"),
    path("courses/<str:course>/learners/<str:username>/act", teaching.act, name="act"),
    path("courses/<str:course>/view-as", teaching.view_as, name="view_as"),
    path("units/<str:usage>", learning.unit, name="unit"),
    path("studio", authoring.courses, name="studio"),
    path("studio/import", authoring.import_, name="import"),
    path("studio/courses/<str:course>", authoring.course, name="studio_course"),
    path("studio/courses/<str:course>/export", authoring.export, name="export"),
    path("studio/units/<str:usage>", authoring.unit, name="studio_unit"),
    path("studio/blocks/<str:usage>", authoring.edit, name="edit"),
    path("studio/blocks/<str:usage>/duplicate", authoring.duplicate, name="duplicate"),
    path("studio/blocks/<str:usage>/remove", authoring.remove, name="remove"),
]
