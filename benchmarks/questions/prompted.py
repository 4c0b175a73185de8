"""The comparison: a model that is given all an NPC knows in one prompt and answers as it likes."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import yaml

from benchmarks.questions.cases import Case
from benchmarks.questions.world import HERE, Generated, Known
from npc_engine import LanguageModel, Message, Request, Statement
from npc_engine.text import Language, fill
from npc_engine.world import Wording
from npc_engine.world.definitions import Entity, Predicate


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load((HERE / "prompted.yaml").read_text(encoding="utf-8"))
    return found


class Prompted:
    """Answers questions with a model that has all the NPC's facts in its prompt, as other systems do."""

    def __init__(self, world: Generated, model: LanguageModel) -> None:
        self._world = world
        self._model = model
        entities: dict[str, Any] = {
            person: {"kind": "person", "names": {"en": called[0], "zh": called[1]}}
            for person, called in world.people.items()
        }
        for id_, kind, called, proper in world.kinds():
            entities[id_] = {"kind": kind, "names": {"en": called[0], "zh": called[1]}, "proper": proper}
        predicates = [Predicate.model_validate(entry) for entry in world.predicates.values()]
        known = {id_: Entity.model_validate({"id": id_, **entry}) for id_, entry in entities.items()}
        self._wording = Wording(known, {predicate.id: predicate for predicate in predicates})

    def answer(self, case: Case) -> str:
        """Return the model's answer to a case's last question, the turns before it answered likewise."""
        messages = [Message("system", self._system(case.npc, case.language))]
        said = ""
        for turn in case.turns:
            messages.append(Message("user", turn))
            request = Request(tuple(messages), max_tokens=60, temperature=0.0, seed=1, stop=("\n",), timeout=240.0)
            said = "".join(self._model.stream(request, threading.Event())).strip()
            messages.append(Message("assistant", said or "…"))
        return said

    def _system(self, npc: str, language: Language) -> str:
        words = _words()[language]
        facts = [self._said(known, language, words) for known in self._world.knowledge[npc].values()]
        return fill(words["system"], {"name": self._world.name(npc, language), "facts": "\n".join(facts)})

    def _said(self, known: Known, language: Language, words: dict[str, str]) -> str:
        sentence = self._wording.sentence(Statement(*known.key, known.qualifiers), language, holds=known.holds)
        if known.by:
            return fill(words["told"], {"by": self._world.name(known.by, language), "fact": sentence})
        return fill(words["unsure"], {"fact": sentence}) if known.confidence < 0.75 else sentence
