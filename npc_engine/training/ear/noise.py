"""How the same thing is typed otherwise: without apostrophes, marks or care. Each epoch sees each line differently."""

from __future__ import annotations

import re
from random import Random

from npc_engine.lang.en import English
from npc_engine.text import Language

_PARTICLES = re.compile("[啊呀吧呢嘛哦了的]$")


def noisy(stretch: str, language: Language, chance: Random) -> str:
    """Return a stretch as a hastier or more careless hand may type it; often as it is."""
    typed = _english(stretch, chance) if language == English.code else _chinese(stretch, chance)
    return typed.strip() or stretch


def _english(text: str, chance: Random) -> str:
    if chance.random() < 0.2:
        text = text.replace("'", "").replace("’", "")
    if chance.random() < 0.25:
        text = text.rstrip(".,!")
    if chance.random() < 0.12:
        text = text.rstrip("?")
    if chance.random() < 0.1:
        text = re.sub("[,;]", "", text)
    if chance.random() < 0.12:
        text = _slipped(text, chance)
    return text


def _slipped(text: str, chance: Random) -> str:
    """Return a text with one slip of a finger: a letter left out, doubled, or changed with the next."""
    words = text.split(" ")
    index = chance.randrange(len(words))
    word = words[index]
    if len(word) > 3 and word.isalpha():
        at = chance.randrange(1, len(word) - 1)
        words[index] = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at] + word[at:],
            )
        )
    return " ".join(words)


def _chinese(text: str, chance: Random) -> str:
    if chance.random() < 0.25:
        text = text.rstrip("。！，!.,")
    if chance.random() < 0.12:
        text = text.rstrip("？?")
    if chance.random() < 0.08:
        text = text.replace("，", " ")
    if chance.random() < 0.2 and text[-1:].isalnum():
        text += "，"
    if chance.random() < 0.08 and len(text) > 3:
        text = _PARTICLES.sub("", text)
    return text
