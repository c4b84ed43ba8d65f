"""The addresses of the demo's LMS and Studio, and of the rooms."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from peer_xblocks.demo import rooms
from peer_xblocks.demo.lms import views

USAGE = r"(?P<usage>[^/]+)"
CALL = r"(?P<name>[\w-]+)(?:/(?P<suffix>.*))?$"

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"^courses/(?P<course>[^/]+)/xblock/{USAGE}/handler/{CALL}", views.handler, name="peer_demo_handler"),
    path("xblock/resource/<str:type_>/<path:path>", views.resource, name="peer_demo_resource"),
    re_path(r"^(?P<key>asset-v1:[^/]+)$", views.asset, name="peer_demo_asset"),
    path("xblock/<str:usage>", views.unit, name="peer_demo_unit"),
    re_path(rf"^studio/xblock/{USAGE}/handler/{CALL}", views.studio_handler, name="peer_demo_studio_handler"),
    re_path(rf"^studio/preview/xblock/{USAGE}/handler/{CALL}", views.preview_handler, name="peer_demo_preview_handler"),
    path("studio/xblock/<str:usage>", views.studio_page, name="peer_demo_preview"),
    path("studio/xblock/<str:usage>/edit", views.studio_page, {"view": "studio_view"}, name="peer_demo_editor"),
    *[re_path(regex, include((module, namespace))) for regex, module, namespace in rooms.addresses()],
]
