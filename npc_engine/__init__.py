"""npc-engine: game characters that know what they should, remember, and speak.

```python
from npc_engine import Engine

with Engine.load("world/", save="slot1.npc") as engine:
    reply = engine.talk_to("mira").say("Is the bridge safe?")
    print(reply.line().text)
```

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from npc_engine.chronicle import Change, Event, FeelingChange
    from npc_engine.content import Content, check_content, load_content
    from npc_engine.dialogue.timing import Timing
    from npc_engine.dialogue.types import Check, Fact, Line
    from npc_engine.dialogue.wants import Action
    from npc_engine.engine import (
        Budget,
        Conversation,
        Engine,
        Felt,
        Gathering,
        JournalEntry,
        Limit,
        Misfit,
        Prices,
        Reload,
        Reply,
        StoryBeat,
        VoiceState,
        Why,
        misfits_of,
    )
    from npc_engine.errors import (
        ArgumentError,
        ContentError,
        GraphError,
        GraphRefusedError,
        GraphTimeoutError,
        GraphUnreachableError,
        Mistake,
        ModelError,
        ModelMissingError,
        ModelUnreachableError,
        NpcError,
        SaveDamagedError,
        SaveError,
        SaveTooNewError,
        TurnCancelledError,
        UnknownNameError,
        UnstoredError,
    )
    from npc_engine.graphs import GraphStatus, GraphWorld
    from npc_engine.mind import Belief, Earshot, Embedder, Feeling, Memory, Recalled
    from npc_engine.models import LanguageModel, Message, ModelInfo, Request, open_model
    from npc_engine.payloads import StoryStep
    from npc_engine.persona import Persona
    from npc_engine.phrasebook import Phrasebook
    from npc_engine.stores import export_lines, import_lines, recover_save
    from npc_engine.text import cleaned, date_and_time
    from npc_engine.world import Entity, Predicate, Statement

_HOMES = {
    "Action": "dialogue.wants",
    "ArgumentError": "errors",
    "Belief": "mind",
    "Budget": "engine",
    "Change": "chronicle",
    "Check": "dialogue.types",
    "Content": "content",
    "ContentError": "errors",
    "Conversation": "engine",
    "Earshot": "mind",
    "Embedder": "mind",
    "Engine": "engine",
    "Entity": "world",
    "Event": "chronicle",
    "Fact": "dialogue.types",
    "Feeling": "mind",
    "FeelingChange": "chronicle",
    "Felt": "engine",
    "Gathering": "engine",
    "GraphError": "errors",
    "GraphRefusedError": "errors",
    "GraphStatus": "graphs",
    "GraphTimeoutError": "errors",
    "GraphUnreachableError": "errors",
    "GraphWorld": "graphs",
    "JournalEntry": "engine",
    "LanguageModel": "models",
    "Limit": "engine",
    "Line": "dialogue.types",
    "Memory": "mind",
    "Message": "models",
    "Misfit": "engine",
    "Mistake": "errors",
    "ModelError": "errors",
    "ModelInfo": "models",
    "ModelMissingError": "errors",
    "ModelUnreachableError": "errors",
    "NpcError": "errors",
    "Persona": "persona",
    "Phrasebook": "phrasebook",
    "Predicate": "world",
    "Prices": "engine",
    "Recalled": "mind",
    "Reload": "engine",
    "Reply": "engine",
    "Request": "models",
    "SaveDamagedError": "errors",
    "SaveError": "errors",
    "SaveTooNewError": "errors",
    "Statement": "world",
    "StoryBeat": "engine",
    "StoryStep": "payloads",
    "Timing": "dialogue.timing",
    "TurnCancelledError": "errors",
    "UnknownNameError": "errors",
    "UnstoredError": "errors",
    "VoiceState": "engine",
    "Why": "engine",
    "check_content": "content",
    "cleaned": "text",
    "date_and_time": "text",
    "export_lines": "stores",
    "import_lines": "stores",
    "load_content": "content",
    "misfits_of": "engine",
    "open_model": "models",
    "recover_save": "stores",
}

__version__ = "0.1.0"
__all__ = [
    "Action",
    "ArgumentError",
    "Belief",
    "Budget",
    "Change",
    "Check",
    "Content",
    "ContentError",
    "Conversation",
    "Earshot",
    "Embedder",
    "Engine",
    "Entity",
    "Event",
    "Fact",
    "Feeling",
    "FeelingChange",
    "Felt",
    "Gathering",
    "GraphError",
    "GraphRefusedError",
    "GraphStatus",
    "GraphTimeoutError",
    "GraphUnreachableError",
    "GraphWorld",
    "JournalEntry",
    "LanguageModel",
    "Limit",
    "Line",
    "Memory",
    "Message",
    "Misfit",
    "Mistake",
    "ModelError",
    "ModelInfo",
    "ModelMissingError",
    "ModelUnreachableError",
    "NpcError",
    "Persona",
    "Phrasebook",
    "Predicate",
    "Prices",
    "Recalled",
    "Reload",
    "Reply",
    "Request",
    "SaveDamagedError",
    "SaveError",
    "SaveTooNewError",
    "Statement",
    "StoryBeat",
    "StoryStep",
    "Timing",
    "TurnCancelledError",
    "UnknownNameError",
    "UnstoredError",
    "VoiceState",
    "Why",
    "check_content",
    "cleaned",
    "date_and_time",
    "export_lines",
    "import_lines",
    "load_content",
    "misfits_of",
    "open_model",
    "recover_save",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"npc_engine.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'npc_engine' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
