"""`python -m npc_engine.cli`, for where `npc` itself is not on the path."""

import sys

from npc_engine.cli.main import run

sys.exit(run())
