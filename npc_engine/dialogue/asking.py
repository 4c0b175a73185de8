"""Reading a question: which relation it asks about, what stands on either side, and what is wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.lexicon import Lexicon, Shape
from npc_engine.dialogue.linking import Element, merged
from npc_engine.dialogue.query import Link, Query, Role, Term
from npc_engine.dialogue.roles import roles
from npc_engine.dialogue.words import words_of
from npc_engine.text import Language
from npc_engine.world.definitions import Entity, Predicate

_ASKED = 0.75
"""What it counts for a relation that it answers the question word."""
_UNFIT = 0.9
"""What it counts against a relation that what stands beside it can't."""
_FIRST = 0.8
"""What being asked about first counts in English: 'What do you need to mend the bridge?'"""
_LEFT_OUT = 0.45
"""What it counts against a reading that it leaves out something that was named."""
_PARTICLES = ("的", "吗", "呢", "吧")
_STANDS_FOR = ("他", "她", "它")
_WIDE = 4
"""Words that may stand between the parts of 'the one who once lived at …'."""


@dataclass(frozen=True)
class Grammar:
    """What reading a question needs: its text, and what the world has to say of words."""

    text: str
    language: Language
    lexicon: Lexicon
    entities: Mapping[str, Entity]
    predicates: Mapping[str, Predicate]

    @property
    def question_words(self) -> frozenset[str]:
        """The words that questions begin with."""
        return frozenset(word for listed in words_of(self.language).question.values() for word in listed)

    def shape(self, predicate: str) -> Shape:
        """Give what kinds of things a relation holds between."""
        return self.lexicon.shapes.get(predicate, Shape())

    def fits(self, term: Term | None, predicate: str, role: Role) -> bool:
        """Tell whether a term can stand on a side of a relation."""
        shape = self.shape(predicate)
        kinds = shape.subjects if role == "subject" else shape.objects
        if term is None or not kinds:
            return True
        if term.parts:
            return all(self.fits(part, predicate, role) for part in term.parts)
        return not (found := self.kinds(term)) or bool(found & kinds)

    def kinds(self, term: Term) -> frozenset[str]:
        """Give what kinds of things a term may stand for; empty where that is open."""
        if term.entity:
            known = self.entities.get(term.entity)
            return frozenset({known.kind}) if known else frozenset()
        if term.link and term.link.predicates:
            shape = self.shape(term.link.predicates[0])
            if term.link.value or term.link.role == "object":
                return shape.subjects
            if term.link.role == "subject":
                valued = self.predicates[term.link.predicates[0]].values
                return frozenset({"value"}) if valued else shape.objects
        return frozenset()


@dataclass(frozen=True)
class Manner:
    """How something is asked: the question word, whether yes or no is wanted, how many, or all."""

    asks: str | None
    polar: bool
    count: bool
    every: bool
    negated: bool
    gender: str | None


def read(found: Sequence[Element], manner: Manner, grammar: Grammar) -> tuple[list[Query], list[Term]]:
    """Give the readings of a question, the likeliest first, and the things it speaks of."""
    parts = _reduced(_weighed(found), grammar)
    things = [part for part in parts if part.term]
    cues = [part for part in parts if part.meanings]
    terms = [part.term for part in things if part.term]
    if cues and not _there_are(parts, cues, things, grammar) and not _only_asking(cues, things, grammar):
        queries = _clauses(parts, cues, manner, grammar)
    else:
        queries = _of_phrases(parts, things, manner, grammar)
    if terms or _of_nobody(parts):
        queries = [query for query in queries if query.subject or query.object]
    if not any(_apt(query, grammar) for query in queries):
        queries = [*_inside(parts, things, manner, grammar), *queries]
    queries.sort(key=lambda query: -query.fits)
    return queries, terms


def _of_nobody(parts: list[Element]) -> bool:
    """Tell whether a relation is asked of somebody whose name says nothing: 某某的妹妹是谁."""
    return any(first.text == "的" and second.predicates for first, second in zip(parts[1:], parts[2:], strict=False))


def _weighed(found: Sequence[Element]) -> list[Element]:
    """Give the elements with 'in' and the like no more than what they are, where something else relates things."""
    parts = [part for part in found if "aspect" not in part.kinds or part.meanings or part.term]
    heavy = any(part.predicates and "light" not in part.kinds for part in parts)
    parts = [replace(part, meanings=()) if heavy and "inside" in part.kinds else part for part in parts]
    for at in range(len(parts) - 3, 0, -1):  # in 欠米拉的钱 the money is the debt that was named before
        if at + 3 > len(parts):
            continue
        owner, of, noun = parts[at : at + 3]
        if owner.term and of.text == "的" and not noun.kinds & {"noun"} and _taken_up(noun, parts[:at]):
            del parts[at + 1 : at + 3]
    return parts


def _there_are(parts: list[Element], cues: list[Element], things: list[Element], grammar: Grammar) -> bool:
    """Tell whether a sentence only says that there are such: 有几个人卖酒."""
    only = grammar.language == "zh" and len(things) == 1 and all("light" in cue.kinds for cue in cues)
    if not (only and things[0].term and things[0].term.link):
        return False
    after = next((part for part in parts if part.start >= cues[-1].end), None)
    return cues[0].start < things[0].start or bool(after and after.kinds & {"wh:who", "wh:how_many", "every"})


def _only_asking(cues: list[Element], things: list[Element], grammar: Grammar) -> bool:
    """Tell whether a relation's word is but a question word, and a phrase has what is asked: 米拉的出生地是哪儿."""
    linked = [part.term.link for part in things if part.term and part.term.link]
    answering = any("where" in grammar.predicates[link.predicates[0]].asks for link in linked)
    said = {predicate for link in linked for predicate in link.predicates}
    return bool(linked) and all(
        any(cue.text.startswith(word) for word in grammar.question_words)
        and (answering or bool(said & set(cue.predicates)))
        for cue in cues
    )


# -- phrases that stand for something ------------------------------------------------------------------


def _reduced(parts: list[Element], grammar: Grammar) -> list[Element]:
    """Put phrases together until none is left to: 'Mira and Tomas', 'her brother', 'the one who owns the mill'."""
    rules = (_several, _possessed, _of, _whoever, _having, _by_value)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            for at in range(len(parts)):
                if made := rule(parts, at, grammar):
                    start, stop, element = made
                    parts[start:stop] = [element]
                    changed = True
                    break
            if changed:
                break
    return parts


_Made = tuple[int, int, Element] | None


def _several(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    if at + 2 >= len(parts):
        return None
    first, between, last = parts[at : at + 3]
    if not (first.term and last.term and "and" in between.kinds and not first.owner):
        return None
    both = (*(first.term.parts or (first.term,)), *(last.term.parts or (last.term,)))
    return at, at + 3, merged(first, last, Term("", parts=both), grammar.text)


def _possessed(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    """'Mira's own sister', 米拉的妹妹, 她哥哥."""
    owner = parts[at]
    if not owner.term:
        return None
    chinese = any("\u4e00" <= character <= "\u9fff" for character in owner.text[-1:]) or grammar.language == "zh"
    step = at + 1
    marked = owner.owner
    if chinese and (of := _own_of(parts, step)) is not None:
        marked, step = True, of + 1
    if chinese and not marked and step < len(parts) and parts[step].text in _STANDS_FOR:
        step += 1  # 米拉她哥哥
    while step < len(parts) and _beside(parts, step, marked, chinese):
        step += 1
    if step >= len(parts) or not parts[step].meanings:
        return None
    noun = parts[step]
    if not marked and not (chinese and "noun" in noun.kinds):
        return None
    if noun.text.endswith("ing") or not noun.predicates or "light" in noun.kinds:
        return None
    if not noun.kinds & {"noun", "she", "he"} and _taken_up(noun, parts[:at]):
        return None  # 欠米拉的钱: the debt is said already
    if chinese and not marked and step + 1 < len(parts) and parts[step + 1].term:
        return None
    return at, step + 1, merged(owner, noun, Term("", link=_noun_link(noun, owner.term, grammar)), grammar.text)


def _own_of(parts: list[Element], at: int) -> int | None:
    """Give where the 的 of 米拉的, 米拉从前的 and, before a word for kin and the like, 米拉拜的 stands."""
    for step in range(at, min(at + 2, len(parts))):
        if parts[step].text == "的":
            noun = step + 1 < len(parts) and "noun" in parts[step + 1].kinds
            return step if step == at or noun or parts[at].kinds & {"beside"} else None
        home = parts[step].text == "家" and step + 2 < len(parts) and "noun" in parts[step + 2].kinds
        if not home and (parts[step].term or parts[step].meanings or parts[step].kinds - {"beside"}):
            return None
    return None


def _beside(parts: list[Element], at: int, marked: bool, chinese: bool) -> bool:
    """Tell whether a word only stands between an owner and what is owned: 'own', 'late', 一共几个."""
    part = parts[at]
    noun = at + 1 < len(parts) and bool(parts[at + 1].meanings)
    if not marked:
        return chinese and not part.meanings and bool(part.kinds & {"article", "wh:how_many"})
    return bool(part.kinds & {"beside", "article"}) and (noun or not part.meanings)


def _taken_up(noun: Element, before: Sequence[Element]) -> bool:
    return any(set(noun.predicates) & set(part.predicates) for part in before if part.meanings)


def _of(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    """'the sister of Mira', 'how many children of hers'."""
    noun = parts[at]
    if at == 0 or at + 1 >= len(parts) or not noun.predicates or parts[at + 1].text != "of":
        return None
    step = at + 2
    while step < len(parts) and not parts[step].term and "article" in parts[step].kinds:
        step += 1
    if step >= len(parts) or not (given := parts[step].term):
        return None
    if not parts[at - 1].kinds & {"article", "beside"} and not noun.kinds & {"she", "he"}:
        return None
    start = at - 1 if "article" in parts[at - 1].kinds else at
    term = Term("", link=_noun_link(noun, given, grammar))
    return start, step + 1, merged(noun, parts[step], term, grammar.text)


def _whoever(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    """'the woman who lives at the mill', 'those Mira taught', 住在磨坊的人, 米拉教过的人."""
    if grammar.language == "zh" and "of" in parts[at].kinds:
        return _whoever_zh(parts, at, grammar)
    head = parts[at]
    if not head.kinds & {"people", "men", "women", "things"} or head.meanings or head.term:
        return None
    step = _skip(parts, at + 1)
    if step >= len(parts):
        return None
    gender = "he" if "men" in head.kinds else "she" if "women" in head.kinds else None
    first = parts[step]
    if first.meanings and first.predicates:
        given = _skip(parts, step + 1, cue=first)
        if given < len(parts) and parts[given].term:
            link = _clause_link(first, parts[given].term, "object", gender, parts[step + 1 : given], grammar)
            return at, given + 1, merged(head, parts[given], Term("", link=link), grammar.text)
    elif first.term:
        verb = _skip(parts, step + 1)
        if verb < len(parts) and parts[verb].meanings and parts[verb].predicates:
            link = _clause_link(parts[verb], first.term, "subject", gender, (), grammar)
            return at, verb + 1, merged(head, parts[verb], Term("", link=link), grammar.text)
    return None


def _whoever_zh(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    step = at + 1
    while step < len(parts) and "article" in parts[step].kinds:
        step += 1
    if step >= len(parts) or not parts[step].kinds & {"people", "men", "women", "things"} or at < 2:
        return None
    gender = "he" if "men" in parts[step].kinds else "she" if "women" in parts[step].kinds else None
    second, first = parts[at - 1], parts[at - 2]
    start, role = at - 2, None
    cue, given = None, None
    if second.term and first.meanings:
        cue, given, role = first, second, "object"
    elif second.meanings and first.term:
        cue, given, role = second, first, "subject"
    elif second.meanings and at >= 3 and first.term is None and parts[at - 3].meanings and second.term is None:
        return None
    elif second.meanings and first.kinds and at >= 3 and parts[at - 3].term:
        cue, given, role, start = second, parts[at - 3], "subject", at - 3
    if cue is None or given is None or given.term is None or not cue.predicates:
        return None
    if start > 0 and role == "object" and parts[start - 1].term:
        return None  # 米拉教过的…: the one who does it is named before
    if start > 0 and parts[start - 1].text in ("在", "跟", "向", "给"):
        start -= 1
    link = _clause_link(cue, given.term, "object" if role == "object" else "subject", gender, (), grammar)
    return start, step + 1, merged(parts[start], parts[step], Term("", link=link), grammar.text)


def _skip(parts: list[Element], at: int, cue: Element | None = None) -> int:
    """Give where the next thing or relation stands, no more than a few words on."""
    for step in range(at, min(at + _WIDE + 1, len(parts))):
        part = parts[step]
        if part.term or (part.meanings and not (cue and set(part.predicates) & set(cue.predicates))):
            return step
        if "light" in part.kinds and part.meanings:
            continue
    return len(parts)


def _having(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    """'How many children does Mira have', 米拉有几个孩子: to have a relation's noun."""
    noun = parts[at]
    if not (noun.predicates and noun.kinds & {"she", "he", "noun"} | ({"many"} if _counted(parts, at) else set())):
        return None
    if "light" in noun.kinds:
        return None
    light = next((p for p in parts if p is not noun and "light" in p.kinds), None)
    things = [p for p in parts if p.term and p.start < (light.start if light else 0)]
    if light is None or not things:
        return None
    owner = things[-1]
    between = [p for p in parts if min(owner.start, noun.start) < p.start < max(owner.start, noun.start)]
    if any(p.meanings and "light" not in p.kinds for p in between):
        return None
    link = _noun_link(noun, owner.term, grammar) if owner.term else None
    low, high = sorted((parts.index(owner), parts.index(light), at))[0::2]
    made = Element(parts[low].start, parts[high].end, noun.text, Term(owner.text, link=link))
    return low, high + 1, made


def _counted(parts: list[Element], at: int) -> bool:
    return at > 0 and bool(parts[at - 1].kinds & {"article"}) and parts[at - 1].text in ("a", "any", "many")


def _by_value(parts: list[Element], at: int, grammar: Grammar) -> _Made:
    """'the baker', where baker is a value that somebody is said to have."""
    values = [m for m in parts[at].meanings if m.value is not None]
    others = any(p.meanings and p is not parts[at] and not p.kinds & {"light"} for p in parts)
    if not values or at == 0 or "article" not in parts[at - 1].kinds or parts[at - 1].text != "the" or not others:
        return None
    fit = [m for m in values if "person" in grammar.shape(m.predicate).subjects]
    if not fit:
        return None
    link = Link((fit[0].predicate,), value=fit[0].value)
    return at - 1, at + 1, merged(parts[at - 1], parts[at], Term("", link=link), grammar.text)


def _noun_link(noun: Element, given: Term | None, grammar: Grammar) -> Link:
    """Give those who stand to `given` as a noun says: 'Mira's sister', 'Mira's home'."""
    predicates = noun.predicates
    gender = next((g for g in ("she", "he") if g in noun.kinds), None)
    predicate = predicates[0]
    role: Role | None = None
    if given is not None and not grammar.fits(given, predicate, "object"):
        role = "subject"
    elif grammar.predicates[predicate].symmetric or not grammar.fits(given, predicate, "subject"):
        role = "object"
    else:
        role = _worded(noun.text, grammar.predicates[predicate])
        if role is None and grammar.lexicon.turned(predicate):
            role = "object"
    if grammar.predicates[predicate].values:
        role = "subject"
    return Link(predicates, given, role, gender)


def _worded(noun: str, predicate: Predicate) -> Role | None:
    """Give whose it is by the predicate's own wording: in '{subject} is {object's} nephew' the object's."""
    bare = re.escape(noun.removesuffix("'s").rstrip("s"))
    for wording in predicate.wording.values():
        owned = re.search(rf"\{{(subject|object)(?:'s\}}|\}}的)[^{{}}]*{bare}", wording)
        owned = owned or re.search(rf"{bare}[^{{}}]* (?:of|to|for) \{{(subject|object)\}}", wording)
        if owned:
            return "subject" if owned.group(1) == "subject" else "object"
    return None


def _clause_link(
    cue: Element, given: Term | None, role: Role, gender: str | None, between: Sequence[Element], grammar: Grammar
) -> Link:
    predicate = cue.predicates[0]
    if any("by" in part.kinds for part in between):
        role = "subject"
    other: Role = "subject" if role == "object" else "object"
    if not grammar.fits(given, predicate, role) and grammar.fits(given, predicate, other):
        role = other
    return Link(cue.predicates, given, role, gender)


# -- the relation that is asked about ------------------------------------------------------------------


def _of_phrases(parts: list[Element], things: list[Element], manner: Manner, grammar: Grammar) -> list[Query]:
    """Read a question that has no relation but that of a phrase: 'Who is Mira's sister?', 'Is Anke her sister?'"""
    linked = [part for part in things if part.term and part.term.link]
    if owned := _belonging(parts, things, manner, grammar):
        return owned
    if not linked:
        return []
    phrase = linked[-1]
    link = phrase.term.link if phrase.term else None
    if link is None:
        return []
    other = next((part.term for part in things if part is not phrase), None)
    if link.value is not None:
        values = (link.value,)
        return [Query(link.predicates[0], other, None, values, manner.asks, manner.polar, fits=1.0)]
    found = []
    for rank, predicate in enumerate(link.predicates):
        fits = 1.0 - 0.1 * rank + (_ASKED if manner.asks in grammar.predicates[predicate].asks else 0.0)
        sides = (link.given, other) if link.role == "subject" else (other, link.given)
        query = Query(predicate, *sides, asks=manner.asks, gender=link.gender or manner.gender, fits=fits)
        found.append(_in_manner(query, manner, grammar))
        if link.role is None:
            turned = replace(query, subject=query.object, object=query.subject, fits=fits - 0.05)
            found.append(_in_manner(turned, manner, grammar))
    return found


def _belonging(parts: list[Element], things: list[Element], manner: Manner, grammar: Grammar) -> list[Query]:
    """Read 'Is the harp Mira's?', 竖琴是米拉的吗, by the relation that is worded so."""
    if not things or not (predicate := grammar.lexicon.belonging):
        return []
    owner, thing = things[-1], things[-2] if len(things) > 1 else None
    rest = [part for part in parts if part.start >= owner.end]
    if manner.asks == "who" and [part.text for part in rest[-1:]] == ["的"] and len(rest) <= 3 and "be" in rest[0].kinds:
        return [_in_manner(Query(predicate, None, owner.term, asks="who", fits=1.0), manner, grammar)]
    after = [part for part in parts if part.start >= owner.end]
    owned = after[0].text == "的" if after else owner.owner
    if not owned or any(part.text not in _PARTICLES for part in after):
        return []
    if thing is None and not manner.asks == "what":
        return []
    query = Query(predicate, owner.term, thing.term if thing else None, asks=manner.asks, fits=1.0)
    return [_in_manner(query, manner, grammar)]


def _inside(parts: list[Element], things: list[Element], manner: Manner, grammar: Grammar) -> list[Query]:
    """Read 'Who is at the mill?', 磨坊里有什么, by every relation that says where its subject is."""
    if len(things) not in (1, 2) or manner.asks not in (None, "who", "what") or (len(things) == 1) == manner.polar:
        return []
    place = things[-1]
    before = {part.text for part in parts if part.start < place.start}
    having = any("light" in part.kinds and part.start > place.start for part in parts)
    if not (before & set(words_of("en").grammar["inside"]) or (grammar.language == "zh" and having)):
        return []
    found = []
    for predicate, rule in grammar.predicates.items():
        shape = grammar.shape(predicate)
        people = not shape.subjects or "person" in shape.subjects
        fits = people if manner.asks == "who" else not shape.subjects or bool(shape.subjects - {"person"})
        fits = fits or manner.polar
        if "where" in rule.asks and fits and place.term and grammar.fits(place.term, predicate, "object"):
            inside = things[0].term if len(things) == 2 else None
            query = Query(predicate, inside, place.term, asks=manner.asks, fits=0.5)
            if grammar.fits(inside, predicate, "subject"):
                found.append(_in_manner(query, manner, grammar))
    return found


def _in_manner(query: Query, manner: Manner, grammar: Grammar) -> Query:
    counted = manner.asks == "how_many" and not grammar.lexicon.measured(query.predicate)
    return replace(
        query, polar=manner.polar, count=manner.count or counted, every=manner.every, negated=manner.negated and not manner.polar
    )


def _clauses(parts: list[Element], cues: list[Element], manner: Manner, grammar: Grammar) -> list[Query]:
    heavy = [cue for cue in cues if "light" not in cue.kinds] or cues
    heavy = [
        cue
        for cue in heavy  # in 是谁的家, 是谁的 only leads up to what is asked
        if not (cue.text.endswith("的") and any(other.start == cue.end for other in heavy))
    ]
    strength: dict[str, float] = {}
    first: dict[str, Element] = {}
    values: dict[str, list[str]] = {}
    for cue in heavy:
        weights: dict[str, float] = {}
        for meaning in cue.meanings:
            weights[meaning.predicate] = max(weights.get(meaning.predicate, 0.0), meaning.weight)
            if meaning.value is not None and meaning.value not in values.setdefault(meaning.predicate, []):
                values[meaning.predicate].append(meaning.value)
        for predicate, weight in weights.items():
            strength[predicate] = strength.get(predicate, 0.0) + weight
            first.setdefault(predicate, cue)
    if grammar.language == "en":
        verb = next((cue for cue in heavy if cue.text.split(" ")[0] not in grammar.question_words), heavy[0])
        for predicate in {meaning.predicate for meaning in verb.meanings}:
            strength[predicate] += _FIRST
    named = sum(1 for part in parts if part.term or (part.meanings and not part.predicates))
    found = []
    for predicate, weight in strength.items():
        rule = grammar.predicates[predicate]
        if manner.asks in rule.asks:
            weight += _ASKED
        query = roles(parts, first[predicate], predicate, manner.asks, manner.polar, grammar)
        query = replace(query, values=tuple(values.get(predicate, ())), gender=manner.gender)
        for term, role in ((query.subject, "subject"), (query.object, "object")):
            if not grammar.fits(term, predicate, role):  # type: ignore[arg-type]
                weight -= _UNFIT
        weight -= _LEFT_OUT * max(0, min(named, 2) - _sides(query))
        if not _wanted(query, manner, grammar):
            weight -= _UNFIT
        found.append(_in_manner(replace(query, fits=weight), manner, grammar))
    return found


def _wanted(query: Query, manner: Manner, grammar: Grammar) -> bool:
    """Tell whether what a reading would find may answer the question word: somebody to who, a place to where."""
    rule = grammar.predicates[query.predicate]
    shape = grammar.shape(query.predicate)
    wanted = shape.subjects if query.subject is None else shape.objects if query.object is None else None
    if rule.values or not wanted or manner.asks not in ("who", "where"):
        return True
    if manner.asks == "where":
        return "place" in wanted or "where" in rule.asks
    return bool(wanted & {"person", "group", "idea"})


def _apt(query: Query, grammar: Grammar) -> bool:
    """Tell whether what stands on either side of a reading can stand there."""
    subject = grammar.fits(query.subject, query.predicate, "subject")
    return subject and grammar.fits(query.object, query.predicate, "object")


def _sides(query: Query) -> int:
    """Give how many of the things named a reading has a place for."""
    return (query.subject is not None) + (query.object is not None or bool(query.values))
