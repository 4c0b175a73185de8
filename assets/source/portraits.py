"""Portraits: 96 by 96 busts of the six villagers and the player, six moods in a strip of 576 by 96."""

from __future__ import annotations

from functools import cache

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


@cache
def _layers(name: str) -> tuple[Canvas, Canvas, Canvas]:
    """What no mood changes: the backdrop, what hangs behind the head, the body."""
    bust = PEOPLE[name]
    picture, behind, body = backdrop(bust.glow), Canvas(SIZE, SIZE), Canvas(SIZE, SIZE)
    bust.motif(picture)
    bust.back(behind)
    bust.body(body)
    return picture, behind, body


def portrait(name: str, mood: str) -> Canvas:
    """One person in one of the `MOODS`."""
    bust = PEOPLE[name]
    picture, behind, body = _layers(name)
    drop = bust.drop + NOD.get(mood, 0)
    head = Canvas(SIZE, SIZE)
    bust.head(head, mood)
    tokens(head, bust.face, mood)
    figure = Canvas(SIZE, SIZE)
    figure.blit(behind, 0, drop)
    figure.blit(body, 0, 0)
    figure.blit(head, 0, drop)
    figure.outline("ink")
    out = picture.copy()
    out.blit(figure, 0, 0)
    return out


def strip(name: str) -> Canvas:
    """The six moods side by side, in the order of `MOODS`."""
    out = Canvas(SIZE * len(MOODS), SIZE)
    for i, mood in enumerate(MOODS):
        out.blit(portrait(name, mood), i * SIZE, 0)
    return out
