"""The journal: how far the story has come, and what one was told, by whom, when, and whether it is hearsay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demo_game.reader import Paragraph

if TYPE_CHECKING:
    from demo_game.strings import Strings
    from npc_engine import Engine

KEPT = 80
"""Entries shown; older ones stay in the save."""
FIRST_HAND = {"saw", "seen", "did"}


def when(at: Any, say: Strings) -> str:
    """Give a game time in words."""
    return say("hud.clock", month=say(f"month.m{at.month}"), day=at.day, time=f"{at:%H:%M}")


def paragraphs(engine: Engine, say: Strings) -> list[Paragraph]:
    """Give the journal's page."""
    page = [Paragraph(say("journal.story"), "heading")]
    for number, beat in enumerate(reversed(list(engine.story()))):
        page.append(Paragraph(beat.title, "mark", 12, 12 if number else 4))
        page.append(Paragraph(beat.text, "body", 12, 0))
    page.append(Paragraph(say("journal.told"), "heading", space=26))
    entries = list(engine.journal("player"))[:KEPT]
    if not entries:
        page.append(Paragraph(say("journal.nothing"), "small", 12))
    for entry in entries:
        page.append(Paragraph(entry.text, "body", 12, 12))
        page.append(Paragraph(source(engine, entry, say), "small", 12, 0))
    return page


def source(engine: Engine, entry: Any, say: Strings) -> str:
    """Give who told one, when, and whether they only had it from others."""
    time = when(entry.at, say)
    how = str(entry.how or "")
    if not entry.teller or entry.teller == "player" or how in FIRST_HAND:
        return say("journal.saw", time=time)
    key = "journal.hearsay" if how == "hearsay" else "journal.from"
    return say(key, time=time, name=engine.name(entry.teller))
