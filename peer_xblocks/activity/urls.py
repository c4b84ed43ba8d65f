"""Addresses of the activity room, under `/peer_xblocks/activity/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
