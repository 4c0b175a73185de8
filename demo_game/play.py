"""Playing: the village with its panels and menus, and what each key does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pygame

from demo_game import deeds, play_menus
from demo_game.dialogue_box import DialogueBox
from demo_game.hud import Hud
from demo_game.menus import Menu
from demo_game.pictures import MAP
from demo_game.saves import Note
from demo_game.strings import LANGUAGES
from demo_game.talk import Talk
from demo_game.terrain import Terrain
from demo_game.view import VillageView
from demo_game.village import PLAYER, Happening, Village
from demo_game.work import Work
from npc_engine import Action, Engine, NpcError

if TYPE_CHECKING:
    from demo_game.app import App

_WAYS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_a: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_d: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_w: (0, -1),
    pygame.K_DOWN: (0, 1),
    pygame.K_s: (0, 1),
}
_EMOTES = {"happy": "♥", "angry": "!!", "surprised": "!", "afraid": "!?", "sad": "…"}
CONTENT_CHECK = 1.0
"""Seconds between looks at whether a writer has changed the world's files."""
PARTING = 3.0
"""Seconds for which a goodbye stands before the talk is over."""


class Play:
    """The scene in which the game is played."""

    def __init__(
        self, app: App, engine: Engine, to_title: Callable[[], object], *, at: tuple[float, float] | None = None
    ) -> None:
        """Play in an engine's world; `to_title` shows the title again, `at` is where the player stands."""
        self.app = app
        self.to_title = to_title
        self.engine = app.engine = engine
        self.village = Village(engine, Terrain(MAP), crowd=app.options.crowd, seed=app.options.seed)
        if at:
            self.village.refresh(at=at)
        self.view = VillageView(self.village, app.look)
        self.hud = Hud(app, self.view)
        self.box: DialogueBox | None = None
        self.menu: Menu | None = None
        self.last: Any = None
        """The last line anyone said to the player."""
        self.held: list[int] = []
        self._talk_key_down = False
        self._work: tuple[Work[Any], Callable[[Work[Any]], object]] | None = None
        self._busy = False
        self._ending: Any = None
        self._parting = 0.0
        self._voice_told = ""
        self._content_check = CONTENT_CHECK
        if self.village.place:
            engine.move(PLAYER, self.village.place)
        self.hud.refresh()
        self.hud.announce(app.say("title.game"))

    # -- events --------------------------------------------------------------------------------------------
    def handle(self, event: pygame.event.Event) -> None:
        """Return the event to what is in front: a menu, the conversation, or the village."""
        if event.type == pygame.KEYUP:
            self._talk_key_down &= event.key != pygame.K_e
            self.held = [key for key in self.held if key != event.key]
        elif event.type == pygame.WINDOWFOCUSLOST:  # no key that is down now will be heard to go up
            self.held, self._talk_key_down = [], False
            if self.box:
                self.box.interrupt()
        if self._busy:
            return
        if self.menu:
            self.menu.handle(event)
        elif self.box and self.box.entry.composing:
            self.box.handle(event)
        elif event.type == pygame.KEYDOWN and self._shortcut(event.key):
            return
        elif self.box:
            if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
                if not self.box.shut_keyboard():
                    self.leave()
            elif not (event.type == pygame.TEXTINPUT and self._talk_key_down):
                self.box.handle(event)
        elif event.type == pygame.KEYDOWN:
            self._walking_key(event.key)

    def _shortcut(self, key: int) -> bool:
        shortcuts: dict[int, Callable[[], Menu]] = {
            pygame.K_F1: lambda: play_menus.why(self),
            pygame.K_F5: lambda: play_menus.save_slots(self),
            pygame.K_F9: lambda: play_menus.load_slots(self),
        }
        if key == pygame.K_F2:
            self.app.set_language(self.app.say.other())
        elif key in shortcuts:
            self.open(shortcuts[key])
        else:
            return False
        return True

    def _walking_key(self, key: int) -> None:
        if key in _WAYS and key not in self.held:
            self.held.append(key)
        elif key in (pygame.K_e, pygame.K_RETURN):
            self._talk_key_down = key == pygame.K_e
            if near := self.village.within_reach():
                self.talk_to(near.id)
        elif key == pygame.K_j:
            self.open(lambda: play_menus.journal_page(self))
        elif key == pygame.K_m:
            self.open(lambda: play_menus.map_page(self))
        elif key == pygame.K_ESCAPE:
            self.open(lambda: play_menus.pause(self))

    def open(self, make: Callable[[], Menu]) -> None:
        """Show a menu; the clock stops meanwhile."""
        self.held = []
        self.close_menu()
        self.menu = make()

    def close_menu(self) -> None:
        """Go back to the village."""
        if self.menu:
            self.menu.shut()
        self.menu = None

    # -- time ----------------------------------------------------------------------------------------------
    def step(self, dt: float) -> None:
        """Let time pass: for the village unless a menu is open, for an answer always."""
        self._look_after_work()
        self.hud.step(dt)
        self._look_after_engine(dt)
        if self.menu:
            self.menu.step(dt)
        elif not self._busy:
            ways = [_WAYS[key] for key in self.held]
            self.village.heading = (
                float(max(-1, min(1, sum(x for x, _ in ways)))),
                float(max(-1, min(1, sum(y for _, y in ways)))),
            )
            for happening in self.village.step(dt):
                self.notice(happening)
        self._move_camera(dt)
        if self.box:
            self.box.step(dt)
            self._look_after_talk(self.box.talk)
            self._part(self.box, dt)
        elif self._ending and not self.menu and not self.hud.toasts:
            beat, self._ending = self._ending, None
            self.open(lambda: play_menus.end_card(self, beat))

    def _move_camera(self, dt: float) -> None:
        """Look a little lower during a conversation, so that neither panel nor plates cover one of the two."""
        below = self.box.covered.h - self.hud.plate_height if self.box and not self.box.on_top else 0
        wanted = below / 2 / self.view.zoom
        share = 1.0 if self.app.look.still else min(1.0, dt * 7)
        self.view.lift += (wanted - self.view.lift) * share

    def notice(self, happening: Happening) -> None:
        """Show what has happened."""
        if happening.kind == "entered":
            self.hud.announce(self.app.place_name(happening.id))
        elif happening.kind == "bark":
            self.hud.bubble(happening.id, happening.text)
        elif happening.kind == "story":
            beat = next((beat for beat in self.engine.story() if beat.id == happening.id), None)
            if beat:
                self.hud.toast(self.app.say("toast.beat", title=beat.title), "star")
                self._ending = beat if beat.ending else self._ending
            self.hud.refresh()

    def _look_after_talk(self, talk: Talk) -> None:
        if talk.line is not None and talk.line is not self.last:
            self.last = talk.line
            if talk.line.mood in _EMOTES:
                self.hud.bubble(talk.who, _EMOTES[talk.line.mood])
        for action in talk.deeds:
            self.perform(action)
        talk.deeds.clear()

    def _part(self, box: DialogueBox, dt: float) -> None:
        """Let a talk end a while after a villager's goodbye, unless the player has more to say."""
        going = box.talk.parted and not self.menu and not box.busy
        self._parting = self._parting + dt if going else 0.0
        if self._parting > PARTING:
            self.leave()

    def _look_after_engine(self, dt: float) -> None:
        voice = self.engine.voice
        if voice.message and voice.message != self._voice_told:
            self._voice_told = voice.message
            self.hud.toast(self.app.voice_text() if voice.state in ("failed", "paused") else voice.message, "warning")
        self._content_check -= dt
        if self._content_check <= 0:
            self._content_check = CONTENT_CHECK
            if (reload := self.engine.check_content()) is not None:
                text = self.app.say.trouble(reload.error) if reload.error else self.app.say("toast.reloaded")
                self.hud.toast(text, "settings")
                self.hud.refresh()

    # -- talking -------------------------------------------------------------------------------------------
    def talk_to(self, who: str) -> None:
        """Begin a conversation."""
        self.held = []
        self.village.begin_talk(who)
        self.hud.hush()
        talk = Talk(self.engine, who, lambda: self.village.listeners(who), lambda: self.app.settings.pace)
        self.box = DialogueBox(self.app, talk, on_top=self._at_the_bottom(who))

    def _at_the_bottom(self, who: str) -> bool:
        """Return whether a panel below would hide a villager, the map ending too soon for the camera to move on."""
        lowest = self.village.terrain.size[1] - self.app.look.size[1] / self.view.zoom
        lower = max(self.village.villagers[who].y, self.village.player.y)
        return (lower - lowest) * self.view.zoom > self.app.look.size[1] * 0.5

    def leave(self) -> None:
        """Walk away from the conversation, answered or not."""
        if self.box:
            self.box.talk.leave()
            self.box.close()
        self.box = None
        self.village.end_talk()

    def perform(self, action: Action) -> None:
        """Do what a villager agreed to do, in front of everyone near, and say so."""
        deeds.perform(self.engine, action, self.village.listeners(action.actor))
        given = [change[2] for change in action.changes if change[:2] == (PLAYER, "has")]
        self.hud.toast(action.text, given[0] if given else "star")
        self.village.mend()
        self.hud.refresh()

    # -- saving and loading --------------------------------------------------------------------------------
    def save(self, number: int) -> None:
        """Copy the game into a slot, beside the frames."""
        self.close_menu()
        beat: dict[str, str] = {code: story[-1].title for code in LANGUAGES if (story := self.engine.story(code))}
        player = self.village.player
        note = Note(self.engine.now.isoformat(), self.village.place, player.x, player.y, beat)

        def task() -> None:
            self.engine.save(self.app.saves.slot(number))
            self.app.saves.write_note(number, note)

        self._begin(task, lambda work: self._tell(work, "toast.saved", number))

    def load(self, number: int) -> None:
        """Go back to a slot: answers in progress are dropped, and what came after is forgotten."""
        self.close_menu()
        self.leave()
        self._busy = True
        note = self.app.saves.note(number)

        def done(work: Work[Any]) -> None:
            self._busy = False
            self.last = self._ending = None
            self.village.refresh(at=note.spot if note and not work.error else None)
            self.hud.bubbles = []
            self.hud.refresh()
            self._tell(work, "toast.loaded", number)

        self._begin(lambda: self.engine.restore(self.app.saves.slot(number)), done)

    @property
    def working(self) -> bool:
        """Whether a save is being written or read."""
        return self._work is not None

    def _begin(self, task: Callable[[], Any], done: Callable[[Work[Any]], object]) -> None:
        if self._work:
            self._work[0].wait()
            self._look_after_work()
        self._work = (Work(task), done)

    def _look_after_work(self) -> None:
        if self._work and self._work[0].finished:
            (work, done), self._work = self._work, None
            done(work)

    def _tell(self, work: Work[Any], key: str, number: int) -> None:
        if work.error is None:
            self.hud.toast(self.app.say(key, number=number), "save")
        elif isinstance(work.error, (NpcError, OSError)):
            self.hud.toast(self.app.say.trouble(work.error), "warning")
        else:  # a mistake of ours, for the demo's developers
            raise work.error

    # -- the window ----------------------------------------------------------------------------------------
    def draw(self, surface: pygame.Surface) -> None:
        """Draw the village and what is over it."""
        self.view.draw(surface)
        near = None if self.box or self.menu else self.village.within_reach()
        self.hud.draw(surface, prompt=near.id if near else None)
        if self.box:
            self.box.draw(surface, in_front=self.menu is None)
        self.hud.draw_toasts(
            surface, talk=self.box.covered if self.box else None, on_top=bool(self.box and self.box.on_top)
        )
        if self.menu:
            self.menu.draw(surface)
        if self._busy:
            self.app.skin.veil(surface)
            face = self.app.look.fonts.heading
            face.draw_centred(
                surface, self.app.say("title.loading"), self.app.look.window.center, self.app.look.palette.on_slate
            )

    def rebuild(self) -> None:
        """Take a new size or language."""
        self.view.resize()
        self.hud.refresh()
        if self.box:
            self.box.resize()
        if self.menu:
            self.menu.rebuild()

    def trouble(self, error: Exception) -> None:
        """Say what went wrong; the game goes on."""
        self.hud.toast(self.app.say.trouble(error), "warning")

    def close(self) -> None:
        """Leave the game as it stands: everything said and done is in the current save already."""
        if self._work:
            self._work[0].wait()
        self.leave()
        try:
            self.engine.close()
        except NpcError as error:
            print(self.app.say.trouble(error))
