"""Addresses of the hours room, under `/peer_xblocks/hours/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
