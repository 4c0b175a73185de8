"""Two understanders in one: rules where they are sure, what was learned where that is; where both agree, surer still.

The ear (`learned`) divides a line into stretches and says what is done by each. The rules link names, find the
relation that is asked about, the offers that are called on and what is claimed. Neither is believed alone about what
would change the world: an action is asked for where the words of an offer stand in a stretch that asks for a deed, and
a claim is taken up where a clause states it from end to end, unless the ear surely hears a question, guess or report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.query import POSSESSION, Query, Term
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING, SURELY, Act, Reading
from npc_engine.dialogue.understand import (
    about_taste,
    ellipsis,
    goods,
    moments,
    moods,
    of_npc,
    of_speaker,
    own_life,
    sought,
)
from npc_engine.dialogue.understand.choosing import choice
from npc_engine.dialogue.understand.comparing import compared
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.deed_merging import Deed
from npc_engine.dialogue.understand.deeds import deeds_in
from npc_engine.dialogue.understand.learned import hear
from npc_engine.dialogue.understand.meaning import is_foreseen, matcher_of, surest, unread
from npc_engine.dialogue.understand.picking import look_through
from npc_engine.dialogue.understand.qualifiers import is_denied, is_put, qualifiers, takes_leave
from npc_engine.dialogue.understand.rules.hear import RulesUnderstander
from npc_engine.dialogue.understand.rules.linking import with_common_names, with_names
from npc_engine.dialogue.understand.rules.stating import Stated, claims_of
from npc_engine.dialogue.understand.saying_over import said_again
from npc_engine.dialogue.understand.stretches import rejoined, with_unread, without_call
from npc_engine.dialogue.understand.themes import themes
from npc_engine.dialogue.understand.vouching import amount_in, as_stated, taken_up, with_amount
from npc_engine.dialogue.wants import Choice
from npc_engine.lang import pack, words_of
from npc_engine.text import Language, fold, languages

FAINT = 0.22
"""Confidence of the ear below which a stretch that the rules make nothing of is taken for a remark, and no more."""
UNSURE = 0.45
"""Confidence of the ear below which the rules are believed where they found something."""
PLAIN = 0.85
"""Confidence from which a question that names nobody is one about the NPC."""
FOLLOWED = 0.6
"""Confidence of the ear from which it is believed against words that only sound like a question of what was said."""
RECORDED = 0.7
"""Confidence from which a fact that is stated is taken up, and a deed that is asked for is done."""
TOGETHER = 0.2
"""What it adds to the ear's confidence that the rules found the same."""
CERTAIN = 0.9
"""Confidence of the ear from which it is believed against a form that the rules find in full."""
GRAVELY = 0.7
"""Confidence from which somebody is taken to insult, to threaten or to step out of the story."""
READ_AHEAD = 3
"""Wordings of the author's that are heard before a talk begins: the first of a kind takes the longest."""
_GENERAL = frozenset(
    {"remark", "tell_self", "tell_fact", "tell_news", "report", "guess", "complain", "correct", "disagree"}
)
"""Acts whose answers are never far out where another statement was meant."""
_ASKED_FOR = frozenset({"request", "request_help", "beg", "order", "forbid"})
"""Acts that ask the hearer for something; denied, they ask for it to be left."""
_RESERVED = frozenset({"tell_fact", "tell_news", "report", "guess"})
"""Acts that may bring something up without vouching for it."""
_TOLD_IN_LEAVING = frozenset({
    "tell_self", "tell_fact", "tell_news", "remark", "acknowledge", "accept", "promise", "guess", "show", "order",
    "refuse", "thank",
})  # fmt: skip
"""Acts that the ear may hear where somebody leaves: 'can't stay, the cat wants feeding'."""


Hear = Callable[[str, Language], Sequence[LabelledStretch]]
"""Divides a text in a language into stretches, and says what is done by each."""


class CascadeUnderstander:
    """Reads several acts to a line: each stretch as the ear takes it, with what the rules find in it."""

    def __init__(self, rules: RulesUnderstander, hear: Hear) -> None:
        self._rules = rules
        self._hear = hear

    def understand(self, text: str, context: Context) -> Reading:
        """Return what is done by saying a text, stretch by stretch."""
        said = self._understood(text, context)
        full = self._filled(said, context)
        if full == said.text:
            return compared(self._read(said, context), context)
        context = replace(context, language=said.language, said=said.text)
        read = self._read(self._understood(full, context), context)
        return replace(compared(read, context), text=said.text, filled=full)

    def read_ahead(self, context: Context) -> None:
        """Load what hearing takes, and read what the author wrote for whom one talks with."""
        for text in unread(context, context.language or languages()[0], READ_AHEAD):
            self.understand(text, context)

    def _understood(self, text: str, context: Context) -> Reading:
        """Return a text as the rules take it, without what it states: that is looked for in the whole line, once."""
        return self._rules.understand(text, context, claiming=False)

    def _heard(self, text: str, context: Context, language: Language) -> Sequence[LabelledStretch]:
        """Return the stretches of a text as the ear takes them, whoever of the world's people it names."""
        return self._hear(with_common_names(text, context, language), language)

    def _filled(self, said: Reading, context: Context) -> str:
        """Return a line with what it leaves out."""
        before = ellipsis.told_before_asking_back(said.text, said.language)
        told = [
            "name" if one.kind == "introduce" else one.topic or ""
            for one in (self._heard(before, context, said.language) if before.strip() else ())
            if one.kind in ("introduce", "tell_self")
        ]
        return ellipsis.filled(said.text, context, said.language, told)

    def _read(self, whole: Reading, context: Context) -> Reading:
        """Return what is done by a line that leaves nothing out, as the rules take it."""
        stretches = rejoined(self._heard(whole.text, context, whole.language), whole)
        if not stretches or whole.main.kind == "confide":
            return whole if stretches else self._rules.understand(whole.text, context)
        alone = len(stretches) == 1
        deeds = deeds_in(whole.text, context, whole.language, stretches)
        said = self._rules.stated(whole.text, context, whole.language)
        read: list[Act] = []
        for one in stretches:
            spoken = tuple(entity for act in read for entity in act.named)
            here = [deed for deed in deeds if one.span[0] <= deed.start < one.span[1]]
            stated = [told for told in said if one.span[0] <= told.at < one.span[1]]
            read.append(self._act(one, whole, replace(context, spoken=spoken), here, stated, alone=alone))
        main = replace(whole, acts=tuple(read)).main
        if not (alone or is_foreseen(main.means, CERTAIN)) and (as_one := self._meant_as_one(whole, context)):
            read = [act for act in read if act is main or act.told or act.claims or act.wants]  # the rest only leads up
            read = [replace(act, means=surest(act.means, as_one)) for act in read]
        if _asks_of_all(read, whole, context):
            return replace(whole, acts=(replace(whole.main, confidence=max(whole.main.confidence, RECORDED)),))
        promised = any(act.kind == "promise" for act in read) or (alone and whole.promises)
        return replace(whole, acts=tuple(read), promises=whole.promises and promised)

    def _clause_asked(self, ruled: Act, part: str, context: Context, language: Language) -> Act:
        """Return a question as its first clause asks it, where more was read: 'Who made the bridge, good iron that.'"""
        head, mark, tail = part.partition("，" if "，" in part else ", ")
        if not (mark and ruled.kind == "ask_fact" and ruled.question_word and tail.strip()):
            return ruled
        if pack(language).puts_question(fold(tail).strip()):
            return ruled
        alone = self._understood(head, replace(context, language=language)).main
        whole = alone.kind == "ask_fact" and alone.question_word == ruled.question_word and alone.queries
        if not whole or words_of(language).any_of(words_of(language).grammar.get("or", ()), tail):
            return ruled
        return alone if _of_the_world(alone, context) else ruled

    def _meant(self, part: str, context: Context, language: Language, settled: Act) -> tuple[tuple[str, float], ...]:
        """Return which of the author's wordings a stretch means: as it stands, or with names for its pronouns."""
        life, asks, matcher = settled.life, _asks(settled, part), matcher_of(context, language)
        small = life is not None and own_life.is_small(life, language)
        label = f"ask_npc/{settled.topic}" if settled.kind == "ask_npc" and settled.confidence >= CERTAIN else ""
        found = matcher.meant(part, life.name if life else "", small=small, asks=asks, label=label)
        if context.said and not life:
            found = surest(found, matcher.meant(context.said))
        named = with_names(part, context, language)
        if named == part or life is not None:
            return found
        by_name = dict(matcher.meant(named, asks=asks))
        both = dict(found) | by_name  # whom a pronoun stands for decides, where a wording has both
        return tuple(sorted(both.items(), key=lambda one: (-one[1], one[0] not in by_name)))

    def _meant_as_one(self, whole: Reading, context: Context) -> tuple[tuple[str, float], ...]:
        """Return which wordings a line of several stretches means as one: 'My watch stopped. Can you mend it?'"""
        found = matcher_of(context, whole.language).meant(whole.text)
        return tuple((key, sure) for key, sure in found if sure >= CERTAIN)

    def _choice(self, part: str, act: Act, context: Context) -> Choice | None:
        """Return which of several things a question is about, if it compares or picks out."""
        asks = acts()[act.kind].question or (part.rstrip().endswith(ASKING) and not act.told)
        words = look_through(part, context, context.language or "") if asks and not act.wants else None
        if words is None or not words.measures.predicates:
            return None
        return choice(words, 0, act.queries, context, yes_no=act.yes_no and act.question_word is None)

    def _act(
        self,
        heard: LabelledStretch,
        whole: Reading,
        context: Context,
        deeds: Sequence[Deed],
        said: Sequence[Stated],
        *,
        alone: bool,
    ) -> Act:
        (start, end), language = heard.span, whole.language
        part = without_call(whole.text[start:end], context)
        wants = tuple(deed.want for deed in deeds if deed.want)
        if deeds and not wants:
            context = replace(context, actions={})  # words of a deed that nobody is asked to do
        ruled = whole.main
        if not alone or part != whole.text or (deeds and not wants):
            ruled = self._understood(part, replace(context, language=language)).main
        claims = taken_up(heard, part, said, context, language)
        ruled = ruled if alone else with_unread(ruled, whole.main, context)
        asked = self._clause_asked(ruled, part, context, language)
        ruled = replace(asked, wants=wants, claims=claims_of(said))
        settled = self._settled(heard, as_stated(ruled, claims), part, whole, context, outright=bool(claims))
        act, own, moment = acts()[settled.kind], settled.own, moments.begun(heard, part, language)
        return replace(
            settled,
            span=heard.span,
            choice=self._choice(part, settled, replace(context, language=language)),
            claims=claims,
            brought_up=settled.claims if settled.kind in _RESERVED and not claims else (),
            taste=about_taste.asked(part, language) if act.question and settled.life is None and not own else None,
            mood=moods.mood_of(settled, part, heard, context, language),
            tone=moods.tone_of(settled, part, heard, language),
            themes=themes(part, language),
            supposed=act.question and "conditional" in qualifiers(fold(part), language),
            echo=said_again(part, settled, context, language),
            means=self._meant(part, context, language, settled),
            sought=sought.sought(part, language),
            moment=moment,
            clearly=moments.is_clear(heard, moment),
            goods=goods.wanted(settled, part, whole.text, self._understood, context, language),
        )

    def _settled(
        self, heard: LabelledStretch, ruled: Act, part: str, whole: Reading, context: Context, *, outright: bool
    ) -> Act:
        """Return a stretch as the rules read it, with what is done by it and what it tells or asks of who talk."""
        language = whole.language
        kind, confidence = _agreed(heard, ruled, part, context, language)
        if any(not (want.unsure or want.readings[0].bid) for want in ruled.wants):
            kind, confidence = (kind if acts()[kind].deed else "request"), max(confidence, RECORDED)
        elif {kind, heard.kind} & _ASKED_FOR and heard.confidence < CERTAIN and is_denied(fold(part), language):
            kind = "forbid"
        doubted = (words_of(language).cued("hedge", part) or heard.confidence >= RECORDED) and not outright
        if heard.kind in ("guess", "report") and kind == "tell_fact" and doubted:
            kind = heard.kind
        if kind == "promise" and _promises_nothing(heard, ruled, part, whole):
            kind = ruled.kind
        topic = (heard.topic if kind == heard.kind else None) or ""
        said = of_speaker.as_said(part, heard.span[0], whole, context)
        told = of_speaker.told(said, topic, language, kind)
        kind = of_speaker.telling(kind, told, heard.confidence, dict(heard.others))
        of = heard.topic or "" if kind == "ask_fact" and heard.kind == "ask_npc" else ""
        if (topic or of) and acts()[kind].question and not of_npc.vouched(heard, topic or of, ruled, part, language):
            kind, topic, of = "ask_fact" if kind == "ask_scene" else kind, "", ""
        kind, topic = of_npc.of_their_own(kind, topic, ruled, part, language)
        if which := own_life.asks_which(part, language):
            kind, ruled = "ask_sure", replace(ruled, queries=(), claims=())
        if of_npc.observes(heard, kind, ruled, part, whole):
            kind, ruled = "observe", of_npc.to_be_confirmed(ruled, context)
        if kind == "introduce" and not told and ruled.kind == "ask_fact" and _well_formed(ruled, context):
            kind = "ask_fact"  # 'Name his brother.'
        act = acts()[kind]
        if not (act.states or kind in _RESERVED or ruled.kind == "tell_fact"):
            ruled = replace(ruled, claims=())
        if act.question and ruled.kind != "ask_fact" and not _well_formed(ruled, context):
            ruled = replace(ruled, queries=())  # a relation seen in a statement is not what is asked for
        if kind == "ask_npc" and heard.confidence >= PLAIN:
            ruled = replace(ruled, queries=tuple(_of_the_npc(query, context) for query in ruled.queries))
        if kind == "ask_npc" and topic not in ("", "possessions"):
            ruled = replace(ruled, queries=tuple(q for q in ruled.queries if q.object or q.predicate != POSSESSION))
        ruled = with_amount(ruled, amount_in(part, context, language))
        own = of_speaker.asked(said, replace(ruled, kind=kind, told=told), context, language)
        of_both = own is None or own.loose
        life = of_npc.matter(heard, part, ruled, kind, topic, told, context, language) if of_both else None
        if life is not None:
            ruled = of_npc.put_to_the_world(life, ruled, self._understood, context, language)
            kind, confidence, topic, own = "ask_npc", 1.0, own_life.topic_of(life, language), None
        elif own is not None and not own.loose:
            kind, confidence = of_speaker.asking(own), max(confidence, RECORDED)
        elif own is None and of_speaker.comes_back(kind, said, context, language):
            kind = "greet"
        settled = replace(ruled, kind=kind, topic=topic, confidence=confidence, told=told, own=own)
        return replace(settled, life=life, asks_which=which, of_npc=of)


def _asks(act: Act, part: str) -> bool | None:
    """Return whether a stretch asks something; None where it may well be put either way, as deeds are."""
    rule = acts()[act.kind]
    if rule.question or part.rstrip().endswith(ASKING):
        return True
    return None if rule.deed or act.confidence < SURELY else False


def _asks_of_all(read: Sequence[Act], whole: Reading, context: Context) -> bool:
    """Return whether what is stated first is what is asked about: 'I heard she lives there. Is that so?'"""
    asked = [act.kind for act in read if acts()[act.kind].question]
    return (
        asked == ["ask_sure"] and len(read) > 1 and whole.main.kind == "ask_fact" and _of_the_world(whole.main, context)
    )


def _of_the_npc(query: Query, context: Context) -> Query:
    """Return a question that names neither side as one about the NPC."""
    if query.subject is not None or query.object is not None or query.values:
        return query
    return replace(query, subject=Term("", entity=context.npc), count=False, every=False)


def _promises_nothing(heard: LabelledStretch, ruled: Act, part: str, whole: Reading) -> bool:
    """Whether what sounds like a promise asks for something first, or gives nobody's word on anything."""
    if acts()[ruled.kind].grave:
        return False
    if whole.promises:
        return whole.main.kind == "request"
    return heard.confidence < UNSURE or words_of(whole.language).cued("promise", part)


def _agreed(heard: LabelledStretch, ruled: Act, part: str, context: Context, language: Language) -> tuple[str, float]:
    """Return what is done by a stretch, and how sure that is, by what either says."""
    learned, by_rule = acts()[heard.kind], acts()[ruled.kind]
    sure = heard.confidence
    bidden = "description" in ruled.subject  # 'Tell me about your family.'
    unasked = ruled.kind == "ask_fact" and not (bidden or _names_another(ruled, context) or is_put(part, language))
    if heard.kind == ruled.kind and not unasked:
        return heard.kind, min(1.0, sure + TOGETHER)
    of_themself = heard.kind == "tell_self" and all(context.speaker in (c.subject, c.object) for c in ruled.claims)
    if ruled.wants and ruled.kind == "request":
        if learned.deed:
            return heard.kind if heard.kind == "accept" else "request", max(sure, RECORDED)
        return (heard.kind, sure) if sure >= CERTAIN else ("request", RECORDED)
    stated = unasked and not (learned.question and sure >= UNSURE)
    if ruled.kind == "ask_fact" and _well_formed(ruled, context) and not stated:
        put = ruled.question_word or ruled.yes_no  # 'I said too much' only sounds like asking what was said
        beside = FOLLOWED if put else 0.0
        against = CERTAIN if _of_the_world(ruled, context) else beside
        against = min(against, RECORDED) if learned.states else against
        empty = not (put or ruled.named) and learned.question  # 再多讲讲 bids somebody tell, and not of what
        seen = heard.kind == "ask_scene" and (heard.topic == "weather" or not _of_the_world(ruled, context))
        least = of_npc.UNSPOKEN_HERE if seen else CERTAIN
        sought = (heard.kind == "ask_advice" or empty or seen) and sure >= least and not ruled.queries
        marked = ruled.yes_no and bool(ruled.queries) and _of_the_world(ruled, context)
        if not sought and (learned.question or marked or sure < against):
            return "ask_fact", max(sure, RECORDED)
    if sure < UNSURE and ruled.kind == "ask_fact" and "name" in ruled.subject:
        return "ask_fact", RECORDED
    if ruled.kind == "tell_fact" and ruled.claims and not of_themself and (learned.states or sure < CERTAIN):
        return "tell_fact", max(sure, RECORDED)
    if ruled.kind == "tell_fact" and learned.light and sure < RECORDED and _of_the_world(ruled, context):
        return "tell_fact", sure  # 'I'm sorry to hear that the bridge broke.'
    if ruled.kind == "promise" and sure < CERTAIN:
        return "promise", max(sure, RECORDED)
    if sure < CERTAIN and heard.kind in _TOLD_IN_LEAVING and takes_leave(part, language):
        return "part", max(sure, RECORDED)
    if sure < FAINT and ruled.kind == "remark":
        return "remark", 1 - sure
    if learned.question and sure < UNSURE and (stated or ruled.kind in ("tell_fact", "remark")):
        told = [(p, kind) for kind, p in heard.others.items() if not acts()[kind].question]
        if told:
            return max(told)[1], max(told)[0]
    if (by_rule.grave and (sure < RECORDED or heard.kind == "accuse")) or (
        by_rule.flatters and (learned.grave or sure < RECORDED)
    ):
        return ruled.kind, 1 - sure
    return _cautiously(heard, ruled, asked=bool(ruled.question_word or ruled.yes_no) and not unasked)


def _cautiously(heard: LabelledStretch, ruled: Act, *, asked: bool) -> tuple[str, float]:
    """Return what is done by a stretch only the ear makes anything of: what fits several acts if unsure."""
    rule = acts()[heard.kind]
    if heard.confidence >= (GRAVELY if rule.grave else SURELY) or rule.question or heard.kind in _GENERAL:
        return heard.kind, heard.confidence
    fit = {kind: p for kind, p in heard.others.items() if (acts()[kind].question if asked else kind in _GENERAL)}
    kind = max(fit, key=lambda one: fit[one], default="ask_fact" if asked else "remark")
    return "remark" if kind == "tell_self" else kind, fit.get(kind, FAINT)  # of what, the ear does not say


def _well_formed(asked: Act, context: Context) -> bool:
    """Whether the rules find all that a question of somebody or something other than the NPC is made of."""
    beside = (
        asked.unknown or asked.opinion or asked.said_by or asked.subject - {"name", "doing", "acquaintance", "same"}
    )
    return bool(beside) or _of_the_world(asked, context)


def _of_the_world(asked: Act, context: Context) -> bool:
    """Whether a question names somebody or something other than the NPC, or a value of theirs."""
    return _names_another(asked, context) or any(query.values for query in asked.queries)


def _names_another(asked: Act, context: Context) -> bool:
    """Whether a question names somebody or something other than who talk."""
    ourselves = {context.npc, context.speaker, None}
    sides = {side.entity for query in asked.queries for side in (query.subject, query.object) if side is not None}
    return bool(set(asked.named) - ourselves or sides - ourselves)


def open_cascade() -> CascadeUnderstander:
    """Return the understander that comes with the engine."""
    return CascadeUnderstander(RulesUnderstander(), hear)
