"""Addresses of the registry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.urls.converters import IntConverter
from drf_spectacular.views import SpectacularJSONAPIView

from peer_xblocks.registry import api, digests, signin
from peer_xblocks.registry.pages import mine, people, received, watch, work


class RowConverter(IntConverter):
    """The number of a row: never more digits than a database can count."""

    regex = "[0-9]{1,18}"


register_converter(RowConverter, "row")


def robots(request: HttpRequest) -> HttpResponse:
    """Asks search engines to stay away."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


urlpatterns = [
    path("v1/completions", api.Completions.as_view(), name="completions"),
    path("v1/digests", digests.Digests.as_view(), name="digests"),
    path("v1/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("healthz", api.health, name="health"),
    path("robots.txt", robots),
    path("", signin.home, name="home"),
    path("sign-in/", signin.SignIn.as_view(), name="sign-in"),
    path("sign-out/", signin.SignOut.as_view(), name="sign-out"),
    path("password/", signin.Password.as_view(), name="password"),
    path("demo/enter/<slug:persona>", signin.enter, name="enter"),
    path("received/", received.listed, name="received"),
    path("received/find", received.find, name="find-reports"),
    path("received.csv", received.sheeted, name="received-sheet"),
    path("received/<row:entry_id>/", received.detail, name="report"),
    path("received/<row:entry_id>/find", received.find_person, name="find-person"),
    path("received/<row:entry_id>/join", received.join, name="join"),
    path("received/<row:entry_id>/apart", received.part, name="part"),
    path("received/<row:entry_id>/open", received.open_record, name="open-record"),
    path("received/<row:entry_id>/code", received.issue_code, name="issue-code"),
    path("decide/", work.listed, name="work"),
    path("decide/<row:entry_id>/certify", work.certify, name="certify"),
    path("practitioners/", people.listed, name="practitioners"),
    path("practitioners/find", people.find, name="find-practitioners"),
    path("practitioners/<slug:registry_id>/", people.detail, name="practitioner"),
    path("practitioners/<slug:registry_id>/status", people.decide, name="decide"),
    path("alerts/", watch.alerts, name="alerts"),
    path("alerts/<row:alert_id>/close", watch.close, name="close-alert"),
    path("audit/", watch.log, name="audit"),
    path("mine/", mine.page, name="mine"),
    path("mine/claim", mine.claim, name="claim"),
]
handler404 = "peer_xblocks.registry.headers.not_found"
handler500 = "peer_xblocks.registry.headers.broken"
