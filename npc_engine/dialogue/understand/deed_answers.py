"""What a line is to what the NPC asked last before they do something: a yes, a no, or what they asked to be told."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.deed_merging import Deed, is_open
from npc_engine.dialogue.understand.deed_words import DeedWords
from npc_engine.dialogue.understand.filling_in import fit
from npc_engine.dialogue.understand.line_pieces import Line
from npc_engine.dialogue.understand.qualifiers import unasked
from npc_engine.dialogue.wants import Pending, Request, Selection
from npc_engine.lang import pack
from npc_engine.text import Language

ELSE = 0.52
"""How well words must fit an action where the ear can't tell whether something is asked for."""


def pending_of(context: Context) -> Pending | None:
    """Return what waits for the speaker's word: what the NPC asked about last before they do it, or offered to do."""
    last = context.exchanges[-1].line if context.exchanges else None
    return last.waits_for if last is not None and last.speaker == context.npc else None


class Answers:
    """Reads a line as an answer to what the NPC asked last."""

    def __init__(self, line: Line, context: Context, deeds: DeedWords) -> None:
        self._line, self._context, self._deeds = line, context, deeds
        self._pending = pending_of(context)

    def is_not_to(self, deed: Deed) -> bool:
        """Return whether a deed is another than the one that the NPC has asked about."""
        best = deed.want.readings[0] if deed.want else None
        if best is None or self._pending is None or deed.bare:
            return False
        return best.action != self._pending.action and best.fits > ELSE

    @property
    def shall_i(self) -> Pending | None:
        """What the NPC waits for a yes to do."""
        return self._pending if self._pending is not None and self._pending.missing is None else None

    def answer(self) -> Request | None:
        """Return the request that the NPC has asked about, with what the line tells of it; None for none."""
        pending, text = self._pending, self._line.words.text
        definition = self._deeds.actions.get(pending.action) if pending else None
        if pending is None or definition is None or pending.missing is None:
            return None
        param = next(one for one in definition.params if one.id == pending.missing)
        put = text.rstrip().endswith(("?", "？"))
        if param.type != "text" and (unasked(text, self._line.words.language) - {"negated", "asks"} or put):
            return None
        request = fit(definition, 1.0, self._line.words, 0, self._context, pending.missing)
        if param.type == "text" and not self._line.words.quoted and (self._evades() or put):
            return None
        if param.type == "text" and param.id not in request.slots:
            request = replace(request, slots={**request.slots, param.id: self._line.words.original.strip(" .。")})
        slot = request.slots.get(pending.missing)
        if slot is None or (isinstance(slot, Selection) and not slot.named and not self._tells(slot, pending)):
            return None
        told = {name: one for name, one in request.slots.items() if name == pending.missing or not is_open(one)}
        return replace(request, slots={**pending.values, **told})

    def _evades(self) -> bool:
        """Return whether a line puts off what it is asked for, or is no words to be written anywhere."""
        asked = self._line.asking(self._line.whole)
        if self.agrees():
            return True
        return self.refuses() or bool(asked.qualified & {"hedged", "asks", "later", "talk", "negated", "conditional"})

    def agrees(self) -> bool:
        """Return whether a line says yes, and nothing against it."""
        language = self._line.words.language
        if pack(language).deeds.finds("helping").search(self._line.words.text):
            return True
        if (
            unasked(self._line.words.text, language) & {"negated", "later"}
            or "?" in self._line.words.text
            or self.refuses()
        ):
            return False
        yes, polite = _yes(language)
        left, said = yes.subn(" ", self._line.words.text)
        if not said:
            return False
        left = polite.sub(" ", left)
        if not self._deeds.askings.tells(left) and not self._line.words.mentions:
            return True
        likely = self._deeds.cues(self._line.asking(self._line.whole), self._line.words.text)
        return bool(likely) and self._pending is not None and likely[0].action == self._pending.action

    def refuses(self) -> bool:
        """Return whether a line begins with a no."""
        return bool(_no(self._line.words.language).match(self._line.words.text))

    def _tells(self, slot: Selection, pending: Pending) -> bool:
        """Return whether words that name nothing tell which of those in question is meant."""
        speech, entities = pack(self._line.words.language), self._context.world.entities
        names = (entities[one].names.get(speech.code, "") for one in pending.among if one in entities)
        known = frozenset(token for name in names for token in speech.tokens(name.lower())) - speech.stop_words
        return not slot.is_open or slot.back or slot.every or bool(slot.said & known)


@lru_cache(maxsize=8)
def _yes(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds that somebody says yes, and what is only polite beside it."""
    words, deeds = pack(language).words, pack(language).deeds
    yes = {*deeds.going_on, *words.cues["acknowledge"]} - {*deeds.dropping}
    return words.pattern(yes), words.pattern({*deeds.polite, *words.cues["thank"]})


@lru_cache(maxsize=8)
def _no(language: Language) -> re.Pattern[str]:
    """Return what finds that a line begins with a no."""
    words = pack(language).words
    behind = "" if words.spaced else r"(?=\W|[了啦吧]|$)"
    return re.compile(rf"\W*(?:(?:{words.pattern(pack(language).deeds.dropping).pattern})\s*)+{behind}")
