"""The picture of a mind: what somebody believes, whom they have it from, whom they told; what they hide and feel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from npc_engine.persona import Secret
from npc_engine.pictures import detailing
from npc_engine.pictures.columns import LEFT, LINE, RIGHT, ROW_WIDE, ROWS, SIDE, TEXT, WIDE, end, flow, meter
from npc_engine.pictures.conditions import opens
from npc_engine.pictures.known import Felt, Held, Known
from npc_engine.pictures.legend import Entry, legend
from npc_engine.pictures.look import shortened, wrapped
from npc_engine.pictures.picture import MARGIN, Detail, Picture, begun
from npc_engine.pictures.svg import Mark, box, mark, put, tip, write
from npc_engine.text import cleaned, localized

MOST_ROWS = 80
"""How many beliefs from one source are drawn; in a page the others are read beside."""
MOST_FELT = 30
WAYS: tuple[Mark, ...] = ("authored", "saw", "inferred", "told")
"""How beliefs come about, in the order they are drawn."""


@dataclass(slots=True)
class Row:
    """Something believed, in lines, where it stands, and to whom it was told on: each with whether wrongly."""

    held: Held
    lines: list[str]
    truth: list[str]
    detail: str
    heard_by: dict[str, bool]
    y: float = 0.0

    @property
    def high(self) -> float:
        """How high it is."""
        return LINE * (len(self.lines) + len(self.truth)) + 9

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return self.y + self.high / 2


@dataclass(slots=True)
class Source:
    """Where beliefs are from: another person, or oneself in one of several ways.

    `common` things that everybody knows are from there too, and `more` than are drawn.
    """

    name: str
    way: Mark
    person: str | None
    rows: list[Row] = field(default_factory=list)
    common: int = 0
    more: int = 0
    y: float = 0.0

    @property
    def high(self) -> float:
        """How high it is: its rows, and a line for what is only counted."""
        rest = 20.0 if self.common or self.more else 0.0
        return max(44.0, sum(row.high + 5 for row in self.rows) + rest)


def draw_mind(known: Known, who: str) -> Picture:
    """Return the picture of what somebody believes, hides and feels."""
    person, persona = known.people[who], known.content.personas.get(who)
    secrets = list(persona.secrets) if persona and known.secrets else []
    sources = _sources(known, who)
    feelings = [one for one in known.feelings if one.who == who and one.toward in known.people]
    feelings = sorted(feelings, key=lambda one: (-abs(one.affinity), one.toward))[:MOST_FELT]
    picture = begun(
        known.say("mind", name=person.name), f"{person.role} · {known.when(known.now)}", known.language, WIDE, 0
    )
    numbers = {one: f"p{number}" for number, one in enumerate(known.people)}
    down = MARGIN + 60
    down += legend(picture.root, _entries(known, who, sources, secrets), MARGIN, down, WIDE - 2 * MARGIN) + 8
    for secret in secrets:
        down = _draw_secret(picture, known, who, secret, down) + 10
    for source in sources:
        source.y = down + 10
        down = source.y + source.high + 8
        y = source.y
        for row in source.rows:
            row.y = y
            y += row.high + 5
    _draw_sources(picture, known, who, sources, numbers)
    if feelings:
        down = _draw_feelings(picture, known, feelings, down + 22, numbers)
    if not (sources or secrets or feelings):
        write(picture.root, MARGIN, down + 14, known.say("nobody"), "said")
        down += 30
    picture.grown(down + MARGIN)
    picture.details += [detailing.person(known, one, numbers[one]) for one in known.people]
    picture.counts = {"beliefs": sum(len(source.rows) + source.common + source.more for source in sources)}
    return picture


# -- what is believed --------------------------------------------------------------------------------


def _sources(known: Known, who: str) -> list[Source]:
    """Return where somebody's beliefs are from, their own first; what everybody knows is only counted."""
    told_on: dict[str, dict[str, bool]] = {}
    for telling in known.tellings:
        if telling.teller == who:
            told_on.setdefault(telling.statement, {})[telling.hearer] = telling.verdict == "false"
    beliefs = [one for one in known.beliefs(who) if who not in one.secret]
    found: dict[tuple[Mark, str | None], Source] = {}
    for number, one in enumerate(sorted(beliefs, key=_weightiest)):
        way: Mark = next((way for way in WAYS if way == one.how), "authored")
        by = one.by if way == "told" else None
        name = known.name(by) if by else known.say(f"source.{way}" if way != "told" else "somebody")
        source = found.setdefault((way, by), Source(name, way, by))
        heard_by = told_on.get(one.statement.id, {})
        if one.common and way == "authored" and not heard_by:
            source.common += 1
        elif len(source.rows) >= MOST_ROWS:
            source.more += 1
        else:
            truth = known.say("truth", text=one.truth) if one.truth else ""
            lines, so = wrapped(one.text, 13, TEXT, 3), wrapped(truth, 11, TEXT, 2) if truth else []
            source.rows.append(Row(one, lines, so, f"b{number}", heard_by))
    return [found[key] for key in sorted(found, key=lambda key: (WAYS.index(key[0]), known.name(key[1] or "")))]


def _weightiest(one: Held) -> tuple[bool, bool, datetime]:
    return one.verdict != "false", not one.secret, one.at or datetime.min


def _entries(known: Known, who: str, sources: list[Source], secrets: list[Secret]) -> list[Entry]:
    held = [row.held for source in sources for row in source.rows]
    found = [
        Entry(verdict, known.say(f"legend.{verdict}"), "mark")
        for verdict in ("true", "false", "unsettled")
        if any(one.verdict == verdict for one in held)
    ]
    if secrets or any(one.secret for one in held):
        found.append(Entry("secret", known.say("legend.secret"), "mark"))
    ways = [way for way in WAYS if any(source.way == way for source in sources)]
    return [*found, *(Entry(way, known.say(f"legend.way.{way}"), "mark") for way in ways)]


def _draw_sources(picture: Picture, known: Known, who: str, sources: list[Source], numbers: dict[str, str]) -> None:
    root = picture.root
    flows = put(root, "g", class_="flows")
    hearers = _hearers(sources)
    for source in sources:
        middle = source.y + source.high / 2
        end(root, LEFT, middle, source.name, source.way, numbers.get(source.person or ""))
        for row in source.rows:
            class_ = ("flow" if source.person else "flow own") + (" false" if row.held.verdict == "false" else "")
            flow(flows, (LEFT + SIDE, middle), (ROWS - 4, row.middle), class_)
            for hearer, wrong in row.heard_by.items():
                class_ = "flow false" if wrong else "flow"
                flow(flows, (ROWS + ROW_WIDE, row.middle), (RIGHT - 4, hearers[hearer]), class_)
            _draw_row(picture, known, who, row)
        rest = [known.say("common", number=source.common)] if source.common else []
        rest += [known.say("more", number=source.more)] if source.more else []
        if rest:
            write(root, ROWS + 30, source.y + source.high - 6, " · ".join(rest), "small")
    if hearers:
        write(root, RIGHT + SIDE / 2, min(hearers.values()) - 28, known.say("told_on"), "small", "middle")
    for hearer, y in hearers.items():
        end(root, RIGHT, y, known.name(hearer), None, numbers.get(hearer))


def _hearers(sources: list[Source]) -> dict[str, float]:
    """Return how far down each of those stands to whom something was told on: beside it, and apart from each other."""
    beside: dict[str, list[float]] = {}
    for source in sources:
        for row in source.rows:
            for hearer in row.heard_by:
                beside.setdefault(hearer, []).append(row.middle)
    found: dict[str, float] = {}
    lowest = 0.0
    for hearer in sorted(beside, key=lambda one: sum(beside[one]) / len(beside[one])):
        found[hearer] = lowest = max(lowest + 44, sum(beside[hearer]) / len(beside[hearer]))
    return found


def _draw_row(picture: Picture, known: Known, who: str, row: Row) -> None:
    held = row.held
    kind = "secret" if held.secret else held.verdict
    group = put(picture.root, "g", class_=f"row {kind}", data_detail=row.detail)
    tip(group, f"{held.text}\n{detailing.held(known, held).note}")
    box(group, ROWS, row.y, ROW_WIDE, row.high, "back")
    mark(group, ROWS + 15, row.y + 13, held.verdict)
    if held.secret:
        mark(group, ROWS + ROW_WIDE - 16, row.y + 13, "secret")
    y = row.y + 17
    for text in row.lines:
        write(group, ROWS + 30, y, text, "said")
        y += LINE
    for text in row.truth:
        write(group, ROWS + 30, y, text, "small truth")
        y += LINE
    right = ROWS + ROW_WIDE - 30
    meter(group, right - 40, row.y + 12, held.sure)
    when = known.when(held.at) if held.at else ""
    write(group, right - 46, row.y + 17, shortened(when, 11, 96), "small", "end")
    picture.details.append(detailing.belief(known, who, held, row.detail))


# -- what is hidden, and felt ------------------------------------------------------------------------


def _draw_secret(picture: Picture, known: Known, who: str, secret: Secret, y: float) -> float:
    """Draw a secret as a card from a height on; return where it ends."""
    room = WIDE - 2 * MARGIN - 44
    facts = {fact.replace(" ", ".") for fact in secret.facts}
    held = [one.text for one in known.beliefs(who) if one.statement.id in facts and who in one.secret]
    lines = [(text, "said") for each in held for text in wrapped(each, 13, room, 2)]
    told = opens(known, secret.when)
    if told:
        text = known.say("opens", conditions=known.say("condition.or").join(told))
        lines += [(each, "small") for each in wrapped(text, 11, room, 3)]
    instead = {name: cleaned(localized(getattr(secret, name), known.language)) for name in ("hint", "cover")}
    lines += [
        (each, "small")
        for name, text in instead.items()
        if text
        for each in wrapped(known.say(name, text=text), 11, room, 2)
    ]
    if secret.lie is not None:
        text = known.say("lies", text=known.claim(secret.lie.fact, secret.lie.qualifiers, holds=secret.lie.holds))
        lines += [(each, "small") for each in wrapped(text, 11, room, 2)]
    high = LINE * len(lines) + 14
    detail = f"s{secret.id}"
    group = put(picture.root, "g", class_="row secret", data_detail=detail)
    box(group, MARGIN, y, WIDE - 2 * MARGIN, high, "back", 10)
    mark(group, MARGIN + 20, y + 16, "secret")
    for number, (text, class_) in enumerate(lines):
        write(group, MARGIN + 38, y + 20 + number * LINE, text, class_)
    words = [detailing.plain(text) for text in (cleaned(localized(secret.reveal, known.language)),) if text]
    blocks = [(known.say("detail.hides"), [detailing.plain(text) for text in held])]
    blocks += [(known.say("reveal"), words)] if words else []
    blocks += [(known.say(f"instead.{name}"), [detailing.plain(text)]) for name, text in instead.items() if text]
    blocks.append((known.say("when"), [detailing.plain(text) for text in told]))
    picture.details.append(Detail(detail, known.say("secret_of", names=known.names([who])), "", blocks))
    return y + high


def _draw_feelings(picture: Picture, known: Known, feelings: list[Felt], y: float, numbers: dict[str, str]) -> float:
    """Draw what is felt toward each, as bars to either side of nothing; return where it ends."""
    root = picture.root
    write(root, MARGIN, y, known.say("people"), "head")
    bars = (("affinity", ROWS + 60), ("trust", ROWS + 200))
    for aspect, x in bars:
        write(root, x, y, known.say(aspect), "small", "middle")
        put(root, "path", d=f"M{x:.0f} {y + 8:.0f} V{y + 14 + 24 * len(feelings):.0f}", class_="axis")
    for number, one in enumerate(feelings):
        line = y + 28 + 24 * number
        group = put(root, "g", class_="person", data_detail=numbers[one.toward], data_id=one.toward)
        write(group, LEFT, line, shortened(known.name(one.toward), 13, ROWS - LEFT - 20), "said")
        for aspect, x in bars:
            level = getattr(one, aspect)
            class_ = "fill-warm" if level > 0 else "fill-cold"
            box(group, x + min(0.0, level * 56), line - 10, max(1.5, abs(level) * 56), 11, class_, 2)
        room = WIDE - MARGIN - ROWS - 280
        write(group, ROWS + 280, line, shortened(one.note, 11, room), "small")
        tip(group, f"{known.name(one.toward)}: {detailing.felt(known, one)}")
    return y + 28 + 24 * len(feelings)
