"""Addresses of the test site."""

urlpatterns: list = []
