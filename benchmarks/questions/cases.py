"""The questions: phrasings filled from what an NPC believes, each with what a right answer must say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import yaml

from benchmarks.questions.filling import VALUED, Filling
from benchmarks.questions.world import HERE, NPCS, Generated, Key, Known, Mind, names
from npc_engine.text import Language, fill

SINGLE = ("lives_at", "born_in", "opens_at", "condition", "is_a", "married_to", "built")
"""Where another value, or another holder, means no."""
OF_PEOPLE = (
    *(("owes", "subject"), ("taught", "subject"), ("aged", "amount"), ("owes", "object"), ("lives_at", "object")),
    *(
        (predicate, "object")
        for predicate in ("works_at", "is_a", "born_in", "sells", "owns", "carries", "fears", "likes")
    ),
)
"""What is asked of somebody meant by a phrase: the relation, and what is wanted of it."""


@dataclass(frozen=True)
class Case:
    """One question, after the turns that lead up to it, and what the answer must be.

    `verdict` is yes, no, unknown, denied (it is not so, or not as far as is known) or None where the `facts` are
    the answer. `number` must be said where it is given, amounts and years where what is asked is `measured`;
    `marked` tells that the answer must be said as hearsay or as unsure. `beside` may be said as well.
    """

    kind: str
    language: Language
    npc: str
    turns: tuple[str, ...]
    verdict: str | None = None
    facts: tuple[Known, ...] = ()
    beside: tuple[Known, ...] = ()
    number: int | None = None
    measured: bool = False
    marked: str | None = None
    about: tuple[str, ...] = ()
    asked: tuple[Key, ...] = field(default=())


def phrasings(which: str) -> dict[str, Any]:
    """Return the phrasings of a set: dev or test."""
    found: dict[str, Any] = yaml.safe_load((HERE / f"{which}.yaml").read_text(encoding="utf-8"))
    return found


class Maker(Filling):
    """Fills phrasings for one NPC after another."""

    def __init__(self, world: Generated, which: str, seed: int) -> None:
        super().__init__(world, Random(f"{which}/{seed}"))
        self._said = phrasings(which)
        self._minds = {npc: Mind(world.knowledge[npc].values()) for npc in NPCS}
        self._seen: set[tuple[str, tuple[str, ...]]] = set()

    def make(self, each: int) -> list[Case]:
        """Return about `each` cases of every kind in each language."""
        kinds: list[Callable[[Language], Case | None]] = [
            self._wh, self._wh, self._unanswerable, self._yes, self._no, self._two_edges, self._count, self._list,
            self._both, self._presupposed, self._misspelt, self._alias, self._possessive, self._follow, self._mixed,
            self._hearsay, self._unsure,
        ]  # fmt: skip
        found: list[Case] = []
        for language in ("en", "zh"):
            for kind in kinds:
                made, tries = 0, 0
                while made < each and tries < 600:
                    tries += 1
                    case = kind(language)  # type: ignore[arg-type]
                    if case and (case.npc, case.turns) not in self._seen:
                        self._seen.add((case.npc, case.turns))
                        found.append(case)
                        made += 1
        return found

    # -- one edge ----------------------------------------------------------------------------------

    def _wh(self, language: Language) -> Case | None:
        return self._asked("wh", language, lambda known: known.how == "authored")

    def _hearsay(self, language: Language) -> Case | None:
        case = self._asked("hearsay", language, lambda known: known.how == "told")
        return case and _with(case, marked="hearsay")

    def _unsure(self, language: Language) -> Case | None:
        case = self._asked("unsure", language, lambda known: known.how == "inferred")
        return case and _with(case, marked="unsure")

    def _asked(
        self, kind: str, language: Language, fits: Callable[[Known], bool], call: Callable[[str], str] | None = None
    ) -> Case | None:
        npc, mind = self._someone()
        predicate, slot = self._slot()
        candidates = [known for known in mind.matching(predicate) if fits(known)]
        if not candidates:
            return None
        known = self._chance.choice(candidates)
        case = self._question(kind, language, npc, mind, known.key, predicate, slot, call)
        if case and kind in ("hearsay", "unsure") and len(case.facts) > 1:
            return None
        return case

    def _question(
        self,
        kind: str,
        language: Language,
        npc: str,
        mind: Mind,
        key: Key,
        predicate: str,
        slot: str,
        call: Callable[[str], str] | None = None,
    ) -> Case | None:
        subject, _, object_ = key
        wanted: dict[str, list[Known]] = {
            "subject": mind.matching(predicate, None, object_),
            "object": mind.matching(predicate, subject, None),
            "when": mind.matching(predicate, subject, object_),
            "amount": mind.matching(predicate, subject, object_),
        }
        facts = wanted[slot]
        if predicate in ("sibling_of", "parent_of", "child_of", "married_to") and slot == "subject":
            facts = [known for known in facts if self._gender(known.key[0]) == self._gender(subject)]
        beside = []
        if predicate == "lies_in":
            beside = facts
            facts = [known for known in facts if known.key in self._world.facts][:1]
        template = self._pick(self._said["ask"][predicate][slot], language)
        if slot == "when" and "{s}" not in template:
            facts = beside = mind.matching(predicate, None, object_) if predicate != "opens_at" else facts
        given = {"s": subject, "o": object_}
        text = self._fill(template, language, given, predicate, call)
        about = tuple(e for s, e in given.items() if f"{{{s}}}" in template)
        if call and not any(call(entity) != self._name(entity, language) for entity in about):
            return None
        if npc in about and kind != "wh":
            return None
        measured = slot in ("amount", "when")
        return Case(kind, language, npc, (text,), None, tuple(facts), tuple(beside), measured=measured, about=about)

    def _unanswerable(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        predicate, slot = self._slot()
        key = self._chance.choice([key for key in self._world.facts if key[1] == predicate] or [("", "", "")])
        if not key[0] or mind.stance(key) is not None:
            return None
        case = self._question("unanswerable", language, npc, mind, key, predicate, slot)
        if not case or case.facts or npc in case.about:
            return None
        return _with(case, verdict="unknown", asked=(key,))

    def _yes(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        predicate = self._predicate("whether")
        known = [k for k in mind.matching(predicate) if k.how == "authored"]
        if not known:
            return None
        one = self._chance.choice(known)
        return self._whether("yes", "yes", language, npc, predicate, one.key, (one,))

    def _no(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        predicate = self._predicate("whether")
        denied = [k for k in mind.all() if not k.holds and k.key[1] == predicate]
        if denied and self._chance.random() < 0.6:
            one = self._chance.choice(denied)
            return self._whether("no", "no", language, npc, predicate, one.key, (one,))
        known = [k for k in mind.matching(predicate) if k.how == "authored"]
        if predicate not in SINGLE or len(known) < 2:
            return None
        one, other = self._chance.sample(known, 2)
        if predicate == "built":
            key, beside = (other.key[0], predicate, one.key[2]), [*mind.matching("built", other.key[0]), one]
        else:
            key, beside = (one.key[0], predicate, other.key[2]), [one]
            if predicate == "married_to":
                beside += mind.matching(predicate, other.key[2])
        if mind.stance(key) or key[0] == key[2]:
            return None
        return self._whether("no", "no", language, npc, predicate, key, tuple(beside))

    def _whether(
        self, kind: str, verdict: str, language: Language, npc: str, predicate: str, key: Key, beside: tuple[Known, ...]
    ) -> Case | None:
        template = self._pick(self._said["ask"][predicate]["whether"], language)
        text = self._fill(template, language, {"s": key[0], "o": key[2]}, predicate)
        people = tuple(part for part in (key[0], key[2]) if predicate not in VALUED or part == key[0])
        return Case(kind, language, npc, (text,), verdict, (), beside, about=people, asked=(key,))

    # -- more than one edge ------------------------------------------------------------------------

    def _two_edges(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        via = self._chance.choice(list(self._said["phrase"]))
        links = [k for k in mind.matching(via) if k.how == "authored" and len(mind.matching(via, None, k.key[2])) == 1]
        if not links:
            return None
        link = self._chance.choice(links)
        middle, _, far = link.key
        phrase = self._fill(self._pick(self._said["phrase"][via], language), language, {"x": far, "s": middle}, via)
        predicate, slot = self._chance.choice(OF_PEOPLE)
        given = "o" if slot == "subject" else "s"
        found = mind.matching(predicate, *((None, middle) if given == "o" else (middle, None)))
        if npc in (middle, far) or any(known.how != "authored" for known in found):
            return None
        if not found and self._chance.random() > 0.15:
            return None
        template = self._pick(self._said["ask"][predicate][slot], language)
        if f"{{{given}}}'s" in template and "'s" not in phrase:
            return None  # nobody says 'the one who taught Mira's trade'
        text = self._fill(template, language, {given: middle}, predicate, lambda entity: phrase)
        verdict = None if found else "unknown"
        return Case("two edges", language, npc, (text,), verdict, tuple(found), (link,), about=(middle, far))

    def _possessive(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        via = self._chance.choice(["sibling_of", "parent_of", "child_of", "married_to", "taught"])
        found = [k for k in mind.matching(via) if k.how == "authored"]
        if not found:
            return None
        key = self._chance.choice(found).key
        case = self._question("possessive", language, npc, mind, key, via, "subject")
        own = {"en": "'s", "zh": "的"}[language]
        return case if case and own in case.turns[-1] else None

    def _count(self, language: Language) -> Case | None:
        case = self._several("count", language, least=1)
        return case and _with(case, number=len(case.facts))

    def _list(self, language: Language) -> Case | None:
        return self._several("list", language, least=2)

    def _several(self, kind: str, language: Language, least: int) -> Case | None:
        npc, mind = self._someone()
        predicate = self._chance.choice(list(self._said[kind]))
        known = mind.matching(predicate)
        if not known:
            return None
        object_ = self._chance.choice(known).key[2]
        found = mind.matching(predicate, None, object_)
        if len(found) < least or npc == object_ or (predicate == "lies_in" and names()["regions"][object_][2] is None):
            return None
        text = self._fill(self._pick(self._said[kind][predicate], language), language, {"o": object_}, predicate)
        return Case(kind, language, npc, (text,), None, tuple(found), about=(object_,))

    def _both(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        predicate = self._chance.choice(list(self._said["both"]))
        known = [k for k in mind.matching(predicate) if k.how == "authored"]
        if len(known) < 2:
            return None
        first, second = self._chance.sample(known, 2)
        a, b = first.key[0], second.key[0]
        if a == b or npc in (a, b):
            return None
        text = self._fill(self._pick(self._said["both"][predicate], language), language, {"a": a, "b": b}, predicate)
        return Case("both", language, npc, (text,), None, (first, second), about=(a, b))

    def _presupposed(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        predicate, slot = self._chance.choice([("mended", "when"), ("built", "when"), ("owes", "amount")])
        known = [k for k in mind.matching(predicate) if k.how == "authored"]
        templates = [t for t in self._said["ask"][predicate][slot][language] if "{s}" in t]
        if not known or not templates:
            return None
        truth = self._chance.choice(known)
        other = self._chance.choice(list(self._world.people))
        key = (other, predicate, truth.key[2])
        if mind.stance(key) or other in (npc, truth.key[2]) or truth.key[2] == npc:
            return None
        text = self._fill(self._chance.choice(templates), language, {"s": other, "o": truth.key[2]}, predicate)
        beside = [*mind.matching(predicate, None, truth.key[2]), *mind.matching(predicate, other, None)]
        about = (other, truth.key[2])
        return Case("presupposed", language, npc, (text,), "denied", (), tuple(beside), about=about, asked=(key,))

    # -- the same, said otherwise ------------------------------------------------------------------

    def _misspelt(self, language: Language) -> Case | None:
        return self._asked(
            "misspelt", language, lambda known: known.how == "authored", lambda e: self._slip(e, language)
        )

    def _alias(self, language: Language) -> Case | None:
        def call(entity: str) -> str:
            aliases = names()["aliases"].get(entity)
            return aliases[0][language] if aliases else self._name(entity, language)

        return self._asked("alias", language, lambda known: known.how == "authored", call)

    def _mixed(self, language: Language) -> Case | None:
        npc, mind = self._someone()
        predicate = self._chance.choice(list(self._said["mixed"]))
        known = [k for k in mind.matching(predicate) if k.how == "authored"]
        if not known:
            return None
        one = self._chance.choice(known)
        template = self._pick(self._said["mixed"][predicate], language)
        other: Language = "zh" if language == "en" else "en"
        text = template
        for slot, entity in (("S", one.key[0]), ("O", one.key[2])):
            called = {slot: self._name(entity, other, article=False), slot.lower(): self._name(entity, language)}
            text = fill(text, called)
        if npc in (one.key[0], one.key[2]):
            return None
        about = tuple(e for s, e in (("S", one.key[0]), ("O", one.key[2])) if f"{{{s}}}" in template)
        if len(about) == 2 or "{o}" in template:
            return Case(
                "mixed", language, npc, (text,), "yes", (), (one,), about=(one.key[0], one.key[2]), asked=(one.key,)
            )
        given = (None, one.key[2]) if "{O}" in template else (one.key[0], None)
        return Case("mixed", language, npc, (text,), None, tuple(mind.matching(predicate, *given)), about=about)

    def _follow(self, language: Language) -> Case | None:
        how = self._chance.choice(["other", "other", "kin", "turn", "turn"])
        npc, mind = self._someone()
        if how == "turn":
            return self._after_a_turn(language, npc, mind)
        predicate = self._chance.choice(["lives_at", "works_at", "is_a", "aged", "born_in"])
        slot = "amount" if predicate == "aged" else "object"
        known = [k for k in mind.matching(predicate) if k.how == "authored"]
        if len(known) < 2:
            return None
        first, second = self._chance.sample(known, 2)
        a, b = first.key[0], second.key[0]
        beside: tuple[Known, ...] = ()
        opening = self._question("follow", language, npc, mind, first.key, predicate, slot)
        if opening is None or a == b or npc in (a, b):
            return None
        template = self._pick(self._said["follow"][how], language)
        if how == "kin":
            links = [k for k in mind.matching("sibling_of", None, a) if k.how == "authored"]
            if len(links) != 1 or not mind.matching(predicate, links[0].key[0]) or links[0].key[0] == npc:
                return None
            b, beside = links[0].key[0], (links[0],)
            template = fill(template, {"their": self._gendered("their", a, language)})
        text = self._fill(template, language, {"x": b, "s": b}, predicate)
        facts = tuple(mind.matching(predicate, b))
        if any(k.how != "authored" for k in facts):
            return None
        return Case("follow-up", language, npc, (*opening.turns, text), None, facts, beside, about=(a, b))

    def _after_a_turn(self, language: Language, npc: str, mind: Mind) -> Case | None:
        via, slot = self._chance.choice(
            [("sibling_of", "subject"), ("taught", "subject"), ("built", "subject"), ("owns", "subject")]
        )
        links = [k for k in mind.matching(via) if k.how == "authored" and len(mind.matching(via, None, k.key[2])) == 1]
        predicate = self._chance.choice(list(self._said["follow"]["turn"]))
        links = [k for k in links if mind.matching(predicate, k.key[0]) and npc not in k.key]
        if not links:
            return None
        link = self._chance.choice(links)
        who = link.key[0]
        opening = self._question("follow", language, npc, mind, link.key, via, slot)
        facts = tuple(mind.matching(predicate, who))
        if opening is None or any(k.how != "authored" for k in facts):
            return None
        template = self._pick(self._said["follow"]["turn"][predicate], language)
        text = self._fill(template, language, {"s": who}, predicate)
        return Case("follow-up", language, npc, (*opening.turns, text), None, facts, (link,), about=(who,))

    # -- helpers -----------------------------------------------------------------------------------

    def _someone(self) -> tuple[str, Mind]:
        npc = self._chance.choice(NPCS)
        return npc, self._minds[npc]

    def _predicate(self, slot: str) -> str:
        return self._chance.choice([p for p, slots in self._said["ask"].items() if slot in slots])

    def _slot(self) -> tuple[str, str]:
        pairs = [(p, slot) for p, slots in self._said["ask"].items() for slot in slots if slot != "whether"]
        return self._chance.choice(pairs)


def _with(case: Case, **changes: Any) -> Case:

    return replace(case, **changes)


def cases(world: Generated, which: str, each: int = 14, seed: int = 7) -> Iterator[Case]:
    """Yield the question set of a world, from the dev or the test phrasings."""
    yield from Maker(world, which, seed).make(each)
