"""The line one types in: caret, selection, the clipboard, and what an input method is still composing."""

from __future__ import annotations

import re

import pygame

from demo_game.fonts import Colour, Face
from npc_engine import cleaned

LONGEST = 300
BLINK = 0.53


class TextEntry:
    """One line of text being typed. Feed it events and time; draw it where you like."""

    def __init__(self) -> None:
        self.text = ""
        self.caret = 0
        self.anchor: int | None = None
        """Where the selection began; None while nothing is selected."""
        self.composing = ""
        """What the input method has not yet handed over."""
        self._composing_caret = 0
        self._blink = 0.0

    # -- events --------------------------------------------------------------------------------------------
    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event; True when it was for this line."""
        if event.type == pygame.TEXTEDITING:
            self.composing, self._composing_caret = event.text, event.start
        elif event.type == pygame.TEXTINPUT:
            self.drop_composition()
            self.insert(event.text)
        elif event.type == pygame.KEYDOWN:
            if self.composing:  # the input method has these keys; Escape ends it even where the method says nothing
                if event.key == pygame.K_ESCAPE:
                    self.drop_composition()
                return True
            return self._key(event)
        else:
            return False
        self._blink = 0.0
        return True

    def drop_composition(self) -> None:
        """Forget what is being composed: the input method has lost the keyboard and may never say so."""
        self.composing, self._composing_caret = "", 0

    def insert(self, text: str) -> None:
        """Put text at the caret, in place of what is selected."""
        self._delete_selection()
        text = re.sub(r"\s*\n\s*|\t", " ", cleaned(text))[: LONGEST - len(self.text)]
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)

    def rub_out(self, way: int = -1, *, word: bool = False) -> None:
        """Take away what is selected, or else the character (or the word) before the caret, or after it."""
        if not self._delete_selection():
            start, end = sorted((self.caret, self._stop(way, word)))
            self.text, self.caret = self.text[:start] + self.text[end:], start

    def take(self) -> str:
        """Return what was typed, and empty the line."""
        text = self.text.strip()
        self.text, self.caret, self.anchor = "", 0, None
        self.drop_composition()
        return text

    def step(self, dt: float) -> None:
        """Let the caret blink."""
        self._blink = (self._blink + dt) % (2 * BLINK)

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selected text begins and ends; both the same when nothing is selected."""
        anchor = self.caret if self.anchor is None else self.anchor
        return min(anchor, self.caret), max(anchor, self.caret)

    def _key(self, event: pygame.event.Event) -> bool:
        command = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        self._blink = 0.0
        if command and event.key in (pygame.K_a, pygame.K_c, pygame.K_x, pygame.K_v):
            self._clipboard(event.key)
        elif event.key in (pygame.K_BACKSPACE, pygame.K_DELETE):
            self.rub_out(-1 if event.key == pygame.K_BACKSPACE else 1, word=bool(command))
        elif event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self._move(self._stop(-1 if event.key == pygame.K_LEFT else 1, bool(command)), event.mod)
        elif event.key in (pygame.K_HOME, pygame.K_END):
            self._move(0 if event.key == pygame.K_HOME else len(self.text), event.mod)
        else:
            return False
        return True

    def _stop(self, way: int, word: bool) -> int:
        """Return where the caret comes to rest a character or a word further on."""
        at = min(len(self.text), max(0, self.caret + way))
        if word:
            while 0 < at < len(self.text) and not (self.text[at - 1].isspace() and not self.text[at].isspace()):
                at += way
        return at

    def _move(self, to: int, mod: int) -> None:
        if mod & pygame.KMOD_SHIFT:
            self.anchor = self.caret if self.anchor is None else self.anchor
        else:
            self.anchor = None
        self.caret = to

    def _delete_selection(self) -> bool:
        start, end = self.selection
        self.anchor = None
        if start == end:
            return False
        self.text, self.caret = self.text[:start] + self.text[end:], start
        return True

    def _clipboard(self, key: int) -> None:
        start, end = self.selection
        if key == pygame.K_a:
            self.anchor, self.caret = 0, len(self.text)
        elif key == pygame.K_v:
            try:
                self.insert(pygame.scrap.get_text())
            except pygame.error:
                return
        elif start != end:
            try:
                pygame.scrap.put_text(self.text[start:end])
            except pygame.error:
                return
            if key == pygame.K_x:
                self._delete_selection()

    # -- drawing -------------------------------------------------------------------------------------------
    def draw(
        self,
        surface: pygame.Surface,
        rect: pygame.Rect,
        face: Face,
        *,
        ink: Colour,
        faded: Colour,
        mark: Colour,
        hint: str,
    ) -> pygame.Rect:
        """Draw the line inside a rectangle, scrolled so that the caret is in sight; give where the caret is."""
        before, after = self.text[: self.caret], self.text[self.caret :]
        shown = before + self.composing + after
        caret_x = face.width(before + self.composing[: self._composing_caret or len(self.composing)])
        shift = max(0, caret_x - rect.w + 4)
        top = rect.centery - face.height // 2
        clip = surface.get_clip()
        surface.set_clip(rect.clip(clip))
        x = rect.x - shift
        if not shown:
            face.draw(surface, face.ellipsize(hint, rect.w - 8), (rect.x + 6, top), faded)
        start, end = self.selection
        if start != end and not self.composing:
            left = x + face.width(self.text[:start])
            pygame.draw.rect(surface, mark, (left, top, face.width(self.text[start:end]), face.height))
        face.draw(surface, shown, (x, top), ink)
        if self.composing:
            left, right = x + face.width(before), x + face.width(before + self.composing)
            line = top + face.height - max(2, face.size // 9)
            pygame.draw.rect(surface, mark, (left, line, right - left, max(2, face.size // 10)))
        caret = pygame.Rect(x + caret_x, top + face.height // 8, max(2, face.size // 11), face.height * 3 // 4)
        if self._blink < BLINK:
            surface.fill(ink, caret)
        surface.set_clip(clip)
        return caret
