"""Portraits: 96 by 96 busts of the six villagers and the player, six moods in a strip of 576 by 96."""

from __future__ import annotations

from assets.source.brush import SIZE, Bust, backdrop
from assets.source.busts import bram, greta, lian, mira, pip, player, tomas
from assets.source.canvas import Canvas
from assets.source.faces import MOODS, tokens

PEOPLE: dict[str, Bust] = {
    "player": player.BUST,
    "mira": mira.BUST,
    "tomas": tomas.BUST,
    "greta": greta.BUST,
    "bram": bram.BUST,
    "lian": lian.BUST,
    "pip": pip.BUST,
}
NOD = {"sad": 1, "angry": 1, "surprised": -1, "afraid": 0}  # the head's own movement


def portrait(name: str, mood: str) -> Canvas:
    bust = PEOPLE[name]
    drop = bust.drop + NOD.get(mood, 0)
    figure = Canvas(SIZE, SIZE)
    behind, head = Canvas(SIZE, SIZE), Canvas(SIZE, SIZE)
    bust.back(behind)
    figure.blit(behind, 0, drop)
    bust.body(figure)
    bust.head(head, mood)
    tokens(head, bust.face, mood)
    figure.blit(head, 0, drop)
    figure.outline("ink")
    picture = backdrop(bust.glow)
    bust.motif(picture)
    picture.blit(figure, 0, 0)
    return picture


def strip(name: str) -> Canvas:
    """The six moods side by side, in the order of `MOODS`."""
    out = Canvas(SIZE * len(MOODS), SIZE)
    for i, mood in enumerate(MOODS):
        out.blit(portrait(name, mood), i * SIZE, 0)
    return out
