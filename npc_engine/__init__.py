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
    from npc_engine.dialogue.plan import Action, Check, Fact, Line, Timing
    from npc_engine.engine import (
        Conversation,
        Engine,
        Felt,
        Gathering,
        JournalEntry,
        Misfit,
        Reload,
        Reply,
        StoryBeat,
        VoiceState,
        Why,
        misfits_of,
    )
    from npc_engine.errors import (
        ContentError,
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
    from npc_engine.language import LanguageModel, Message, ModelInfo, Request, open_model
    from npc_engine.mind import Belief, Earshot, Embedder, Feeling, Memory, Recalled
    from npc_engine.persona import Persona
    from npc_engine.stores import export_lines, import_lines, recover_save
    from npc_engine.text import cleaned
    from npc_engine.world import Entity, Predicate, Statement

_HOMES = {
    "Action": "dialogue.plan",
    "Belief": "mind",
    "Change": "chronicle",
    "Check": "dialogue.plan",
    "Content": "content",
    "ContentError": "errors",
    "Conversation": "engine",
    "Earshot": "mind",
    "Embedder": "mind",
    "Engine": "engine",
    "Entity": "world",
    "Event": "chronicle",
    "Fact": "dialogue.plan",
    "Feeling": "mind",
    "FeelingChange": "chronicle",
    "Felt": "engine",
    "Gathering": "engine",
    "JournalEntry": "engine",
    "LanguageModel": "language",
    "Line": "dialogue.plan",
    "Memory": "mind",
    "Misfit": "engine",
    "Message": "language",
    "Mistake": "errors",
    "ModelError": "errors",
    "ModelInfo": "language",
    "ModelMissingError": "errors",
    "ModelUnreachableError": "errors",
    "NpcError": "errors",
    "Persona": "persona",
    "Predicate": "world",
    "Recalled": "mind",
    "Reload": "engine",
    "Reply": "engine",
    "Request": "language",
    "SaveDamagedError": "errors",
    "SaveError": "errors",
    "SaveTooNewError": "errors",
    "Statement": "world",
    "StoryBeat": "engine",
    "Timing": "dialogue.plan",
    "TurnCancelledError": "errors",
    "UnknownNameError": "errors",
    "UnstoredError": "errors",
    "VoiceState": "engine",
    "Why": "engine",
    "check_content": "content",
    "cleaned": "text",
    "export_lines": "stores",
    "import_lines": "stores",
    "load_content": "content",
    "misfits_of": "engine",
    "open_model": "language",
    "recover_save": "stores",
}

__version__ = "0.1.0"
__all__ = [
    "Action",
    "Belief",
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
    "JournalEntry",
    "LanguageModel",
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
    "Predicate",
    "Recalled",
    "Reload",
    "Reply",
    "Request",
    "SaveDamagedError",
    "SaveError",
    "SaveTooNewError",
    "Statement",
    "StoryBeat",
    "Timing",
    "TurnCancelledError",
    "UnknownNameError",
    "UnstoredError",
    "VoiceState",
    "Why",
    "check_content",
    "cleaned",
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
