"""Sprites: 16 by 24 pixels a frame, four frames a row (stand, left foot, stand, right foot); rows down, left, right, up."""

from __future__ import annotations

from assets.source.canvas import Canvas
from assets.source.cast import CAST, Look

FRAME_W, FRAME_H = 16, 24
ROWS = ("down", "left", "right", "up")
Rows = tuple[str, ...]

FACE: dict[str, Rows] = {
    "down": (
        "............", "...ssssss...", "..ssssssss..", ".sSSsssssks.", ".sSssssssks.", ".sSssssssks.", ".ssessssesk.",
        ".ssessssesk.", "..srsssrsk..", "..kssnnssk..", "...kkkkkk...",
    ),
    "right": (
        "............", "...ssssss...", "..ssssssss..", ".sssssssSSs.", ".sssssssSSs.", ".sssssssSSs.", ".ksssssSses.",
        ".ksssssssess", "..kkssssrss.", "...kkssssn..", "....kkkkk...",
    ),
    "up": (
        "............", "...ssssss...", "..ssssssss..", ".ssssssssss.", ".ssssssssss.", ".ssssssssss.", ".ssssssssss.",
        ".ssssssssss.", "..ksssssskk.", "...kkkkkk...", "....kkkk....",
    ),
}

HAIR: dict[str, dict[str, Rows]] = {
    "swept": {
        "down": ("....hhhhh...", "..hHHHHhhh..", ".hHHhhhhhhd.", "hHHhhhhhhhdd", "hHhhhdhhhhdd", "hhhd..dhdhdd", "hd........dd", ".d........d."),
        "right": ("...hhhhhh...", "..hHHhhhhhh.", ".hHHhhhhhhhh", "hHHhhhhhhhhd", "hHhhhhhhdd..", "hhhhhhd.....", "dhhhhd......", ".dhhd.......", "..dd........"),
        "up": ("....hhhhh...", "..hHHHhhhh..", ".hHHhhhhhhd.", "hHHhhhhhhhdd", "hHhhhhhhhhdd", "hhhhhhhhhhdd", "hhhhhhhhhhdd", ".dhhhhhhhdd.", "..dhdhhdhd..", "...d.dd.d..."),
    },
    "braid": {
        "down": ("....hhhhh...", "..hHHHHhhh..", ".hHHhhhhhhd.", "hHHhhhhdhhhd", "hHhhhhd.dhhd", "hHhhd....dhd", "hhd.......hd", "hhd.......hd", "hhd......dhd", ".hd......Hhd", ".........hhd", ".........Hhd", ".........dhh", ".........Hhd", "..........m."),
        "right": ("...hhhhhh...", "..hHHHhhhhh.", ".hHHhhhhhhhh", "hHHhhhhhhhhd", "hHhhhhhhhd..", "hhhhhhhhd...", "hhhhhhhd....", "dhhhhhd.....", "dhhhhd......", "dhhhd.......", ".Hhd........", ".dhh........", ".Hhd........", ".dh.........", "..m........."),
        "up": ("....hhhhh...", "..hHHHhhhh..", ".hHHhhhhhhd.", "hHHhhhhhhhdd", "hHhhhhhhhhdd", "hHhhhhhhhhdd", "hhhhhhhhhhdd", "hhhhhhhhhhdd", ".dhhhhhhhdd.", "..dhhhhhdd..", "....dHhd....", ".....Hhd....", ".....dhH....", ".....Hhd....", ".....dhH....", "......hd....", "......m....."),
    },
    "cap": {
        "down": ("............", "...aaaaaa...", "..aAAaaaaz..", ".aAAaaaaaaz.", ".aAaaaaaaaz.", "zzzzzzzzzzzz", ".h........d.", ".h........d.", ".hh......dd."),
        "right": ("............", "...aaaaaa...", "..aAAaaaaz..", ".aAAaaaaaaz.", ".aAaaaaaaaz.", "zzzzzzzzzzzz", "hhhd.....zzz", "dhhd........", ".dhd........", "..dd........"),
        "up": ("............", "...aaaaaa...", "..aAAaaaaz..", ".aAAaaaaaaz.", ".aAaaaaaaaz.", "zzzzzzzzzzzz", "hhhhhhhhhhhd", ".hhhhhhhhdd.", "..dhhhhhdd..", "...dhdhdd..."),
    },
    "crop": {
        "down": ("....hhhh....", "..hHHHhhhh..", ".hHHhhhhhhd.", "hHHhhhhhhhdd", "hHhhhdhhdhdd", "hhd.....d.dd", "hd........dd", "............"),
        "right": ("...hhhhh....", "..hHHhhhhh..", ".hHHhhhhhhh.", "hHHhhhhhhhhd", "hHhhhhhdhd..", "hhhhhhd.....", "dhhhd.......", ".dhd........"),
        "up": ("....hhhh....", "..hHHhhhhh..", ".hHHhhhhhhd.", "hHHhhhhhhhdd", "hHhhhhhhhhdd", "hhhhhhhhhhdd", "dhhhhhhhhhdd", ".ddhhhhhddd.", "..d.dhd.d..."),
    },
    "bald": {
        "down": ("............", "............", "............", "............", "............", "h..........d", "hh........hd", "hh........hd", ".h........d."),
        "right": ("............", "............", "............", "............", "............", "hhhhh.......", "hHhhh.......", "hhhhd.......", ".hhd........", "..dd........"),
        "up": ("............", "............", "............", "............", "............", "hhhhhhhhhhhd", "hHHhhhhhhhdd", "hHhhhhhhhhdd", ".dhhhhhhhdd.", "..ddhhhhdd.."),
    },
    "bun": {
        "down": ("....hhhhd...", "...hHHhhd.mM", "..hHHHhhhm..", ".hHHhhhhhhd.", "hHhhhddhhhhd", "hhhd....dhhd", "hhd......dhd", "hd........dd", ".d........d."),
        "right": (".hhhh.......", "hHHhhhhhhh..", "hHhhhHHhhhh.", "dhhmhhhhhhhh", "mMhhhhhhhhhd", ".hhhhhhhdd..", ".hhhhhhd....", ".dhhhhd.....", "..dhhd......", "...dd......."),
        "up": ("....hhhhd...", "..mhHHhhdM..", "..hHHHhhhd..", ".hHdhhhhdhd.", "hHhhddddhhdd", "hhhhhhhhhhdd", "hhhhhhhhhhdd", "dhhhhhhhhhdd", ".dhhhhhhddd.", "..ddhhddd..."),
    },
    "straw": {
        "down": ("..h..hhh.h..", ".hhHHHHhhh..", "hhHHhhhhhhd.", "hHHhhhhhhhhd", "hHhhHhhhdhdd", "hhdhhd.dh.dh", "hd.d......dd", "............"),
        "right": (".h..hhhhh...", "hhHHHHhhhhh.", "hHHhhhhhhhhh", "hHhhhhhhhhhd", "hhhhhhhdhd.d", "hhhhhhd..d..", "dhhhhd......", "d.dhd......."),
        "up": ("..h..hhh.h..", ".hhHHHhhhh..", "hhHHhhhhhhd.", "hHHhhhhhhhhd", "hHhhhhhhhhdd", "hhhhhhhhhhdd", "hhhhhhhhhhdd", "dhdhhhhhdhd.", "..d.dhhd.d.."),
    },
}

# Bodies stand on row 23; the first row is the shoulders. Legs are drawn apart.
BODY: dict[str, dict[str, Rows]] = {
    "tunic": {
        "down": ("...cCCccc...", "..cCCccccx..", "..cCCcccxx..", "..cCccccxx..", "..saamaazk..", "...cCcccx...", "...cccxxx..."),
        "right": ("....cCcc....", "...cCCccx...", "...cCcccx...", "...cCcccx...", "...aaaaaz...", "...cCccxx...", "...ccccxx..."),
        "up": ("...cCCccc...", "..cCCccccx..", "..cCccccxx..", "..cCccccxx..", "..saaaaazk..", "...cCcccx...", "...cccxxx..."),
    },
    "coat": {
        "down": ("..cCCzzccx..", ".cCCczzccxx.", ".cCcczaccxx.", ".cCccmaccxx.", ".scccmaccxk.", "..cCcmaccx..", "..cCccxccx..", "..cCcxxccx..", "..cccx.cxx.."),
        "right": ("...cCCccx...", "...cCCccx...", "..cCCcccxx..", "..cCccccmx..", "..cCccccmx..", "..cCccccxx..", "..cCccccxx..", "..cCccccxx..", "..ccccxxx..."),
        "up": ("..cCCcccxx..", ".cCCcccccxx.", ".cCccccccxx.", ".cCccccccxx.", ".sczzzzzzxk.", "..cCcccccx..", "..cCccxccx..", "..cCccxccx..", "..cccx.cxx.."),
    },
    "apron": {
        "down": (".cCCaccaccx.", "cCCcaaaaccxx", "sSscaAaacksk", "sSscAAaacksk", ".ssaAAaaask.", "..zzzzzzzz..", "..aAAaaaaz..", "..aAaaaaaz..", "..aAaaaazz.."),
        "right": ("...cCCacx...", "..cCCccaax..", "..cCcccaaz..", "..csSscaaz..", "..csSssaaz..", "..zzzzzzzz..", "..ccccaaaz..", "..cccaAaaz..", "..xxcaaaaz.."),
        "up": (".cCCcaaccxx.", "cCCcacaccxxx", "sSscaccackxk", "sSsccaacckxk", ".sszzzzzzsk.", "..cCccaccx..", "..aCccccxa..", "..aCccccxz..", "..axcccxxz.."),
    },
    "waistcoat": {
        "down": (".aAAcaacaaz.", "aAAaccaccaaz", "aAacCcmccxaz", "aAacCcmccxaz", "sSacCcmccxsk", "..cCCcmcccx.", "..zccccccxz.", "...pppppqq.."),
        "right": ("...aAAaax...", "..aAacccc...", "..cCaAaaccx.", "..cCaAaacccx", "..cCaaazccmx", "..ccsSscccx.", "..xcccccxx..", "...ppppqq..."),
        "up": (".aAAccccaaz.", "aAAccccccaaz", "aAacCccccxaz", "aAacCccccxaz", "sSacCccccxsk", "..cCCcccccx.", "..zzzzmzzzz.", "...pppppqq.."),
    },
    "dress": {
        "down": ("...aCCcaa...", "..cCCAAccx..", "..cCCcccxx..", "..aCCcccxa..", "..saaaaazk..", "...cCcccx...", "..cCCcccxx..", "..cCcAacxx..", ".cCCcAaccxx.", ".cCccAaccxx.", ".aaaaaaaaaz."),
        "right": ("....aCca....", "...cCCcax...", "...cCCccx...", "...cCCccx...", "...aaaaaz...", "...cCcccx...", "..cCCcccxx..", "..cCccccxx..", ".cCCccccaxx.", ".cCcccccaxx.", ".aaaaaaaaaz."),
        "up": ("...cCCccc...", "..cCCccccx..", "..cCCcccxx..", "..aCCcccxa..", "..saaaaazk..", "...cCaacx...", "..cCCaacxx..", "..cCccccxx..", ".cCCccccxxx.", ".cCcccccxxx.", ".aaaaaaaaaz."),
    },
    "hanfu": {
        "down": ("...cCMMcc...", "..cCMccccx..", ".cCMccccxxx.", ".cCCccccxxx.", ".CCcaamaazxx", ".cCssaaskxxx", ".cccCcccxxx.", "...cCccaxx..", "..cCCccaxx..", "..cCcccacxx.", "..MMMMMMMMm."),
        "right": ("....cCcM....", "...cCCccMx..", "...cCCcccx..", "..cCCcccxx..", "..cCCaaaaz..", "..cCCCcssx..", "..cCcccxxx..", "..ccCcccxx..", "..cCCcccxx..", "..cCccccxxx.", "..MMMMMMMMm."),
        "up": ("...cMMMcc...", "..cCCccccx..", ".cCCcccccxx.", ".cCCccccxxx.", ".CCcaaaaazxx", ".cCcaaaazxxx", ".cccCaacxxx.", "...cCaacxx..", "..cCCccxxx..", "..cCccccxxx.", "..MMMMMMMMm."),
    },
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
    k = look.key
    for extra in look.extras:
        if extra == "beard":
            rows = {
                "down": (".h........d.", ".hhhhhhhhhd.", ".hHhhnnhhdd.", "..hHhhhhdd..", "...hhhhdd..."),
                "right": (".....h......", "....hhhhhhh.", "....hHhhhn..", ".....hHhhhd.", "......hhhd.."),
                "up": (),
            }[facing]
            c.stamp(2, head + 7, rows, k)
        elif extra == "moustache":
            rows = {"down": ("...hHHHHh...", "..hhHhhHhd.."), "right": (".......HHHh.", ".......hhhhd"), "up": ()}[facing]
            c.stamp(2, head + 8, rows, k)
        elif extra == "scarf":
            rows = {
                "down": ("..aAAAaaaz..", "...aaaaazz..", ".......Aa...", ".......aaz..", "........z..."),
                "right": ("..aAAAaaaz..", ".zaaaaaaz...", "zaa.........", ".z.........."),
                "up": ("..aAAAaaaz..", "...aaaaazz..", "....aa......", "....Aa......", ".....z......"),
            }[facing]
            c.stamp(2, top - 1, rows, k)
        elif extra == "satchel":
            strap = {"wood1": "wood1", "b": "wood2", "B": "wood3", "t": "wood1"}
            rows = {
                "down": ("...t........", "....t.......", ".....t......", "......t.....", "........BBb.", "........btb.", "........bbt."),
                "right": ("....t.......", "....t.......", "....t.......", "...t........", "..BBBb......", "..btbb......", "..bbbt......"),
                "up": ("........t...", ".......t....", "......t.....", ".....t......", ".BBb........", ".btb........", ".bbt........"),
            }[facing]
            c.stamp(2, top, rows, strap)
        elif extra == "cape":
            cloth = {"u": "red1", "U": "red2", "v": "red0", "g": "gold2"}
            rows = {
                "down": ("..UuugUuuv..", "..u......v..", "..u......v.."),
                "right": ("..UUuuuug...", ".Uuuuv......", ".Uuuv.......", ".uuuv.......", ".uuuv.......", ".uuv........", ".vv........."),
                "up": ("..UUuuuuuv..", "..Uuuuuuuv..", "..Uuuuuuuv..", ".UuuuuuuuvV.", ".Uuuuuuuuvv.", ".Uuuuuuuuvv.", ".uuuvuuuvvv.", "..v.vvv.v..."),
            }[facing]
            c.stamp(2, top, rows, cloth)


def frame(name: str, facing: str, step: int) -> Canvas:
    """One picture of a walk; step 0 stands, 1 puts the left foot forward, 2 the right."""
    if facing == "left":
        return frame(name, "right", step).flip()
    look = CAST[name]
    c = Canvas(FRAME_W, FRAME_H)
    bob = 1 if step else 0
    head = (4 if look.short else 1) + bob
    body = BODY[look.body][facing]
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
    c.stamp(2, head, FACE[facing], look.key)
    behind = facing == "up"
    if not behind:
        _extras(c, look, facing, head, top)
    c.stamp(2, head - 1 if look.hair in ("swept", "braid", "crop", "straw") else head, HAIR[look.hair][facing], look.key)
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
