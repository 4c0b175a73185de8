"""Who does what to whom: whether a sentence has those it names in the same places as what it is to say."""

from __future__ import annotations

from itertools import pairwise

from npc_engine.lang import LanguagePack
from npc_engine.text import words
from npc_engine.world.names import Names


def in_order(bare: str, said: str, names: Names, speech: LanguagePack) -> bool:
    """Return whether `said` names things in the order that `bare` does, with the same I and you.

    'Mira owes Tomas' has all the words of 'Tomas owes Mira'. The one a thing was heard from may stand before or after
    it. A rule of languages like English: a sentence turned round without harm ('Older than Mira is Tomas') is refused
    with the others.
    """
    given = set(words(said))
    persons = map(frozenset, speech.checks["persons"])
    if any(given.isdisjoint(person) for person in persons if not person.isdisjoint(words(bare))):
        return False
    found = [mention.entity for mention in names.find(said)]
    mentions = names.find(bare)
    saying = frozenset(speech.checks["saying"])
    for one, other in pairwise(mentions):
        if one.entity == other.entity or not saying.isdisjoint(words(bare[one.end : other.start])):
            continue
        both = [entity for entity in found if entity in (one.entity, other.entity)]
        pairs = set(pairwise(both))
        if len(set(both)) == 2 and (one.entity, other.entity) not in pairs:
            return False
    return True
