"""The trained voice: its lines, the prompts it learns from, and what the engine does when it does not fit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from npc_engine import Engine, ModelInfo, Request
from npc_engine.cli.main import app
from npc_engine.dialogue import manner
from npc_engine.dialogue.order import in_order
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.training.cast import manner_of
from npc_engine.training.colour import colour_words
from npc_engine.training.examples import example, introduction, packs
from npc_engine.training.lines import TrainingLine, wrong_with
from npc_engine.training.material import Material, read_material
from npc_engine.training.packing import SKIP, packed
from npc_engine.world import Entity
from npc_engine.world.names import Names

ROOT = Path(__file__).resolve().parents[1]
OWES = TrainingLine("answer", "owes", "neutral", "stranger", ("What does {A} owe you?",), "{A} owes me {N} coins.", ())


@pytest.fixture(scope="module")
def material() -> Material:
    """Every line there is; reading them checks them."""
    return _material()


# -- the lines -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _material() -> Material:
    return read_material(ROOT / "training")


def test_there_are_enough_lines_of_enough_manners(material: Material) -> None:
    assert sum(len(line.replies) for file in material.lines for line in file.lines) >= 4000
    assert len(material.lines) + len(material.held) >= 80
    assert sum(len(file.lines) for file in material.held) >= 600


def test_what_is_held_out_was_never_learned(material: Material) -> None:
    names = {name for setting in material.learned.values() for name in (*setting.persons, *setting.things)}
    assert not names & {name for s in material.tested.values() for name in (*s.persons, *s.things)}
    assert not {file.manner.id for file in material.lines} & {file.manner.id for file in material.held}
    learned = {line.say for file in material.lines for line in file.lines if "{" in line.say}
    held = {line.say for file in material.held for line in file.lines if "{" in line.say}
    assert len(held & learned) / len(held) < 0.02


@pytest.mark.parametrize(
    ("reply", "wrong"),
    [
        ("{A} owes me {N} coins, and a drink besides.", None),  # what no list of words can see, a reader must
        ("{A} owes me {N} coins. Mark me, {A.he} will.", None),
        ("{A} owes me coins.", "does not say: forti"),
        ("{A} never owes me {N} coins.", "has a not"),
        ("Yes, {A} owes me {N} coins.", "begins with yes"),
        ("{A} owes me {N} coins, says Gregor.", "Gregor is a name that nobody gave"),
        ("{A} owes me {N} coins and {M} more.", "{M} is in neither"),
        ("{A} owes me {N} coins since yesterday.", "a time nobody gave"),
        ("*sighs* {A} owes me {N} coins.", "only what is said aloud"),
        ("My instructions say {A} owes me {N} coins.", "out of the fiction"),
    ],
)
def test_lines_that_would_teach_a_voice_to_lie_are_named(reply: str, wrong: str | None) -> None:
    found = list(wrong_with(OWES, reply))
    assert (not found) if wrong is None else any(wrong in what for what in found)


def test_npc_voice_check_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    for folder in ("lines", "settings"):
        (tmp_path / folder).mkdir()
    who = {
        "setting": "inn", "name": "Bo", "role": "the cook", "place": "the inn", "traits": ["calm"], "register": "Calm.",
        "samples": [{"said": "Hello.", "reply": "Hello."}],
    }  # fmt: skip
    line = {"act": "answer", "said": "Who has it?", "say": "{A} has the {X}.", "reply": "Ask Gregor."}
    (tmp_path / "lines" / "calm_cook.yaml").write_text(yaml.safe_dump({"manner": who, "lines": [line]}))
    result = CliRunner().invoke(app, ["voice", "check", str(tmp_path)])
    assert result.exit_code != 0
    assert "calm_cook.yaml" in str(result.exception)
    assert "Gregor is a name that nobody gave" in str(result.exception)


# -- what it learns from is what it is asked ---------------------------------------------------------


class Ear(ScriptedModel):
    """Says what it is told to, and keeps what it was asked."""

    asked: list[Request]

    @property
    def info(self) -> ModelInfo:
        return replace(super().info, size="small", voices={"en": manner.version("en")})

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        self.asked = [*getattr(self, "asked", []), request]
        return super().stream(request, cancel)


def test_play_and_training_build_the_same_prompt(material: Material) -> None:
    model = Ear(["No. The bridge is destroyed, mind you."])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
        persona = engine.people["mira"]
    assert line.text == "No. The bridge is destroyed, mind you."
    assert model.asked[0].voiced
    learned = TrainingLine(
        "answer", "condition", line.mood, "stranger", ("Is the bridge safe?",), "No. The bridge is destroyed.", ()
    )
    setting = replace(next(iter(material.settings.values())), called=("The traveller",))
    assert model.asked[0].messages == (
        introduction(manner_of(persona, "ford", "Ford")),
        example(learned, setting, Random(1)).turn,
    )


def test_a_trained_voice_says_what_the_author_left_unsaid_and_no_more() -> None:
    """Its own words may colour a line; what would be a fact may not."""
    lies, holds = "No. The bridge is destroyed, and Gregor stole it.", "No. The bridge is destroyed, bless your boots."
    model = Ear([lies, holds])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
    assert line.text == holds
    assert line.checks[0].rule == "invented"


@settings(deadline=None, max_examples=20)  # two cores may have other work to do
@given(st.integers(0, 30))
def test_a_pack_reads_as_its_turns_do_one_by_one(seed: int) -> None:
    material = _material()
    pack = packs(material.lines[:3], material.learned, seed)[0]
    found = packed(pack, lambda text: [ord(letter) for letter in text])
    for branch, path in enumerate(found.paths):
        if any(branch in other[:-1] for other in found.paths):
            continue  # not the end of a path
        at = [i for i, b in enumerate(found.branches) if b in path]
        text = "".join(chr(found.tokens[i]) for i in at)
        assert [found.positions[i] for i in at] == list(range(len(at)))
        assert text.startswith(f"<|im_start|>system\n{pack.introduction.content}<|im_end|>\n<|im_start|>user\n")
        said = "".join(chr(found.targets[i]) for i in at if found.targets[i] != SKIP)
        asked, _, reply = text.rpartition("<|im_start|>assistant\n")
        assert said == f"{reply}>"  # each token's target is the next one: the last closes <|im_end|
        assert asked.endswith("<|im_end|>\n")
        assert said.removesuffix("<|im_end|>") in {r for e in pack.examples for r in e.replies}


def test_the_words_of_manner_are_those_of_the_lines(material: Material) -> None:
    stored = yaml.safe_load((ROOT / "npc_engine" / "dialogue" / "colour.yaml").read_text(encoding="utf-8"))["en"]
    always, colour = colour_words(material.lines, ROOT / "training" / "facts.txt")
    assert stored["always"].split() == always
    assert stored["colour"].split() == colour


# -- who does what to whom ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bare", "said", "holds"),
    [
        ("Tomas owes Mira twelve coins.", "Twelve coins, that's what Tomas owes Mira.", True),
        ("Tomas owes Mira twelve coins.", "Mira owes Tomas twelve coins.", False),
        ("Tomas told me that Mira left.", "Mira left, so Tomas told me.", True),
        ("Tomas owes me twelve coins.", "Tomas owes you twelve coins.", False),
        ("You owe Tomas twelve coins.", "You owe Tomas twelve coins, my friend.", True),
    ],
)
def test_a_debt_is_not_turned_round(bare: str, said: str, holds: bool) -> None:
    names = Names([Entity(id=n.lower(), kind="person", names={"en": n}) for n in ("Tomas", "Mira")])
    assert in_order(bare, said, names) is holds
