"""The engine: a world of people who talk, embedded in a game."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from npc_engine.chronicle import Event
from npc_engine.content import Content, load_content
from npc_engine.content.compiling import compile_world
from npc_engine.dialogue.leading import RealizerName
from npc_engine.dialogue.understand import Understander, open_understander
from npc_engine.dialogue.wants import Allows, all_allowed
from npc_engine.engine import arguments
from npc_engine.engine.budget import Budget
from npc_engine.engine.closeable import Closeable
from npc_engine.engine.dialogues import Dialogues
from npc_engine.engine.editing import Editing, Reload
from npc_engine.engine.exchanges import Exchanges
from npc_engine.engine.explainer import Explainer
from npc_engine.engine.facade import PartMethod
from npc_engine.engine.fitting import Fitting, Misfit
from npc_engine.engine.graphing import Graphing
from npc_engine.engine.keeping import Keeping
from npc_engine.engine.ledger import NOBODY, Ledger
from npc_engine.engine.meeting import Meetings
from npc_engine.engine.mind_editor import MindEditor
from npc_engine.engine.model_loader import ModelLoader, Named, VoiceState
from npc_engine.engine.queries import Queries
from npc_engine.engine.recorder import Recorder
from npc_engine.engine.remarks import Remarks
from npc_engine.engine.routine import Routine
from npc_engine.engine.save_slots import SaveSlots
from npc_engine.engine.stage import Stage
from npc_engine.engine.standing import Standing
from npc_engine.engine.timeline import Timeline
from npc_engine.engine.turns import Turns
from npc_engine.errors import SaveError
from npc_engine.graphs import GraphSettings, GraphWorld
from npc_engine.mind import CompiledWorld, Earshot, Embedder, Meanings
from npc_engine.models import LanguageModel
from npc_engine.persona import Persona
from npc_engine.stores import SaveSlot
from npc_engine.text import Language, known_language, languages
from npc_engine.world import Entity
from npc_engine.world.definitions import Improvise

EPOCH = datetime(1, 1, 1)
"""When an empty world begins, unless it is told otherwise."""


class Engine(Closeable):
    """A world, the minds in it, and the voice they speak with.

    Open one with `load` or `new`, and close it, or use it in a `with` block. Its methods may be called from
    any thread; all but `save`, `restore`, `fork`, `rewind` and `close` return at once. What it does is done by its
    parts, each of which says what its methods take and give.
    """

    def __init__(
        self,
        compiled: CompiledWorld,
        *,
        save: Path | str | None,
        model: Named | LanguageModel,
        model_settings: Mapping[str, Any] | None,
        seed: int,
        start: datetime,
        language: str,
        patience: float,
        content: Content | None = None,
        earshot: Earshot | None = None,
        gossip: bool = True,
        remarks: bool = True,
        memory_budget: int | None = None,
        understander: str | Understander = "cascade",
        realizer: RealizerName | None = None,
        improvise: Improvise | None = None,
        length: tuple[int, int] | None = None,
        budget: Budget | None = None,
        allows: Allows = all_allowed,
        graph: GraphSettings | None = None,
    ) -> None:
        """Open a slot for a cast; use `load` or `new` instead."""
        # What may be wrong with the settings comes before the slot, which would stay open behind an error.
        language, understands = known_language(language), open_understander(understander)
        self._timeline = Timeline(compiled, SaveSlot(save), start, Fitting(content))
        self._stage = stage = Stage(
            self._timeline, content, earshot, language=language, seed=seed, memory_budget=memory_budget, allows=allows
        )
        self._ledger = ledger = Ledger(budget)
        self._voice = ModelLoader(model, dict(model_settings or {}), lambda: ledger.account(NOBODY, "", stage.now))
        self._patience = patience
        self._gossip, self._speak_up = gossip, remarks
        self._leading = arguments.leading(realizer, improvise, length)
        self._turns = Turns(stage, self._voice, ledger, understands, patience, self._leading)
        speaking = Remarks(stage) if remarks else None
        meetings = Meetings(stage, Exchanges(stage) if remarks else None) if gossip else None
        self._routine = Routine(self._timeline, content, meetings, speaking)
        self._keeping = Keeping(stage, self._routine)
        self._recorder = Recorder(stage, self._routine)
        self._dialogues = Dialogues(stage, self._turns, self._recorder)
        self._queries = Queries(stage)
        self._explainer = Explainer(stage)
        self._mind_editor = MindEditor(stage)
        self._graphing = Graphing(self._timeline, graph, content.world.id if content else "")
        self._standing = Standing(stage, self._voice, ledger, self._graphing)
        self._slots = SaveSlots(stage, self._turns, self._routine)
        self._editing = Editing(content, self._take_over) if content else None
        self._opened()
        if not len(self._timeline.chronicle):
            self.advance(0)  # everyone goes where the first day finds them
        if speaking and content:
            self._turns.prepare(speaking.prepare())

    @classmethod
    def load(
        cls,
        content: Path | str | Content,
        *,
        save: Path | str | None = None,
        model: Named | LanguageModel = "embedded",
        model_settings: Mapping[str, Any] | None = None,
        seed: int = 0,
        language: Language | None = None,
        patience: float = 20.0,
        earshot: Earshot | None = None,
        gossip: bool = True,
        remarks: bool = True,
        memory_budget: int | None = None,
        embedder: Embedder | None = None,
        understander: str | Understander = "cascade",
        graph: str | None = None,
        graph_password: str | None = None,
        graph_settings: Mapping[str, Any] | None = None,
        realizer: RealizerName | None = None,
        improvise: Improvise | None = None,
        length: tuple[int, int] | None = None,
        budget: Budget | None = None,
        allows: Allows = all_allowed,
    ) -> Self:
        """Return an engine with the world of a content folder.

        `save` is the slot's file, created where there is none; without it the game is kept in memory. `model` is
        `embedded`, `none`, a GGUF file, `openai:NAME` or a LanguageModel, opened in the background with
        `model_settings` (`base_url`, `api_key`, `threads` …); until it is ready, or when it fails, lines are worded
        without one. `patience` is how many seconds a line may take the model. The same `seed` makes the same choices.
        With an `earshot`, who overhears what is said is found by it; `gossip` lets NPCs who meet tell each other news,
        and `remarks` lets them speak unasked where the player hears it (see `advance`). `memory_budget` is how many
        memories each NPC keeps, what matters least going first; without it, as many as the world says. An `embedder`
        helps memories to be found by meaning, in words that were not said; it is used in the background, and for each
        question. `understander` is what makes something of a player's words: by a name that an installed package
        offers, or one of the game's own. `realizer` is how the model is led: `small` voices what code decided,
        `medium` converses with that as its direction, `large` is shown all that may be told; the model's size says
        where it is None. `improvise` is what it may make up (`none`, `self`, `scene`), whatever personas and the world
        say; `length` is how many sentences and characters an answer of a large model has at most (4 and 350; half as
        many characters where words do not stand apart). A `budget` is what the model may use. With a `graph`, such as
        `bolt://neo4j@localhost`, all of it goes to a Neo4j server too, which the game never waits for (docs/neo4j.md);
        its password is given, or in NPC_GRAPH_PASSWORD. `allows` is asked before an NPC agrees to an Action: True or
        None lets it be done, False or what the NPC says to it (a text, or one by language) does not. It is called on
        the turn's thread, where it may look but not wait.

        Raises:
            ArgumentError: `graph` is no address, or there is no such setting.
            ContentError: the content has mistakes; all of them are named.
            UnknownNameError: no installed package offers such an understander, or there is no such `language`.
            SaveError: the slot can't be used, or was played in another world.
        """
        loaded = content if isinstance(content, Content) else load_content(content)
        return cls(
            compile_world(loaded, Meanings(embedder) if embedder else None),
            save=save,
            model=model,
            model_settings=model_settings,
            seed=seed,
            start=loaded.world.start,
            language=language or loaded.world.languages[0],
            patience=patience,
            content=loaded,
            earshot=earshot,
            gossip=gossip,
            remarks=remarks,
            memory_budget=memory_budget,
            understander=understander,
            realizer=realizer,
            improvise=improvise,
            length=length,
            graph=GraphSettings.of(graph, graph_password, graph_settings) if graph is not None else None,
            budget=budget,
            allows=allows,
        )

    @classmethod
    def new(
        cls,
        *,
        save: Path | str | None = None,
        start: datetime = EPOCH,
        language: Language | None = None,
        seed: int = 0,
        entities: Iterable[Entity] = (),
        earshot: Earshot | None = None,
        embedder: Embedder | None = None,
    ) -> Self:
        """Return an engine with an empty world, in which ids are taken as they come.

        `entities` may name people and things beforehand, so that a query finds them by name.
        """
        return cls(
            CompiledWorld(
                entities={entity.id: entity for entity in entities},
                meanings=Meanings(embedder) if embedder else None,
            ),
            save=save,
            model="none",
            model_settings=None,
            seed=seed,
            start=start,
            language=language or languages()[0],
            patience=0.0,
            earshot=earshot,
        )

    # -- talking -----------------------------------------------------------------------------------

    talk_to = PartMethod("_dialogues", Dialogues.talk_to)
    gather = PartMethod("_dialogues", Dialogues.gather)
    bark = PartMethod("_dialogues", Dialogues.bark)

    # -- what happens in the game ------------------------------------------------------------------

    record = PartMethod("_recorder", Recorder.record)
    perform = PartMethod("_recorder", Recorder.perform)
    set_weather = PartMethod("_recorder", Recorder.set_weather)
    tell = PartMethod("_recorder", Recorder.tell)
    summarise = PartMethod("_recorder", Recorder.summarise)
    move = PartMethod("_recorder", Recorder.move)
    advance = PartMethod("_keeping", Keeping.advance)

    # -- looking -----------------------------------------------------------------------------------

    @property
    def language(self) -> Language:
        """The language that is spoken where none is asked for; setting it to one there is none of is refused."""
        return self._stage.language

    @language.setter
    def language(self, code: str) -> None:
        self._stage.language = code

    @property
    def seed(self) -> int:
        """What every choice left to chance begins from."""
        return self._stage.seed

    @property
    def now(self) -> datetime:
        """The game's time: naive, in the world's own calendar."""
        return self._timeline.now

    @property
    def people(self) -> Mapping[str, Persona]:
        """Every NPC's persona, by id."""
        return self._stage.people

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Everything with a name, by id."""
        return self._stage.projections.compiled.entities

    @property
    def events(self) -> Sequence[Event]:
        """The chronicle so far, oldest first; a copy."""
        with self._timeline.lock:
            return list(self._timeline.chronicle)

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """What the save speaks of and the content no longer has: for its editors; see `formerly` there."""
        return self._timeline.misfits

    name = PartMethod("_queries", Queries.name)
    word = PartMethod("_queries", Queries.word)
    ask = PartMethod("_queries", Queries.ask)
    beliefs = PartMethod("_queries", Queries.beliefs)
    improvised = PartMethod("_queries", Queries.improvised)
    noted = PartMethod("_queries", Queries.noted)
    contested = PartMethod("_queries", Queries.contested)
    recall = PartMethod("_queries", Queries.recall)
    feeling = PartMethod("_queries", Queries.feeling)
    mood = PartMethod("_queries", Queries.mood)
    place_of = PartMethod("_queries", Queries.place_of)
    doing = PartMethod("_queries", Queries.doing)
    within_earshot = PartMethod("_queries", Queries.within_earshot)
    journal = PartMethod("_queries", Queries.journal)
    story = PartMethod("_queries", Queries.story)
    hint = PartMethod("_queries", Queries.hint)

    why = PartMethod("_explainer", Explainer.why)
    why_feeling = PartMethod("_explainer", Explainer.why_feeling)
    importance = PartMethod("_explainer", Explainer.importance)

    # -- changing a mind ---------------------------------------------------------------------------

    memories = PartMethod("_mind_editor", MindEditor.memories)
    amend = PartMethod("_mind_editor", MindEditor.amend)
    forget = PartMethod("_mind_editor", MindEditor.forget)
    believe = PartMethod("_mind_editor", MindEditor.believe)
    weigh = PartMethod("_mind_editor", MindEditor.weigh)

    # -- the save slot -----------------------------------------------------------------------------

    flush = PartMethod("_slots", SaveSlots.flush)
    save = PartMethod("_slots", SaveSlots.save)
    restore = PartMethod("_slots", SaveSlots.restore)
    rewind = PartMethod("_slots", SaveSlots.rewind)
    rebuild = PartMethod("_slots", SaveSlots.rebuild)

    def fork(self, path: Path | str) -> Engine:
        """Branch the game: give a second engine that goes on from here in a slot of its own, with the same model.

        Raises:
            SaveError: there is a slot already, or it can't be written.
        """
        if Path(path).exists():
            raise SaveError(f"{path} exists already: fork into a new slot, or delete that one first")
        self._timeline.save(Path(path))
        return type(self)(
            self._timeline.declared,
            save=path,
            model=self._voice.model(timeout=self._patience),
            model_settings=None,
            seed=self.seed,
            start=self._timeline.start,
            language=self.language,
            patience=self._patience,
            content=self._stage.content,
            earshot=self._stage.given_earshot,
            gossip=self._gossip,
            remarks=self._speak_up,
            memory_budget=self._stage.given_budget,
            graph=self._graphing.settings,
            realizer=self._leading.realizer,
            improvise=self._leading.improvise,
            length=(self._leading.length.sentences, self._leading.length.characters),
            budget=self._ledger.budget,
        )

    # -- content and model -------------------------------------------------------------------------

    def check_content(self) -> Reload | None:
        """See whether the content was edited meanwhile; return what came of it, once, or None.

        Reading is done in the background: call it now and then. An edit with mistakes is refused, and
        the old content stays.
        """
        return self._editing.check() if self._editing else None

    @property
    def voice(self) -> VoiceState:
        """How it stands with the model; never waits."""
        return self._standing.voice()

    wait_for_voice = PartMethod("_standing", Standing.wait_for_voice)
    use_model = PartMethod("_standing", Standing.use_model)
    status = PartMethod("_standing", Standing.status)
    usage = PartMethod("_standing", Standing.usage)
    wait_for_graph = PartMethod("_graphing", Graphing.wait)

    @property
    def graph(self) -> GraphWorld | None:
        """The world as it stands on the graph server, to be asked there; None where the game was given none."""
        return self._graphing.world

    # -- closing -----------------------------------------------------------------------------------

    def _let_go(self) -> None:
        self._turns.close()
        if self._editing:
            self._editing.close()
        self._voice.close()
        if meanings := self._timeline.projections.compiled.meanings:
            meanings.close()
        try:
            self._timeline.close()
        finally:
            self._graphing.close()

    # -- inside ------------------------------------------------------------------------------------

    def _take_over(self, content: Content) -> None:
        self._stage.refit(content)
        with self._timeline.lock:
            self._stage.follow(content)
            self._routine.follow(content)
