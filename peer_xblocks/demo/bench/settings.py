"""The demo site as it is measured: the same code and middleware, another database where one is named."""

import os

from peer_xblocks.demo.settings import *  # noqa: F403
from peer_xblocks.demo.settings import DATABASES
from peer_xblocks.registry.database import database

ROOT_URLCONF = "peer_xblocks.demo.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]

if os.environ.get("PEER_BENCH_DATABASE"):
    DATABASES["default"] = database(os.environ["PEER_BENCH_DATABASE"]) | {"ATOMIC_REQUESTS": True}
