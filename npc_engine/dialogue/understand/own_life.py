"""Which matter of their own life somebody is asked about: children, a dog, where from, who taught them.

How such questions are put stands in each language's `life.yaml`; they need no relation that a world declares. There,
too, are the words of each topic of somebody's life.
"""

from __future__ import annotations

import re
from functools import cache

from npc_engine.dialogue.query import LifeMatter
from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fill, fold


def asked(text: str, language: Language) -> LifeMatter | None:
    """Return the matter of the hearer's own life that a stretch of text asks about; None where it asks about none."""
    speech = pack(language)
    folded = speech.even(fold(text)).strip()
    for name, patterns in _patterns(speech):
        for pattern in patterns:
            if match := pattern.search(folded):
                what = (match.groupdict().get("what") or "").strip()
                rest = f"{folded[: match.start()]} {folded[match.end() :]}"
                who = speech.words.any_of(speech.words.question.get("who", ()), folded)
                return LifeMatter(name, what, more=not who and _says_more(rest, speech))
    return None


def _says_more(rest: str, speech: LanguagePack) -> bool:
    """Return whether what is left of a question, its question words aside, says anything."""
    asking = [word for listed in speech.words.question.values() for word in listed]
    left = speech.words.pattern((*asking, *speech.words.yes_no, *speech.words.grammar.get("be", ()))).sub(" ", rest)
    return not speech.words.means_nothing(left)


def put_to_the_world(matter: LifeMatter, language: Language) -> tuple[str, ...]:
    """Return the questions by which a world that has a relation for it is asked about a matter."""
    entry = pack(language).life["matters"][matter.name]
    return tuple(fill(one, {"what": pack(language).singular(matter.what)}) for one in entry["means"])


def topic_of(matter: LifeMatter, language: Language) -> str:
    """Return which topic of what can be asked about anybody a matter belongs to."""
    return str(pack(language).life["matters"][matter.name]["topic"])


def is_small(matter: LifeMatter, language: Language) -> bool:
    """Return whether a matter is small talk, which names nothing of the world."""
    return bool(pack(language).life["matters"][matter.name].get("small"))


def topic_named(words: str, language: Language) -> str:
    """Return which topic of somebody's life some words name as theirs: 'your family', 你的家人; empty for none."""
    speech = pack(language)
    whose = {speech.pronoun("you", case) for case in ("subject", "possessive")} - {""}
    named = {words.removeprefix(one).strip() for one in whose if words.startswith(one)}
    return next((topic for topic, listed in speech.life["speaks_of"].items() if named & {*listed}), "")


def speaks_of(text: str, topic: str, language: Language) -> bool:
    """Return whether a text has words of a topic that somebody may be asked about; of a topic without any, it may."""
    words = _topic_words(pack(language)).get(topic)
    return words is None or words.search(pack(language).even(fold(text))) is not None


def observed(text: str, language: Language) -> bool:
    """Return whether a stretch of text says something of its hearer to them, as a statement."""
    speech = pack(language)
    folded = speech.even(fold(text)).strip()
    return any(pattern.search(folded) for pattern in _observing(speech))


def asks_which(text: str, language: Language) -> bool:
    """Return whether a stretch of text asks if what was said last was a yes or a no."""
    speech = pack(language)
    return bool(re.search(speech.life["asks_which"] or "(?!)", speech.even(fold(text)).strip()))


@cache
def _observing(speech: LanguagePack) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, speech.life["observed"]))


@cache
def _topic_words(speech: LanguagePack) -> dict[str, re.Pattern[str]]:
    return {topic: speech.words.pattern(map(speech.even, listed)) for topic, listed in speech.life["speaks_of"].items()}


@cache
def _patterns(speech: LanguagePack) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    shapes = speech.life["shapes"]
    return tuple(
        (name, tuple(re.compile(fill(one, shapes)) for one in entry["asks"]))
        for name, entry in speech.life["matters"].items()
    )
