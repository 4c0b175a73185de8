"""What authors and games test with: models whose words are known beforehand, a small world, dialogue tests, leak tests.

```python
from npc_engine import Engine
from npc_engine.testing import SMALL_WORLD, ScriptedModel

with Engine.load(SMALL_WORLD, model=ScriptedModel(["The bridge is destroyed."])) as engine:
    assert "destroyed" in engine.talk_to("mira").say("Is the bridge safe?").line().text
```
"""

from __future__ import annotations

from pathlib import Path

from npc_engine.models.recorded import RecordedModel
from npc_engine.models.scripted import ScriptedModel
from npc_engine.testing.leaks import attack
from npc_engine.testing.running import run_talk, run_talks
from npc_engine.testing.talks import load_talks
from npc_engine.testing.understanding import ScriptedUnderstander

__all__ = [
    "SMALL_WORLD",
    "RecordedModel",
    "ScriptedModel",
    "ScriptedUnderstander",
    "attack",
    "load_talks",
    "run_talk",
    "run_talks",
]

SMALL_WORLD = Path(__file__).with_name("small_world")
"""A content folder with one of everything an author can write: two people, a bridge, a debt, a secret, a key."""
