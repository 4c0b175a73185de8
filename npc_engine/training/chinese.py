"""What would teach a voice to lie in Chinese: the checker's rules, for lines written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from npc_engine.dialogue.check.checker import SOCIAL_CONVEYED
from npc_engine.dialogue.check.grounds import check_words
from npc_engine.lang import words_of
from npc_engine.lang.zh import Chinese
from npc_engine.lang.zh.recitation import MARKS, PARTICLES, recites
from npc_engine.text import findable, sentences, terms

STAND_IN = {
    "A": "安澜", "B": "柏舟", "C": "岑溪", "X": "铜雀", "Y": "玉笛", "P": "枫桥", "Q": "鹤滩", "N": "四十", "M": "六十",
    "you": "客官", "he": "他", "him": "他", "his": "他的",
}  # fmt: skip
"""What slots are filled with where a line is checked."""

_UNSAID = re.compile(r"[A-Za-z0-9\"“”‘’「」（）()*,.!?;:\[\]<>]")
_MOST = 70


def wrong_with(plan: str, said: str, reply: str, *, factual: bool) -> Iterator[str]:
    """Yield what is wrong with a reply to a plan, all slots filled; `said` is what the player may have said."""
    if found := _UNSAID.search(reply):
        yield f"only what is said aloud, in Chinese letters and marks: {found.group()}"
    if "\n" in reply or len(sentences(reply)) > 3 or len(reply) > _MOST:
        yield f"at most three sentences and {_MOST} characters, on one line"
    bare = sentences(plan)
    for key in ("yes", "no"):
        planned = bool(bare) and bare[0] in words_of(Chinese.code).phrases[key]
        if (factual or planned) and opens(plan, key) != opens(reply, key):
            yield f"begins with a {key} where the plan doesn't, or the other way round"
    for sentence in bare:
        if words_of(Chinese.code).is_answer(sentence):
            continue
        if factual and not recites(sentence, reply):
            yield f"does not have, as clauses of their own: {sentence}"
        wanted = set(terms(sentence))
        if wanted and len(wanted & set(findable(reply))) / len(wanted) < SOCIAL_CONVEYED:
            yield f"says too little of the plan: {sentence}"
    tables = check_words(Chinese.code)
    for word in (*tables["numbers"], *tables["time"], *tables["machine"]):
        if word in reply and word not in plan + said:
            yield f"a number, a time or a word out of the fiction that nobody gave: {word}"


def opens(text: str, answer: str) -> bool:
    """Return whether a text begins by saying yes or no (`answer`)."""
    phrases: Sequence[str] = (*words_of(Chinese.code).phrases[answer], *check_words(Chinese.code)[answer])
    rests = (text.removeprefix(phrase.rstrip(MARKS)) for phrase in phrases)
    return any(rest != text and (not rest.lstrip(PARTICLES) or rest.lstrip(PARTICLES)[0] in MARKS) for rest in rests)
