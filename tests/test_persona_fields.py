"""Every field that a writer can fill does something: without it, the same talk goes otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import zip_longest
from typing import Any

import pytest
from pydantic import BaseModel

from npc_engine import Engine
from npc_engine.content.schema import bare, fields_of, is_model
from npc_engine.persona import Persona
from npc_engine.talking_points import Saying
from npc_engine.world.definitions import Conditions, FactDefinition
from tests.company import company, person

pytestmark = pytest.mark.slow

ANA: dict[str, Any] = {
    "names": {"en": "Ana"},
    "aliases": {"en": ["old bronze"]},
    "pronoun": "she",
    "role": {"en": "the bell-founder"},
    "summary": {"en": "Third of that name to cast bells."},
    "traits": {"en": ["gruff"]},
    "temperament": {
        "talkative": 1.0,
        "trusting": 1.0,
        "forgiving": 1.0,
        "honest": 0.1,
        "cheerful": 1.0,
        "manner": "pious",
        "discreet": 0.9,
    },
    "voice": {
        "register": {"en": "Blunt."},
        "quirks": {"en": ["counts in bells"]},
        "samples": [
            {
                "said": {"en": "Where do you go on Sundays?"},
                "reply": {"en": "To the weir, to argue with it."},
                "follow_ups": [{"asks": {"en": ["Who wins, you or the weir?"]}, "says": {"en": "It has never lost."}}],
            }
        ],
        "never": {"en": ["bless", "blessing", "blessed", "heaven", "pray", "prayer", "river"]},
        "stage_directions": True,
    },
    "knows": ["ben owes eve"],
    "beliefs": [
        {"fact": "ben has key", "holds": False, "confidence": 0.6, "source": "told by eve"},
        {"fact": "eve owes ben", "with": {"amount": 4}, "source": "told by ben", "between_us": True},
    ],
    "secrets": [
        {
            "id": "gold",
            "facts": ["gold buried_at bridge"],
            "words": {"en": ["gold", "shovel"]},
            "when": {"trust": 0.6},
            "hint": {"en": "Some stones are best left lying."},
            "cover": {"en": "Gold? I have bronze."},
            "reveal": {"en": "Under the bridge, then. Bring a spade."},
        },
        {
            "id": "debt",
            "facts": ["ana owes eve"],
            "words": {"en": ["debt"]},
            "when": {"trust": 0.9},
            "lie": {"fact": "eve owes ana", "holds": False, "with": {"amount": 9}},
        },
    ],
    "goals": [{"id": "key", "text": {"en": "to see the mill turn again"}, "until": {"world": ["ben has key"]}}],
    "relationships": {
        "ben": {"affinity": 0.6, "trust": 0.5, "fear": 0.5, "familiarity": 0.6, "note": {"en": "He owes me a hat."}},
        "player": {"affinity": 0.4, "trust": 0.4, "familiarity": 0.5},
    },
    "schedule": [
        {"from": "00:00", "place": "inn", "doing": {"en": "asleep"}},
        {"from": "07:00", "place": "smithy", "doing": {"en": "casting a bell"}},
        {"from": "20:00", "place": "inn", "doing": {"en": "at supper"}},
    ],
    "offers": [
        {
            "action": "give_key",
            "when": {"world": ["bridge condition destroyed"]},
            "comply": {"en": "Catch."},
            "refuse": {"en": "Not while the bridge is down."},
        }
    ],
    "phrases": {"greeting_friend": {"en": ["Ho, friend.", {"text": "Ho, in daylight.", "when": {"affinity": 0.2}}]}},
    "about": [
        {"topic": "family", "says": {"en": "Two aunts and a goose."}, "when": {"affinity": 0.9}},
        {
            "says": {"en": "I play my mother's fiddle."},
            "confidence": "private",
            "follow_ups": [{"asks": {"en": ["Was your mother good at it?"]}, "says": {"en": "The dogs went home."}}],
        },
    ],
    "topics": [
        {
            "asks": {"en": "Where did you get that scar?"},
            "says": {"en": "A goat."},
            "then": {"en": "Her name was Duchess."},
            "when": {"affinity": 0.2},
            "follow_ups": [
                {"asks": {"en": ["Whose goat was it?"]}, "says": {"en": ["The priest's.", "It was the priest's goat."]}}
            ],
        }
    ],
    "stories": [
        {
            "id": "heron",
            "asks": {"en": "Tell me about the white heron."},
            "parts": {"en": ["A heron stood.", "It rained frogs."]},
            "when": {"affinity": 0.2},
        }
    ],
    "asks": [
        {
            "id": "bees",
            "asks": {"en": "Do you keep bees?"},
            "says": {"en": "Bees would have a view on that."},
            "yes": {"en": "Then you know patience."},
            "no": {"en": "You should."},
            "when": {"affinity": 0.2},
        }
    ],
    "horizon": "1204-05-02T08:00:00",
    "home": "inn",
}

ELSEWHERE = {
    "id": "what everything of theirs is kept under",
    "formerly": "old saves: test_authors",
    "portrait": "a picture, for the game to show",
    "freedom": "what a model may do: test_check",
    "improvise": "what a model may make up: test_medium",
    "voice.stage_directions": "what a model may write: test_check",
    "secrets.id": "what a secret is called by the game",
    "goals.id": "what a goal is counted by",
    "stories.id": "what a story is counted by",
    "asks.id": "what a question is counted by",
}
"""Fields that no talk without a model shows, and where it is shown that they do something."""

FACTS: list[dict[str, Any]] = [
    {"fact": "bridge condition destroyed", "common": True},
    {"fact": "ana works_at smithy", "common": True},
    {"fact": "eve works_at inn", "common": True, "since": "1204-05-03T08:00:00"},
    {"fact": "ben owes eve", "with": {"amount": 7}},
    {"fact": "gold buried_at bridge"},
    {"fact": "ana owes eve", "with": {"amount": 3}},
]
CLOSED = {"affinity": 0.95}
STRANGER = {"affinity": 0.0, "trust": 0.0, "familiarity": 0.0}
NO_MANNER = {"temperament": {}, "traits": {}, "voice": {"register": {"en": "Plain."}}}
ELSEWISE: dict[str, dict[str, Any]] = {
    "goals.open": {"goals": [ANA["goals"][0] | {"open": False}]},
    "traits": {**NO_MANNER, "traits": {"en": ["gruff"]}},
    "voice.register": {**NO_MANNER, "voice": {"register": {"en": "Gruff."}}},
    "voice.quirks": {**NO_MANNER, "voice": {"register": {"en": "Plain."}, "quirks": {"en": ["gruff of a morning"]}}},
    "temperament.talkative": {**NO_MANNER, "temperament": {"talkative": 0.0}},
    "temperament.discreet": {"temperament": {"honest": 0.9, "discreet": 0.0}},
    "topics.when": {"topics": [{**ANA["topics"][0], "when": CLOSED}]},
    "stories.when": {"stories": [{**ANA["stories"][0], "when": CLOSED}]},
    "asks.when": {"asks": [{**ANA["asks"][0], "when": CLOSED}]},
    "offers.when": {"offers": [{**ANA["offers"][0], "when": CLOSED}]},
    "offers.refuse": {"offers": [{**ANA["offers"][0], "when": CLOSED}]},
    "about.topic": {"about": [{"topic": "family", "says": {"en": "Two aunts and a goose."}}]},
    "about.confidence": {"relationships": {"player": STRANGER}},
    "secrets.reveal": {"relationships": {"player": {"trust": 0.8}}},
    "secrets.lie.with": {"secrets": [{**ANA["secrets"][1], "lie": {"fact": "eve owes ana", "with": {"amount": 9}}}]},
    "beliefs.with": {"beliefs": [{"fact": "eve owes ben", "with": {"amount": 4}}]},
    "beliefs.confidence": {"beliefs": [{"fact": "ben has key", "confidence": 0.6, "source": "saw"}]},
    "home": {"schedule": []},
}
"""How Ana is where a field would otherwise be hidden behind another of hers."""

TALKS: tuple[tuple[str, ...], ...] = (
    ("Hello!", "Who are you?", "Hm.", "Yes.", "Goodbye."),
    ("I see.", "No.", "Hm."),
    ("Hm.", "My uncle had a hive in the orchard.", "Are you well?", "I love the rain.", "Hm."),
    ("Where did you get that scar?", "Tell me more.", "Tell me about the white heron.", "And then?"),
    ("Do you have a family?", "Do you play the fiddle?", "where do you go on sundays", "What are your plans?"),
    ("Where did you get that scar?", "a goat? whose goat was it", "where do you go on sundays", "who wins, the weir?"),
    ("Do you play the fiddle?", "and was your mother any good at it"),
    ("What do you think of Ben?", "Are you afraid of Ben?", "Do you trust Ben?", "Do you like Ben?"),
    ("Is there a shovel?", "Where is the gold?", "But where is the gold buried?", "Do you owe Eve anything?"),
    ("Does Ben owe Eve money?", "Does Ben have the key?", "Does Eve owe Ben money?", "Do you live at the inn?"),
    (
        "Where are you?",
        "What are you doing?",
        "Give me the key, please.",
        "Are you the bell-founder?",
        "Where does Eve work?",
    ),
    ("You are an idiot.", "Sorry.", "Hello!", "The bridge is sound.", "Who told you?"),
    (
        "Hello!",
        "What a day.",
        "Quiet here today.",
        "People are strange.",
        "The market is loud today.",
        "Cold tonight, eh.",
        "Well well.",
    ),
)


def heard(told: dict[str, Any]) -> Iterator[str]:
    """Yield all that Ana says in some talks, and what others say of her."""
    ana = person("ana", home=None).model_dump(exclude={"entity"}) | told
    ana["voice"] = {key: value for key, value in ana["voice"].items() if key != "register_"}
    facts = tuple(map(FactDefinition.model_validate, FACTS))
    world = company(
        Persona.model_validate(ana), person("ben", names={"en": "Ben"}), person("eve", names={"en": "Eve"}), facts=facts
    )
    for talk in TALKS:
        with Engine.load(world, model="none") as engine:
            engine.tell("ana", ("eve", "owes", "ben"), by="ben", between_us=True)
            conversation = engine.talk_to("ana")
            for text in talk:
                line = conversation.say(text).line()
                yield f"{line.text} {line.mood}"
    with Engine.load(world, model="none") as engine:
        engine.record("The key!", changes=[("ben", "has", "key")], audience=["eve"])
        engine.advance(60 * 24 * 3)
        ben = engine.talk_to("ben")
        for text in ("Who is Ana?", "Where is Old Bronze?", "Tell me about Ana.", "Where is Ana?"):
            yield ben.say(text).line().text
        for text in ("What are your plans?", "Hello!"):
            yield engine.talk_to("ana").say(text).line().text


def fields(model: type[BaseModel] = Persona, path: str = "") -> Iterator[str]:
    """Yield every field of a persona and of what it is made of, as a path of keys."""
    for key, field in fields_of(model).items():
        kind = bare(field.annotation)
        inner = bare(kind.__args__[-1]) if getattr(kind, "__args__", ()) and not is_model(kind) else kind
        yield path + key
        if is_model(inner) and inner not in (Conditions, Saying):
            yield from fields(inner, f"{path}{key}.")


def without(path: str) -> dict[str, Any]:
    """Return Ana without a field wherever it stands; where it must be there, with something plain."""
    told = deepcopy(ANA | ELSEWISE.get(path, {}))
    *above, last = path.split(".")
    spots: list[Any] = [told]
    for key in above:
        spots = [inner for spot in spots if key in spot for inner in _within(key, spot[key])]
    plain = {"names": {"en": "Nan"}, "role": {"en": "a villager"}, "summary": {"en": "A villager."}}
    plain |= {
        "register": {"en": "Plain."},
        "voice": {"register": {"en": "Plain."}},
        "pronoun": "he",
        "text": {"en": "to rest"},
    }
    plain |= {"says": {"en": "Well."}, "parts": {"en": ["Well."]}, "said": {"en": "Well?"}, "reply": {"en": "Well."}}
    plain |= {
        "from": "23:00",
        "place": "bridge",
        "facts": ["ben buried_at bridge"],
        "fact": "ben sibling_of eve",
        "action": "nothing",
    }
    for spot in spots:
        if path in ("topics.asks", "asks.asks") or path.endswith("follow_ups.asks"):
            spot[last] = {"en": "Have you ever mended a clock?"}
        elif path == "secrets.when":
            spot[last] = {"trust": 0.1}
        elif last in plain:
            spot[last] = plain[last]
        else:
            spot.pop(last, None)
    return told


def _within(key: str, value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return list(value.values()) if key == "relationships" else [value]


@pytest.fixture(scope="module")
def whole() -> list[str]:
    return list(heard(ANA))


@pytest.mark.parametrize("path", [path for path in fields() if path not in ELSEWHERE])
def test_without_it_talk_goes_otherwise(path: str, whole: list[str]) -> None:
    before: Iterable[str] = heard(ANA | ELSEWISE[path]) if path in ELSEWISE else whole
    assert any(one != other for one, other in zip_longest(heard(without(path)), before))  # as far as it must be heard
