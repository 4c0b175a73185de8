"""What NPCs make of questions: over a generated world in two languages, and turn by turn in a small one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sampling import sampled

from benchmarks.questions import Scored, folder, through_the_engine
from benchmarks.questions.world import Generated, canonical
from npc_engine import Engine, Line

SEED = 5


@pytest.fixture(scope="module", params=[*sampled(["dev"], 0), pytest.param("test", marks=pytest.mark.long)])
def scored(request: pytest.FixtureRequest) -> list[Scored]:
    return through_the_engine(request.param, "none", seed=SEED, each=8)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_are_answered_right(scored: list[Scored], language: str) -> None:
    answers = [entry for entry in scored if entry[0].language == language]
    wrong = [(case.kind, case.turns, text, verdict.why) for case, verdict, text in answers if not verdict.right]
    assert len(answers) > 120
    assert len(wrong) <= len(answers) * 0.07, wrong


def test_nothing_is_claimed_that_is_not_believed(scored: list[Scored]) -> None:
    claimed = [(case.turns, text, verdict.why) for case, verdict, text in scored if verdict.unsupported]
    assert len(claimed) <= len(scored) * 0.01, claimed


def test_the_question_set_has_every_kind_in_both_languages(scored: list[Scored]) -> None:
    counts = Counter((case.kind, case.language) for case, _, _ in scored)
    assert len({kind for kind, _ in counts}) == 16
    assert min(counts.values()) >= 8, counts


@pytest.mark.slow
def test_the_generated_world_has_no_name_of_the_village(tmp_path: Path) -> None:
    village = Path(__file__).parents[1] / "world"
    with Engine.load(village, model="none") as engine, folder(Generated(SEED)) as content:
        called = {name for entity in engine.entities.values() for name in entity.names.values()}
        with Engine.load(content, model="none") as other:
            assert len(other.entities) >= 60
            mine = {n for e in other.entities.values() if e.id != "player" for n in e.names.values()}
            assert not mine & called


# -- one question after another, in the generated world --------------------------------------------------


class Asking:
    """Asks one NPC of the generated world, and finds facts to ask about."""

    def __init__(self, engine: Engine, world: Generated, npc: str) -> None:
        self.engine, self.world, self.npc = engine, world, npc
        self.sure = [k for k in world.knowledge[npc].values() if k.holds and k.how == "authored" and npc not in k.key]

    def say(self, *turns: str) -> Line:
        conversation = self.engine.talk_to(self.npc)
        return [conversation.say(turn).line(timeout=10) for turn in turns][-1]

    def name(self, entity: str, language: str = "en") -> str:
        return self.world.name(entity, language)

    def one(self, predicate: str) -> tuple[str, str]:
        """Return subject and object of a relation of which the NPC knows just one such."""
        pairs = [known.key for known in self.sure if known.key[1] == predicate]
        held = Counter(end for s, _, o in pairs for end in {s, o})
        key = next(key for key in pairs if held[key[0]] == 1 or held[key[2]] == 1)
        return key[0], key[2]


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    world = Generated(SEED)
    with folder(world) as content, Engine.load(content, model="none") as engine:
        yield Asking(engine, world, "maeve")


def ids(line: Line) -> set[tuple[str, str, str]]:
    statements = [fact.belief.statement for fact in line.facts]
    return {canonical((s.subject, s.predicate, s.object)) for s in statements}


def test_a_false_presupposition_is_not_gone_along_with(asking: Asking) -> None:
    builder, work = asking.one("built")
    other = next(p for p in asking.world.people if p not in (builder, "maeve"))
    line = asking.say(f"When did {asking.name(other)} build {asking.name(work)}?")
    assert ids(line) == {(builder, "built", work)}
    assert line.text.startswith("No"), line.text
    assert asking.name(builder) in line.text


def test_no_model_gets_to_answer_yes_or_no(asking: Asking) -> None:
    person, place = asking.one("born_in")
    elsewhere = next(region for region in ("northgate", "southbank", "harrowdale") if region != place)
    yes = asking.say(f"Was {asking.name(person)} born in {asking.name(place)}?")
    no = asking.say(f"Was {asking.name(person)} born in {asking.name(elsewhere)}?")
    assert yes.text.startswith("Yes")
    assert no.text.startswith("No. ")
    assert ids(yes) == ids(no) == {(person, "born_in", place)}


def test_who_is_meant_is_found_over_another_relation(asking: Asking) -> None:
    homes = {known.key[0]: known.key[2] for known in asking.sure if known.key[1] == "lives_at"}
    owner, _, thing = next(known.key for known in asking.sure if known.key[1] == "owns" and known.key[0] in homes)
    home = homes[owner]
    english = asking.say(f"Where does the owner of {asking.name(thing)} live?")
    chinese = asking.say(f"{asking.name(thing, 'zh')}的主人住在哪里？")
    assert ids(english) == ids(chinese) == {(owner, "lives_at", home)}


def test_what_of_several_is_not_known_is_said(asking: Asking) -> None:
    known = {key[0] for key in asking.world.knowledge["maeve"] if key[1] == "is_a"}
    person, _ = asking.one("is_a")
    stranger = next(p for p in asking.world.people if p not in known and p != "maeve")
    line = asking.say(f"What do {asking.name(person)} and {asking.name(stranger)} do for a living?")
    assert [fact.belief.statement.subject for fact in line.facts] == [person]
    assert asking.name(stranger) in line.text
    assert "don't know" in line.text or "couldn't say" in line.text


def test_a_follow_up_asks_the_same_of_another(asking: Asking) -> None:
    first, _ = asking.one("born_in")
    second = next(k.key for k in asking.sure if k.key[1] == "born_in" and k.key[0] != first)
    line = asking.say(f"Where was {asking.name(first)} born?", f"And {asking.name(second[0])}?")
    assert ids(line) == {second}
    line = asking.say(f"{asking.name(first, 'zh')}出生在哪里？", f"那{asking.name(second[0], 'zh')}呢？")
    assert ids(line) == {second}


def test_those_who_are_alike_are_named_in_one_sentence(asking: Asking) -> None:
    homes = Counter(known.key[2] for known in asking.sure if known.key[1] == "lives_at")
    place, several = homes.most_common(1)[0]
    line = asking.say(f"How many people live at {asking.name(place)}?")
    assert len(line.facts) >= several > 1
    assert line.text.count("live at") == 1
    assert line.text.split(",")[0] in ("Two", "Three", "Four", "Five", "Six")


def test_a_thing_nobody_knows_of_is_unknown(asking: Asking) -> None:
    assert asking.say("Where does Zebulon live?").move in ("unknown", "unknown_name")
    assert asking.say("Who is Zebulon's sister?").move in ("unknown", "unknown_name")
    assert asking.say("赵铁柱的妹妹是谁？").move in ("unknown", "unknown_name")
