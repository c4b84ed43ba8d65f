"""Addresses of the certification room, under `/peer_xblocks/certification/`."""

from django.urls import path

from peer_xblocks.certification import views

app_name = "peer_certification"

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/<str:webhook_id>/send", views.send_again, name="send_again"),
    path("differences/<int:number>/close", views.looked_into, name="looked_into"),
    path("setup", views.setup, name="setup"),
]
