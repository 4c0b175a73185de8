"""Pages to read: the journal, the help, and why the last line was said. Longer ones scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pygame
from pygame_gui.elements import UIImage, UIScrollingContainer

from demo_game.fonts import Face
from demo_game.look import Look
from demo_game.menus import Choose, Item, Menu
from demo_game.paragraph import Paragraph

if TYPE_CHECKING:
    from demo_game.app import App

SCROLL_STEP = 60
Paragraphs = Sequence[Paragraph]


def _face(look: Look, style: str) -> tuple[Face, tuple[int, int, int]]:
    fonts = look.fonts
    return {
        "heading": (fonts.heading, look.palette.heading),
        "body": (fonts.body, look.palette.ink),
        "small": (fonts.small, look.palette.faded),
        "mark": (fonts.strong, look.palette.aside),
    }[style]


def page(look: Look, paragraphs: Paragraphs, width: int) -> pygame.Surface:
    """Return the paragraphs set one below another on a see-through page."""
    rows: list[tuple[str, Face, tuple[int, int, int], int, int]] = []
    y = 0
    for paragraph in paragraphs:
        face, colour = _face(look, paragraph.style)
        indent = look.px(paragraph.indent)
        y += look.px(paragraph.space) if rows else 0
        for line in face.wrap(paragraph.text, width - indent - 2):
            rows.append((line, face, colour, indent, y))
            y += face.height
    surface = pygame.Surface((width, max(1, y)), pygame.SRCALPHA)
    for line, face, colour, indent, top in rows:
        face.draw(surface, line, (indent, top), colour)
    return surface


class Reader(Menu):
    """A titled page with a way back."""

    def __init__(
        self,
        app: App,
        close: Choose,
        title: Callable[[], str],
        paragraphs: Callable[[], Paragraphs],
        *,
        keys: tuple[int, ...] = (),
        size: tuple[int, int] = (820, 620),
        more: Callable[[], Sequence[Item]] = tuple,
    ) -> None:
        """Show a page; `keys` close it as Escape does, and `more` are buttons beside the way back."""
        self._title, self._paragraphs, self._keys, self._size, self._more = title, paragraphs, keys, size, more
        self._container: UIScrollingContainer | None = None
        self.height = 0
        super().__init__(app, close)

    def build(self) -> None:
        """Set the page."""
        px = self.app.look.px
        room = self.sized(*self._size)
        head = self.app.look.line(36)
        self.label(self._title(), pygame.Rect(room.x, room.y, room.w, head), "#heading")
        box = pygame.Rect(room.x, room.y + head + px(8), room.w, room.h - head - px(8) - px(56))
        words = page(self.app.look, self._paragraphs(), box.w - px(30))
        self.height = words.get_height()
        self._container = UIScrollingContainer(box, self.manager, allow_scroll_x=False)
        self._container.set_scrollable_area_dimensions((box.w - px(26), max(box.h, self.height)))
        UIImage(words.get_rect(), words, self.manager, container=self._container)
        items = [Item(self.app.say("menu.back"), self.close), *self._more()]
        button = pygame.Rect(0, room.bottom - px(42), px(200), px(42))
        button.x = room.centerx - (len(items) * px(212) - px(12)) // 2
        for item in items:
            self.button(item, button)
            button = button.move(px(212), 0)

    def handle(self, event: pygame.event.Event) -> bool:
        """Scroll with the arrows; close with the key that opened it."""
        if event.type == pygame.KEYDOWN:
            if event.key in self._keys:
                self.close()
                return True
            if event.key in (pygame.K_DOWN, pygame.K_UP, pygame.K_PAGEDOWN, pygame.K_PAGEUP):
                far = SCROLL_STEP * (6 if event.key in (pygame.K_PAGEDOWN, pygame.K_PAGEUP) else 1)
                self.scroll(far if event.key in (pygame.K_DOWN, pygame.K_PAGEDOWN) else -far)
                return True
            if event.key in (pygame.K_LEFT, pygame.K_RIGHT):
                self._go(1 if event.key == pygame.K_RIGHT else -1)
                return True
        if event.type == pygame.MOUSEWHEEL:
            self.scroll(-event.y * SCROLL_STEP)
            return True
        return super().handle(event)

    def scroll(self, pixels: int) -> None:
        """Move the page up by so many pixels."""
        bar = self._container.vert_scroll_bar if self._container else None
        if bar and self.height > bar.rect.h:
            most = 1 - bar.visible_percentage
            bar.set_scroll_from_start_percentage(min(most, max(0.0, bar.start_percentage + pixels / self.height)))
            bar.has_moved_recently = True
