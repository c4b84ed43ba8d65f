"""Addresses of the exam room, under `/peer_xblocks/exam/`."""

from django.urls import path

from peer_xblocks.exam import staff, views

urlpatterns = [
    path("sitting/<uuid:sitting>/answer", views.answer, name="answer"),
    path("sitting/<uuid:sitting>/look", views.look, name="look"),
    path("sitting/<uuid:sitting>/tick", views.tick, name="tick"),
    path("sitting/<uuid:sitting>/submit", views.submit, name="submit"),
    path("course/<str:course>", staff.course, name="course"),
    path("course/<str:course>/ask", staff.ask, name="ask"),
    path("office", staff.office, name="office"),
    path("office/outage", staff.outage, name="outage"),
    path("office/allowance", staff.allowance, name="allowance"),
    path("office/<uuid:sitting>", staff.sitting, name="sitting"),
    path("office/<uuid:sitting>/<str:kind>", staff.act, name="act"),
]
