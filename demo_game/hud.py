"""What stands over the village: the hour, the story so far, what one carries, and words that come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from demo_game import daylight
from npc_engine import date_and_time

if TYPE_CHECKING:
    from demo_game.app import App
    from demo_game.view import VillageView

TOAST_SECONDS = 5.0
TOAST_LINES = 4
BANNER_SECONDS = 2.6
BUBBLE_SECONDS = 4.5
REFRESH = 0.5
"""Seconds between looks at what the engine says of the story and of what the player carries."""


@dataclass
class Toast:
    """A sentence shown for a while."""

    text: str
    icon: str = "journal"
    left: float = TOAST_SECONDS


@dataclass
class Bubble:
    """What a villager says in passing, or a sign of their mood, over their head."""

    who: str
    text: str
    left: float = BUBBLE_SECONDS


class Hud:
    """Everything over the village that is neither a panel nor a menu."""

    def __init__(self, app: App, view: VillageView) -> None:
        self.app = app
        self.view = view
        self.toasts: list[Toast] = []
        self.bubbles: list[Bubble] = []
        self.banner = ""
        self._banner_left = 0.0
        self.quest = ""
        self.carried: list[str] = []
        self._refresh = 0.0

    # -- what there is to show -----------------------------------------------------------------------------
    def toast(self, text: str, icon: str = "journal") -> None:
        """Show a sentence for some seconds."""
        self.toasts = [*self.toasts[-3:], Toast(text, icon)]

    def announce(self, place: str) -> None:
        """Show a place's name as one enters it."""
        self.banner, self._banner_left = place, BANNER_SECONDS

    def hush(self) -> None:
        """Take away what is shown over the village, because a conversation begins."""
        self.bubbles, self._banner_left = [], 0.0

    def bubble(self, who: str, text: str) -> None:
        """Show what someone says in passing, or an emote."""
        self.bubbles = [b for b in self.bubbles if b.who != who]
        self.bubbles.append(Bubble(who, text, BUBBLE_SECONDS if len(text) > 2 else 2.0))

    def refresh(self) -> None:
        """Look up the story's step and the inventory now."""
        engine = self.app.engine
        story = list(engine.story())
        self.quest = story[-1].title if story else ""
        self.carried = sorted({statement.object for statement in engine.ask("player", "has", None)})
        self._refresh = REFRESH

    def step(self, dt: float) -> None:
        """Let things fade."""
        for toast in self.toasts:
            toast.left -= dt
        for bubble in self.bubbles:
            bubble.left -= dt
        self.toasts = [toast for toast in self.toasts if toast.left > 0]
        self.bubbles = [bubble for bubble in self.bubbles if bubble.left > 0]
        self._banner_left -= dt
        self._refresh -= dt
        if self._refresh <= 0:
            self.refresh()

    # -- drawing -------------------------------------------------------------------------------------------
    def draw(self, surface: pygame.Surface, *, prompt: str | None) -> None:
        """Draw it all; `prompt` is the villager one could speak to."""
        for bubble in self.bubbles:
            self._draw_bubble(surface, bubble)
        if prompt:
            self._draw_prompt(surface, prompt)
        clock = self._draw_clock(surface)
        bag = self._draw_bag(surface)
        self._draw_quest(surface, clock, bag)
        if self._banner_left > 0:
            self._draw_banner(surface)

    def clock_text(self) -> str:
        """Return the day and the hour in words."""
        return date_and_time(self.app.engine.now, self.app.say.language)

    @property
    def plate_height(self) -> int:
        """The height of the plates at the top."""
        fonts = self.app.look.fonts
        return fonts.small.height + fonts.strong.height + self.app.look.px(26)

    def _draw_clock(self, surface: pygame.Surface) -> pygame.Rect:
        px, face = self.app.look.px, self.app.look.fonts.small
        village = self.view.village
        place = self.app.say("hud.road") if village.place is None else self.app.place_name(village.place)
        hour = self.clock_text()
        icon = self.app.skin.icon("moon" if min(daylight.tint(self.app.engine.now)) < 160 else "sun", px(30))
        wide = max(face.width(hour), face.width(place)) + icon.get_width() + px(48)
        rect = pygame.Rect(px(14), px(14), wide, self.plate_height)
        self.app.skin.plate(surface, rect)
        surface.blit(icon, icon.get_rect(midleft=(rect.x + px(16), rect.centery)))
        x = rect.x + px(24) + icon.get_width()
        face.draw(surface, hour, (x, rect.centery - face.height), self.app.look.palette.on_slate)
        face.draw(surface, place, (x, rect.centery), self.app.look.palette.on_slate_faded)
        return rect

    def _draw_bag(self, surface: pygame.Surface) -> pygame.Rect:
        px = self.app.look.px
        size, gap = px(38), px(8)
        count = max(1, len(self.carried))
        rect = pygame.Rect(0, 0, count * (size + gap) - gap + px(28), size + px(26))
        rect.topright = (self.app.look.size[0] - px(14), px(14))
        if not self.carried:
            return pygame.Rect(rect.right, rect.y, 0, 0)
        self.app.skin.plate(surface, rect)
        for number, thing in enumerate(self.carried):
            icon = self.app.skin.icon(thing, size)
            surface.blit(icon, (rect.x + px(14) + number * (size + gap), rect.y + px(13)))
        return rect

    def _draw_quest(self, surface: pygame.Surface, clock: pygame.Rect, bag: pygame.Rect) -> None:
        if not self.quest:
            return
        px, fonts = self.app.look.px, self.app.look.fonts
        label = self.app.say("hud.story")
        room = (bag.left if bag.w else self.app.look.size[0]) - clock.right - px(40)
        title = fonts.strong.ellipsize(self.quest, room - px(60))
        wide = max(fonts.strong.width(title), fonts.small.width(label)) + px(44)
        rect = pygame.Rect(0, px(14), wide, clock.h)
        rect.centerx = self.app.look.window.centerx
        rect.clamp_ip(pygame.Rect(clock.right + px(12), 0, max(room, wide), self.app.look.size[1]))
        self.app.skin.plate(surface, rect)
        fonts.small.draw_centred(
            surface,
            label,
            (rect.centerx, rect.y + px(12) + fonts.small.height // 2),
            self.app.look.palette.on_slate_faded,
        )
        fonts.strong.draw_centred(
            surface,
            title,
            (rect.centerx, rect.bottom - px(12) - fonts.strong.height // 2),
            self.app.look.palette.on_slate,
        )

    def draw_toasts(self, surface: pygame.Surface, *, talk: pygame.Rect | None = None, on_top: bool = False) -> None:
        """Draw the sentences where nobody stands: at the bottom, or at the top during a talk with its panel `talk`."""
        px, face = self.app.look.px, self.app.look.fonts.body
        widest = min(px(620), self.app.look.size[0] - px(140))
        shown = [(toast, face.wrap(toast.text, widest)[:TOAST_LINES]) for toast in self.toasts]
        heights = [face.height * len(lines) + px(26) for _, lines in shown]
        if talk is None:
            y = self.app.look.size[1] - px(6) - sum(heights)
        else:
            y = talk.bottom + px(8) if on_top else self.plate_height + px(26)
        for (toast, lines), height in zip(shown, heights, strict=True):
            icon = self.app.skin.icon(toast.icon, px(30))
            wide = max(map(face.width, lines)) + icon.get_width() + px(50)
            rect = pygame.Rect(0, y, wide, height - px(8))
            rect.centerx = self.app.look.window.centerx
            self.app.skin.note(surface, rect)
            surface.blit(icon, icon.get_rect(midleft=(rect.x + px(16), rect.centery)))
            for number, line in enumerate(lines):
                at = rect.x + px(26) + icon.get_width(), rect.y + px(9) + number * face.height
                face.draw(surface, line, at, self.app.look.palette.ink)
            y += height

    def _draw_banner(self, surface: pygame.Surface) -> None:
        face = self.app.look.fonts.banner
        centre = self.app.look.window.centerx, self.plate_height + self.app.look.px(14) + round(face.height * 0.7)
        fading = min(1.0, self._banner_left / 0.6, (BANNER_SECONDS - self._banner_left) / 0.3)
        share = 1.0 if self.app.look.still else fading
        words = face.line(self.banner, self.app.look.palette.on_slate)
        shadow = face.line(self.banner, self.app.look.palette.slate)
        for image, shift, alpha in ((shadow, self.app.look.px(3), 200), (words, 0, 255)):
            image.set_alpha(round(alpha * max(0.0, share)))
            surface.blit(image, image.get_rect(center=(centre[0] + shift, centre[1] + shift)))
            image.set_alpha(None)

    def _draw_prompt(self, surface: pygame.Surface, who: str) -> None:
        px, face = self.app.look.px, self.app.look.fonts.small
        villager = self.view.village.villagers[who]
        x, y = self.view.above(villager)
        text = self.app.say("hud.talk", name=self.app.engine.name(who))
        key = face.height
        rect = pygame.Rect(0, 0, face.width(text) + key + px(30), face.height + px(10))
        rect.midbottom = (x, y - px(8))
        rect.clamp_ip(self.app.look.window.inflate(-px(12), -px(12)))
        self.app.skin.bubble(surface, rect, (x, y))
        cap = pygame.Rect(rect.x + px(10), rect.y + px(5), key, key)
        self.app.skin.key(surface, cap, "A" if self.app.pad.in_use else "E", face)
        face.draw(surface, text, (cap.right + px(8), rect.y + px(5)), self.app.look.palette.ink)

    def _draw_bubble(self, surface: pygame.Surface, bubble: Bubble) -> None:
        px, face = self.app.look.px, self.app.look.fonts.small
        villager = self.view.village.villagers.get(bubble.who)
        if villager is None:
            return
        x, y = self.view.above(villager)
        if not self.app.look.window.collidepoint(x, y):
            return
        lines = face.wrap(bubble.text, px(280))
        rect = pygame.Rect(0, 0, max(map(face.width, lines)) + px(26), face.height * len(lines) + px(14))
        rect.midbottom = (x, y - px(10) - (face.height + px(24) if self.view.village.within_reach() is villager else 0))
        rect.clamp_ip(self.app.look.window.inflate(-px(12), -px(12)))
        self.app.skin.bubble(surface, rect, (x, y))
        for number, line in enumerate(lines):
            face.draw(
                surface, line, (rect.x + px(13), rect.y + px(7) + number * face.height), self.app.look.palette.ink
            )
