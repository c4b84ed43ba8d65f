"""Addresses of the test site: those of the demo's LMS and Studio, and of the rooms."""

from peer_xblocks.demo.lms.urls import urlpatterns

__all__ = ["urlpatterns"]
