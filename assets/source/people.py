"""Sprites: 16 by 24 pixels, four frames a row (stand, left foot, stand, right foot); rows down, left, right, up."""

from __future__ import annotations

from assets.source.canvas import Canvas
from assets.source.cast import CAST, Look
from assets.source.stamps import load

FRAME_W, FRAME_H = 16, 24
ROWS = ("down", "left", "right", "up")
HEADS, BODIES, EXTRAS = load("heads"), load("bodies"), load("extras")
ON_FACE = {"beard": 7, "moustache": 8}  # how far below the top of the head
WORN = {
    "satchel": {"t": "wood1", "b": "wood2", "B": "wood3"},
    "cape": {"v": "red0", "u": "red1", "U": "red2", "g": "gold2"},
}
LONG = ("dress", "hanfu")
TRIM = {"coat": (6,), "apron": (6, 7), "waistcoat": (3,)}  # rows left out so that legs show


def _feet(c: Canvas, look: Look, facing: str, step: int, top: int) -> None:
    """Legs from `top` to the ground; step 1 lifts the left foot, 2 the right one."""
    k, ground = look.key, 22
    if look.body in LONG:
        if facing == "right":
            spots = {0: ((6, 4),), 1: ((4, 3), (10, 2)), 2: ((5, 2), (9, 3))}[step]
            for x, w in spots:
                c.rect(x, ground, w, 1, k["f"])
        else:
            for side, x in ((1, 5), (2, 9)):
                if step != side:
                    c.rect(x - (side == 1), ground, 3, 1, k["f"])
        return
    if facing == "right":
        legs = {0: ((6, 0, "p"), (8, 0, "q")), 1: ((9, 0, "q"), (5, 1, "p")), 2: ((5, 1, "q"), (9, 0, "p"))}[step]
        for x, lift, tone in legs:
            c.rect(x, top, 2, ground - top - lift, k[tone])
            c.rect(x, ground - 1 - lift, 3, 2, k["f"])
            if step and x == 9:
                c.rect(8, top, 2, 2, k[tone])
            elif step:
                c.rect(6, top, 2, 2, k[tone])
        return
    for side, x, tone in ((1, 5, "p"), (2, 9, "q")):
        lift = min(2, ground - top - 1) if step == side else 0
        c.rect(x, top, 2 + (not look.short), ground - top - lift, k[tone])
        c.rect(x, ground - 1 - lift, 3, 2, k["f"])
        if x == 9 and not lift:
            c.put(x, top, k["q"])
    c.rect(5, top, 7, 1, k["q"])


def _swing(c: Canvas, look: Look, facing: str, step: int, top: int) -> None:
    """Arms: one hand comes forward (lower), the other goes back (higher)."""
    k = look.key
    if facing == "right":
        if look.body in ("tunic", "coat", "dress"):
            dx = {0: 0, 1: -1, 2: 1}[step]
            for j in range(4):
                c.rect(7 + (dx * j) // 2, top + 1 + j, 2, 1, k["c"] if j else k["C"])
                c.put(8 + (dx * j) // 2, top + 1 + j, k["x"])
            c.rect(7 + dx * 2, top + 5, 2, 1, k["s"])
            c.put(6 + (dx * 3) // 2, top + 3, k["x"])
        return
    if step and look.body in ("tunic", "coat", "dress"):
        left, right = (3, 12) if look.body == "coat" else (4, 11)
        for side, x in ((1, left), (2, right)):
            hand = top + 4
            if step == side:
                c.put(x, hand, k["x"])
                c.put(x, hand + 1, k["s"])
            else:
                c.put(x, hand, "clear")
                c.put(x, hand - 1, k["s"])


def _extras(c: Canvas, look: Look, facing: str, head: int, top: int) -> None:
    for extra in look.extras:
        rows = EXTRAS.get(f"{extra} {facing}", ())
        if extra in ON_FACE:
            c.stamp(2, head + ON_FACE[extra], rows, look.key)
        else:
            c.stamp(2, top - (extra == "scarf"), rows, {**look.key, **WORN.get(extra, {})})


def frame(name: str, facing: str, step: int) -> Canvas:
    """One picture of a walk; step 0 stands, 1 puts the left foot forward, 2 the right."""
    if facing == "left":
        return frame(name, "right", step).flip()
    look = CAST[name]
    c = Canvas(FRAME_W, FRAME_H)
    bob = 1 if step else 0
    head = (4 if look.short else 1) + bob
    body = BODIES[f"{look.body} {facing}"]
    top = head + 11
    if look.short:
        body = body[:2] + body[3:6]
    elif look.body in TRIM:
        body = tuple(row for k, row in enumerate(body) if k not in TRIM[look.body])
    legs_top = min(top + len(body), 21)
    _feet(c, look, facing, step, legs_top if look.body not in LONG else 22)
    if look.body in LONG:  # the hem sways; a foot peeps out below it
        body = body[:6] + body[7 + bob :]
        sway = {0: 0, 1: -1, 2: 1}[step]
        c.stamp(2, top, body[:-2], look.key)
        c.stamp(2 + sway, top + len(body) - 2, body[-2:], look.key)
    else:
        c.stamp(2, top, body, look.key)
    _swing(c, look, facing, step, top)
    c.stamp(2, head, HEADS[f"face {facing}"], look.key)
    behind = facing == "up"
    if not behind:
        _extras(c, look, facing, head, top)
    c.stamp(
        2,
        head - 1 if look.hair in ("swept", "braid", "crop", "straw") else head,
        HEADS[f"{look.hair} {facing}"],
        look.key,
    )
    if behind:
        _extras(c, look, facing, head, top)
    c.outline("ink")
    return c


def sheet(name: str) -> Canvas:
    """All sixteen frames of one person, 64 by 96."""
    out = Canvas(FRAME_W * 4, FRAME_H * 4)
    for j, facing in enumerate(ROWS):
        for i, step in enumerate((0, 1, 0, 2)):
            out.blit(frame(name, facing, step), i * FRAME_W, j * FRAME_H)
    return out
