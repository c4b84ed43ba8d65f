"""Addresses of the exam room, under `/peer_xblocks/exam/`."""

from django.urls import path

from peer_xblocks.exam import views

urlpatterns = [
    path("sitting/<uuid:sitting>/answer", views.answer, name="answer"),
    path("sitting/<uuid:sitting>/look", views.look, name="look"),
    path("sitting/<uuid:sitting>/tick", views.tick, name="tick"),
    path("sitting/<uuid:sitting>/submit", views.submit, name="submit"),
]
