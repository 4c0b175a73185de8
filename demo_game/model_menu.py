"""The settings of the model: which one gives the villagers their words. The key is kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame
from pygame_gui.elements import UITextEntryLine

from demo_game.menus import Choose, Item, Menu

if TYPE_CHECKING:
    from demo_game.app import App

FIELDS = ("url", "model", "key")


class ModelMenu(Menu):
    """Ways to have words: the model that comes along, the best here, none, or a server with OpenAI's protocol."""

    width = 660

    def __init__(self, app: App, close: Choose) -> None:
        self._typed = dict(app.server)
        self._fields: dict[str, UITextEntryLine] = {}
        super().__init__(app, close)
        pygame.key.start_text_input()

    def shut(self) -> None:
        """Let go of the keyboard's text."""
        pygame.key.stop_text_input()
        super().shut()

    def build(self) -> None:
        """Add what there is to choose and the server's three lines."""
        px, say = self.app.look.px, self.app.say
        for name, field in self._fields.items():
            self._typed[name] = field.get_text()
        room = self.sized(self.width, 540)
        y = room.y
        self.label(say("model.title"), pygame.Rect(room.x, y, room.w, px(36)), "#heading")
        y += px(38)
        state = self.app.look.fonts.small.wrap(self.app.voice_text(), room.w - px(8))
        for line in (" ".join(state[:1]), " ".join(state[1:])):
            self.label(line, pygame.Rect(room.x, y, room.w, px(26)), "#fine")
            y += px(24)
        y += px(8)
        half = (room.w - px(12)) // 2
        embedded = Item(say("model.embedded"), lambda: self._use("embedded"))
        best = Item(say("model.best"), lambda: self._use("auto"))
        none = Item(say("model.none"), lambda: self._use("none"))
        self.button(embedded, pygame.Rect(room.x, y, half, px(44)))
        self.button(best, pygame.Rect(room.x + half + px(12), y, half, px(44)))
        y += px(52)
        self.button(none, pygame.Rect(room.x, y, half, px(44)))
        y += px(50)
        self.label(say("model.step_up"), pygame.Rect(room.x, y, room.w, px(26)), "#fine")
        y += px(42)
        self.label(say("model.server"), pygame.Rect(room.x, y, room.w, px(28)), "#fine")
        y += px(32)
        for name in FIELDS:
            named = px(150 * self.app.look.text_scale)
            self.label(say(f"model.{name}"), pygame.Rect(room.x, y, named, px(40)))
            beside = pygame.Rect(room.x + named + px(4), y, room.w - named - px(4), px(40))
            field = UITextEntryLine(beside, self.manager)
            field.set_text(self._typed.get(name, ""))
            field.set_text_hidden(name == "key")
            self._fields[name] = field
            self.entries.append(field)
            y += px(48)
        y += px(6)
        self.button(Item(say("model.use_server"), self._use_server), pygame.Rect(room.x, y, half, px(44)))
        self.button(Item(say("menu.back"), self.close), pygame.Rect(room.x + half + px(12), y, half, px(44)))

    def _use(self, spec: str) -> None:
        self.app.use_model(spec)
        self.close()

    def _use_server(self) -> None:
        self.app.server = {name: field.get_text().strip() for name, field in self._fields.items()}
        if self.app.server["model"]:
            settings = {"base_url": self.app.server["url"], "api_key": self.app.server["key"]}
            self.app.use_model(f"openai:{self.app.server['model']}", **{k: v for k, v in settings.items() if v})
            self.close()
