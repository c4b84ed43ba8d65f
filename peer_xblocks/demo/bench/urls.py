"""The demo's addresses and the peer that a beat is held against."""

from django.urls import path

from peer_xblocks.demo.bench.peers import bare
from peer_xblocks.demo.site import root

handler404 = root.handler404
urlpatterns = [path("bench/bare", bare, name="bench_bare"), *root.urlpatterns]
