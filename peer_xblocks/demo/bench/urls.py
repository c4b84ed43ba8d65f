"""The demo's addresses and the peer that a beat is held against."""

from django.urls import path

from peer_xblocks.demo import root
from peer_xblocks.demo.bench.peers import bare

handler404 = root.handler404
urlpatterns = [path("bench/bare", bare, name="bench_bare"), *root.urlpatterns]
