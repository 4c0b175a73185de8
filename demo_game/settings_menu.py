"""The menu of settings: choosing one takes its next value; left and right go through them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pygame

from demo_game.menus import ButtonMenu, Choose, Item
from demo_game.settings import CHOICES

if TYPE_CHECKING:
    from demo_game.app import App


class SettingsMenu(ButtonMenu):
    """A button for each setting, with its value."""

    def __init__(self, app: App, close: Choose) -> None:
        super().__init__(app, close, lambda: app.say("settings.title"), self._settings, width=560)

    def _settings(self) -> list[Item]:
        say = self.app.say
        items = [Item(self._text(name), partial(self.app.change, name)) for name in CHOICES]
        return [*items, Item(say("menu.back"), self.close)]

    def _text(self, name: str) -> str:
        value = getattr(self.app.settings, name)
        key = {True: "on", False: "off"}.get(value, value)
        return self.app.say(
            "settings.line", name=self.app.say(f"settings.{name}"), value=self.app.say(f"settings.{key}")
        )

    def _key(self, event: pygame.event.Event) -> bool:
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT) and self.at < len(CHOICES):
            self.app.change(list(CHOICES)[self.at], 1 if event.key == pygame.K_RIGHT else -1)
            return True
        return super()._key(event)
