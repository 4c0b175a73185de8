"""The engine: a world of people who talk, embedded in a game."""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from npc_engine.content import Content, load_content
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Line
from npc_engine.dialogue.understand import Understander, open_understander
from npc_engine.engine import arguments, routine
from npc_engine.engine.amending import Amending
from npc_engine.engine.conversation import Conversation
from npc_engine.engine.editing import Editing, Reload
from npc_engine.engine.fitting import Fitting
from npc_engine.engine.gathering import Gathering
from npc_engine.engine.keeping import Keeping
from npc_engine.engine.meeting import Meetings
from npc_engine.engine.routine import Routine
from npc_engine.engine.timeline import Timeline
from npc_engine.engine.timetable import appointment, usual_places
from npc_engine.engine.turns import Turns
from npc_engine.engine.voice import Named, Voice, VoiceState
from npc_engine.engine.why import Why, explain
from npc_engine.errors import SaveError, UnknownNameError
from npc_engine.lang import words_of
from npc_engine.mind import Cast, Earshot, Embedder, Meanings
from npc_engine.mind.gossip import Telling
from npc_engine.models import LanguageModel
from npc_engine.stores import SaveSlot
from npc_engine.text import Language, known_language, languages
from npc_engine.world import Entity, Perspective, Wording
from npc_engine.world.definitions import BUDGET, ActionDefinition

EPOCH = datetime(1, 1, 1)
"""When an empty world begins, unless it is told otherwise."""


class Engine(Amending):
    """A world, the minds in it, and the voice they speak with.

    Open one with `load` or `new`, and close it, or use it in a `with` block. Its methods may be called from
    any thread; all but `save`, `restore`, `fork`, `rewind` and `close` return at once.
    """

    def __init__(
        self,
        cast: Cast,
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
        memory_budget: int | None = None,
        understander: str | Understander = "cascade",
    ) -> None:
        """Open a slot for a cast; use `load` or `new` instead."""
        self._language = known = known_language(language)
        self.seed = seed
        self._content = content
        self._open = content is None
        self._timeline = Timeline(cast, SaveSlot(save), start, Fitting(content))
        self._wording = self._worded()
        self._voice = Voice(model, dict(model_settings or {}))
        self._earshot = earshot or Earshot()
        self._everyday_earshot = earshot is not None
        understands = open_understander(understander)
        self._turns = Turns(
            self._timeline,
            self._voice,
            self._scene,
            self._hearers,
            self._known,
            understands,
            seed=seed,
            patience=patience,
        )
        self._patience = patience
        self._gossip = Meetings(self._timeline, self._earshot, self._told, seed) if gossip else None
        self._routine = Routine(self._timeline, content, self._gossip)
        self._budget = memory_budget
        self._keeping = Keeping(self._timeline, self._routine, lambda: self._wording, known, self._most_memories)
        self._editing = Editing(content, self._take_over) if content else None
        self._closed = False
        self._at_exit = partial(_close_at_exit, weakref.ref(self))
        atexit.register(self._at_exit)
        if not len(self._timeline.chronicle):
            self.advance(0)  # everyone goes where the first day finds them

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
        memory_budget: int | None = None,
        embedder: Embedder | None = None,
        understander: str | Understander = "cascade",
    ) -> Self:
        """Give an engine with the world of a content folder.

        `save` is the slot's file, begun anew where there is none; without it the game is kept in memory.
        `model` is `embedded`, `none`, a GGUF file, `openai:NAME` or a LanguageModel, opened in the background
        with `model_settings` (`base_url`, `api_key`, `threads` …); until it is ready, or when it fails, lines
        are worded without one. `patience` is how many seconds a line may take the model. The same `seed`
        makes the same choices. With an `earshot`, who overhears what is said is found by it; `gossip` lets NPCs
        who meet tell each other news. `memory_budget` is how many memories each NPC keeps, what matters least going
        first; without it, as many as the world says. An `embedder` helps memories to be found by meaning, in words
        that were not said; it is used in the background, and for each question. `understander` is what makes something
        of a player's words: by a name that an installed package offers, or one of the game's own.

        Raises:
            ContentError: the content has mistakes; all of them are named.
            UnknownNameError: no installed package offers such an understander, or there is no such `language`.
            SaveError: the slot can't be used, or was played in another world.
        """
        loaded = content if isinstance(content, Content) else load_content(content)
        return cls(
            _cast(loaded, Meanings(embedder) if embedder else None),
            save=save,
            model=model,
            model_settings=model_settings,
            seed=seed,
            start=loaded.world.start,
            language=known_language(language or loaded.world.languages[0]),
            patience=patience,
            content=loaded,
            earshot=earshot,
            gossip=gossip,
            memory_budget=memory_budget,
            understander=understander,
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
        """Give an engine with an empty world, in which ids are taken as they come.

        `entities` may name people and things beforehand, so that a query finds them by name.
        """
        return cls(
            Cast(
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

    def talk_to(self, npc: str, speaker: str = "player") -> Conversation:
        """Begin a conversation with an NPC.

        Raises:
            UnknownNameError: no persona has that id, or nobody the speaker's.
        """
        if arguments.one("npc", npc) not in self.people:
            raise UnknownNameError("NPC", npc, self.people)
        self._may_speak(speaker)
        conversation = Conversation(npc, speaker, self._turns, self.record)
        self._turns.warm(conversation)
        return conversation

    def gather(self, members: Iterable[str], speaker: str = "player") -> Gathering:
        """Begin a talk with several at once, who hear each other's answers and may come and go.

        Raises:
            UnknownNameError: nobody has one of the ids.
            ArgumentError: `members` are no ids.
        """
        members = arguments.ids("members", members)
        self._may_speak(speaker)
        return Gathering(members, speaker, self._turns, lambda: self._timeline.views, self.record)

    def bark(self, npc: str, language: Language | None = None) -> str:
        """Give something an NPC says in passing, in a language; another one every few game minutes."""
        language = self._spoken(language)
        phrases = self._persona(npc).says("bark", language) or words_of(language).phrases.get("bark", [])
        minutes = int((self.now - EPOCH).total_seconds() // 600)
        return Random(f"{self.seed}/{npc}/{minutes}").choice(phrases)

    def why(self, line: Line | int) -> Why:
        """Give why a line (or the event of one) was said: what it stands on, and what was decided.

        Raises:
            UnknownNameError: there is no such event.
        """
        event_id = line if isinstance(line, int) else line.event_id
        with self._timeline.lock:
            try:
                given = None if isinstance(line, int) else line
                return explain(event_id, given, self._timeline, self._wording, self.language)
            except KeyError:
                raise UnknownNameError("event", str(event_id)) from None

    # -- the save slot -----------------------------------------------------------------------------

    def flush(self) -> None:
        """Wait until all that happened is safe on disk; a slot that was deleted or exchanged is written whole again.

        Raises:
            SaveError: it can't be written; the game goes on, nothing is lost yet, and it is tried again. Or the engine
                is closed.
            UnstoredError: the disk would not take some events, `event_ids`; all else is safe. It is said once.
        """
        self._timeline.flush()

    def save(self, path: Path | str | None = None) -> None:
        """Make sure that the slot is up to date; with a path, also write a copy there, whole or not at all.

        Raises:
            SaveError: it can't be written, or another game plays in the slot at that path; the game goes on.
            UnstoredError: as `flush`.
        """
        self._timeline.save(Path(path) if path is not None else None)

    def restore(self, path: Path | str) -> None:
        """Load what another slot holds into this one: everyone forgets what has not happened yet.

        An answer still on its way is thrown away.

        Raises:
            SaveError: it can't be read, or is of another world; then all is as it was.
        """
        self._turns.give_up()
        self._timeline.restore(Path(path))
        self._wording = self._worded()
        self._routine.look_ahead()

    def rewind(self, to: int | datetime) -> None:
        """Let what came after an event (its id), or after a game time, not have happened.

        Raises:
            UnknownNameError: there is no such event.
        """
        self._turns.give_up()
        with self._timeline.lock:
            chronicle = self._timeline.chronicle
            last = to if isinstance(to, int) else chronicle.last_id_at(to)
            if not 0 <= last < chronicle.next_id:
                raise UnknownNameError("event", str(to))
        self._timeline.rewind(last)
        self._routine.look_ahead()

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
            content=self._content,
            earshot=self._earshot if self._everyday_earshot else None,
            gossip=self._gossip is not None,
            memory_budget=self._budget,
        )

    def rebuild(self) -> None:
        """Fold every view anew from the chronicle; they come out as they were."""
        self._timeline.refold(self._timeline.views.cast)

    # -- content and model -------------------------------------------------------------------------

    def check_content(self) -> Reload | None:
        """See whether the content was edited meanwhile; give what came of it, once, or None.

        Reading is done in the background: call it now and then. An edit with mistakes is refused, and
        the old content stays.
        """
        return self._editing.check() if self._editing else None

    @property
    def voice(self) -> VoiceState:
        """How it stands with the model; never waits."""
        return self._voice.state

    def wait_for_voice(self, timeout: float | None = None) -> VoiceState:
        """Wait until the model is ready or has failed, and give how it stands."""
        return self._voice.wait(timeout)

    def use_model(self, spec: Named | LanguageModel, **settings: Any) -> None:
        """Exchange the model, in the background; until then NPCs speak without one."""
        self._voice.use(spec, settings)

    # -- closing -----------------------------------------------------------------------------------

    def close(self) -> None:
        """Give up running turns, write what is left, close the slot and the model.

        One may still look afterwards; to say something gives a cancelled reply, and whatever would be written raises
        SaveError.

        Raises:
            SaveError: what was left could not be written.
        """
        if self._closed:
            return
        self._closed = True
        atexit.unregister(self._at_exit)
        self._turns.close()
        if self._editing:
            self._editing.close()
        self._voice.close()
        if meanings := self._timeline.views.cast.meanings:
            meanings.close()
        self._timeline.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            with suppress(SaveError):  # the first error is the one to tell
                self.close()

    # -- inside ------------------------------------------------------------------------------------

    @property
    def _actions(self) -> Mapping[str, ActionDefinition]:
        return self._content.actions if self._content else {}

    def _most_memories(self) -> int:
        if self._budget is not None:
            return self._budget
        return self._content.world.memory_budget if self._content else BUDGET

    def _take_over(self, content: Content) -> None:
        cast = _cast(content, self._timeline.views.cast.meanings)
        self._timeline.refold(cast, Fitting(content))
        with self._timeline.lock:
            self._content = content
            self._wording = self._worded()
            self._routine.follow(content)

    def _worded(self) -> Wording:
        cast = self._timeline.views.cast
        return Wording(cast.entities, cast.predicates)

    def _told(self, telling: Telling) -> str:
        """Give gossip in words, as it will be remembered."""
        belief = telling.belief
        perspective = Perspective(telling.teller, telling.listener)
        return self._wording.sentence(belief.statement, self.language, perspective, holds=belief.holds)

    def _scene(
        self, conversation: Conversation, language: Language | None, overheard_by: frozenset[str], seed: int
    ) -> Scene:
        views = self._timeline.views
        persona = self._persona(conversation.npc)
        return Scene(
            npc=conversation.npc,
            speaker=conversation.speaker,
            persona=persona,
            views=views,
            wording=self._wording,
            now=self.now,
            actions=self._actions,
            setting=self._content.world.names if self._content else {},
            place=routine.place_of(views, conversation.npc),
            doing=due.doing if (due := appointment(persona, self.now)) else {},
            usual_places=usual_places(self.people, self.now),
            language=language or self.language,
            overheard_by=overheard_by - {conversation.npc, conversation.speaker},
            exchanges=conversation.exchanges,
            freedom=self._content.world.freedom if self._content else None,
            seed=seed,
        )


def _close_at_exit(engine: weakref.ref[Engine]) -> None:
    """Close an engine that a game forgot to close, so that nothing is lost and no thread is cut off in a model."""
    left_open = engine()
    if left_open is not None:
        with suppress(SaveError):
            left_open.close()


def _cast(content: Content, meanings: Meanings | None) -> Cast:
    world = content.world
    return Cast(
        content.entities,
        content.predicates,
        content.facts,
        content.personas,
        world.start,
        world.private,
        meanings=meanings,
    )
