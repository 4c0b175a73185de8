"""What a line leaves out, filled in from how people type and what was said last: 'got any work', 'yours?', 'and you?'

The forms stand in each language's `ellipsis.yaml`. What is filled in is only for hearing: the line stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from npc_engine.dialogue.scene import Context, Exchange
from npc_engine.dialogue.types import ASKING
from npc_engine.dialogue.understand.about_self import shaped
from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.persons import to_listener
from npc_engine.text import Language, fill, sentences

_ENDS = ".!?…。！？~"
LATELY = 3
"""Turns back to which 'yours' may refer."""


def filled(text: str, context: Context, language: Language, told: Sequence[str] = ()) -> str:
    """Return a line with what it leaves out; as it is where it leaves nothing out, or nobody can say what.

    `told` are the matters that the speaker told of themself in the line: `home`, `work` …
    """
    speech = pack(language)
    forms = _forms(speech)
    if forms is None:
        return text
    full = forms.tags.sub("?", text) if len(text.split()) > 2 or not speech.spaced else text
    for pattern, whole in forms.fill:
        full = pattern.sub(partial(_expanded, whole=whole), full)
    full = text if full == text else full.strip()
    full = _where_one_is(full, context, forms) or full
    if forms.yours.search(full) and (thing := _thing(full, context, forms)):
        alone = forms.asked_alone.search(full)
        if alone and full[: alone.start()].strip():
            full = f"{full[: alone.start()]}. {fill(forms.of_it, {'thing': thing})}"
        full = forms.yours.sub(fill(forms.owned, {"thing": thing}), full)
    if (back := forms.back.search(full)) and (
        question := _question(full[: back.start()], told, context, forms, speech)
    ):
        head = full[: back.start()].rstrip(" ,，;；-")
        stop = speech.full_stop if head and head[-1] not in _ENDS else ""
        full = f"{head}{stop}{speech.words.gap}{question}".strip()
    return full


def _where_one_is(text: str, context: Context, forms: _Forms) -> str:
    """Return a question whether there is some such person or place as the question where that one is; else nothing.

    Where the hearer is that one it asks whether they are: 'Is there a smith here?'
    """
    match = forms.existing.search(text)
    if match is None:
        return ""
    what = match["what"]
    one = next((each for each in context.names.find(what) if each.end == len(what)), None)
    if one is None or (forms.spaced and one.start):  # there may be a mister of that name
        return ""
    if context.world.entities[one.entity].kind not in ("person", "place"):
        return ""
    question = forms.whether_one_is if one.entity == context.npc else forms.where_one_is
    return f"{text[: match.start()]}{fill(question, {'what': what[one.start :]})}"


def _expanded(match: re.Match[str], whole: str) -> str:
    """Return a form filled in; a verb that began its sentence does so no longer: 'Mind if …' has no name in it."""
    verb = match.groupdict().get("verb") or ""
    return match.expand(whole.replace(r"\g<verb>", verb.lower()))


def told_before_asking_back(text: str, language: Language) -> str:
    """Return what a line says before it asks its own question of the hearer; empty where it does not ask that."""
    forms = _forms(pack(language))
    back = forms.back.search(text) if forms else None
    return text[: back.start()] if back else ""


def _thing(text: str, context: Context, forms: _Forms) -> str:
    """Return what 'yours' stands for: what the speaker called theirs last, else what the hearer did, or kin named."""
    at = forms.yours.search(text)
    before = text[: at.start()] if at else text
    lately = list(reversed(context.exchanges[-LATELY:]))
    for said in (before, *(one.reading.text for one in lately)):
        if found := list(forms.mine.finditer(said)):
            return found[-1]["thing"]
        if found := list(forms.kin.finditer(said)):
            return found[-1]["rel"]
    first = before.strip(" .,!?，。！？").partition(" ")[0]
    return first if first and forms.spaced and first.casefold() not in forms.common else ""


def _question(head: str, told: Sequence[str], context: Context, forms: _Forms, speech: LanguagePack) -> str:
    """Return the question that 'and you?' asks: of what the speaker tells, what the NPC asked them, what was told."""
    if head.strip():
        if turned := _turned(head, forms, speech):
            return turned
        if asked := next((forms.questions[one] for one in told if one in forms.questions), ""):
            return asked
    last = context.exchanges[-1] if context.exchanges else None
    if last is None:
        return forms.questions["state"] if head.strip() else ""
    if put := [one for one in sentences(last.line.text) if one.endswith(ASKING)]:
        return put[-1]
    return _turned(last.reading.text, forms, speech) or next(_told_in(last, forms), "")


def _told_in(last: Exchange, forms: _Forms) -> Iterator[str]:
    for act in last.reading.acts:
        if act.kind == "introduce":
            yield forms.questions["name"]
        elif act.kind == "tell_self" and act.topic in forms.questions:
            yield forms.questions[act.topic]


def _turned(said: str, forms: _Forms, speech: LanguagePack) -> str:
    for pattern, question in forms.turned:
        if match := pattern.search(said):
            groups = {name: to_listener(value or "", speech) for name, value in match.groupdict().items()}
            return fill(question, groups)
    return ""


@dataclass(frozen=True)
class _Forms:
    """What a language leaves out, ready to be looked for."""

    fill: tuple[tuple[re.Pattern[str], str], ...]
    existing: re.Pattern[str]
    where_one_is: str
    whether_one_is: str
    tags: re.Pattern[str]
    yours: re.Pattern[str]
    owned: str
    asked_alone: re.Pattern[str]
    of_it: str
    mine: re.Pattern[str]
    kin: re.Pattern[str]
    back: re.Pattern[str]
    turned: tuple[tuple[re.Pattern[str], str], ...]
    questions: dict[str, str]
    spaced: bool
    common: frozenset[str]


@cache
def _forms(speech: LanguagePack) -> _Forms | None:
    data: dict[str, Any] = speech.ellipsis
    if not data:
        return None
    shapes = {name: data[name] for name in ("start",)}
    shapes |= {name: f"(?P<verb>{data[name]})" for name in ("plain", "had")}
    edge = r"\b" if speech.spaced else ""

    def ready(pattern: str) -> re.Pattern[str]:
        return re.compile(fill(pattern, shapes), re.IGNORECASE)

    return _Forms(
        fill=tuple((ready(pattern), whole) for pattern, whole in data["fill"]),
        existing=ready(data["existing"]),
        where_one_is=data["where_one_is"],
        whether_one_is=data["whether_one_is"],
        tags=ready(data["tags"]),
        yours=ready(data["yours"]),
        owned=data["owned"],
        asked_alone=ready(data["asked_alone"]),
        of_it=data["of_it"],
        mine=re.compile(shaped(data["mine"], speech).replace("(?P<rel>", "(?:"), re.IGNORECASE),
        kin=re.compile(f"{edge}{shaped('{rel}', speech)}{edge}", re.IGNORECASE),
        back=ready(data["back"]),
        turned=tuple((ready(pattern), whole) for pattern, whole in data["turned"]),
        questions=dict(data["questions"]),
        spaced=speech.spaced,
        common=speech.common_words | frozenset(("how", "what", "who", "and", "so", "is", "are")),
    )
