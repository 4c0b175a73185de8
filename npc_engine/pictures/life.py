"""The picture of a life: day by day what somebody perceived, said and was told, and beside it how they felt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from npc_engine.chronicle import Event
from npc_engine.pictures.known import Known
from npc_engine.pictures.legend import Entry, legend
from npc_engine.pictures.living import Curve, Life, Moment, lived
from npc_engine.pictures.look import shortened, wrapped
from npc_engine.pictures.picture import MARGIN, Detail, Line, Picture, begun
from npc_engine.pictures.svg import box, mark, put, tip, write

LEFT, WHO, TEXT, END = MARGIN, 106.0, 226.0, 720.0
"""Where the columns begin: the time, who it was, the words; and where a row ends."""
ZERO, REACH = 870.0, 110.0
"""Where the curves are at nothing, and how far from there at the most."""
WIDE = ZERO + REACH + MARGIN
LINE, DAY = 17.0, 40.0
FATE = 170.0
"""How much room there is for what became of a memory."""
MOST_CURVES = 5
SCALES = (0.25, 0.5, 1.0)
"""What the sides of the curves may stand for: the least that holds them all."""


def draw_life(known: Known, events: Iterable[Event], who: str, *, limit: int = 200) -> Picture:
    """Return the picture of somebody's life, of the latest `limit` moments in it."""
    life = lived(known, events, who)
    shown = life.moments[-limit:]
    curves = life.curves[:MOST_CURVES]
    person = known.people.get(who)
    subtitle = f"{person.role} · {known.when(known.now)}" if person else known.when(known.now)
    picture = begun(known.say("life", name=known.name(who)), subtitle, known.language, WIDE, 0)
    down = MARGIN + 60
    down += legend(picture.root, _entries(known, shown), MARGIN, down, WIDE - 2 * MARGIN)
    if curves:
        down += legend(picture.root, _curve_entries(known, curves), MARGIN, down, WIDE - 2 * MARGIN)
    first = down + 14
    back = put(picture.root, "g", class_="axes")
    down, middles = _draw_days(picture, known, life, shown, first)
    if curves and shown:
        _draw_curves(picture, back, life, shown, curves, middles, down)
    picture.grown(down + MARGIN)
    picture.counts = {"moments": len(shown), "days": len({one.at.date() for one in shown})}
    return picture


def _draw_days(
    picture: Picture, known: Known, life: Life, shown: Sequence[Moment], down: float
) -> tuple[float, list[float]]:
    """Draw moments under the days they were on; return where they end, and how far down the middle of each is."""
    root = picture.root
    earlier = len(life.moments) - len(shown)
    if earlier:
        write(root, TEXT, down + 6, known.say("earlier", number=earlier), "small")
        down += 20
    if not shown:
        write(root, LEFT, down + 10, known.say("nothing"), "said")
        return down + 30, []
    day, middles = None, []
    for number, moment in enumerate(shown):
        if moment.at.date() != day:
            day = moment.at.date()
            box(root, LEFT - 10, down + 6, END - LEFT + 20, 24, "place", 8)
            write(root, LEFT, down + 23, known.day(moment.at), "head")
            down += DAY
        lines = wrapped(moment.text, 13, END - TEXT - (FATE if moment.fate else 0) - 30, 3)
        high = LINE * len(lines) + 6
        _draw_moment(root, known, moment, lines, down, high, f"m{number}")
        picture.details.append(_detail(known, moment, f"m{number}"))
        middles.append(down + high / 2)
        down += high
    return down + 8, middles


def _draw_moment(
    root: ET.Element, known: Known, moment: Moment, lines: Sequence[str], y: float, high: float, detail: str
) -> None:
    classes = ["row"] + ["gone"] * bool(moment.fate) + ["false"] * (moment.verdict == "false")
    group = put(root, "g", class_=" ".join(classes), data_detail=detail)
    tip(group, f"{moment.who}: {moment.text}" if moment.who else moment.text)
    box(group, WHO - 12, y, END - WHO + 22, high - 2, "back")
    write(group, LEFT, y + 16, f"{moment.at:%H:%M}", "small")
    mark(group, WHO + 2, y + 12, moment.kind)
    write(group, WHO + 16, y + 16, shortened(moment.who, 11, TEXT - WHO - 22), "small")
    for number, text in enumerate(lines):
        write(group, TEXT, y + 16 + number * LINE, text, "said")
    if moment.fate:
        write(group, END - 20, y + 16, shortened(moment.fate, 11, FATE), "small", "end")
    if moment.verdict != "true":
        mark(group, END - 8, y + 12, moment.verdict)


def _draw_curves(
    picture: Picture,
    back: ET.Element,
    life: Life,
    shown: Sequence[Moment],
    curves: Sequence[Curve],
    middles: Sequence[float],
    bottom: float,
) -> None:
    """Draw how feelings went, downward beside the moments, with nothing in the middle."""
    before = len(life.moments) - len(shown)
    start = life.moments[before - 1].felt if before else life.begin
    levels = [felt.get(curve, 0.0) for felt in (start, *(one.felt for one in shown)) for curve in curves]
    most = next(most for most in SCALES if most >= max(map(abs, levels)) or most == SCALES[-1])
    top = middles[0] - 20
    for side in (-1, 0, 1):
        x = ZERO + side * REACH
        put(back, "path", d=f"M{x:.0f} {top:.0f} V{bottom:.0f}", class_="axis" if side else "rule")
        write(back, x, top - 6, f"{side * most:+g}" if side else "0", "small", "middle")
    for number, curve in enumerate(curves):
        level = start.get(curve, 0.0)
        points = [(ZERO + level / most * REACH, top)]
        for moment, y in zip(shown, middles, strict=True):
            level = moment.felt.get(curve, level)
            points.append((ZERO + level / most * REACH, y))
        points.append((points[-1][0], bottom - 6))
        path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        put(picture.root, "path", d=path, class_=f"curve c{number}")


def _entries(known: Known, shown: Sequence[Moment]) -> list[Entry]:
    kinds = {one.kind for one in shown}
    found = [
        Entry(kind, known.say(f"legend.life.{kind}"), "mark")
        for kind in ("saw", "told", "said", "inferred", "merged", "gone")
        if kind in kinds
    ]
    return found + [
        Entry(verdict, known.say(f"legend.{verdict}"), "mark")
        for verdict in ("false", "unsettled")
        if any(one.verdict == verdict for one in shown)
    ]


def _curve_entries(known: Known, curves: Sequence[Curve]) -> list[Entry]:
    named = [
        known.say("toward", aspect=known.say(aspect), name=known.name(other)) if other else known.say(aspect)
        for aspect, other in curves
    ]
    return [Entry(f"c{number}", text, "curve") for number, text in enumerate(named)]


def _detail(known: Known, moment: Moment, id_: str) -> Detail:
    notes = [known.when(moment.at), moment.who, moment.fate]
    if moment.verdict != "true":
        notes.append(known.say(f"verdict.{moment.verdict}"))
    kind = moment.verdict if moment.verdict != "true" else ""
    line = Line(moment.text, kind, " · ".join(note for note in notes if note))
    return Detail(id_, known.say(f"legend.life.{moment.kind}"), known.when(moment.at), [("", [line])])
