"""A keyboard on the screen, for a gamepad, a mouse or a switch: letters, and whole words of the village.

Chinese is written with the words: no input method needs to be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pygame

from demo_game.talk import PLAYER
from npc_engine import Engine

if TYPE_CHECKING:
    from demo_game.app import App
    from demo_game.text_entry import TextEntry

LETTERS = ("1234567890", "qwertyuiop", "asdfghjkl'", "zxcvbnm,.?")
MARKS = (",", ".", "?", "!")
"""What stands close to the word before it."""
COLUMNS, ROWS = 6, 4
KNOWN = 40
"""Things of the journal that have a key."""


@dataclass
class Key:
    """One key: what stands on it, and what it types or does."""

    label: str
    types: str = ""
    does: str = ""
    """`page`, `back`, `space`, or `say`."""


class OnScreenKeyboard:
    """Types into a line. `handle` says when the line is to be said."""

    def __init__(self, app: App, entry: TextEntry) -> None:
        self.app = app
        self.entry = entry
        self.page = 0
        self.row = self.column = 0
        self.places: list[tuple[pygame.Rect, int, int]] = []
        self.panel = pygame.Rect(0, 0, 0, 0)
        self.rebuild()

    def rebuild(self) -> None:
        """Take the language and what the player knows by now."""
        gap = self.app.say("board.gap")
        words = [*self.app.say("board.words").split("|"), *_names(self.app.engine)]
        words = list(dict.fromkeys(words))
        a_page = COLUMNS * ROWS
        pages = [
            [
                [Key(word, word + gap) for word in words[at : at + COLUMNS]]
                for at in range(start, min(start + a_page, len(words)), COLUMNS)
            ]
            for start in range(0, len(words), a_page)
        ]
        letters = [[Key(char, char) for char in row] for row in LETTERS]
        self.pages = [letters, *pages] if gap else [*pages, letters]
        self.page = min(self.page, len(self.pages) - 1)

    @property
    def keys(self) -> list[list[Key]]:
        """The rows of keys of the page that is shown."""
        say = self.app.say
        low = [Key(say(f"board.{does}"), does=does) for does in ("page", "space", "back", "say")]
        return [*self.pages[self.page], low]

    def handle(self, event: pygame.event.Event) -> bool | None:
        """Take an event: None when it is not for the keyboard, True when the line is to be said."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            for rect, row, column in self.places:
                if rect.collidepoint(event.pos):
                    self.row, self.column = row, column
                    return self._press()
            return False if self.panel.collidepoint(event.pos) else None
        if event.type != pygame.KEYDOWN:
            return None
        ways = {pygame.K_LEFT: (0, -1), pygame.K_RIGHT: (0, 1), pygame.K_UP: (-1, 0), pygame.K_DOWN: (1, 0)}
        if event.key in ways:
            self._go(*ways[event.key])
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self._press()
        else:
            return None
        return False

    def _go(self, down: int, right: int) -> None:
        rows = self.keys
        if down:
            share = (self.column + 0.5) / len(rows[self.row])
            self.row = (self.row + down) % len(rows)
            self.column = int(share * len(rows[self.row]))
        else:
            self.column = (self.column + right) % len(rows[self.row])

    def _press(self) -> bool:
        key = self.keys[self.row][self.column]
        if key.does == "page":
            self.page = (self.page + 1) % len(self.pages)
            self.row = len(self.keys) - 1
        elif key.does == "back":
            self.entry.rub_out()
        elif key.does != "say":
            if key.types.strip() in MARKS and self.entry.text[: self.entry.caret].endswith(" "):
                self.entry.rub_out()
            self.entry.insert(" " if key.does == "space" else key.types)
        return key.does == "say"

    # -- drawing -------------------------------------------------------------------------------------------
    def place(self, panel: pygame.Rect, *, below: bool) -> None:
        """Put the keys over a panel, or below it, where the village is."""
        look = self.app.look
        px, window, rows = look.px, look.window, self.keys
        room = (window.bottom - panel.bottom if below else panel.top) - px(16)
        border = px(46)
        high = min(look.line(40), (room - border) // (ROWS + 1))
        self.panel = pygame.Rect(panel.x, 0, panel.w, high * (ROWS + 1) + border)
        self.panel.top = panel.bottom + px(8) if below else panel.top - self.panel.h - px(8)
        inner = self.panel.inflate(-border, -border)
        self.places = []
        for row, keys in enumerate(rows):
            y = inner.bottom - high if row == len(rows) - 1 else inner.y + row * high
            for column in range(len(keys)):
                left, right = (inner.x + inner.w * at // len(keys) for at in (column, column + 1))
                self.places.append((pygame.Rect(left, y, right - left, high).inflate(-px(6), -px(6)), row, column))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the keys, the one that would be pressed marked."""
        look = self.app.look
        self.app.skin.panel(surface, self.panel)
        rows, face = self.keys, look.fonts.small
        for rect, row, column in self.places:
            marked = (row, column) == (self.row, self.column)
            fill = look.palette.selected if marked else look.palette.key
            pygame.draw.rect(surface, fill, rect, border_radius=look.px(5))
            pygame.draw.rect(
                surface, look.palette.name, rect, look.px(3) if marked else max(1, look.px(1)), border_radius=look.px(5)
            )
            label = face.ellipsize(rows[row][column].label, rect.w - 4)
            face.draw_centred(surface, label, rect.center, look.palette.ink)


def _names(engine: Engine) -> list[str]:
    """Return what the people and places here are called, and what the player has heard of."""
    places = [id for id, entity in engine.entities.items() if entity.kind == "place"]
    heard = [part for entry in islice(engine.journal(PLAYER), KNOWN) for part in entry.statement_id.split(".", 2)]
    known = [*engine.people, *places, *heard]
    return [engine.name(one) for one in dict.fromkeys(known) if one in engine.entities and one != PLAYER]
