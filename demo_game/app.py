"""The window: its size, its pictures and words, and the scene that has it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pygame
import pygame_gui

from demo_game import gui
from demo_game.gamepad import Gamepad
from demo_game.look import DEFAULT_SIZE, SMALLEST, Look
from demo_game.pictures import window_icon
from demo_game.saves import Saves
from demo_game.settings import SettingsFile
from demo_game.skin import Skin
from demo_game.strings import LANGUAGES, Language, Strings
from npc_engine import Engine, LanguageModel, NpcError

FRAMES_A_SECOND = 60


@dataclass
class Options:
    """What the command line decided."""

    world: Path
    saves: Path
    model: str | LanguageModel = "embedded"
    model_settings: dict[str, Any] = field(default_factory=dict)
    language: Language = LANGUAGES[0]
    seed: int = 0
    crowd: int = 0
    size: tuple[int, int] = DEFAULT_SIZE


class Scene(Protocol):
    """What has the window: the title, the village, or a wait."""

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event."""

    def step(self, dt: float) -> None:
        """Let `dt` seconds pass."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draw a frame."""

    def rebuild(self) -> None:
        """Take a new window size or language."""

    def trouble(self, error: Exception) -> None:
        """Tell the player what went wrong."""

    def close(self) -> None:
        """Be done."""


class App:
    """Opens the window and passes time and events to its scene."""

    def __init__(self, options: Options) -> None:
        self.options = options
        pygame.display.init()
        pygame.font.init()
        self.say = Strings(options.language)
        pygame.display.set_caption(self.say("title.game"))
        pygame.display.set_icon(window_icon())
        self.screen = pygame.display.set_mode(options.size, pygame.RESIZABLE)
        pygame.key.set_repeat(350, 35)
        pygame.key.stop_text_input()
        self.saves = Saves(options.saves)
        self._settings_file = SettingsFile(options.saves / "settings.json")
        self.settings = self._settings_file.read()
        self.look = Look(self.screen.get_size(), self.settings)
        self.skin = Skin(self.look)
        self.pad = Gamepad()
        self.server = {
            "url": options.model_settings.get("base_url", ""),
            "model": str(options.model).removeprefix("openai:") if str(options.model).startswith("openai:") else "",
            "key": options.model_settings.get("api_key", ""),
        }
        self.running = True
        self.engine: Engine
        """The game being played; there is none before a scene sets it."""
        self.scene: Scene
        self._manager: pygame_gui.UIManager | None = None

    # -- the loop ------------------------------------------------------------------------------------------
    def show(self, scene: Scene) -> None:
        """Return the window to a scene."""
        self.scene = scene

    def run(self) -> None:
        """Play until the window is closed."""
        clock = pygame.Clock()
        try:
            while self.running:
                self.frame(min(0.1, clock.tick(FRAMES_A_SECOND) / 1000))
        finally:
            self.close()

    def frame(self, dt: float) -> None:
        """Take the waiting events, let `dt` seconds pass, and draw."""
        heard = [one for event in pygame.event.get() for one in self.pad.heard(event)]
        for event in [*heard, *self.pad.step(dt)]:
            if event.type == pygame.QUIT:
                self.quit()
            elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
                self.resize()
            else:
                self._guard(lambda event=event: self.scene.handle(event))  # type: ignore[misc]
        self._guard(lambda: self.scene.step(dt))
        self.scene.draw(self.screen)
        pygame.display.flip()

    def _guard(self, act: Callable[[], None]) -> None:
        """Do something; what the engine cannot do is told to the player, who plays on."""
        try:
            act()
        except NpcError as error:
            self.scene.trouble(error)

    def quit(self) -> None:
        """End the loop after this frame."""
        self.running = False

    def close(self) -> None:
        """Leave the game as it is saved, and the window."""
        self.scene.close()
        self.pad.close()
        pygame.display.quit()

    def resize(self) -> None:
        """Take the window's new size."""
        surface = pygame.display.get_surface()
        if surface is None:
            return
        width, height = surface.get_size()
        if width < SMALLEST[0] or height < SMALLEST[1]:
            surface = pygame.display.set_mode((max(width, SMALLEST[0]), max(height, SMALLEST[1])), pygame.RESIZABLE)
        if surface.get_size() != self.look.size:
            self.screen = surface
            self._look_anew()

    def _look_anew(self) -> None:
        self.look.take(self.screen.get_size(), self.settings)
        self._manager = None
        self.scene.rebuild()

    def change(self, name: str, way: int = 1) -> None:
        """Take a setting's next choice, or the one before, and keep it for all games."""
        self.settings = self.settings.changed(name, way)
        self._look_anew()
        try:
            self._settings_file.write(self.settings)
        except OSError as error:
            self.scene.trouble(error)

    # -- what scenes share ---------------------------------------------------------------------------------
    def gui(self) -> pygame_gui.UIManager:
        """Return the manager of pygame_gui's elements for the window as it is now."""
        if self._manager is None:
            self._manager = gui.manager(self.look)
        return self._manager

    def set_language(self, language: Language) -> None:
        """Speak another language from now on."""
        self.say.language = language
        if hasattr(self, "engine"):
            self.engine.language = language
        pygame.display.set_caption(self.say("title.game"))
        self.scene.rebuild()

    def place_name(self, place: str) -> str:
        """Return a place's name as a heading has it: `The smithy`."""
        name = self.engine.name(place)
        return name[:1].upper() + name[1:]

    def use_model(self, spec: str, **settings: str) -> None:
        """Have another model give the words; it is opened in the background, and `voice_text` says how it went."""
        self.options.model, self.options.model_settings = spec, settings
        self.engine.use_model(spec, **settings)

    def voice_text(self) -> str:
        """Return how the model is doing in words."""
        voice = self.engine.voice
        return voice.chosen or self.say(f"voice.{voice.state}", name=voice.name, message=voice.message)
