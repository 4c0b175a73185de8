"""What menus show before the game and in it: the slots, and the help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from demo_game.app import App
from demo_game.menus import Item
from demo_game.paragraph import Paragraph
from demo_game.saves import SLOTS
from npc_engine import date_and_time


def slot_items(app: App, choose: Callable[[int], object], *, empty: bool = False) -> list[Item]:
    """Return a button for each slot, saying when and where it was saved; empty ones can be chosen for saving."""
    items = []
    for number in SLOTS:
        note = app.saves.note(number)
        if note:
            beat = note.beat.get(app.say.language, "")
            text = app.say("menu.slot", number=number, time=date_and_time(note.time, app.say.language), beat=beat)
        else:
            text = app.say("menu.slot_empty", number=number)
        items.append(Item(text, partial(choose, number), enabled=empty or note is not None))
    return items


def help_page(app: App) -> list[Paragraph]:
    """Return the help: how to play, then the keys."""
    say = app.say
    page = [Paragraph(say("help.idea")), Paragraph(say("help.keys"), "heading", space=16)]
    keys = ("walk", "talk", "send", "scroll", "journal", "why", "save", "language", "menu", "keyboard", "pad")
    return page + [Paragraph(say(f"help.{key}"), indent=12, space=2) for key in keys]
