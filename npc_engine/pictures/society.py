"""The picture of a world: its people by where they live, and what is between them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from npc_engine.pictures import detailing
from npc_engine.pictures.arranging import Curve, Point, Size, Taken, across, arranged, behind, label_size, on
from npc_engine.pictures.known import Known, Person
from npc_engine.pictures.legend import Entry, legend
from npc_engine.pictures.look import shortened, width
from npc_engine.pictures.picture import MARGIN, Detail, Picture, begun
from npc_engine.pictures.svg import box, mark, put, tip, write

Kind = Literal["fact", "hidden", "warm", "cold", "told"]
"""What a line between two people is for: something so, a secret, fondness, dislike, telling."""

HIGH, ROW = 42.0, 50.0
"""How high a person's box is, and how far apart two of them are."""
PADDING, PLACE_HEAD = 12.0, 24.0
MOST_IN_A_HOUSE = 8
"""How many people are drawn as one household; where more live together, each stands alone."""
FELT = 0.3
"""From which affinity on, either way, a feeling is drawn as a line; all are read beside the picture."""
GAP, WIDE_GAP = 58.0, 84.0
"""How far apart houses are where there are many, and where there are few."""
MANY = 24
LONGEST_LABEL = 190.0
LEGEND_HIGH = 34.0
_BENDS = tuple(sign * size for size in (0.0, 0.09, 0.18, 0.28, 0.4, 0.55) for sign in (1, -1))[1:]
"""How far a line may be bent aside, as a share of its length, the least first."""


@dataclass(slots=True)
class House:
    """People who live together, and how much room they take."""

    id: str
    place: str
    people: list[Person]
    columns: int
    wide: float

    @property
    def size(self) -> Size:
        """How wide and high it is."""
        rows = math.ceil(len(self.people) / self.columns)
        head = PLACE_HEAD if self.place else 0.0
        sides = 2 * PADDING if self.place else 0.0
        return self.columns * (self.wide + 8) - 8 + sides, rows * ROW - (ROW - HIGH) + head + sides / 2

    def places(self, middle: Point) -> Iterable[tuple[Person, Point]]:
        """Yield each person with the middle of their box."""
        w, h = self.size
        sides = PADDING if self.place else 0.0
        left, top = middle[0] - w / 2 + sides, middle[1] - h / 2 + (PLACE_HEAD if self.place else 0.0)
        for number, person in enumerate(self.people):
            row, column = divmod(number, self.columns)
            yield person, (left + column * (self.wide + 8) + self.wide / 2, top + row * ROW + HIGH / 2)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody's box is, in which house, and whether somebody stands above or beneath in it."""

    middle: Point
    size: Size
    house: str
    above: bool
    beneath: bool


@dataclass(slots=True)
class Link:
    """A line between two people, from the first to the second; `tips` says whether it has a tip at either end."""

    a: str
    b: str
    kind: Kind
    label: str
    weight: float
    texts: list[str]
    detail: str = ""
    both: bool = False
    wrong: bool = False


def draw_society(known: Known) -> Picture:
    """Return the picture of everybody in a world: where they live, what is so between them, what they feel and told."""
    people = known.people
    houses = _houses(known)
    links = [*_ties(known), *_feelings(known), *_tellings(known)]
    home = {person.id: house.id for house in houses.values() for person in house.people}
    pulls: dict[tuple[str, str], float] = {}
    for link in links:
        a, b = sorted((home[link.a], home[link.b]))
        pulls[a, b] = pulls.get((a, b), 0.0) + (2.0 if link.kind in ("fact", "hidden") else link.weight * 0.5)
    sizes = {one.id: one.size for one in houses.values()}
    middles = arranged(sizes, pulls, gap=GAP if len(houses) > MANY else WIDE_GAP)
    entries = _entries(known, links)
    top = MARGIN + 50 + LEGEND_HIGH + 24
    wide = max(x + sizes[one][0] / 2 for one, (x, y) in middles.items()) + 2 * MARGIN
    high = max(y + sizes[one][1] / 2 for one, (x, y) in middles.items()) + top + MARGIN
    moment = known.when(known.now)
    title = known.say("society", world=known.content.world.names.get(known.language, known.content.world.id))
    picture = begun(title, known.say("as_of", when=moment), known.language, max(wide, 760.0), high)
    legend(picture.root, entries, MARGIN, MARGIN + 60, picture.width - 2 * MARGIN)
    shift = (max(MARGIN, (picture.width - wide) / 2 + MARGIN), top)
    _draw(picture, known, houses, links, {one: (x + shift[0], y + shift[1]) for one, (x, y) in middles.items()})
    picture.counts = {"people": len(people), "lines": len(links)}
    return picture


def _houses(known: Known) -> dict[str, House]:
    """Return everybody by where they live; who lives nowhere that is known, or among many, stands alone."""
    together: dict[str, list[Person]] = {}
    for person in known.people.values():
        together.setdefault(person.home or f" {person.id}", []).append(person)
    found = {}
    for home, several in together.items():
        crowd = len(several) > MOST_IN_A_HOUSE
        for group in [[one] for one in several] if crowd else [several]:
            named = "" if crowd or home.startswith(" ") else known.name(home)
            columns = 1 if len(group) <= 3 else 2
            wide = max(_wide(one) for one in group)
            id_ = f" {group[0].id}" if crowd else home
            found[id_] = House(id_, shortened(named, 11, max(wide * columns, 80.0)), group, columns, wide)
    return found


def _wide(person: Person) -> float:
    badges = 26.0 * bool(person.secrets) + 26.0 * bool(person.wrong)
    named = width(person.name, 14, bold=True) + badges
    return min(210.0, max(96.0, named + 26, width(person.role, 10.5) + 24))


# -- lines -------------------------------------------------------------------------------------------


def _ties(known: Known) -> list[Link]:
    """Return a line for what is so between two people, one for all of it that goes the same way."""
    found: dict[tuple[str, str, bool], Link] = {}
    for tie in known.ties:
        a, b = (tie.b, tie.a) if tie.mutual and (tie.b, tie.a, tie.secret) in found else (tie.a, tie.b)
        link = found.get((a, b, tie.secret))
        if link is None:
            kind: Kind = "hidden" if tie.secret else "fact"
            found[a, b, tie.secret] = Link(a, b, kind, tie.label, 1.0, [tie.text], both=tie.mutual)
        elif tie.text not in link.texts:
            link.label = f"{link.label} · {tie.label}"
            link.texts.append(tie.text)
            link.both = link.both and tie.mutual
    return list(found.values())


def _feelings(known: Known) -> list[Link]:
    """Return a line for each strong feeling; one for both where two feel alike."""
    felt = {(one.who, one.toward): one for one in known.feelings if abs(one.affinity) >= FELT}
    found = []
    for (who, toward), one in felt.items():
        kind: Kind = "warm" if one.affinity > 0 else "cold"
        other = felt.get((toward, who))
        alike = other is not None and (other.affinity > 0) == (one.affinity > 0)
        if alike and who > toward:
            continue
        both = [one, other] if other is not None and alike else [one]
        texts = [f"{known.name(each.who)}: {detailing.felt(known, each)}" for each in both]
        strength = max(abs(each.affinity) for each in both)
        found.append(Link(who, toward, kind, "", strength, texts, both=alike))
    return found


def _tellings(known: Known) -> list[Link]:
    """Return a line for all that one told another."""
    found: dict[tuple[str, str], Link] = {}
    for one in known.tellings:
        if one.teller not in known.people or one.hearer not in known.people or one.teller == one.hearer:
            continue
        link = found.setdefault((one.teller, one.hearer), Link(one.teller, one.hearer, "told", "", 0.0, []))
        link.texts.append(detailing.telling(known, one))
        link.weight += 1
        link.wrong = link.wrong or one.verdict == "false"
    for link in found.values():
        link.label = known.say("told_many", number=len(link.texts)) if len(link.texts) > 1 else ""
        link.weight = min(2.0, 0.5 + link.weight / 4)
    return list(found.values())


def _entries(known: Known, links: list[Link]) -> list[Entry]:
    """Return what the legend has to explain: what there is in the picture."""
    drawn = {link.kind for link in links}
    kinds = [Entry(kind, known.say(f"legend.{kind}"), "line") for kind in ("fact", "hidden", "warm", "cold", "told")]
    entries = [entry for entry in kinds if entry.kind in drawn]
    people = known.people.values()
    if any(one.secrets for one in people):
        entries.append(Entry("secret", known.say("legend.secrets"), "mark"))
    if any(one.wrong for one in people):
        entries.append(Entry("false", known.say("legend.wrong"), "mark"))
    entries.append(Entry("here", known.say("legend.here"), "box"))
    if any(one.kind == "spoken_of" for one in people):
        entries.append(Entry("spoken_of", known.say("legend.spoken_of"), "box"))
    return entries


# -- drawing -----------------------------------------------------------------------------------------


def _draw(
    picture: Picture, known: Known, houses: dict[str, House], links: list[Link], middles: dict[str, Point]
) -> None:
    root = picture.root
    backs, lines, boxes, words = (put(root, "g", class_=layer) for layer in ("houses", "ties", "people", "labels"))
    taken = Taken()
    stands: dict[str, Stand] = {}
    for house in houses.values():
        if house.place:
            _draw_house(backs, words, house, middles[house.id])
            (x, y), (w, h) = middles[house.id], house.size
            taken.take((x, y - h / 2 + PLACE_HEAD / 2), (w, PLACE_HEAD))
        for number, (person, middle) in enumerate(house.places(middles[house.id])):
            above, beneath = number >= house.columns, number + house.columns < len(house.people)
            stands[person.id] = Stand(middle, (house.wide, HIGH), house.id, above, beneath)
            taken.take(middle, (house.wide + 4, HIGH + 4))
    numbers = {one: f"p{number}" for number, one in enumerate(known.people)}
    bent: dict[tuple[str, str], list[float]] = {}
    for number, link in enumerate(sorted(links, key=lambda link: link.kind not in ("warm", "cold"))):
        link.detail = f"t{number}"
        bend = _bend(link, stands, bent.setdefault((min(link.a, link.b), max(link.a, link.b)), []))
        _draw_link(lines, words, link, stands, bend, taken, numbers)
        picture.details.append(_link_detail(known, link))
    left, right, bottom = taken.reach()
    picture.grown(max(picture.height, bottom + MARGIN), left - MARGIN, right + MARGIN)
    for person in known.people.values():
        _draw_person(boxes, person, stands[person.id], numbers[person.id])
        picture.details.append(detailing.person(known, person.id, numbers[person.id]))


def _draw_house(parent: ET.Element, words: ET.Element, house: House, middle: Point) -> None:
    (x, y), (w, h) = middle, house.size
    box(parent, x - w / 2, y - h / 2, w, h, "place", 12)
    for class_ in ("halo at_home", "small"):
        write(words, x, y - h / 2 + 16, house.place, class_, "middle")


def _draw_person(parent: ET.Element, person: Person, stand: Stand, number: str) -> None:
    (x, y), (w, h) = stand.middle, stand.size
    group = put(parent, "g", class_="person", data_person=number, data_detail=number, data_id=person.id)
    group.set("tabindex", "0")
    tip(group, f"{person.name}\n{person.role}")
    box(group, x - w / 2, y - h / 2, w, h, person.kind, 10)
    right = x + w / 2 - 9
    for count, kind in ((person.wrong, "false"), (person.secrets, "secret")):
        if count:
            write(group, right, y - 4, str(count), f"number {kind}", "end")
            mark(group, right - width(str(count), 10.5) - 8, y - 8, "false" if kind == "false" else "secret")
            right -= width(str(count), 10.5) + 20
    left = x - w / 2 + 11
    write(group, left, y - 3, shortened(person.name, 14, right - left + 4, bold=True), "name")
    write(group, left, y + 13, shortened(person.role, 10.5, w - 20), "label")


def _bend(link: Link, stands: dict[str, Stand], others: list[float]) -> float:
    """Return how a line is bent: behind as few boxes as can be, and apart from the others between the same two."""
    way = 1 if link.a < link.b else -1
    boxes = [(stand.middle, stand.size) for who, stand in stands.items() if who not in (link.a, link.b)]

    def cost(bend: float) -> float:
        near = sum(max(0.0, 0.14 - abs(bend - other)) for other in others)
        return 0.6 * behind(_curve(link, stands, way * bend), boxes) + abs(bend) + 12 * near

    best = min(_BENDS, key=cost)
    others.append(best)
    return way * best


def _curve(link: Link, stands: dict[str, Stand], bend: float) -> Curve:
    one, other = stands[link.a], stands[link.b]
    (ax, ay), (bx, by) = one.middle, other.middle
    dx, dy = bx - ax, by - ay
    if one.house == other.house and abs(dx) < 1:  # one above the other: round the side of the house
        side = math.copysign(1.0, bend)
        edge = ax + side * one.size[0] / 2
        out = (edge + side * (20 + 190 * abs(bend)), (ay + by) / 2)
        return (edge, ay + dy * 0.1), out, (edge, by - dy * 0.1)
    control = ((ax + bx) / 2 - dy * bend, (ay + by) / 2 + dx * bend)
    ends: list[Point] = []
    for stand, (far_x, far_y) in ((one, other.middle), (other, one.middle)):
        (x, y), (w, h) = stand.middle, stand.size
        steep = abs(control[1] - y) * w > abs(control[0] - x) * h
        if steep and (stand.above if far_y < y else stand.beneath):  # somebody stands in the way: by the side then
            side = math.copysign(1.0, far_x - x)
            ends.append((x + side * (w / 2 + 4), y + max(-12.0, min(12.0, 40 * bend))))
            control = (side * max(side * control[0], side * ends[-1][0] + 26), control[1])
        else:
            ends.append(across(stand.middle, stand.size, control, 4))
    return ends[0], control, ends[1]


def _draw_link(
    lines: ET.Element,
    words: ET.Element,
    link: Link,
    stands: dict[str, Stand],
    bend: float,
    taken: Taken,
    numbers: dict[str, str],
) -> None:
    start, control, end = _curve(link, stands, bend)
    said = {"data_kind": link.kind, "data_a": numbers[link.a], "data_b": numbers[link.b], "data_detail": link.detail}
    group = put(lines, "g", class_=f"tie {link.kind}", **said)
    tip(group, "\n".join(link.texts[:8]))
    path = "M{:.1f} {:.1f} Q{:.1f} {:.1f} {:.1f} {:.1f}".format(*start, *control, *end)
    put(group, "path", d=path, class_="hit")
    line = put(group, "path", d=path, class_="line")
    if link.kind in ("warm", "cold"):
        line.set("stroke-width", f"{0.8 + 2.4 * link.weight:.1f}")
    wrong = " false" if link.wrong else ""
    if not link.both:
        _arrow(group, control, end, f"tip{wrong}")
    taken.take_curve((start, control, end))
    if link.label or link.wrong:
        _label(words, link, (start, control, end), taken, said)


def _arrow(parent: ET.Element, before: Point, end: Point, class_: str) -> None:
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    sides = [(end[0] - 9 * math.cos(angle + turn), end[1] - 9 * math.sin(angle + turn)) for turn in (0.42, -0.42)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (end, *sides))
    put(parent, "polygon", points=points, class_=class_)


def _label(words: ET.Element, link: Link, curve: Curve, taken: Taken, said: dict[str, str]) -> None:
    """Put a line's words on it where nothing else stands; where there is no such place they are only read beside."""
    text = shortened(link.label, 10.5, LONGEST_LABEL)
    w, h = label_size(text, 10.5)
    w += 14 if link.wrong else 0
    along = [on(curve, share) for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)]
    beside = [(along[0][0] + side * (w / 2 + 8), along[0][1]) for side in (-1, 1)]
    for x, y in (*along, *beside):
        if taken.is_free((x, y), (w, h)):
            taken.take((x, y), (w, h))
            group = put(words, "g", class_=f"tie {link.kind}", **said)
            middle = x + (7 if link.wrong else 0)
            for class_ in ("halo", "label hid" if link.kind == "hidden" else "label"):
                write(group, middle, y + 3.5, text, class_, "middle")
            if link.wrong:
                mark(group, x - w / 2 + 7, y, "false")
            return


def _link_detail(known: Known, link: Link) -> Detail:
    names = f"{known.name(link.a)} {'↔' if link.both else '→'} {known.name(link.b)}"
    heads = {"told": "legend.told", "warm": "feeling", "cold": "feeling"}
    head = known.say(heads.get(link.kind, "fact"))
    return Detail(link.detail, names, "", [(head, [detailing.plain(text) for text in link.texts])])
