"""Addresses of the exam room, under `/peer_xblocks/exam/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
