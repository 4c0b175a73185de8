"""The menus and pages of a game in progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pygame

from demo_game import journal
from demo_game.app import App
from demo_game.menus import ButtonMenu, Item, Menu
from demo_game.model_menu import ModelMenu
from demo_game.pages import help_page, slot_items
from demo_game.paragraph import Paragraph
from demo_game.reader import Reader
from demo_game.settings_menu import SettingsMenu
from demo_game.village import Village
from demo_game.village_map import MapPage
from npc_engine import Engine


class Play(Protocol):
    """The game in progress, as its menus see it."""

    app: App
    engine: Engine
    village: Village
    last: Any
    to_title: Callable[[], object]

    def open(self, make: Callable[[], Menu]) -> None:
        """Show a menu."""

    def close_menu(self) -> None:
        """Go back to the village."""

    def save(self, number: int) -> None:
        """Save into a slot."""

    def load(self, number: int) -> None:
        """Go back to a slot."""

    def close(self) -> None:
        """Leave the game."""


def pause(play: Play) -> Menu:
    """Return the menu that Escape opens."""
    app, say = play.app, play.app.say

    def items() -> list[Item]:
        return [
            Item(say("menu.resume"), play.close_menu),
            Item(say("menu.save"), lambda: play.open(lambda: save_slots(play))),
            Item(say("menu.load"), lambda: play.open(lambda: load_slots(play))),
            Item(say("menu.journal"), lambda: play.open(lambda: journal_page(play))),
            Item(say("menu.language"), lambda: app.set_language(say.other())),
            Item(say("menu.model"), lambda: play.open(lambda: ModelMenu(app, lambda: play.open(lambda: pause(play))))),
            Item(
                say("menu.settings"),
                lambda: play.open(lambda: SettingsMenu(app, lambda: play.open(lambda: pause(play)))),
            ),
            Item(say("menu.help"), lambda: play.open(lambda: help_reader(play))),
            Item(say("menu.to_title"), lambda: to_title(play)),
            Item(say("menu.quit"), app.quit),
        ]

    return ButtonMenu(app, play.close_menu, lambda: say("menu.paused"), items)


def save_slots(play: Play) -> Menu:
    """Return the slots to save into."""
    return _slots(play, "menu.save", lambda: slot_items(play.app, play.save, empty=True))


def load_slots(play: Play) -> Menu:
    """Return the slots to load from."""
    return _slots(play, "menu.load", lambda: slot_items(play.app, play.load))


def _slots(play: Play, title: str, items: Any) -> Menu:
    say = play.app.say
    menu = ButtonMenu(
        play.app,
        play.close_menu,
        lambda: say(title),
        lambda: [*items(), Item(say("menu.back"), play.close_menu)],
        width=640,
    )
    return menu


def journal_page(play: Play, *, hinting: bool = False) -> Menu:
    """Return the journal, with a hint of what to try next where one was asked for."""
    say = play.app.say

    def more() -> list[Item]:
        asked = Item(say("journal.hint"), lambda: play.open(lambda: journal_page(play, hinting=True)))
        asked.enabled = not hinting and bool(play.engine.hint())
        return [asked, Item(say("menu.map"), lambda: play.open(lambda: map_page(play)))]

    return Reader(
        play.app,
        play.close_menu,
        lambda: say("menu.journal"),
        lambda: journal.paragraphs(play.engine, say, hinting=hinting),
        keys=(pygame.K_j,),
        more=more,
    )


def map_page(play: Play) -> Menu:
    """Return the map of the village."""
    return MapPage(play.app, play.close_menu, play.village)


def help_reader(play: Play) -> Menu:
    """Return the help."""
    return Reader(play.app, play.close_menu, lambda: play.app.say("menu.help"), lambda: help_page(play.app))


class WhyPage(Reader):
    """Why the last line was said, beside the conversation."""

    veiled = False

    def sized(self, width: float, height: float) -> pygame.Rect:
        """Put the panel in the middle, above the conversation if there is one."""
        window, px = self.app.look.window, self.app.look.px
        box = getattr(self.app.scene, "box", None)
        low = box.places.panel.top - px(6) if box else window.bottom - px(14)
        self.panel = pygame.Rect(0, px(10), min(px(width * self.app.look.text_scale), window.w - px(24)), 0)
        self.panel.h = min(px(height), low - px(10))
        self.panel.centerx = window.centerx
        return self.panel.inflate(-px(72), -px(62))


def why(play: Play) -> Menu:
    """Return the page that F1 opens."""
    say = play.app.say

    def page() -> list[Paragraph]:
        if play.last is None:
            return [Paragraph(say("why.nothing"), "small")]
        said = say("why.line", name=play.engine.name(play.last.speaker), text=play.last.text)
        reasons = str(play.engine.why(play.last)).splitlines()
        return [
            Paragraph(said, "body"),
            *(
                Paragraph(line.strip(), "small", 6 * (len(line) - len(line.lstrip())))
                for line in reasons
                if line.strip()
            ),
        ]

    return WhyPage(play.app, play.close_menu, lambda: say("why.title"), page, keys=(pygame.K_F1,), size=(980, 600))


def end_card(play: Play, beat: Any) -> Menu:
    """Return the card that closes the story; one may play on."""
    say = play.app.say
    return ButtonMenu(
        play.app,
        play.close_menu,
        lambda: _again(play, beat).title,
        lambda: [Item(say("end.keep_playing"), play.close_menu), Item(say("menu.to_title"), lambda: to_title(play))],
        note=lambda: _again(play, beat).text,
        width=720,
    )


def _again(play: Play, beat: Any) -> Any:
    """Return a beat in the language spoken now."""
    return next((other for other in play.engine.story() if other.id == beat.id), beat)


def to_title(play: Play) -> None:
    """Close the game and show the title."""
    play.close_menu()
    play.close()
    play.to_title()
