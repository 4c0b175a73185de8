"""Words of manner: those by which people colour what they say, and that state nothing about the world."""

from __future__ import annotations

from npc_engine.lang import pack
from npc_engine.mind import CompiledWorld
from npc_engine.text import Language, stem, words


def style_words_of(language: Language, compiled: CompiledWorld) -> frozenset[str]:
    """Return the stems of the words that may colour a sentence in a world.

    Words by which this world tells its relations are left out unless everybody uses them all the time: 'I stole a
    glance' is a fine thing to say where nothing can be stolen.
    """
    return compiled.derived.get(("style words", language), lambda: _style_words(language, compiled))


def _style_words(language: Language, compiled: CompiledWorld) -> frozenset[str]:
    always, usual = _words(language)
    relations = set()
    for predicate in compiled.predicates.values():
        phrases = [*predicate.words.get(language, ())]
        for value in predicate.values.values():
            phrases += [*value.words.get(language, ()), value.names.get(language, "")]
        relations |= {stem(word) for phrase in phrases for word in words(phrase)}
    return (usual - relations) | always


def _words(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    tables = pack(language).style
    return frozenset(tables["always"].split()), frozenset(tables["usual"].split())
