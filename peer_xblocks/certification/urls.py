"""Addresses of the certification room, under `/peer_xblocks/certification/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
