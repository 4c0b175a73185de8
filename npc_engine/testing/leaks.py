"""Attacking a secret: a built-in set of attempts, and a judge that knows what came out.

```python
from npc_engine.testing import attack

assert attack("world/", "mira", "the_man_in_the_mill").leaks == ()
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from npc_engine.chronicle import Change
from npc_engine.content import Content, load_content
from npc_engine.dialogue.check.grounds import check_words
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import Line
from npc_engine.engine import Engine
from npc_engine.errors import UnknownNameError
from npc_engine.lang import words_of
from npc_engine.mind import CompiledWorld
from npc_engine.models import LanguageModel
from npc_engine.packaged import packaged_yaml
from npc_engine.persona import Persona, Secret
from npc_engine.phrasebook import filled
from npc_engine.text import Language, fold, languages, sentences
from npc_engine.world import Perspective, Statement, Wording
from npc_engine.world.definitions import Conditions, Freedom

NEVER = "nobody is nobody"
"""A fact that no world holds: what is told on this condition is told to no one."""

_HOUR = 60.0

TELLING_MOVES = frozenset({"known", "doubt", "learned"})
"""Moves by which someone takes a stance on what was said to them: to a secret's own words none of them will do."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of going about it: what is said in turn; with `confirm`, a yes or a no would give it away."""

    category: str
    language: Language
    says: tuple[str, ...]
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Leak:
    """A line that gave a secret away, what was said before it, and what of it did."""

    attempt: Attempt
    said: str
    line: Line
    what: str


@dataclass(frozen=True, slots=True)
class Siege:
    """What came of attacking a secret: the `attempts` made, every leak, how many `lines` were said in answer.

    `voiced` counts those of the lines that the model had a try at; the rest were code's alone. Where the secret is
    another's, `of` is whose. `open` tells that its conditions ask for nothing, so that a game tells it to everybody.
    """

    npc: str
    secret: str
    attempts: tuple[Attempt, ...]
    leaks: tuple[Leak, ...]
    lines: int
    voiced: int = 0
    of: str = ""
    open: bool = False

    @property
    def kept(self) -> bool:
        """Whether nothing came out, and nothing comes out by itself."""
        return not self.leaks and not self.open

    def by_category(self) -> dict[str, tuple[int, int]]:
        """Give, by category, how many attempts there were and how many got anything out."""
        found: dict[str, tuple[int, int]] = {}
        leaking = {id(leak.attempt) for leak in self.leaks}
        for attempt in self.attempts:
            made, out = found.get(attempt.category, (0, 0))
            found[attempt.category] = (made + 1, out + (id(attempt) in leaking))
        return found


def attack(
    world: Content | Path | str,
    npc: str,
    secret: str,
    *,
    model: str | LanguageModel = "none",
    freedom: Freedom | None = None,
    seed: int = 0,
    limit: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Siege:
    """Try to get a secret out of an NPC, and give what came of it.

    One that is not the NPC's own is somebody else's: then what counts is whether they tell its facts. The secret is
    sealed first, so that no kindness can earn it: whatever comes out is a leak. `limit` tries so many attempts only,
    chosen by `seed`, which also chooses the words and the hour of each; `freedom` overrides the world's and the
    persona's. `progress` is told how many attempts are done, of how many.

    Raises:
        ContentError: the world has mistakes.
        UnknownNameError: there is no such NPC, or no such secret of theirs.
    """
    content = world if isinstance(world, Content) else load_content(world)
    keeper = _keeper(content, npc, secret)
    is_open = any(one == Conditions() for one in _secret(content, keeper, secret).when)
    content = _prepared(content, keeper, secret, freedom)
    persona, kept = content.personas[npc], _secret(content, keeper, secret)
    attempts = list(attempts_on(content, persona, kept, seed))
    if limit is not None and limit < len(attempts):
        attempts = Random(seed).sample(attempts, limit)
    judge = Judge(content, persona, kept)
    owned = keeper == npc
    leaks: list[Leak] = []
    lines = voiced = 0
    with Engine.load(content, model=model, seed=seed) as engine:
        engine.wait_for_voice()
        began = len(engine.events)
        for done, attempt in enumerate(attempts):
            progress(done, len(attempts))
            engine.advance(_HOUR * Random(f"{seed}/{done}").randrange(24))
            conversation = engine.talk_to(npc, speaker=content.world.player.id)
            for at, text in enumerate(attempt.says):
                line = conversation.say(text, language=attempt.language).line()
                lines += 1
                voiced += line.model != "none" or bool(line.checks)
                if what := judge.leaked(line, attempt.says[: at + 1], attempt.confirm) if owned else judge.told(line):
                    leaks.append(Leak(attempt, text, line, what))
            engine.rewind(began)
    progress(len(attempts), len(attempts))
    of = "" if owned else keeper
    return Siege(npc, secret, tuple(attempts), tuple(leaks), lines, voiced, of, is_open and owned)


def besieged(content: Content, npc: str | None = None, secret: str | None = None) -> list[tuple[str, str]]:
    """Return whom to attack for which secret: those named, or else all that there are.

    Beside its keeper that is everybody who knows of it when the game begins and does not keep it: they may tell it.

    Raises:
        UnknownNameError: there is no such NPC, or no such secret.
    """
    if npc is not None and secret is not None:
        _keeper(content, npc, secret)
        return [(npc, secret)]
    if npc is not None and npc not in content.personas:
        raise UnknownNameError("NPC", npc, content.personas)
    found: list[tuple[str, str]] = []
    with Engine.load(content, model="none") as engine:
        known = {who: {belief.id for belief in engine.beliefs(who)} for who in content.personas}
    for keeper, persona in content.personas.items():
        for kept in persona.secrets:
            facts = _ids(kept)
            keeping = {who for who, one in content.personas.items() if any(facts & _ids(own) for own in one.secrets)}
            others = [who for who in content.personas if who not in keeping and facts & known[who]]
            found += [(who, kept.id) for who in (keeper, *others) if npc in (None, who)]
    return list(dict.fromkeys(found))


def _keeper(content: Content, npc: str, secret: str) -> str:
    """Return whose secret is meant: the NPC's own, or else the first person's who has one of that id."""
    if npc not in content.personas:
        raise UnknownNameError("NPC", npc, content.personas)
    for who in (npc, *content.personas):
        if any(kept.id == secret for kept in content.personas[who].secrets):
            return who
    own = [kept.id for kept in content.personas[npc].secrets]
    raise UnknownNameError(
        f"secret of {npc}'s", secret, own or [s.id for p in content.personas.values() for s in p.secrets]
    )


def _secret(content: Content, keeper: str, secret: str) -> Secret:
    return next(kept for kept in content.personas[keeper].secrets if kept.id == secret)


def _ids(secret: Secret) -> set[str]:
    return {fact.replace(" ", ".") for fact in secret.facts}


def attempts_on(content: Content, persona: Persona, secret: Secret, seed: int = 0) -> Iterator[Attempt]:
    """Yield every built-in attempt in the world's languages, with the secret's own words in its slots."""
    for language in languages():
        if language not in content.world.languages:
            continue
        slots = _slots(content, persona, secret, language)
        chance = Random(f"{seed}/{persona.id}/{secret.id}/{language}")
        for category, entries in _attacks(language).items():
            for entry in entries:
                plain = entry if isinstance(entry, dict) else {"say": entry}
                says = plain["say"] if isinstance(plain["say"], list) else [plain["say"]]
                chosen = {slot: chance.choice(words) for slot, words in slots.items()}
                yield Attempt(
                    category, language, tuple(_put(text, chosen) for text in says), bool(plain.get("confirm"))
                )


class Judge:
    """Tells whether a line gives a secret away: its facts, its words in either language and any disguise, a yes or no.

    What the author wrote to be said in its place (hint, cover, refusals), words that the speaker used first, and
    facts that the secret does not cover give nothing away.
    """

    def __init__(self, content: Content, persona: Persona, secret: Secret) -> None:
        self._content, self._persona, self._secret = content, persona, secret
        self._facts = _ids(secret)
        written = [*secret.hint.values(), *secret.cover.values()]
        written += [text for offer in persona.offers for text in (*offer.refuse.values(), *offer.comply.values())]
        self._written = sorted(filter(None, written), key=len, reverse=True)

    def leaked(self, line: Line, asked: Sequence[str], confirm: bool = False) -> str:
        """Return what of a line gave the secret away; nothing where it kept it."""
        if told := self.told(line):
            return told
        text = line.text
        for written in self._written:
            text = text.replace(written, " ")
        guard = Guard([self._secret], self._persona.id, CompiledWorld(self._content.entities, self._content.predicates))
        guard.grant(*asked, *(fact.wording for fact in line.facts))
        if tell := guard.words(text) or guard.disguised(text) or guard.states(text, loosely=line.model != "none"):
            return f"words {tell.what!r}"
        if confirm and (line.move in TELLING_MOVES or _yes_or_no(text, line, self._persona)):
            return f"a stance: {line.move}"
        return ""

    def told(self, line: Line) -> str:
        """Return which of the secret's facts a line tells; nothing where it tells none."""
        told = [fact.id for fact in line.facts if self._covers(fact.id, fact.belief.statement.basis)]
        return f"fact {told[0]}" if told else ""

    def _covers(self, fact: str, basis: Sequence[str]) -> bool:
        return bool(self._facts & {fact, *basis})


def _yes_or_no(text: str, line: Line, persona: Persona) -> bool:
    """Return whether any sentence of a line begins with a yes or a no."""
    language = line.language
    phrases, more = words_of(language).phrases, check_words(language)
    starts = [p for key in ("yes", "no") for p in (*persona.says(key, language), *phrases.get(key, ()), *more[key])]
    for sentence in sentences(text):
        said = fold(sentence)
        for start in filter(None, (fold(start).rstrip(".。!！,， ") for start in starts)):
            rest = said.removeprefix(start)
            if rest != said and (not rest or (not rest[0].isalnum() and rest[0] not in "' ")):
                return True
    return False


def _prepared(content: Content, npc: str, secret: str, freedom: Freedom | None) -> Content:
    """Return a world in which a secret is told to nobody, and a model is as free as asked for."""
    persona = content.personas[npc]
    sealed = [
        kept.model_copy(update={"when": [Conditions(world=[NEVER])]}) if kept.id == secret else kept
        for kept in persona.secrets
    ]
    personas = {**content.personas, npc: persona.model_copy(update={"secrets": sealed})}
    world = content.world
    if freedom:
        world = world.model_copy(update={"freedom": freedom})
        personas = {who: p.model_copy(update={"freedom": None}) for who, p in personas.items()}
    return replace(content, world=world, personas=personas)


def _slots(content: Content, persona: Persona, secret: Secret, language: Language) -> dict[str, list[str]]:
    wording = Wording(content.entities, content.predicates)
    stated = [Statement.of(Change.of_fact(fact)) for fact in secret.facts]
    to_them = Perspective(content.world.player.id, persona.id)
    facts = [wording.statement(s, language, seen) for s in stated for seen in (Perspective(), to_them)]
    about = dict.fromkeys(part for s in stated for part in (s.subject, s.object) if part in content.entities)
    things = [wording.name(part, language) for part in about if part != persona.id] or [persona.names[language]]
    return {
        "word": secret.words.get(language) or things,
        "fact": facts,
        "thing": things,
        "name": [persona.names[language]],
        "listener": [wording.name(content.world.player.id, language)],
    }


@lru_cache(maxsize=4)
def _attacks(language: Language) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = packaged_yaml("npc_engine.testing", "attacks", f"{language}.yaml")
    return found


def _put(text: str, slots: dict[str, str]) -> str:
    text = filled(text, **slots)
    return text[:1].upper() + text[1:]
