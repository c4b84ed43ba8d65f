"""All addresses of the demo site: its own pages, and those of the LMS and Studio it stands in for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from peer_xblocks.demo.lms import urls

urlpatterns: list[URLPattern | URLResolver] = [
    *urls.urlpatterns,
    path("", include("peer_xblocks.demo.site.urls")),
]
handler404 = "peer_xblocks.demo.site.refused.not_found"
