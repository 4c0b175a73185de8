"""What a model reads: the persona first, the same bytes every turn, and last the plan of this one."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from npc_engine.dialogue.plan import Heard, Plan
from npc_engine.dialogue.scene import Scene
from npc_engine.language.model import Message, ModelInfo, Request
from npc_engine.text import Language, join_sentences

MOST_TOKENS = {"small": 48, "large": 120}
"""Tokens an answer may take, by the model's size: two short sentences, and three longer ones."""
_SHOWN = {"small": (3, 1), "large": (4, 4)}
"""How many exchanges a model is shown, by its size: common ones, and samples of the persona's. On two cores a small
model reads some 400 tokens a second, and the first answer waits for all of them."""
_HEARD = 160
"""Characters of the speaker's line that a model reads: the plan already holds what it meant."""


def prefix(scene: Scene, info: ModelInfo, language: Language) -> tuple[Message, ...]:
    """Give the messages that stay the same for a speaker and an NPC, for as long as the persona does."""
    shown = _SHOWN["large" if info.size == "large" else "small"]
    words = _prompts(language)
    persona = scene.persona
    listener = _listener(scene, language)
    system = _filled(
        words["system"],
        name=_in(persona.names, language),
        role=_in(persona.role, language),
        place=_in(scene.setting, language),
        summary=_in(persona.summary, language),
        traits="、".join(persona.traits.get("zh", [])) if language == "zh" else ", ".join(persona.traits.get("en", [])),
        register=_in(persona.voice.register_, language),
        listener=listener,
    )
    messages = [Message("system", " ".join(system.split()))]
    for example in words["examples"][: shown[0]]:
        messages.append(Message("user", _filled(words["turn"], listener=listener, **example)))
        messages.append(Message("assistant", example["reply"]))
    for sample in persona.voice.samples[: shown[1]]:
        reply = _in(sample.reply, language)
        turn = _filled(words["turn"], listener=listener, said=_in(sample.said, language), content=reply)
        messages += [Message("user", turn), Message("assistant", reply)]
    return tuple(messages)


def request(
    plan: Plan,
    heard: Heard,
    bare: list[str],
    scene: Scene,
    info: ModelInfo,
    language: Language,
    timeout: float,
) -> Request:
    """Give what a model is asked: to voice the plan's `bare` sentences in this persona's manner."""
    words = _prompts(language)
    turn = _filled(
        words["turn"],
        listener=_listener(scene, language),
        said=heard.text[:_HEARD],
        content=join_sentences(bare, language) + (words["moods"][plan.mood] if info.size == "large" else ""),
    )
    return Request(
        messages=(*prefix(scene, info, language), Message("user", turn)),
        max_tokens=MOST_TOKENS["large" if info.size == "large" else "small"],
        temperature=0.6,
        seed=scene.seed & 0x7FFFFFFF,
        stop=("\n",),
        grammar=_grammar(bare, scene) if info.grammars and info.size == "small" and language == "en" else None,
        timeout=timeout,
        extra={"slot_key": scene.npc},
    )


def _grammar(bare: list[str], scene: Scene) -> str:
    """Give a GBNF grammar of one or two plain sentences in which no name can be invented.

    Capitals stand only at a sentence's beginning, in `I`, and in names the plan itself has.
    """
    names = sorted({word.strip(".,!?;:'\"“”") for text in bare for word in text.split() if word[:1].isupper()})
    quoted = "".join(f' | "{name}"' for name in names if name.isalpha())
    return "\n".join(
        [
            'root ::= sentence (" " sentence)?',
            'sentence ::= first ([,;]? " " word){1,24} [.!?]',
            'first ::= [A-Z] [a-z]* ("\'" [a-z]+)?',
            f'word ::= [a-z] [a-z]* ("\'" [a-z]+)? | "I" ("\'" [a-z]+)?{quoted}',
        ]
    )


def _listener(scene: Scene, language: Language) -> str:
    name = scene.wording.name(scene.speaker, language)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=4)
def _prompts(language: Language) -> dict[str, Any]:
    source = files("npc_engine.dialogue.prompts").joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    prompts: dict[str, Any] = yaml.safe_load(source)
    return prompts


def _filled(template: str, **slots: str) -> str:
    """Fill slots one by one: what a slot is filled with is never read as a template itself."""
    parts = template.split("{")
    filled = parts[0]
    for part in parts[1:]:
        slot, _, rest = part.partition("}")
        filled += slots[slot] + rest
    return filled


def _in(texts: dict[str, str] | Any, language: Language) -> str:
    return str(texts.get(language) or next(iter(texts.values()), ""))
