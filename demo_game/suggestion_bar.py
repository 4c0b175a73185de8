"""The suggested lines over the panel: chosen with 1, 2 and 3, with a gamepad, or with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from demo_game import suggestions

if TYPE_CHECKING:
    from demo_game.app import App
    from demo_game.talk import Talk

MOST_LINES = 2


class SuggestionBar:
    """Up to three slips of paper in a row, each with its number and a line to say."""

    def __init__(self, app: App, talk: Talk) -> None:
        self.app = app
        self.talk = talk
        self.lines: list[str] = []
        self.at = 0
        """Which one a gamepad would choose."""
        self.slips: list[pygame.Rect] = []
        self._for: tuple[int, str] | None = None

    def step(self) -> None:
        """Think of other lines when something was said, or the language has changed."""
        moment = len(self.talk.said), self.app.say.language
        if self.talk.reply is None and moment != self._for:
            self._for = moment
            self.lines = suggestions.suggest(self.app.engine, self.talk, self.app.say)
            self.at = 0

    @property
    def open(self) -> bool:
        """Whether a line can be chosen now: not while an answer comes."""
        return self.talk.reply is None and bool(self.lines)

    def numbered(self, number: int) -> str | None:
        """Return the line with a number from 1 on, where there is one to choose now."""
        return self.lines[number - 1] if self.open and 1 <= number <= len(self.lines) else None

    def chosen(self) -> str | None:
        """Return the line that is marked for the gamepad."""
        return self.numbered(self.at + 1)

    def go(self, way: int) -> None:
        """Mark the next line, or the one before."""
        self.at = (self.at + way) % max(1, len(self.lines))

    def under(self, point: tuple[int, int]) -> str | None:
        """Return the line whose slip is at a point of the window."""
        return next((self.numbered(n) for n, slip in enumerate(self.slips, 1) if slip.collidepoint(point)), None)

    def place(self, panel: pygame.Rect, *, below: bool) -> None:
        """Put the slips along a panel's edge: over it, or below it."""
        px, face = self.app.look.px, self.app.look.fonts.small
        gap = px(8)
        wide = (panel.w - gap * (suggestions.SHOWN - 1)) // suggestions.SHOWN
        rows = max((len(self._wrapped(line, wide)) for line in self.lines), default=1)
        high = face.height * rows + px(14)
        y = panel.bottom + px(4) if below else panel.top - high - px(4)
        self.slips = [pygame.Rect(panel.x + n * (wide + gap), y, wide, high) for n in range(len(self.lines))]

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the slips, while there is something to choose."""
        if not self.open:
            return
        look, skin = self.app.look, self.app.skin
        px, face, palette = look.px, look.fonts.small, look.palette
        for number, (line, slip) in enumerate(zip(self.lines, self.slips, strict=False)):
            skin.note(surface, slip)
            marked = self.app.pad.in_use and number == self.at
            if marked:
                pygame.draw.rect(surface, palette.selected, slip.inflate(-px(8), -px(8)), border_radius=px(4))
            cap = pygame.Rect(slip.x + px(9), slip.centery - face.height // 2, face.height, face.height)
            skin.key(surface, cap, "A" if marked else str(number + 1), face)
            rows = self._wrapped(line, slip.w)
            top = slip.centery - len(rows) * face.height // 2
            for at, row in enumerate(rows):
                face.draw(surface, row, (cap.right + px(8), top + at * face.height), palette.ink)

    def _wrapped(self, line: str, wide: int) -> list[str]:
        face, px = self.app.look.fonts.small, self.app.look.px
        room = wide - face.height - px(30)
        rows = face.wrap(line, room)
        if len(rows) > MOST_LINES:
            rows = [*rows[: MOST_LINES - 1], face.ellipsize(" ".join(rows[MOST_LINES - 1 :]), room)]
        return rows
