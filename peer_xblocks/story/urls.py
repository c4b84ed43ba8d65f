"""Addresses of the story room, under `/peer_xblocks/story/`. Their last part names no story."""

from django.urls import path

from peer_xblocks.story import views

urlpatterns = [
    path("terms", views.terms_list, name="terms"),
    path("cards/<str:usage>", views.cards, name="cards"),
    path("notes/<str:usage>", views.document, name="document"),
]
