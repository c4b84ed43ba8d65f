"""Addresses of the certification room, under `/peer_xblocks/certification/`."""

from django.urls import path

from peer_xblocks.certification import cohort, views

app_name = "peer_certification"

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/<str:webhook_id>/send", views.send_again, name="send_again"),
    path("differences/<int:number>/close", views.looked_into, name="looked_into"),
    path("setup", views.setup, name="setup"),
    path("cohort/<str:course>", cohort.cohort, name="cohort"),
    path("cohort/<str:course>/<int:user_id>", cohort.person, name="person"),
    path("cohort/<str:course>/<int:user_id>/minutes", cohort.enter, name="enter"),
    path("cohort/<str:course>/<int:user_id>/outlines", cohort.enter_outlines, name="enter_outlines"),
    path("cohort/<str:course>/<int:user_id>/practice", cohort.watch, name="watch"),
    path("cohort/<str:course>/<int:user_id>/back/<str:kind>/<int:number>", cohort.take_back, name="take_back"),
]
