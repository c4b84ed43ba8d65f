"""Addresses of the hours room, under `/peer_xblocks/hours/`."""

from django.urls import path

from peer_xblocks.hours import views

urlpatterns = [
    path("beat", views.beat, name="beat"),
    path("days/<str:course>", views.days, name="days"),
    path("cohort/<str:course>", views.cohort, name="cohort"),
    path("cohort/<str:course>/find", views.find, name="find"),
    path("evidence/<str:course>/<uuid:learner>", views.evidence, name="evidence"),
]
