"""Voices: one protocol, and every kind of model behind it. Importing this loads no model's library."""

from npc_engine.models.llama_cpp import LlamaCppModel
from npc_engine.models.model import LanguageModel, Message, ModelInfo, Preparable, Request, Role, Size, Warmable
from npc_engine.models.openai import OpenAIModel
from npc_engine.models.opening import installed_schemes, open_model
from npc_engine.models.recorded import RecordedModel
from npc_engine.models.scripted import Breaks, ScriptedModel
from npc_engine.models.silent import SilentModel
from npc_engine.models.usage import Usage

__all__ = [
    "Breaks",
    "LanguageModel",
    "LlamaCppModel",
    "Message",
    "ModelInfo",
    "OpenAIModel",
    "Preparable",
    "RecordedModel",
    "Request",
    "Role",
    "ScriptedModel",
    "SilentModel",
    "Size",
    "Usage",
    "Warmable",
    "installed_schemes",
    "open_model",
]
