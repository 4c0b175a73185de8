"""Speaking in free mode: the model chooses what to say of what is allowed, and what nothing backs is cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from npc_engine.dialogue.check.grounds import Ground
from npc_engine.dialogue.speak.guided import GuidedSpeaker, whole_sentences
from npc_engine.dialogue.speak.offering import Item, Part, Parts, free_request
from npc_engine.dialogue.speak.realization import Outline, joined
from npc_engine.dialogue.types import Check, Spoken
from npc_engine.errors import ModelError
from npc_engine.text import sentences


class FreeSpeaker(GuidedSpeaker):
    """Says one plan in free mode.

    What has to be said is said in any case, if need be by code; so is the yes or no, before the first sentence that
    has none.
    """

    def choose(self, parts: Outline, items: tuple[Item, ...]) -> Spoken:
        """Say what the model makes of the items, as far as it holds."""
        self._used: list[Item] = []
        language = self._language
        self._lead = joined([*parts.lead], language) if self._turn.plan.polarity is not None else []
        own, tail = (parts.tail, ()) if parts.initiative else ((), parts.tail)
        gist = Outline(parts.lead, (*parts.body, *own), ()).sentences(language)
        info = self._turn.model.info
        ask = free_request(self._turn, items, gist)
        answered = self._tried(ask, lambda pieces: self._take_all(pieces, items, gist))
        if self._turn.cancel.is_set():
            return self._spoken("none")
        missing = [item for item in items if item.must and item not in self._used]
        if not answered:
            self._show([*gist, *joined([*tail], language)])
        elif missing:
            self._checks.append(Check("content", "", f"{len(missing)} not said", "replaced"))
            self._show([sentence for item in missing for sentence in sentences(item.text)])
        plan = self._turn.plan
        facts = [item.fact for item in self._used if item.fact and item.fact not in plan.facts]
        actions = [item.action for item in self._used if item.action and item.action not in plan.actions]
        plan = replace(plan, facts=(*plan.facts, *facts), actions=(*plan.actions, *actions))
        memories = tuple(item.memory.event_id for item in self._used if item.memory)
        return self._spoken(info.name if answered else "none", plan, memories)

    def _take_all(self, pieces: Iterator[str], items: tuple[Item, ...], gist: list[str]) -> bool:
        """Take an answer as it comes; tell whether anything of it could be said."""
        reader = Parts(items)
        shown = len(self._emitted)
        try:
            for piece in pieces:
                for part in reader.feed(piece):
                    self._take(part, gist)
                if reader.structured is False:  # plain text: it has to say what is to be said, no less and no more
                    if self._listen(whole_sentences(chain([reader.text], pieces)), gist, ""):
                        self._used += [item for item in items if item.must]
                    break
                if self._turn.cancel.is_set():
                    break
        except ModelError as error:
            if len(self._emitted) == shown:
                raise
            self._trouble = str(error)
        if len(self._emitted) == shown and reader.structured and not reader.parts:
            self._checks.append(Check("form", reader.text[:80], "not the JSON that was asked for", "replaced"))
        return len(self._emitted) > shown

    def _take(self, part: Part, gist: list[str]) -> None:
        """Show what of a part holds, and note what it really stands on."""
        ground = part.ground if part.uses else Ground((), tuple(gist) if not self._turn.plan.facts else ())
        checker = self._checker(gist, self._emitted)
        said = [sentence for sentence in sentences(part.text) if self._holds(checker, sentence, ground)]
        if not said:
            return
        for item in Part(" ".join(said), part.uses).voiced():
            whole = item.fact is None or checker.conveys(said, Ground((item.fact,), (item.text,)))
            if item not in self._used and (whole or not item.must):
                self._used.append(item)
        if self._lead and not self._emitted and checker.yes_or_no(said[0]) is None:
            self._show(self._lead)
        self._show(said)
