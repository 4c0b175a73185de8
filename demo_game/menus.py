"""Menus over the village: columns of buttons that the keyboard and the mouse both work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame
import pygame_gui
from pygame_gui.elements import UIButton, UILabel, UITextEntryLine

from demo_game import gui

if TYPE_CHECKING:
    from demo_game.app import App

Choose = Callable[[], object]


@dataclass
class Item:
    """A button of a menu: what it says and what it does."""

    text: str
    choose: Choose
    enabled: bool = True


class Menu:
    """A panel in the middle of the window, filled with pygame_gui's elements by `build`."""

    width = 460
    veiled = True
    """Whether what is behind is darkened."""

    def __init__(self, app: App, close: Choose) -> None:
        self.app = app
        self.close = close
        self.manager = app.gui()
        self.panel = pygame.Rect(0, 0, 0, 0)
        self.choices: list[tuple[UIButton, Choose]] = []
        self.entries: list[UITextEntryLine] = []
        self.at = 0
        self.rebuild()

    # -- to be filled in -----------------------------------------------------------------------------------
    def build(self) -> None:
        """Add the elements; called again when the window or the language changes."""
        raise NotImplementedError

    # -- life ----------------------------------------------------------------------------------------------
    def rebuild(self) -> None:
        """Rebuild everything for the window and the language as they are."""
        self.manager = self.app.gui()
        self.manager.clear_and_reset()
        self.choices, self.entries = [], []
        self.build()
        self._mark()

    def shut(self) -> None:
        """Take the elements off the screen."""
        self.manager.clear_and_reset()

    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event; True when it was for this menu, as nearly all are."""
        if event.type == pygame.KEYDOWN and self._key(event):
            return True
        self.manager.process_events(event)
        if event.type == pygame_gui.UI_BUTTON_PRESSED:
            for button, choose in self.choices:
                if event.ui_element == button:
                    choose()
                    return True
        return event.type in (pygame.KEYDOWN, pygame.TEXTINPUT, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL)

    def step(self, dt: float) -> None:
        """Let the elements blink and slide."""
        self.manager.update(dt)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the panel and what is in it."""
        if self.veiled:
            self.app.skin.veil(surface)
        self.app.skin.panel(surface, self.panel)
        self.manager.draw_ui(surface)

    # -- building ------------------------------------------------------------------------------------------
    def sized(self, width: float, height: float) -> pygame.Rect:
        """Put the panel in the middle of the window, wider for larger text; give the room inside its border."""
        window, px = self.app.look.window, self.app.look.px
        width *= self.app.look.text_scale
        self.panel = pygame.Rect(0, 0, min(px(width), window.w - px(24)), min(px(height), window.h - px(24)))
        self.panel.center = window.center
        return self.panel.inflate(-px(72), -px(62))

    def label(self, text: str, rect: pygame.Rect, style: str = "") -> UILabel:
        """Add a line of text."""
        face = self.app.look.fonts.small if style == "#fine" else self.app.look.fonts.body
        return UILabel(
            rect.inflate(0, max(0, face.tallest - rect.h)),
            face.ellipsize(text, rect.w - 4),
            self.manager,
            object_id=gui.style(style) if style else None,
        )

    def button(self, item: Item, rect: pygame.Rect, style: str = "") -> UIButton:
        """Add a button."""
        face = self.app.look.fonts.small if style == "#slim" else self.app.look.fonts.body
        button = UIButton(
            rect,
            face.ellipsize(item.text, rect.w - self.app.look.px(16)),
            self.manager,
            object_id=gui.style(style) if style else None,
        )
        if item.enabled:
            self.choices.append((button, item.choose))
        else:
            button.disable()
        return button

    # -- the keyboard --------------------------------------------------------------------------------------
    def _key(self, event: pygame.event.Event) -> bool:
        typing = any(entry.is_focused for entry in self.entries)
        if event.key == pygame.K_ESCAPE:
            self.close()
        elif event.key == pygame.K_TAB and self.entries:
            self._next_entry()
        elif event.key in (pygame.K_DOWN, pygame.K_TAB) and self.choices and not typing:
            self._go(1)
        elif event.key == pygame.K_UP and self.choices and not typing:
            self._go(-1)
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.choices and not typing:
            self.choices[self.at][1]()
        else:
            return False
        return True

    def _next_entry(self) -> None:
        """Move the caret to the next line to type in; after the last one, back to the buttons."""
        at = next((number for number, entry in enumerate(self.entries) if entry.is_focused), -1)
        following = self.entries[at + 1] if at + 1 < len(self.entries) else None
        self.manager.set_focus_set(following)

    def _go(self, way: int) -> None:
        self.at = (self.at + way) % len(self.choices)
        self._mark()

    def _mark(self) -> None:
        """Show which button the keyboard would press."""
        self.at = min(self.at, max(0, len(self.choices) - 1))
        for number, (button, _) in enumerate(self.choices):
            (button.select if number == self.at else button.unselect)()


class ButtonMenu(Menu):
    """A title and a column of buttons. `items` is asked again whenever the menu is built."""

    def __init__(
        self,
        app: App,
        close: Choose,
        title: Callable[[], str],
        items: Callable[[], Sequence[Item]],
        note: Callable[[], str] = lambda: "",
        width: int = 460,
    ) -> None:
        self.width = width
        self._title, self._items, self._note = title, items, note
        super().__init__(app, close)

    def build(self) -> None:
        """Add the title and the buttons."""
        px, items, note = self.app.look.px, self._items(), self._note()
        wide = min(px(self.width * self.app.look.text_scale), self.app.look.window.w - px(24))
        lines = self.app.look.fonts.body.wrap(note, wide - px(84)) if note else []
        head, row = self.app.look.line(36), self.app.look.line(30)
        height = 62 + 6 + len(items) * 52 + (head + len(lines) * row) / self.app.look.unit + (16 if lines else 0)
        room = self.sized(self.width, height)
        y = room.y
        self.label(self._title(), pygame.Rect(room.x, y, room.w, head), "#heading")
        y += head + px(6)
        for line in lines:
            self.label(line, pygame.Rect(room.x, y, room.w, row), "#note")
            y += row
        y += px(14) if lines else px(0)
        for item in items:
            self.button(item, pygame.Rect(room.x, y, room.w, px(44)))
            y += px(52)
