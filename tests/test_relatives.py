"""People meant by what they did or what was done to them: 'the one Mira was taught by', 米拉拜过师的那个人."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from benchmarks.questions import folder
from benchmarks.questions.world import Generated, canonical
from npc_engine import Engine, Line

NPC = "maeve"
Key = tuple[str, str, str]

# How somebody is meant: the relation, the side of it that is named, and the phrase. None of the question set's.
MEANT = [
    ("taught", "object", "the one {x} was taught by"),
    ("taught", "object", "the woman or man by whom {x} was once taught"),
    ("taught", "object", "the lady or gentleman who taught {x}"),
    ("taught", "subject", "the person that was taught by {x}"),
    ("taught", "subject", "the boy or girl whom {x} taught"),
    ("built", "object", "the person by whom {x} was built"),
    ("built", "object", "the folk by whom {x} was erected"),
    ("built", "object", "the man or woman that built {x}"),
    ("owns", "object", "the fellow by whom {x} is owned"),
    ("owns", "object", "the girl or boy who owns {x}"),
    ("owns", "object", "the person {x} is owned by"),
    ("owes", "subject", "the person to whom {x} owes money"),
    ("owes", "object", "the woman or the man who owes {x} money"),
    ("taught", "object", "教过{x}的男人或女人"),
    ("built", "object", "建造{x}的女人或者男人"),
    ("owes", "object", "欠{x}钱的男的或女的"),
]
ASKED = {
    "en": [
        ("lives_at", "So where does {p} live?"),
        ("born_in", "Where was {p} born?"),
        ("fears", "What does {p} fear?"),
    ],
    "zh": [("lives_at", "{p}住在哪儿？"), ("born_in", "{p}生在哪里？"), ("fears", "{p}怕什么？")],
}


class Asking:
    """Asks one NPC of the generated world about those who are meant."""

    def __init__(self, engine: Engine, world: Generated) -> None:
        self.engine, self.world = engine, world
        self.sure = [
            k.key for k in world.knowledge[NPC].values() if k.holds and k.how == "authored" and NPC not in k.key
        ]

    def cases(self, predicate: str, side: str, phrase: str) -> Iterator[tuple[str, set[Key]]]:
        """Yield questions and the facts that answer them, where just one person can be meant."""
        language = "en" if phrase.isascii() else "zh"
        for key in self.sure:
            given, meant = (key[2], key[0]) if side == "object" else (key[0], key[2])
            alike = [k for k in self.sure if k[1] == predicate and k[2 if side == "object" else 0] == given]
            if key[1] != predicate or len(alike) > 1:
                continue
            for wanted, template in ASKED[language]:
                facts = {canonical(k) for k in self.sure if k[0] == meant and k[1] == wanted}
                if facts:
                    yield template.format(p=phrase.format(x=self.world.name(given, language))), facts

    def say(self, text: str) -> Line:
        return self.engine.talk_to(NPC).say(text, language="en" if text.isascii() else "zh").line(timeout=10)


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    world = Generated(23)
    with folder(world) as content, Engine.load(content, model="none", understander="rules") as engine:
        yield Asking(engine, world)


@pytest.mark.parametrize(("predicate", "side", "phrase"), MEANT)
def test_somebody_is_meant_by_what_was_done(asking: Asking, predicate: str, side: str, phrase: str) -> None:
    asked = list(islice(asking.cases(predicate, side, phrase), 6))
    assert len(asked) >= 3
    for text, facts in asked:
        line = asking.say(text)
        told = {canonical((s.subject, s.predicate, s.object)) for s in (fact.belief.statement for fact in line.facts)}
        assert told == facts, (text, line.text)
