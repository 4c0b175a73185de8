"""What one file says of another: every id that is named must be declared somewhere."""

from __future__ import annotations

import re
from collections.abc import Collection

from npc_engine.content.declared_names import DeclaredNames, Sources
from npc_engine.content.facts import Facts
from npc_engine.content.params import check_params
from npc_engine.content.spot import Findings, Spot
from npc_engine.errors import did_you_mean

_PEOPLE = ("person", "group")
_CLOCK = re.compile("[0-9]{2}:[0-9]{2}")
_OF_SOMEONE = ("trust", "affinity", "familiarity", "shown", "alone", "not_near")
_SOURCES = ("saw", "authored", "inferred")


class References:
    """Checks what each file names against what the world declares."""

    def __init__(self, sources: Sources, names: DeclaredNames, findings: Findings) -> None:
        self._sources = sources
        self._names = names
        self._findings = findings
        self._facts = Facts(sources, names, findings)

    def check(self) -> None:
        """Note every name that nothing answers to, and what else does not go together."""
        for predicate in self._sources["predicates.yaml"]:
            for other in (predicate["inverse"], predicate["opposite"]):
                if other.text:
                    self._known("predicate", other, self._names.predicates)
        self._facts.check_initial()
        check_params(self._sources, self._names, self._facts, self._findings)
        for beat in self._sources["story.yaml"]:
            self._conditions(beat["when"])
            for conditions in _one_or_more(beat["when"]):
                for key in _OF_SOMEONE:
                    if conditions[key].there:
                        message = f"`{key}` means nothing here: the story speaks to nobody in particular"
                        self._findings.wrong(conditions.keys[key], message)
        for _, persona in self._sources.personas():
            self._persona(persona)

    def _known(self, what: str, spot: Spot, known: Collection[str]) -> None:
        if spot.text not in known and what not in self._names.uncertain:
            self._findings.wrong(spot, f"unknown {what} {spot.text!r}{did_you_mean(spot.text, known)}")

    def _conditions(self, spot: Spot) -> None:
        for conditions in _one_or_more(spot):
            for key in ("world", "not_world", "speaker_knows"):
                for fact in conditions[key]:
                    self._facts.check(fact)
            for beat in conditions["beats"]:
                if beat.text:
                    self._known("beat", beat, self._names.beats)
            for thing in conditions["shown"]:
                if thing.text:
                    self._facts.check_entity(thing, thing.text)
            for person in conditions["not_near"]:
                if person.text:
                    self._facts.check_entity(person, person.text, kinds=_PEOPLE)

    def _persona(self, persona: Spot) -> None:
        for pattern in persona["knows"]:
            self._facts.check(pattern, pattern=True)
            self._facts.check_known(pattern)
        for belief in persona["beliefs"]:
            self._facts.check(belief["fact"])
            self._facts.check_qualifiers(belief["with"])
            self._source(belief["source"])
        for secret in persona["secrets"]:
            self._secret(secret)
        for goal in persona["goals"]:
            self._conditions(goal["until"])
        for other, key, _ in persona["relationships"].pairs():
            if other == persona["id"].text:
                self._findings.wrong(key, "this is a relationship with oneself: take it out")
            else:
                self._facts.check_entity(key, other, kinds=_PEOPLE)
        for offer in persona["offers"]:
            if offer["action"].text:
                self._known("action", offer["action"], self._names.actions)
            self._conditions(offer["when"])
        self._place(persona["home"])
        self._schedule(persona["schedule"])
        for part in ("about", "topics", "stories", "asks"):
            for point in persona[part]:
                self._conditions(point["when"])
        for _, _, by_language in persona["phrases"].pairs():
            for _, _, sayings in by_language.pairs():
                for saying in sayings:
                    self._conditions(saying["when"])
        parts = ("secrets", "goals", "stories", "asks")
        for part, name in (*((part, "id") for part in parts), ("offers", "action")):
            self._twice([entry[name] for entry in persona[part]])

    def _twice(self, spots: list[Spot]) -> None:
        seen: dict[str, Spot] = {}
        for spot in spots:
            if spot.text and (first := seen.setdefault(spot.text, spot)) is not spot:
                self._findings.wrong(spot, f"{spot.text!r} stands here twice, first in line {first.line}")

    def _source(self, spot: Spot) -> None:
        words = spot.words()
        if not spot.text or spot.text in _SOURCES:
            return
        if len(words) == 3 and [word for word, _ in words[:2]] == ["told", "by"]:
            name, offset = words[2]
            self._facts.check_entity(spot, name, offset, kinds=_PEOPLE)
        else:
            near = did_you_mean(spot.text, [*_SOURCES, "told by NAME"])
            self._findings.wrong(spot, f"unknown source {spot.text!r}{near}")

    def _secret(self, secret: Spot) -> None:
        for fact in secret["facts"]:
            self._facts.check(fact)
            if known := self._facts.common.get(" ".join(fact.text.split())):
                message = f"{fact.text!r} is no secret: it is `common` in {known.file}:{known.line}"
                self._findings.wrong(fact, message)
        self._lie(secret)
        self._conditions(secret["when"])
        for conditions in _one_or_more(secret["when"]):
            if conditions.value == {}:
                message = "nothing is asked for here, so this secret is told to anyone who asks"
                self._findings.better(conditions, message)

    def _lie(self, secret: Spot) -> None:
        lie = secret["lie"]
        said = lie if lie.text else lie["fact"]
        self._facts.check(said)
        self._facts.check_qualifiers(lie["with"])
        told = " ".join(said.text.split())
        if told in {" ".join(fact.text.split()) for fact in secret["facts"]} and lie["holds"].value is not False:
            self._findings.wrong(said, f"{told!r} is the secret itself, and no lie; deny it with `holds: false`")

    def _place(self, spot: Spot) -> None:
        if spot.text:
            self._facts.check_entity(spot, spot.text, kinds=("place",))

    def _schedule(self, schedule: Spot) -> None:
        before: Spot | None = None
        for appointment in schedule:
            self._place(appointment["place"])
            at = appointment["from"]
            if not _CLOCK.fullmatch(at.text):
                continue
            if before is not None and at.text == before.text:
                self._findings.wrong(at, f"{at.text} stands here twice, first in line {before.line}")
            elif before is not None and at.text < before.text:
                message = f"{at.text} comes before {before.text} of line {before.line}: sort these by time"
                self._findings.wrong(at, message)
            before = at


def _one_or_more(spot: Spot) -> list[Spot]:
    """Return the entries of a list, or of what an author wrote for a list of one."""
    return [spot] if isinstance(spot.value, dict) else list(spot)
