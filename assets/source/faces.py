"""Faces for portraits: one set of features that six moods move about."""

from __future__ import annotations

from dataclasses import dataclass

from assets.source.canvas import Canvas, Point, bayer, spline

MOODS = ("neutral", "happy", "angry", "sad", "afraid", "surprised")
FAIR = ("skin0", "skin1", "skin2", "skin3", "skin4")
TANNED = ("red0", "skin0", "skin1", "skin2", "skin3")


@dataclass(frozen=True)
class Face:
    """Where the features of one person lie; all numbers are pixels of a 96-pixel portrait."""

    outline: tuple[Point, ...]
    skin: tuple[str, str, str, str, str] = FAIR
    axis: float = 47
    eye_y: float = 46
    eye_gap: float = 9.0  # from the axis to an eye's middle
    eye_w: float = 10
    eye_h: float = 7
    iris: tuple[str, str, str] = ("wood0", "wood1", "wood3")
    lashes: bool = False
    brow: tuple[str, str] = ("wood0", "wood1")
    brow_thick: int = 2
    brow_y: float = 38
    nose_y: float = 55
    nose_w: float = 3.0
    mouth_y: float = 61
    mouth_w: float = 10
    lip: str = "red2"
    blush: str = "red3"
    blush_y: float = 53
    rosy: float = 0.0
    child: bool = False


@dataclass(frozen=True)
class Mood:
    """How a mood shifts the features."""

    inner: float = 0  # the brow's inner end, up is negative
    outer: float = 0
    middle: float = 0
    open: float = 1.0  # how far the eyes are open; 0 is a smiling arc
    lid: float = 0  # slant of the upper lid: positive droops outward, negative inward
    pupil: float = 1.0
    look: tuple[float, float] = (0, 0)
    mouth: str = "calm"
    blush: float = 0.0


MOOD = {
    "neutral": Mood(),
    "happy": Mood(inner=-1, outer=-1, middle=-2, open=0, mouth="smile", blush=0.75),
    "angry": Mood(inner=4, outer=-2, middle=1, open=0.72, lid=-2.4, pupil=0.85, mouth="scowl"),
    "sad": Mood(inner=-4, outer=2, middle=-1, open=0.68, lid=2.2, look=(0, 1), mouth="frown"),
    "afraid": Mood(inner=-5, outer=0, middle=-3, open=1.22, lid=0.8, pupil=0.6, mouth="grimace"),
    "surprised": Mood(inner=-4, outer=-3, middle=-4, open=1.32, pupil=0.8, mouth="gasp"),
}


def skull(c: Canvas, face: Face) -> None:
    """The head's shape with its large shadows and lights."""
    darkest, dark, mid, base, light = face.skin
    c.blob(face.outline, base)
    xs = [p[0] for p in face.outline]
    left, right = min(xs), max(xs)
    low = max(p[1] for p in face.outline)
    wide = right - left
    # Form shadow down the right side, a deeper edge at the jaw.
    for x, y in c.in_poly(spline(face.outline)):
        t = (x - left) / wide
        bend = 0.80 - 0.22 * max(0.0, (y - face.eye_y - 4) / (low - face.eye_y)) ** 1.4
        if y < face.eye_y:
            bend += 0.05
        if t > bend + 0.13 or (y > low - 3 and t > 0.34):
            c.put(x, y, dark if t > bend + 0.13 and y > face.eye_y - 4 else mid)
        elif t > bend or (t > bend - 0.05 and bayer(x, y) < 0.5):
            c.put(x, y, mid)
    # Lights on the forehead, the cheek, the chin.
    ax, ey = face.axis, face.eye_y
    c.oval(ax - 6, ey - 13, 8, 5, light, over=(base,))
    c.oval(ax - 10.5, ey + 6.5, 4.5, 3.2, light, over=(base,))
    c.oval(ax - 2, low - 5, 3, 1.6, light, over=(base,))
    del darkest


def ear(c: Canvas, x: float, y: float, face: Face, right: bool) -> None:
    darkest, dark, mid, base, light = face.skin
    c.oval(x, y, 3.6, 6, mid if right else base)
    c.oval(x + (0.6 if right else 0.4), y + 0.5, 1.8, 3.6, dark if right else mid)
    if not right:
        c.puts(light, (x - 2, y - 3), (x - 2, y - 2))
    del darkest


def neck(c: Canvas, face: Face, half: float, top: float, low: float) -> None:
    _, dark, mid, base, _ = face.skin
    ax = face.axis
    c.poly([(ax - half, top), (ax + half, top), (ax + half + 2, low), (ax - half - 2, low)], base)
    c.poly([(ax - half, top), (ax + half, top), (ax + half, low), (ax + 1, low - 2), (ax - half, top + 7)], mid)
    c.poly([(ax - half, top), (ax + half, top), (ax + half, top + 9), (ax + 2, top + 7), (ax - half, top + 3)], dark)


def nose(c: Canvas, face: Face) -> None:
    _, dark, mid, _, light = face.skin
    ax, y, w = face.axis, face.nose_y, face.nose_w
    if face.child:
        c.puts(mid, (ax + 1, y), (ax + 2, y), (ax, y + 1), (ax + 1, y + 1))
        c.puts(light, (ax - 1, y - 1), (ax, y - 1))
        c.put(ax + 1, y + 1, dark)
        return
    c.poly([(ax, y - 9), (ax + 2, y - 9), (ax + w + 1, y), (ax, y + 1)], mid)
    c.line(ax - 1, y - 9, ax - 1, y - 2, light)
    c.oval(ax - 0.5, y - 1, max(1.6, w - 1.2), 1.8, light)
    c.line(ax - w + 1, y + 1, ax + w - 1, y + 1, dark)
    c.puts(dark, (ax - w, y), (ax + w, y), (ax + w, y - 1))
    c.puts(mid, (ax - w, y - 1), (ax - w - 1, y))


def blush(c: Canvas, face: Face, amount: float) -> None:
    base, mid, light = face.skin[3], face.skin[2], face.skin[4]
    for side in (-1, 1):
        for x, y in c.in_oval(face.axis + side * (face.eye_gap + 2.5), face.blush_y, 5.5, 3.2):
            if c.get(x, y) in (base, mid, light) and bayer(x, y) < amount:
                c.put(x, y, face.blush if c.get(x, y) != mid or face.blush != "red3" else "skin1")


def _lids(cx: float, cy: float, w: float, h: float, lid: float, side: int) -> tuple[list[Point], list[Point]]:
    """Upper and lower edge of an eye, outer corner first. `side` is -1 for the eye on the viewer's left."""
    outer, inner = cx + side * w / 2, cx - side * w / 2
    upper = [
        (outer, cy + 0.6 + lid * 0.5),
        (cx + side * w * 0.28, cy - h * 0.48 + lid * 0.6),
        (cx - side * w * 0.1, cy - h * 0.55),
        (cx - side * w * 0.34, cy - h * 0.36 - lid * 0.5),
        (inner, cy + 1.4 - min(lid, 0) * 0.4),
    ]
    lower = [
        (inner, cy + 1.4),
        (cx - side * w * 0.2, cy + h * 0.42),
        (cx + side * w * 0.22, cy + h * 0.45),
        (outer, cy + 1),
    ]
    return spline(upper, closed=False), spline(lower, closed=False)


def eyes(c: Canvas, face: Face, mood: Mood) -> None:
    for side in (-1, 1):
        cx, cy = face.axis + side * face.eye_gap, face.eye_y
        if mood.open == 0:
            _shut_eye(c, face, cx, cy, side)
            continue
        upper, lower = _lids(cx, cy, face.eye_w, face.eye_h * mood.open, mood.lid, side)
        inside = c.in_poly(upper + lower)
        c.paint(inside, "white")
        _iris(c, face, mood, cx - side * 0.4 + mood.look[0], cy - 0.1 + mood.look[1], set(inside))
        _lid_lines(c, face, mood, side, inside, upper, lower)


def _shut_eye(c: Canvas, face: Face, cx: float, cy: float, side: int) -> None:
    """An eye closed in a smile."""
    w = face.eye_w
    arc = [
        (cx - w / 2, cy + 2),
        (cx - w * 0.25, cy - 1.4),
        (cx, cy - 2.4),
        (cx + w * 0.25, cy - 1.4),
        (cx + w / 2, cy + 2),
    ]
    c.curve(arc, "ink")
    c.curve([(x, y + 1) for x, y in arc[1:4]], "ink")
    c.curve([(x, y + 4.5) for x, y in arc[1:4]], face.skin[2])
    if face.lashes:
        c.line(cx + side * w / 2, cy + 2, cx + side * (w / 2 + 2), cy, "ink")


def _iris(c: Canvas, face: Face, mood: Mood, ix: float, iy: float, keep: set[tuple[int, int]]) -> None:
    """Iris, pupil and the light in the eye, kept inside the lids."""
    rx, ry = face.eye_w * 0.33 * (0.5 + 0.5 * mood.pupil), face.eye_h * 0.6 * (0.55 + 0.45 * mood.pupil)
    darkest, middle, bright = face.iris
    for x, y in c.in_oval(ix, iy, rx, ry):
        if (x, y) in keep:
            c.put(x, y, darkest if y < iy - ry * 0.25 else middle if y < iy + ry * 0.4 else bright)
    for x, y in c.in_oval(ix, iy, max(1.0, rx * 0.5), max(1.2, ry * 0.5)):
        if (x, y) in keep:
            c.put(x, y, "ink")
    x, y = round(ix - 0.5) - 2, round(iy - 0.5) - 2
    for i, j in ((x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)):
        if (i, j) in keep:
            c.put(i, j, "white")
    if (x + 4, y + 5) in keep:
        c.put(x + 4, y + 5, bright)


def _lid_lines(
    c: Canvas,
    face: Face,
    mood: Mood,
    side: int,
    inside: list[tuple[int, int]],
    upper: list[Point],
    lower: list[Point],
) -> None:
    """The upper lid's dark line and shadow, lashes, the lower lid, the crease above."""
    _, dark, mid, _, _ = face.skin
    top: dict[int, int] = {}
    for x, y in inside:
        top[x] = min(y, top.get(x, 99))
    for x, y in top.items():
        if c.get(x, y + 1) == "white" and mood.open < 1.2 and c.get(x, y + 2) == "white":
            c.put(x, y + 1, "slate3")
        c.put(x, y, "ink")
        c.put(x, y - 1, "ink")
    end = min(top) if side < 0 else max(top)
    c.puts("ink", (end + side, top[end]), (end + side, top[end] + 1))
    if face.lashes:
        c.puts("ink", (end + side * 2, top[end] - 1), (end + side * 2, top[end]), (end + side * 3, top[end] - 2))
    c.puts(dark if face.lashes or face.child else mid, *((x, y + 0.4) for x, y in lower[4:-4]))
    c.puts(mid if face.child else dark, *((x, y - 3.2) for x, y in upper[4:-6]))


def brows(c: Canvas, face: Face, mood: Mood) -> None:
    dark, light = face.brow
    for side in (-1, 1):
        ax, y, w = face.axis + side * face.eye_gap, face.brow_y, face.eye_w
        inner = (ax - side * w * 0.52, y + 1 + mood.inner)
        outer = (ax + side * w * 0.68, y + 2 + mood.outer)
        line = [
            inner,
            (ax - side * w * 0.1, y - 0.6 + mood.middle * 0.8 + mood.inner * 0.25),
            (ax + side * w * 0.35, y - 0.6 + mood.outer * 0.6),
            outer,
        ]
        for k in range(face.brow_thick):
            taper = line if k < 2 else line[:3]
            c.curve([(px, py + k) for px, py in taper], light if k == 0 and face.brow_thick > 2 else dark)
        if mood.mouth == "scowl":
            c.line(face.axis + side * 1.6, y + 1, face.axis + side * 1.6, y + 4, face.skin[1])


def mouth(c: Canvas, face: Face, mood: Mood) -> None:
    _, dark, mid, _, _ = face.skin
    ax, y, w = face.axis, face.mouth_y, face.mouth_w
    half = w / 2
    line = "red0"
    if mood.mouth == "calm":
        c.curve([(ax - half * 0.5, y + 1), (ax, y + 1.6), (ax + half * 0.5, y + 1)], face.lip)
        c.curve([(ax - half * 0.35, y + 2), (ax + half * 0.35, y + 2)], face.lip)
        c.curve(
            [(ax - half, y - 0.6), (ax - half * 0.5, y + 0.2), (ax + half * 0.5, y + 0.2), (ax + half, y - 0.6)], line
        )
        c.line(ax - half * 0.3, y + 4, ax + half * 0.3, y + 4, mid)
    elif mood.mouth == "smile":
        shape = [
            (ax - half - 1, y - 2),
            (ax - half * 0.4, y - 1),
            (ax + half * 0.4, y - 1),
            (ax + half + 1, y - 2),
            (ax + half * 0.62, y + 3.2),
            (ax, y + 5),
            (ax - half * 0.62, y + 3.2),
        ]
        c.blob(shape, line)
        c.paint([p for p in c.in_poly(spline(shape)) if p[1] < y + 1], "white", over=(line,))
        c.oval(ax, y + 4.2, half * 0.55, 1.8, "red2", over=(line,))
        c.curve(
            [
                (ax - half - 1.5, y - 3),
                (ax - half * 0.4, y - 1.4),
                (ax + half * 0.4, y - 1.4),
                (ax + half + 1.5, y - 3),
            ],
            line,
        )
        c.puts(dark, (ax - half - 2.5, y - 4), (ax + half + 2, y - 4))
        if face.child:
            c.rect(int(ax) + 1, int(y) - 1, 2, 2, line)
    elif mood.mouth == "scowl":
        c.curve([(ax - half, y + 2.5), (ax - half * 0.4, y), (ax + half * 0.4, y), (ax + half, y + 2.5)], line)
        c.curve([(ax - half * 0.7, y + 2), (ax, y + 1), (ax + half * 0.7, y + 2)], "white")
        c.curve([(ax - half * 0.7, y + 3), (ax, y + 2.2), (ax + half * 0.7, y + 3)], line)
        c.curve([(ax - half * 0.4, y + 4.4), (ax, y + 4), (ax + half * 0.4, y + 4.4)], dark)
    elif mood.mouth == "frown":
        c.curve(
            [
                (ax - half * 0.8, y + 2),
                (ax - half * 0.3, y + 0.4),
                (ax + half * 0.3, y + 0.4),
                (ax + half * 0.8, y + 2.2),
            ],
            line,
        )
        c.curve([(ax - half * 0.35, y + 2.6), (ax, y + 2.2), (ax + half * 0.35, y + 2.6)], face.lip)
        c.curve([(ax - half * 0.3, y + 4.6), (ax + half * 0.3, y + 4.6)], dark)
    elif mood.mouth == "grimace":
        shape = [
            (ax - half * 0.85, y + 3),
            (ax - half * 0.5, y - 1),
            (ax + half * 0.5, y - 1),
            (ax + half * 0.85, y + 3),
            (ax + half * 0.4, y + 4),
            (ax - half * 0.4, y + 4),
        ]
        c.blob(shape, line)
        c.paint([p for p in c.in_poly(spline(shape)) if y - 0.6 < p[1] < y + 1], "white", over=(line,))
        c.paint([p for p in c.in_poly(spline(shape)) if y + 2 < p[1] < y + 3.4], "slate3", over=(line,))
    else:
        c.oval(ax, y + 1.6, half * 0.52, 4.2, line)
        c.oval(ax, y + 3.8, half * 0.34, 1.6, "red2", over=(line,))
        c.oval(ax, y - 2, half * 0.4, 1, face.lip, over=(line,))


def tokens(c: Canvas, face: Face, name: str) -> None:
    """A tear, a drop of sweat, a vein: what comics add."""
    ax, ey = face.axis, face.eye_y
    if name == "sad":
        x, y = ax - face.eye_gap - 2, ey + 5
        c.oval(x + 0.5, y + 4, 2, 2.6, "blue3")
        c.puts("blue3", (x, y), (x, y + 1))
        c.puts("blue4", (x - 1, y + 3), (x - 1, y + 4), (x, y + 2))
    elif name == "afraid":
        x, y = ax + face.eye_gap + 8, ey - 7
        c.oval(x + 0.5, y + 3, 2.4, 3, "blue3")
        c.puts("blue3", (x, y - 1), (x, y - 2))
        c.puts("blue4", (x - 1, y + 2), (x - 1, y + 3), (x, y + 1))
        c.puts("white", (x - 1, y + 3))
    del ax


def features(c: Canvas, face: Face, name: str) -> None:
    """Everything of a face that a mood changes."""
    mood = MOOD[name]
    blush(c, face, min(1.0, mood.blush * 0.8 + face.rosy))
    nose(c, face)
    mouth(c, face, mood)
    eyes(c, face, mood)
    brows(c, face, mood)
