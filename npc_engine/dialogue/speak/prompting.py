"""What a model reads: the persona first, the same bytes every turn, and last the plan of this one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.secrets.guard import Guard, all_of
from npc_engine.dialogue.speak import trained
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.types import Check, Plan
from npc_engine.lang import pack, words_of
from npc_engine.models.model import Message, ModelInfo, Request
from npc_engine.phrasebook import filled
from npc_engine.text import Language, join_sentences, localized, sentences, terms

MOST_TOKENS = {"small": 48, "large": 120}
"""Tokens an answer may take, by the model's size: two short sentences, and three longer ones."""
_SHOWN = {"small": (3, 1), "large": (4, 4)}
"""How many exchanges a model is shown, by its size: common ones, and samples of the persona's. On two cores a small
model reads some 400 tokens a second, and the first answer waits for all of them."""
_HEARD = 160
"""Characters of the speaker's line that a model reads: the plan already holds what it meant."""

_CONTROL = re.compile(r"<[|｜]?[^<>]{0,40}[|｜]?>|\[/?[A-Z_]{2,20}\]|[<>{}\[\]|`#*\\]|-{3,}|={3,}")
_TOKENS = re.compile(r"<[|｜]?[^<>]{0,40}[|｜]?>|\[/?[A-Z_]{2,20}\]")
_INNER = str.maketrans({"[": "(", "]": ")", "【": "（", "】": "）"})
_COLON = re.compile(r"(?<=\D)\s*[:：]\s*")
_MARKS = str.maketrans({"“": "'", "”": "'", '"': "'", "「": "'", "」": "'", "\n": " ", "\r": " ", "\t": " "})


def prefix(scene: Scene, info: ModelInfo, language: Language) -> tuple[Message, ...]:
    """Return the messages that stay the same for a speaker and an NPC, for as long as the persona does.

    What touches on any of the persona's secrets, told or not, is left out.
    """
    guard = all_of(scene.persona, scene.projections.compiled)
    if trained.is_trained(info, language):
        return (trained.introduction(scene.persona, localized(scene.setting, language), language, guard),)
    shown = _SHOWN["large" if info.size == "large" else "small"]
    words = prompts(language)
    system = introduction(words["system"], scene, language, guard)
    messages = [Message("system", " ".join(system.split()))]
    listener = named(scene, language)
    for example in words["examples"][: shown[0]]:
        turn = filled(words["turn"], listener=listener, **example)
        messages += [Message("user", turn), Message("assistant", example["reply"])]
    samples = [sample for sample in scene.persona.voice.samples if not guard.words(localized(sample.reply, language))]
    for sample in samples[: shown[1]]:
        reply = localized(sample.reply, language)
        turn = filled(words["turn"], listener=listener, said=localized(sample.said, language), content=reply)
        messages += [Message("user", turn), Message("assistant", reply)]
    return tuple(messages)


def introduction(template: str, scene: Scene, language: Language, guard: Guard) -> str:
    """Return who the NPC is, without a word of what they hide."""
    persona = scene.persona
    traits = [trait for trait in persona.traits.get(language, ()) if not guard.words(trait)]
    return filled(
        template,
        name=localized(persona.names, language),
        role=localized(persona.role, language),
        place=localized(scene.setting, language),
        summary=trained.untold(localized(persona.summary, language), guard, language),
        traits=pack(language).comma.join(traits),
        register=trained.untold(localized(persona.voice.register_, language), guard, language),
        listener=named(scene, language),
    )


def request(turn: Turn, bare: list[str]) -> Request:
    """Return what a model is asked: to voice the plan's `bare` sentences in this persona's manner."""
    plan, scene, info, language = turn.plan, turn.scene, turn.model.info, turn.language
    small = info.size != "large"
    ask = Request(
        messages=(),
        max_tokens=MOST_TOKENS["small" if small else "large"],
        temperature=0.6,
        seed=scene.seed & 0x7FFFFFFF,
        stop=("\n",),
        timeout=turn.left,
        extra={"slot_key": scene.npc},
    )
    said, content = as_data(turn.reading.text, turn.guard), join_sentences(bare, language)
    if trained.is_trained(info, language):
        standing = scene.mind.feelings.toward(scene.speaker).standing
        line = trained.VoiceCue(named(scene, language), said, content, plan.mood, standing)
        within = _word_for_word(plan, bare, language) if info.grammars else None
        return replace(
            ask,
            messages=(*prefix(scene, info, language), trained.message(line, language)),
            max_tokens=trained.MOST_TOKENS,
            temperature=_temperature(bare, scene, trained.RECITED if within else trained.TEMPERATURE),
            voiced=True,
            grammar=within,
        )
    words = prompts(language)
    mood = "" if small else words["moods"][plan.mood]
    text = filled(words["turn"], listener=named(scene, language), said=said, content=content + mood)
    grammar = pack(language).plain_grammar(bare) if info.grammars and small else None
    return replace(ask, messages=(*prefix(scene, info, language), Message("user", text)), grammar=grammar)


def _word_for_word(plan: Plan, bare: Sequence[str], language: Language) -> str | None:
    """Return a grammar for what a small voice would lose something of: several sentences, and any fact it recites."""
    speech = pack(language)
    several = len(bare) - words_of(language).is_answer(bare[0]) > 1
    stated = speech.recited and bool(plan.facts or plan.says)
    return speech.verbatim(bare) if several or stated else None


def times_said(bare: Sequence[str], scene: Scene) -> int:
    """Return how often a plan was said in this conversation."""
    wanted = set(terms(" ".join(bare)))
    return sum(wanted <= set(terms(exchange.line.text)) for exchange in scene.exchanges)


def _temperature(bare: list[str], scene: Scene, least: float) -> float:
    """Return how freely a trained voice says a plan, at `least`; what it said before it says more freely each time."""
    before = times_said(bare, scene)
    return min(trained.FREEST, max(least, trained.AGAIN + trained.FREER * (before - 1))) if before else least


def mending(turn: Turn, ask: Request, fault: Check) -> Request:
    """Return a request once more, with what was said and why it won't do; a secret it touched is not repeated.

    A small model is only asked again: told the reason it answers the reason (of 27 tries none held).
    """
    if turn.model.info.size != "large":
        temperature = max(ask.temperature, trained.AGAIN) if ask.voiced else 0.3
        return replace(ask, seed=ask.seed + 1, temperature=temperature, timeout=turn.left)
    words, name = prompts(turn.language), localized(turn.scene.persona.names, turn.language)
    reason = filled(words["reasons"].get(fault.rule, words["reasons"]["content"]), name=name)
    again = Message("user", filled(words["mend"], reason=reason))
    spoken = "…" if fault.rule == "secret" or not fault.sentence else fault.sentence
    messages = (*ask.messages, Message("assistant", spoken), again)
    return replace(ask, messages=messages, seed=ask.seed + 1, timeout=turn.left)


def as_data(text: str, guard: Guard) -> str:
    """Return what someone typed as it may stand in a prompt: nothing in it can pass for the prompt's own.

    Quotation marks, colons, brackets and a model's control tokens are taken out; sentences that name what must
    not be told are left out.
    """
    kept = " ".join(sentence if not guard.names(sentence) else "…" for sentence in sentences(text))
    plain = _COLON.sub(", ", _CONTROL.sub(" ", kept.translate(_MARKS)))
    return " ".join(plain.split())[:_HEARD]


def as_talk(text: str, guard: Guard, mask: str = "…") -> str:
    """Return what someone said, whole, for a prompt in which it stands between quotation marks of its own.

    A model's control tokens are taken out; a `mask` stands for sentences that name what must not be told.
    """
    masked = [sentence if not guard.names(sentence) else mask for sentence in sentences(text)]
    kept = " ".join(one for at, one in enumerate(masked) if one != mask or masked[at - 1 : at] != [mask])
    return " ".join(_TOKENS.sub(" ", kept.translate(_INNER)).split())


def named(scene: Scene, language: Language) -> str:
    """Return what the listener is called, as a line begins."""
    name = scene.wording.name(scene.speaker, language)
    return name[:1].upper() + name[1:]
