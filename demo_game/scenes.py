"""The scenes before the village: the title, and waiting for a game to open."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pygame

from demo_game import pictures
from demo_game.menus import ButtonMenu, Item, Menu
from demo_game.pages import help_page, slot_items
from demo_game.play import Play
from demo_game.reader import Reader
from demo_game.saves import SLOTS
from demo_game.settings_menu import SettingsMenu
from demo_game.work import Work
from npc_engine import Engine, SaveError

if TYPE_CHECKING:
    from demo_game.app import App


class Loading:
    """Waits for work with a few words on the screen, then hands its result on."""

    def __init__(
        self, app: App, task: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        self.app, self._then, self._failed = app, then, failed
        self._work: Work[Any] = Work(task)
        self._time = 0.0

    def handle(self, event: pygame.event.Event) -> None:
        """Nothing can be done but wait."""

    def step(self, dt: float) -> None:
        """Hand on what has come."""
        self._time += dt
        if self._work.finished:
            if self._work.error:
                self._failed(self._work.error)
            else:
                self._then(self._work.result)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the words and three dots that walk."""
        surface.fill(self.app.look.palette.slate)
        face = self.app.look.fonts.heading
        centre = self.app.look.window.center
        face.draw_centred(surface, self.app.say("title.loading"), centre, self.app.look.palette.on_slate)
        for dot in range(3):
            bob = 0.0 if self.app.look.still else abs(math.sin(self._time * 4 + dot * 0.7))
            lift = bob * self.app.look.px(10)
            at = centre[0] + (dot - 1) * self.app.look.px(20), centre[1] + self.app.look.px(48) - lift
            pygame.draw.circle(surface, self.app.look.palette.bright, at, self.app.look.px(4))

    def rebuild(self) -> None:
        """There is nothing to rebuild."""

    def trouble(self, error: Exception) -> None:
        """Say why the game would not open."""
        self.app.show(Trouble(self.app, error))

    def close(self) -> None:
        """Wait: what is being opened must be closed properly."""
        self._work.wait()
        if isinstance(self._work.result, Engine):
            self._work.result.close()


class TitleMenu(ButtonMenu):
    """The title's buttons, at the right, where the picture is calm."""

    veiled = False

    def sized(self, width: float, height: float) -> pygame.Rect:
        """Put the panel at the right."""
        super().sized(width, height)
        window, px = self.app.look.window, self.app.look.px
        self.panel.right = window.right - px(48)
        self.panel.bottom = window.bottom - px(48)
        return self.panel.inflate(-px(72), -px(62))


class Title:
    """The first screen: go on, begin, load, choose a language."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.menu: Menu = self._main()

    def _main(self) -> Menu:
        return TitleMenu(self.app, lambda: None, lambda: self.app.say("title.menu"), self._items, width=360)

    def _items(self) -> list[Item]:
        app, say = self.app, self.app.say
        items = []
        if app.saves.current.exists():
            items.append(Item(say("title.continue"), lambda: open_game(app)))
        items.append(Item(say("title.new"), self._begin))
        if any(app.saves.note(number) for number in SLOTS):
            items.append(Item(say("menu.load"), self._choose_slot))
        items.append(Item(say("menu.language"), lambda: app.set_language(say.other())))
        items.append(Item(say("menu.settings"), self._settings))
        items.append(Item(say("menu.help"), self._help))
        items.append(Item(say("menu.quit"), app.quit))
        return items

    def _begin(self) -> None:
        self.app.saves.begin_anew()
        open_game(self.app)

    def _choose_slot(self) -> None:
        self.menu = ButtonMenu(
            self.app,
            self._back,
            lambda: self.app.say("menu.load"),
            lambda: [*slot_items(self.app, self._load), Item(self.app.say("menu.back"), self._back)],
        )

    def _load(self, number: int) -> None:
        note = self.app.saves.note(number)
        self.app.saves.copy_slot(number)
        open_game(self.app, at=note.spot if note else None)

    def _help(self) -> None:
        self.menu = Reader(self.app, self._back, lambda: self.app.say("menu.help"), lambda: help_page(self.app))

    def _settings(self) -> None:
        self.menu = SettingsMenu(self.app, self._back)

    def _back(self) -> None:
        self.menu = self._main()

    def handle(self, event: pygame.event.Event) -> None:
        """Pass events to the menu; F2 changes the language here too."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_F2:
            self.app.set_language(self.app.say.other())
        else:
            self.menu.handle(event)

    def step(self, dt: float) -> None:
        """Let the menu live."""
        self.menu.step(dt)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the banner behind the menu."""
        backdrop = pictures.backdrop(self.app.look.size)
        surface.blit(backdrop, (0, 0))
        if isinstance(self.menu, TitleMenu):
            self._draw_name(surface)
        self.menu.draw(surface)

    def _draw_name(self, surface: pygame.Surface) -> None:
        look, say = self.app.look, self.app.say
        for shift, colour in ((look.px(4), look.palette.slate), (0, look.palette.on_slate)):
            x, y = look.px(64) + shift, look.px(4) + shift
            look.fonts.title.draw(surface, say("title.game"), (x, y), colour)
            shift //= 2
            x, y = look.px(68) + shift, look.px(-8) + look.fonts.title.height + shift
            look.fonts.heading.draw(
                surface, say("title.line"), (x, y), colour if shift else look.palette.on_slate_faded
            )

    def rebuild(self) -> None:
        """Take a new size or language."""
        self.menu.rebuild()

    def trouble(self, error: Exception) -> None:
        """Say what went wrong."""
        self.app.show(Trouble(self.app, error))

    def close(self) -> None:
        """Nothing is open."""


class Trouble(Title):
    """A game that would not open: says why, and what can be done."""

    def __init__(self, app: App, error: Exception) -> None:
        self.error = error
        super().__init__(app)

    def _main(self) -> Menu:
        say = self.app.say
        return ButtonMenu(
            self.app,
            self._to_title,
            lambda: say("trouble.title"),
            self._ways_out,
            note=lambda: say.trouble(self.error),
        )

    def _ways_out(self) -> list[Item]:
        say = self.app.say
        ways = [Item(say("menu.back"), self._to_title)]
        if isinstance(self.error, SaveError):
            ways.insert(0, Item(say("trouble.set_aside"), self._set_aside))
        return ways

    def _set_aside(self) -> None:
        self.app.saves.set_aside()
        open_game(self.app)

    def _to_title(self) -> None:
        self.app.show(Title(self.app))


VOICE_WAIT = 20.0
"""Seconds that the loading screen waits for the model; the village opens without it after that."""


def open_game(app: App, *, at: tuple[float, float] | None = None) -> None:
    """Open the current game, or begin one, behind a few words; then show the village."""
    options = app.options
    app.saves.folder.mkdir(parents=True, exist_ok=True)
    app.gui().clear_and_reset()

    def load() -> Engine:
        engine = Engine.load(
            options.world,
            save=app.saves.current,
            model=options.model,
            seed=options.seed,
            language=app.say.language,
            model_settings=options.model_settings,
        )
        engine.wait_for_voice(VOICE_WAIT)  # opening a model halts every thread for a moment: better here than in play
        # What is there when play begins mostly stays: looking through it for garbage took a frame of 0.1 s. What was
        # there of the game before is garbage now.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return engine

    app.show(
        Loading(
            app,
            load,
            lambda engine: app.show(Play(app, engine, lambda: app.show(Title(app)), at=at)),
            lambda error: app.show(Trouble(app, error)),
        )
    )
