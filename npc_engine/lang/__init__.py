"""Languages as objects: what the engine asks of one stands in `base.py`, each language in a folder of its own."""

from npc_engine.lang.base import Case, LanguagePack
from npc_engine.lang.days import Period
from npc_engine.lang.registry import GROUP, HOME, found_in, languages, pack, registry, rescan, words_of
from npc_engine.lang.words import Words

__all__ = [
    "GROUP",
    "HOME",
    "Case",
    "LanguagePack",
    "Period",
    "Words",
    "found_in",
    "languages",
    "pack",
    "registry",
    "rescan",
    "words_of",
]
