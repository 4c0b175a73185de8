"""The trained voice: its lines, the prompts it learns from, and what the engine does when it does not fit."""

from __future__ import annotations

import hashlib
import re
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
from sampling import examples
from typer.testing import CliRunner

from npc_engine import Engine, Message, ModelInfo, Request, lang
from npc_engine.cli.main import app
from npc_engine.dialogue.check.asides import book, trimmed, turns_of_phrase
from npc_engine.dialogue.check.order import in_order
from npc_engine.dialogue.speak import trained
from npc_engine.dialogue.speak.spelling import spelt
from npc_engine.models import weights
from npc_engine.models.adapters import read_adapter, shipped
from npc_engine.models.llama_cpp import LlamaCppModel
from npc_engine.persona import Persona
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.text import languages, sentences, stem, terms, words
from npc_engine.training.cast import cast_lines, profile_of
from npc_engine.training.examples import Pack, example, introduction, packs, persona_of
from npc_engine.training.lines import TrainingLine, wrong_with
from npc_engine.training.material import Material, read_material
from npc_engine.training.packing import CONTENT, SKIP, packed
from npc_engine.training.settings import Setting
from npc_engine.training.styling import phrase_groups, style_words
from npc_engine.training.swaps import Swaps
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


@pytest.mark.slow
def test_there_are_enough_lines_of_enough_manners(material: Material) -> None:
    assert sum(len(line.replies) for file in material.lines for line in file.lines) >= 4000
    assert len(material.lines) + len(material.held) >= 80
    assert sum(len(file.lines) for file in material.held) >= 600


@pytest.mark.slow
def test_what_is_held_out_was_never_learned(material: Material) -> None:
    names = {name for setting in material.learned.values() for name in (*setting.persons, *setting.things)}
    assert not names & {name for s in material.tested.values() for name in (*s.persons, *s.things)}
    assert not {file.speaker.id for file in material.lines} & {file.speaker.id for file in material.held}
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

    info_grammars = False

    @property
    def info(self) -> ModelInfo:
        voices = {"en": trained.version("en")}
        return replace(super().info, size="small", voices=voices, grammars=self.info_grammars)

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        self.asked = [*getattr(self, "asked", []), request]
        return super().stream(request, cancel)


@pytest.mark.slow
def test_play_and_training_build_the_same_prompt(material: Material) -> None:
    model = Ear(["No. The bridge is destroyed, my friend."])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
        persona = engine.people["mira"]
    assert line.text == "No. The bridge is destroyed, my friend."
    assert model.asked[0].voiced
    learned = TrainingLine(
        "answer", "condition", line.mood, "stranger", ("Is the bridge safe?",), "No. The bridge is destroyed.", ()
    )
    setting = replace(next(iter(material.settings.values())), called=("The traveller",))
    assert model.asked[0].messages == (
        introduction(profile_of(persona, "ford", "Ford")),
        example(learned, setting, Random(1)).turn,
    )


def test_a_trained_voice_says_what_the_author_left_unsaid_and_no_more() -> None:
    """Its own words may colour a line; what would be a fact may not."""
    lies, holds = "No. The bridge is destroyed by Gregor.", "No. The bridge is destroyed, if you can believe it."
    model = Ear([lies, holds])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
    assert line.text == holds
    assert line.checks[0].rule == "invented"


def test_what_did_not_hold_is_said_again_word_for_word_with_an_aside_at_most() -> None:
    model = Ear(["No. The bridge is destroyed by Gregor.", "No. The bridge is destroyed, my friend."])
    model.info_grammars = True
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
    assert line.text == "No. The bridge is destroyed, my friend."
    first, second = model.asked
    assert first.grammar is None
    assert second.grammar == lang.pack("en").verbatim(["No.", "The bridge is destroyed."])


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("No, oh dear, no! The bridge is destroyed.", True),
        ("No, the bridge is destroyed, no.", True),
        ("No, the bridge is destroyed, not at all.", False),
    ],
)
def test_a_no_may_be_said_over_again_but_not_a_denial_of_what_follows(said: str, holds: bool) -> None:
    model = Ear([said, "No. The bridge is destroyed, my friend."])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
    assert not line.checks if holds else line.checks


def test_what_was_said_before_is_said_more_freely_each_time() -> None:
    """Ten different lines for one plan need a freer hand each time; the first is as steady as ever."""
    said = ["No. The bridge is destroyed.", "No. Destroyed, the bridge is.", "No. It is destroyed, that bridge."]
    model = Ear([*said, "No. The bridge is destroyed, I say."])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        talk = engine.talk_to("mira")
        for _ in range(4):
            talk.say("Is the bridge safe?").line()
    freedom = [ask.temperature for ask in model.asked]
    assert freedom[0] <= trained.TEMPERATURE
    assert freedom[1] == trained.AGAIN
    assert len(freedom) == 4, "no line had to be said twice"
    assert freedom == sorted(set(freedom))
    assert freedom[-1] <= trained.FREEST


@pytest.mark.slow
@pytest.mark.model
def test_whatever_a_plan_is_it_can_be_said_word_for_word(embedded_model: LlamaCppModel) -> None:
    bare = ['Odd names are [Zoë] and "Ann\\b|c".', "No {one} has (a) pen; they're gone."]
    within = lang.pack("en").verbatim(bare)
    ask = Request((Message("user", "Say it."),), max_tokens=160, temperature=0.5, grammar=within)
    said = "".join(embedded_model.stream(ask, threading.Event()))
    assert said.startswith("Odd names are [Zoë] and Annb|c")
    assert "No {one} has (a) pen; they're gone" in said


@pytest.mark.slow
@pytest.mark.model
def test_several_facts_may_be_joined_and_none_gets_lost(embedded_model: LlamaCppModel) -> None:
    bare = ["No.", "Tomas sold the mill.", "The mill is flooded.", "He weeps."]
    for seed in range(4):
        within = lang.pack("en").verbatim(bare)
        ask = Request((Message("user", "Go on."),), max_tokens=160, temperature=0.9, seed=seed, grammar=within)
        said = "".join(embedded_model.stream(ask, threading.Event()))
        assert said.startswith("No")
        assert re.search(r"Tomas sold the mill\b.*\b[Tt]he mill is flooded\b.*\b[Hh]e weeps\b", said), said


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Benedita sold it to undine.", "Benedetta sold it to Undine."),
        ("That is Benedita's.", "That is Benedetta's."),
        ("Tomas sold it.", "Tomas sold it."),
        ("tomas sold it.", "tomas sold it."),  # who is not in the plan is the checker's business
    ],
)
def test_names_of_the_plan_are_spelt_as_they_are_there(said: str, left: str) -> None:
    names = Names([Entity(id=n.lower(), kind="person", names={"en": n}) for n in ("Tomas", "Benedetta", "Undine")])
    assert spelt(said, ["Benedetta owes Undine twelve coins."], names) == left


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(20))  # two cores may have other work to do
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
        reply = said.removesuffix("<|im_end|>")
        assert reply in {r for e in pack.examples for r in e.replies}


@pytest.mark.slow
def test_the_words_of_manner_are_those_of_the_lines(material: Material) -> None:
    source = ROOT / "npc_engine" / "lang" / "en" / "style.yaml"
    stored = yaml.safe_load(source.read_text(encoding="utf-8"))
    always, usual = style_words(material.lines, material.facts)
    assert stored["always"].split() == always
    assert stored["usual"].split() == usual
    assert book("en") == phrase_groups(material.lines, material.facts)


@pytest.mark.slow
def test_what_the_engine_would_not_let_through_is_not_taught(material: Material) -> None:
    with_facts = replace(
        OWES, replies=("{N} coins, {A} owes me.", "{A} owes me {N} coins, my brother.", "{A} owes you {N} coins.")
    )
    file = replace(material.lines[0], lines=(with_facts,))
    (taught,) = replace(material, lines=(file,)).taught
    assert taught.lines[0].replies == with_facts.replies[:1]


@pytest.mark.slow
def test_at_the_end_only_what_keeps_its_plans_order_is_taught(material: Material) -> None:
    plan = replace(
        OWES,
        replies=(
            "{N} coins, that's it, {A} owes me {N} coins.",  # the plan, with an echo before it
            "{A} owes me {N} coins, I know.",
            "{N} coins, alas, is what {A} owes me.",
        ),
    )
    two = replace(
        OWES,
        act="several",
        say="{A} owes me {N} coins. {B} sold the {X}.",
        replies=("{B} sold the {X}, and {A} owes me {N} coins.",),
    )
    (steady,) = replace(material, lines=(replace(material.lines[0], lines=(plan, two)),)).steady
    assert [line.act for line in steady.lines] == ["answer", "several", "several"], "several facts are there twice"
    assert steady.lines[0].replies == plan.replies[:2]
    assert steady.lines[1].replies == two.replies, "whole sentences may change places"


def test_the_plans_own_words_count_double() -> None:
    line = replace(OWES, say="{A} owes me {N} coins.", replies=("{N} coins, and {A} owes me, alas.",))
    turn = example(
        line, Setting("inn", {"Bo": "he", "Cy": "he", "Di": "she"}, ("a", "b"), ("c", "d"), ("friend",)), Random(1)
    )
    pack = packed(Pack(Message("system", ""), (turn,)), lambda text: [ord(letter) for letter in text])
    heavy = "".join(chr(t) for t, w in zip(pack.targets, pack.weights, strict=True) if w == CONTENT)
    assert set(words(heavy)) == set(words(turn.content)) - {"me"}
    assert sum(weight > 0 for weight in pack.weights) == sum(target != SKIP for target in pack.targets)


@settings(deadline=None)  # two cores may have other work to do
@given(st.integers(0, 2**32))
def test_a_swapped_word_is_swapped_everywhere(seed: int) -> None:
    swaps = Swaps([["coins", "pearls", "eggs"], ["owes", "sells", "offers"]])
    line = replace(
        OWES,
        said=("Coins?",),
        replies=("{N} coins {A} owes me.", "Coins! {A} owes me {N} coins, and owing is no joke."),
    )
    found = swaps.swapped(line, Random(seed))
    thing = next(word for word in ("coins", "pearls") if word in found.say)
    assert "owes" in found.say  # a reply goes on to talk of owing
    assert found.said == (f"{thing.capitalize()}?",)
    assert found.replies[1] == f"{thing.capitalize()}! {{A}} owes me {{N}} {thing}, and owing is no joke."


@pytest.mark.slow
def test_no_word_of_a_held_out_relation_is_swapped_in() -> None:
    classes = yaml.safe_load((ROOT / "training" / "swaps.yaml").read_text(encoding="utf-8"))
    listed = [word for some in classes for word in some]
    assert len(listed) == len(set(listed))
    held = "weigh borrow lock fuel deliver repair command flood allergic belong teach translate heir rival oath engaged"
    assert not {stem(word) for word in listed} & {stem(word) for word in held.split()}


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
    assert in_order(bare, said, names, lang.pack("en")) is holds


# -- the adapter that comes with the engine ------------------------------------------------------------


WITH_A_VOICE = [known for known in weights.known() if known.speaks]


@pytest.mark.parametrize("known", WITH_A_VOICE, ids=lambda known: known.name)
def test_the_card_names_the_very_file_that_is_shipped(known: weights.Weights) -> None:
    path = shipped(known.name)
    assert path is not None
    assert path.stat().st_size <= 12_000_000
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest in path.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("known", WITH_A_VOICE, ids=lambda known: known.name)
def test_the_adapter_fits_the_prompt_and_the_model_it_comes_with(known: weights.Weights) -> None:
    path = shipped(known.name)
    assert path is not None
    adapter = read_adapter(path)
    prompts = {language: trained.version(language) for language in languages() if language in known.speaks}
    assert adapter.prompts == prompts, "the prompt was changed: the voice has to be trained again"
    assert adapter.base == known.sha256


def test_an_adapter_for_another_prompt_is_left_out_with_a_sentence() -> None:
    model = Ear(["The bridge is destroyed."])
    stale = replace(model.info, voices={"en": "000000000000"})
    assert "trained with another version of the prompt (en)" in trained.mismatch(stale)
    assert trained.mismatch(model.info) == ""


@pytest.mark.slow
@pytest.mark.model
def test_an_adapter_for_another_model_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    path = weights.find(weights.DEFAULT)
    other = tmp_path / "other.gguf"
    assert path is not None
    other.write_bytes(path.read_bytes() + b"\0")
    settings = {"adapter": shipped("smollm2-135m")}
    with Engine.load(SMALL_WORLD, model=str(other), model_settings=settings) as engine:
        state = engine.wait_for_voice()
        line = engine.talk_to("mira").say("Is the bridge safe?").line()
    assert state.state == "ready"
    assert "was trained for another model file than other.gguf" in state.message
    assert "destroyed" in line.text


@pytest.mark.model
def test_what_is_no_adapter_at_all_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.gguf"
    nonsense.write_bytes(b"GGUF\0\0")
    with Engine.load(SMALL_WORLD, model="embedded", model_settings={"adapter": nonsense}) as engine:
        state = engine.wait_for_voice()
    assert state.state == "ready"
    assert "damaged or cut off" in state.message


@pytest.mark.model
@pytest.mark.slow
def test_the_villagers_speak_in_the_models_words_and_say_what_is_so() -> None:
    with Engine.load(ROOT / "world", model="embedded") as engine:
        assert engine.wait_for_voice().message == ""
        lines = [
            engine.talk_to(npc).say(asked).line()
            for npc in ("mira", "bram", "greta")
            for asked in ("Is the bridge safe?", "Where do you live?", "Who broke the bridge?", "What do you sell?")
        ]
    voiced = [line for line in lines if line.model != "none"]
    assert len(voiced) >= len(lines) / 2, [(line.text, line.checks) for line in lines]
    for line in voiced:
        for fact in line.facts:
            assert set(terms(fact.wording)) <= set(terms(line.text))


# -- a voice for one's own cast ------------------------------------------------------------------------


@pytest.mark.slow
def test_a_worlds_own_people_are_learned_from_where_they_say_their_plan() -> None:
    cast = cast_lines(ROOT / "world")
    mira = next(file for file in cast.files if file.speaker.id == "mira")
    assert len(mira.lines) >= 5
    assert all(not list(wrong_with(line, line.replies[0])) for file in cast.files for line in file.lines)
    assert any("does not say" in sentence for sentence in cast.left_out)


def test_a_voice_is_trained_from_nothing(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the training environment: training/requirements.txt")
    pytest.importorskip("gguf", reason="needs the training environment: training/requirements.txt")
    from npc_engine.training.lora import Recipe
    from npc_engine.training.run import train

    everything = _material()
    few = Material(everything.lines[:1], everything.held[:1], everything.settings)
    base = weights.find(weights.DEFAULT)
    assert base is not None
    said: list[str] = []
    train(few, base, tmp_path / "voice.gguf", Recipe(epochs=1, batch=4), said.append)
    assert read_adapter(tmp_path / "voice.gguf").prompts == {"en": trained.version("en")}
    assert any("loss on held-out lines" in row for row in said)


# -- asides --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Tomas owes me twelve coins, my friend.", "Tomas owes me twelve coins, my friend."),
        ("Tomas owes me twelve coins, and the people on the bus are purple.", "Tomas owes me twelve coins."),
        ("The moon eats a ladder of whiskers. Tomas owes me twelve coins!", "Tomas owes me twelve coins!"),
        ("Twelve coins, my whiskers have asked a fish, Tomas owes me.", "Twelve coins, Tomas owes me."),
        ("The moon eats a ladder of whiskers.", ""),
        ("Tomas owes me twelve coins, and so I'd.", "Tomas owes me twelve coins."),
        ("Tomas owes me twelve coins. The pot.", "Tomas owes me twelve coins."),
        ("Tomas owes me twelve coins, twelve coins, and Tomas owes me.", "Tomas owes me twelve coins."),
        ("Coins, coins, Tomas owes me twelve coins.", "Coins, coins, Tomas owes me twelve coins."),
        ("Tomas owes me twelve coins, my lamb.", "Tomas owes me twelve coins, my lamb."),
        ("Arceneu, Tomas owes me twelve coins.", "Tomas owes me twelve coins."),
        ("Tomas, Tomas owes me, twelve, twelve coins.", "Tomas, Tomas owes me, twelve coins."),
    ],
)
def test_what_nobody_would_say_beside_the_plan_is_cut(said: str, left: str) -> None:
    persona = Persona.model_validate(
        {
            "id": "x",
            "names": {"en": "X"},
            "role": {"en": "x"},
            "summary": {"en": "x"},
            "voice": {"register": {"en": "x"}},
        }
    )
    own = turns_of_phrase(persona, "en")
    parts = [trimmed(sentence, ["Tomas owes me twelve coins."], "", own, "en") for sentence in sentences(said)]
    assert " ".join(part for part in parts if part) == left


@pytest.mark.slow
@settings(deadline=None)  # two cores may have other work to do
@given(st.text(max_size=120))
def test_trimming_never_adds_a_word(said: str) -> None:
    own = turns_of_phrase(persona_of(_material().lines[0].speaker), "en")
    left = trimmed(said, ["Tomas owes me twelve coins."], "", own, "en")
    assert not set(words(left)) - set(words(said))
