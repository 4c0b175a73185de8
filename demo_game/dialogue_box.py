"""The panel one talks in: a face with its mood, what was said, who overhears, and the line one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from demo_game import pictures
from demo_game.fonts import Colour, Face
from demo_game.gamepad import is_pad
from demo_game.on_screen_keyboard import OnScreenKeyboard
from demo_game.suggestion_bar import SuggestionBar
from demo_game.talk import PLAYER, Talk, Utterance
from demo_game.text_entry import TextEntry

if TYPE_CHECKING:
    from demo_game.app import App


@dataclass(frozen=True)
class Places:
    """Where the parts of the panel are in the window."""

    panel: pygame.Rect
    face: pygame.Rect
    name: pygame.Rect
    words: pygame.Rect
    ear: pygame.Rect
    entry: pygame.Rect


@dataclass(frozen=True)
class Row:
    """One line of the transcript as it is drawn."""

    text: str
    face: Face
    colour: Colour
    shown: int | None = None
    gap: int = 0


class DialogueBox:
    """Shows a talk and takes what the player types into it."""

    def __init__(self, app: App, talk: Talk, *, on_top: bool = False) -> None:
        self.app = app
        self.talk = talk
        self.on_top = on_top
        """Whether the panel stands at the top of the window, the people being at the bottom."""
        self.entry = TextEntry()
        self.bar = SuggestionBar(app, talk)
        self.keyboard: OnScreenKeyboard | None = None
        """The keyboard on the screen, while it is there."""
        self.scroll = 0
        """Rows the transcript is scrolled back."""
        self._dots = 0.0
        self._overhearing: list[str] = []
        self.rows_drawn: list[tuple[str, pygame.Rect]] = []
        """What stands on the screen now and where: the tests read it."""
        self.resize()
        pygame.key.start_text_input()

    def close(self) -> None:
        """Let go of the keyboard's text."""
        pygame.key.stop_text_input()

    def interrupt(self) -> None:
        """Have the window lose the keyboard: what was being composed is over, and the input method begins anew."""
        self.entry.drop_composition()
        pygame.key.stop_text_input()
        pygame.key.start_text_input()

    def resize(self) -> None:
        """Take the window's size."""
        px, window = self.app.look.px, self.app.look.window
        width = min(window.w - px(32), px(1060))
        height = min(px(190) + round(120 * self.app.look.text_unit), window.h - px(110))
        panel = pygame.Rect(0, 0, width, height)
        panel.midbottom = (window.centerx, window.bottom - px(14))
        if self.on_top:
            fonts = self.app.look.fonts
            panel.top = fonts.small.height + fonts.strong.height + px(48)
        inner = panel.inflate(-px(68), -px(58))
        small, strong = self.app.look.fonts.small, self.app.look.fonts.strong
        side = min(px(192), inner.h - small.height - strong.height - px(2))
        face = pygame.Rect(inner.x, inner.y, side, side)
        name = pygame.Rect(inner.x, face.bottom + px(2), side, inner.bottom - face.bottom - px(2))
        column = pygame.Rect(face.right + px(22), inner.y, inner.right - face.right - px(22), inner.h)
        field = self.app.look.line(46)
        entry = pygame.Rect(column.x, column.bottom - field, column.w, field)
        ear = pygame.Rect(column.x, entry.y - px(6) - small.height, column.w, small.height)
        words = pygame.Rect(column.x, column.y, column.w, ear.y - px(4) - column.y)
        if self.keyboard:
            self.keyboard.rebuild()
        self.places = Places(panel, face, name, words, ear, entry)

    # -- events and time -----------------------------------------------------------------------------------
    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event; True when it was for this panel."""
        if self.entry.composing:
            return self.entry.handle(event)
        if self.keyboard and (done := self.keyboard.handle(event)) is not None:
            if done:
                self._say(self.entry.take())
            return True
        if event.type == pygame.KEYDOWN:
            return self._key(event) or self.entry.handle(event)
        if event.type == pygame.TEXTINPUT and self._is_number(event.text):
            self._say(self.bar.numbered(int(event.text)))
            return True
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            return self._say(self.bar.under(event.pos))
        if event.type == pygame.MOUSEWHEEL:
            self._scroll_by(event.y)
            return True
        return self.entry.handle(event)

    def _key(self, event: pygame.event.Event) -> bool:
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            if not self._say(self.entry.take() or (self.bar.chosen() if is_pad(event) else None)):
                self.talk.show_all()
        elif event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_UP, pygame.K_DOWN):
            self._scroll_by(1 if event.key in (pygame.K_PAGEUP, pygame.K_UP) else -1)
        elif is_pad(event) and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self.bar.go(1 if event.key == pygame.K_RIGHT else -1)
        elif event.key == pygame.K_F4:
            self.keyboard = None if self.keyboard else OnScreenKeyboard(self.app, self.entry)
        else:
            return False
        return True

    def _is_number(self, text: str) -> bool:
        """Return whether a text typed into an empty line is the number of a suggestion, now or when they come."""
        return not self.entry.text and len(text) == 1 and text.isdecimal() and 1 <= int(text) <= len(self.bar.lines)

    def _say(self, text: str | None) -> bool:
        """Say a text, where there is one."""
        if not text:
            return False
        self.talk.say(text)
        self.scroll = 0
        self.keyboard = None
        return True

    def shut_keyboard(self) -> bool:
        """Take the keyboard off the screen; False when it was not there."""
        shown, self.keyboard = self.keyboard is not None, None
        return shown

    @property
    def busy(self) -> bool:
        """Whether the player is about to say something, or looks back."""
        return bool(self.entry.text or self.entry.composing or self.keyboard or self.scroll)

    @property
    def covered(self) -> pygame.Rect:
        """What the panel and the suggestions hide of the window."""
        return self.places.panel.unionall(self.bar.slips)

    def step(self, dt: float) -> None:
        """Let words appear and the caret blink."""
        self.talk.step(dt)
        self.bar.step()
        self.bar.place(self.places.panel, below=self.on_top)
        self.entry.step(0.0 if self.app.look.still else dt)
        self._dots = (self._dots + dt * 2.6) % 3
        if int(self._dots * 4) % 2 == 0:
            self._overhearing = sorted(self.talk.listeners())

    def _scroll_by(self, rows: int) -> None:
        most = max(0, len(self._rows()) - self._room())
        self.scroll = min(most, max(0, self.scroll + rows))

    # -- drawing -------------------------------------------------------------------------------------------
    def draw(self, surface: pygame.Surface, *, in_front: bool = True) -> None:
        """Draw the whole panel; nothing can be chosen while a menu is before it."""
        skin, places = self.app.skin, self.places
        skin.panel(surface, places.panel)
        self._draw_face(surface)
        self._draw_words(surface)
        self._draw_ear(surface)
        skin.field(surface, places.entry)
        inset = places.entry.inflate(-self.app.look.px(28), 0)
        caret = self.entry.draw(
            surface,
            inset,
            self.app.look.fonts.body,
            ink=self.app.look.palette.ink,
            faded=self.app.look.palette.faded,
            mark=self.app.look.palette.selected,
            hint=self.app.say("talk.hint", name=self.app.engine.name(self.talk.who)),
        )
        pygame.key.set_text_input_rect(caret)
        if not in_front:
            return
        if self.keyboard:
            self.keyboard.place(places.panel, below=self.on_top)
            self.keyboard.draw(surface)
        else:
            self.bar.draw(surface)

    def _draw_face(self, surface: pygame.Surface) -> None:
        app, places = self.app, self.places
        mood = self.talk.mood
        app.skin.picture_frame(surface, places.face)
        inner = places.face.inflate(-2 * app.skin.frame_width, -2 * app.skin.frame_width)
        if face := pictures.portrait(self.talk.who, mood, inner.w):
            surface.blit(face, inner)
        fonts = app.look.fonts
        name = fonts.strong.ellipsize(app.engine.name(self.talk.who), places.name.w)
        fonts.strong.draw_centred(
            surface, name, (places.name.centerx, places.name.y + fonts.strong.height // 2), self.app.look.palette.name
        )
        fonts.small.draw_centred(
            surface,
            app.say(f"mood.{mood}"),
            (places.name.centerx, places.name.bottom - fonts.small.height // 2),
            self.app.look.palette.faded,
        )

    def _draw_words(self, surface: pygame.Surface) -> None:
        words = self.places.words
        rows = self._rows()
        self.scroll = min(self.scroll, max(0, len(rows) - self._room()))
        last = len(rows) - self.scroll
        y = words.bottom
        self.rows_drawn = []
        for row in reversed(rows[:last]):
            y -= row.face.height
            if y < words.top:
                break
            drawn = row.face.draw(surface, row.text, (words.x, y), row.colour, shown=row.shown)
            self.rows_drawn.insert(0, (row.text, drawn))
            y -= row.gap
        if len(self.rows_drawn) < last:
            self._arrow(surface, (words.right - 6, words.top + 6), -1)
        if self.scroll:
            self._arrow(surface, (words.right - 6, words.bottom - 8), 1)

    def _arrow(self, surface: pygame.Surface, at: tuple[int, int], way: int) -> None:
        size = self.app.look.px(6)
        x, y = at
        pygame.draw.polygon(
            surface,
            self.app.look.palette.quiet,
            ((x - size, y - size * way), (x + size, y - size * way), (x, y + size * way)),
        )

    def _draw_ear(self, surface: pygame.Surface) -> None:
        app, ear, small = self.app, self.places.ear, self.app.look.fonts.small
        if self._overhearing:
            names = app.say.names([app.engine.name(who) for who in self._overhearing])
            icon = app.skin.icon("ear", ear.h)
            surface.blit(icon, ear)
            text = small.ellipsize(app.say("talk.overheard", names=names), ear.w - icon.get_width() - app.look.px(6))
            small.draw(surface, text, (ear.x + icon.get_width() + app.look.px(6), ear.y), self.app.look.palette.aside)
        elif not self.talk.said:
            small.draw(
                surface,
                small.ellipsize(app.say("talk.pad" if app.pad.in_use else "talk.keys"), ear.w),
                ear.topleft,
                self.app.look.palette.faded,
            )

    def _room(self) -> int:
        return self.places.words.h // self.app.look.fonts.body.height

    def _rows(self) -> list[Row]:
        """Return the transcript's lines as far as they are revealed, the oldest first."""
        fonts, width = self.app.look.fonts, self.places.words.w - self.app.look.px(16)
        if not self.talk.said:
            who, doing = self.talk.who, self.app.engine.doing(self.talk.who)
            role = self.app.engine.people[who].role[self.app.say.language]
            key = "talk.looks_up" if doing else "talk.looks_up_idle"
            text = self.app.say(key, name=self.app.engine.name(who), role=role, doing=doing)
            return [Row(line, fonts.body, self.app.look.palette.faded) for line in fonts.body.wrap(text, width)]
        rows: list[Row] = []
        for utterance in self.talk.said[-40:]:
            rows += self._rows_of(utterance, width)
        return rows

    def _rows_of(self, utterance: Utterance, width: int) -> list[Row]:
        fonts = self.app.look.fonts
        gap = self.app.look.px(5)
        if utterance.speaker == PLAYER:
            text = self.app.say("talk.you", text=utterance.text)
            return [
                Row(line, fonts.body, self.app.look.palette.mine, gap=gap * (i == 0))
                for i, line in enumerate(fonts.body.wrap(text, width))
            ]
        if utterance.trouble:
            return [
                Row(line, fonts.small, self.app.look.palette.trouble)
                for line in fonts.small.wrap(utterance.text, width)
            ]
        if not utterance.text:
            return [
                Row(
                    "···" if self.app.look.still else "·" * (1 + int(self._dots)),
                    fonts.strong,
                    self.app.look.palette.quiet,
                )
            ]
        rows, left = [], int(utterance.shown)
        for line in fonts.body.wrap(utterance.text, width):
            if left <= 0 and not utterance.whole:
                break
            rows.append(Row(line, fonts.body, self.app.look.palette.ink, None if utterance.whole else left))
            left -= len(line) + 1
        return rows or [Row("", fonts.body, self.app.look.palette.ink)]
