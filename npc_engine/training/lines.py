"""The lines a voice is trained on: read from YAML, and checked for what would teach it to lie.

A reply must say all that the plan says and add nothing; it may only say it in its own manner. What is checked here
is what the engine's checker demands of the model when it speaks (npc_engine/dialogue/check/checker.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from npc_engine.dialogue.check.checker import SOCIAL_CONVEYED
from npc_engine.dialogue.check.grounds import check_words
from npc_engine.dialogue.check.order import in_order
from npc_engine.lang import pack, words_of
from npc_engine.lang.en import English
from npc_engine.lang.zh import Chinese
from npc_engine.packaged import read_yaml
from npc_engine.text import Language, fold, is_han, language_of, sentences, stem, terms, words
from npc_engine.training import chinese
from npc_engine.training.settings import SLOT, SLOTS
from npc_engine.world import Entity
from npc_engine.world.names import Names
from npc_engine.world.wording import number_words

ACTS = (
    "answer", "several", "partial", "hearsay", "unknown", "refuse", "deflect", "lie", "greet", "part", "thank",
    "flattered", "insulted", "threatened", "haggle", "promise", "remember", "news", "chat",
)  # fmt: skip
"""What a line does."""
FACTUAL = frozenset({"answer", "several", "partial", "hearsay", "unknown", "lie", "haggle", "promise", "remember"})
"""Acts whose replies must keep every word of what is to be said; the others at least half of them."""
MOODS = ("neutral", "happy", "angry", "sad", "afraid", "surprised")
TOWARD = ("stranger", "friend", "foe")

_PRONOUNS = {"he", "him", "his", "He", "Him", "His"}
_STAND_IN = {
    "A": "Arabel", "B": "Bartok", "C": "Cosmin", "X": "xyloglass", "Y": "yarrowbox", "P": "Parnell", "Q": "Quarry",
    "N": "forty", "M": "sixty", "you": "Ulric",
}  # fmt: skip
_STAND_INS = Names(Entity(id=_STAND_IN[slot].lower(), names={English.code: _STAND_IN[slot]}) for slot in "ABCXYPQ")
_MARKUP = re.compile(r"[*\[\]<>#|_`()\"“”]")
_CAPITAL = re.compile(r"(?<![.!?…] )(?<!^)\b[A-Z][\w’']+")
_HOW_ONE_KNOWS = frozenset(
    map(stem, ("yes", "know", "don't", "heard", "told", "people", "say", "promise", "would", "swear"))
)
_MOST_WORDS = 45
_MOST_ALIKE: dict[Language, float] = {English.code: 0.05, Chinese.code: 0.06}
"""What share of a manner's replies may open alike: with the same two words, or the same two characters."""
_SOCIAL = 0.34


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """Someone who speaks: who they are, how they sound, and two or three lines that show it."""

    id: str
    setting: str
    name: str
    role: str
    place: str
    traits: tuple[str, ...]
    register: str
    samples: tuple[tuple[str, str], ...]

    @property
    def language(self) -> Language:
        """The language they speak."""
        return language_of(self.role)


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """One plan and the ways to say it: `said` is what the player may have said, `say` the plan's bare words."""

    act: str
    about: str
    mood: str
    toward: str
    said: tuple[str, ...]
    say: str
    replies: tuple[str, ...]

    @property
    def language(self) -> Language:
        """The language of its plan."""
        return language_of(SLOT.sub("", self.say))


@dataclass(frozen=True, slots=True)
class LineFile:
    """All lines of one manner."""

    path: Path
    speaker: SpeakerProfile
    lines: tuple[TrainingLine, ...]


def load(path: Path) -> LineFile:
    """Read the lines of one manner; raises `ValueError` with all that is wrong with them, one a line."""
    data = read_yaml(path)
    who = data["manner"]
    samples = tuple((sample["said"], sample["reply"]) for sample in who["samples"])
    speaker = SpeakerProfile(
        path.stem,
        who["setting"],
        who["name"],
        who["role"],
        who["place"],
        tuple(who["traits"]),
        who["register"],
        samples,
    )
    lines = tuple(_line(row) for row in data["lines"])
    wrong = [f"{path.name}: {found}" for found in mistakes(speaker, lines)]
    if wrong:
        raise ValueError("\n".join(wrong))
    return LineFile(path, speaker, lines)


def load_all(folder: Path) -> tuple[LineFile, ...]:
    """Read every manner of a folder; raises `ValueError` with all that is wrong with any of them."""
    found, wrong = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(load(path))
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        raise ValueError("\n".join(wrong))
    return tuple(found)


def _line(row: dict[str, Any]) -> TrainingLine:
    replies = row["reply"] if isinstance(row["reply"], list) else [row["reply"]]
    said = row["said"] if isinstance(row["said"], list) else [row["said"]]
    return TrainingLine(
        row["act"], row.get("about", ""), row.get("mood", "neutral"), row.get("toward", "stranger"),
        tuple(said), row["say"], tuple(replies),
    )  # fmt: skip


def mistakes(speaker: SpeakerProfile, lines: Sequence[TrainingLine]) -> Iterator[str]:
    """Yield what is wrong with a manner's lines, in plain words."""
    seen: set[str] = set()
    openings: Counter[str] = Counter()
    for said, reply in speaker.samples:
        if SLOT.search(said + reply):
            yield f"sample {reply!r}: samples have no slots"
    for line in lines:
        if line.act not in ACTS:
            yield f"{line.say!r}: no such act: {line.act}; there are {', '.join(ACTS)}"
        if line.mood not in MOODS:
            yield f"{line.say!r}: no such mood: {line.mood}; there are {', '.join(MOODS)}"
        if line.toward not in TOWARD:
            yield f"{line.say!r}: no such feeling: {line.toward}; there are {', '.join(TOWARD)}"
        for reply in line.replies:
            for what in wrong_with(line, reply):
                yield f"{reply!r} for {line.say!r}: {what}"
            if reply in seen:
                yield f"{reply!r}: is there twice"
            seen.add(reply)
            # Two characters of a name are another each time.
            if speaker.language == English.code or not SLOT.match(reply):
                openings[opening_of(filled(reply))] += 1
    total = sum(openings.values())
    for opening, count in openings.items():
        answers = any(chinese.opens(opening, answer) for answer in ("yes", "no")) or opening.split()[0] in {"yes", "no"}
        if count > max(2, total * _MOST_ALIKE[speaker.language]) and not answers:
            yield f"{count} of {total} replies begin with {opening!r}: vary them"


def wrong_with(line: TrainingLine, reply: str) -> Iterator[str]:
    """Yield what is wrong with one reply."""
    given = {slot for slot, _ in SLOT.findall(" ".join((line.say, *line.said)))} | {"you"}
    for slot, form in SLOT.findall(" ".join((reply, line.say, *line.said))):
        if slot not in SLOTS or (form and form not in _PRONOUNS):
            yield f"no such slot: {slot}{'.' + form if form else ''}"
    for slot, _ in SLOT.findall(reply):
        if slot not in given:
            yield f"{{{slot}}} is in neither the plan nor what was said"
    if line.language == Chinese.code:
        said = "".join(filled(text) for text in line.said)
        yield from chinese.wrong_with(filled(line.say), said, filled(reply), factual=line.act in FACTUAL)
    else:
        yield from _wrong_in_english(line, reply)


def _wrong_in_english(line: TrainingLine, reply: str) -> Iterator[str]:
    plan, said = filled(line.say), " ".join(filled(text) for text in line.said)
    text = filled(reply)
    if _MARKUP.search(text):
        yield "no quotation marks, brackets or asterisks: only what is said aloud"
    if "\n" in reply or len(sentences(text)) > 3:
        yield "at most three sentences, on one line"
    if len(words(text)) > _MOST_WORDS:
        yield f"longer than {_MOST_WORDS} words"
    known = set(words(plan + " " + said))
    for match in _CAPITAL.finditer(text):
        word = fold(match.group()).removesuffix("'s")
        if word not in known and word.split("'")[0] != "i" and word not in {fold(n) for n in _STAND_IN.values()}:
            yield f"{match.group()} is a name that nobody gave"
    have = set(terms(text))
    wanted = {term for term in terms(plan) if term != "yes" and not term.endswith("n't")}  # looked at below
    if line.act in FACTUAL:
        if missing := wanted - have:
            yield f"does not say: {', '.join(sorted(missing))}"
        if _negated(text) != _negated(plan):
            yield "has a not, no, never, nobody or nothing where the plan has none, or the other way round"
        for answer in ("yes", "no"):
            if opens(plan, answer) != opens(text, answer):
                yield f"begins with {answer} where the plan doesn't, or the other way round"
    elif wanted and len(wanted & have) / len(wanted) < _SOCIAL:
        yield f"says too little of the plan: has {', '.join(sorted(wanted & have))} of {', '.join(sorted(wanted))}"
    content, english = f"{plan} {said}", words_of(English.code)
    tables = check_words(English.code)
    for word in words(text):
        if (word.isdigit() or word in _numbers()) and not english.found(word, content):
            yield f"a number nobody gave: {word}"
    for word in english.those_of((*tables["numbers"], *tables["time"]), text):
        if not english.found(word, content):
            yield f"a number or a time nobody gave: {word}"
    for word in english.those_of(tables["machine"], text):
        yield f"out of the fiction: {word}"


@cache
def _numbers() -> frozenset[str]:
    """Return the numbers that people say in a word."""
    return frozenset(number_words(n, English.code) for n in range(2, 100))


def lets_through(line: TrainingLine, reply: str, facts: frozenset[str]) -> bool:
    """Return whether the engine would say a good reply of a line's (`wrong_with`) if the model did.

    It is stricter than a reader: who does what stays in order, every sentence of a plan comes back, and no word may
    colour a line that could state a fact (`facts`, as stems). Chinese lines are good only if they recite their plan.
    """
    if line.language == Chinese.code:
        return True
    plan, text = filled(line.say), filled(reply)
    given, have = {stem(word) for word in words(" ".join((plan, *map(filled, line.said))))}, set(terms(text))
    if (have & facts) - given:
        return False
    for bare in sentences(plan):
        wanted = set(terms(bare)) - {"yes"}
        if line.act not in FACTUAL and wanted and len(wanted & have) / len(wanted) < SOCIAL_CONVEYED:
            return False
        if line.act in FACTUAL and not in_order(bare, text, _STAND_INS, pack(English.code)):
            return False
    return True


def keeps_order(line: TrainingLine, reply: str) -> bool:
    """Return whether a reply has the words of each sentence of its plan in the plan's order, whatever it has besides.

    'Coal, the ferry runs on coal' does; 'On coal runs the ferry' doesn't. Words of how one knows may stand anywhere.
    """
    if line.language == Chinese.code:
        return True
    said = terms(filled(reply))
    for bare in sentences(filled(line.say)):
        rest = iter(said)
        wanted = (term for term in dict.fromkeys(terms(bare)) if term in said and term not in _HOW_ONE_KNOWS)
        if not all(term in rest for term in wanted):
            return False
    return True


def filled(text: str) -> str:
    """Return a text with stand-ins for its slots."""
    chinese_text = language_of(SLOT.sub("", text)) == Chinese.code
    stand_in: Mapping[str, str] = chinese.STAND_IN if chinese_text else _STAND_IN

    def put(slot: re.Match[str]) -> str:
        name, form = slot.groups()
        return stand_in.get(form or name, form or name)

    return SLOT.sub(put, text)


def opening_of(text: str) -> str:
    """Return how a line begins: its first two words, or characters."""
    return text[:2] if is_han(text[:1]) else " ".join(words(text)[:2])


def _negated(text: str) -> bool:
    return "n't" in fold(text) or words_of(English.code).cued("negation", text)


def opens(text: str, answer: str) -> bool:
    """Return whether a text begins by saying yes or no (`answer`)."""
    for phrase in (*words_of(English.code).phrases[answer], *check_words(English.code)[answer]):
        rest = fold(text).removeprefix(fold(phrase).strip(".! ,"))
        if rest != fold(text) and (not rest or rest[0] in ".,!;:—–"):
            return True
    return False
