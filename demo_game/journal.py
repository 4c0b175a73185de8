"""The journal: how far the story has come, and what one was told, by whom, when, and whether it is hearsay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo_game.paragraph import Paragraph
from npc_engine import date_and_time

if TYPE_CHECKING:
    from demo_game.strings import Strings
    from npc_engine import Engine, JournalEntry

KEPT = 80
"""Entries shown; older ones stay in the save."""


def paragraphs(engine: Engine, say: Strings, *, hinting: bool = False) -> list[Paragraph]:
    """Return the journal's page, what to try next first where that was asked for."""
    page = []
    if hinting and (hint := engine.hint()):
        page += [Paragraph(say("journal.next"), "heading"), Paragraph(hint, "body", 12, 4)]
    page.append(Paragraph(say("journal.story"), "heading", space=26))
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


def source(engine: Engine, entry: JournalEntry, say: Strings) -> str:
    """Return who told one, when, and whether they only had it from others."""
    time = date_and_time(entry.at, say.language)
    if entry.teller is None:
        return say("journal.saw", time=time)
    held = engine.beliefs(entry.teller, *entry.statement_id.split(".", 2))
    how = held[0].how if held else ""
    key = {"told": "journal.hearsay", "inferred": "journal.guess"}.get(how, "journal.from")
    return say(key, time=time, name=engine.name(entry.teller))
