"""Settings of a site whose processes may be killed: all of them share one database file and one set of keys."""

import json
import os

from tests.settings import *  # noqa: F403
from tests.settings import PEER_XBLOCKS as GIVEN

PEER_XBLOCKS = {**GIVEN, **json.loads(os.environ["PEER_TEST_SITE"])}
