"""What is read beside a drawing: of a person all that they believe, hide, feel and were told; of a line its meaning."""

from __future__ import annotations

from npc_engine.pictures.known import Felt, Held, Known, Telling
from npc_engine.pictures.picture import Detail, Line
from npc_engine.text import localized

MOST_COMMON = 400
"""How many things that everybody knows are listed with a person."""


def plain(text: str) -> Line:
    """Return a line with nothing to be said of it."""
    return Line(text)


def felt(known: Known, one: Felt) -> str:
    """Return a feeling in words and numbers."""
    levels = {
        name: f"{getattr(one, name):+.2f}" if name in ("affinity", "trust") else f"{getattr(one, name):.2f}"
        for name in ("affinity", "trust", "fear", "familiarity")
    }
    said = known.say("felt", name=known.name(one.toward), **levels)
    return f"{said}. {one.note}" if one.note else said


def telling(known: Known, one: Telling) -> str:
    """Return what was told, when, and what is to be said of it."""
    marks = [known.when(one.at)] if one.at else []
    if one.verdict != "true":
        marks.append(known.say(f"verdict.{one.verdict}"))
    marks += [known.say(name) for name in ("lie", "confided") if getattr(one, name)]
    return known.say("marked", text=one.text, marks=known.say("joint").join(marks)) if marks else one.text


def held(known: Known, one: Held) -> Line:
    """Return what somebody believes, with where it is from and what is so instead."""
    notes = [known.source(one.how, one.by, one.at), known.say("sure", percent=round(one.sure * 100))]
    if one.secret:
        notes.append(known.say("secret_of", names=known.names(one.secret)))
    if one.confided:
        notes.append(known.say("confided"))
    if one.truth:
        notes.append(known.say("truth", text=one.truth))
    elif one.verdict != "true":
        notes.append(known.say(f"verdict.{one.verdict}"))
    return Line(one.text, "secret" if one.secret else one.verdict, " · ".join(notes))


def belief(known: Known, who: str, one: Held, id_: str) -> Detail:
    """Return what there is to read of a belief: where it is from, the words it was learned in, who else holds it."""
    blocks = [("", [held(known, one)])]
    if known.secrets and one.event is not None and (words := known.perceived(one.event)):
        blocks.append((known.say("learned_from"), [Line(words)]))
    if not one.common and (others := [each for each in known.believers(one) if each != who]):
        blocks.append((known.say("believers"), [Line(known.names(others))]))
    return Detail(id_, known.name(one.statement.subject), "", blocks)


def person(known: Known, who: str, id_: str) -> Detail:
    """Return all that there is to read of somebody."""
    one = known.people[who]
    persona = known.content.personas.get(who)
    summary = localized(persona.summary, known.language) if persona else ""
    beliefs = known.beliefs(who)
    own = [each for each in beliefs if who in each.secret]
    parted = {
        "detail.wrong": [each for each in beliefs if each.verdict == "false" and each not in own],
        "detail.hides": own,
        "detail.knows_secret": [each for each in beliefs if each.secret and each not in own],
        "detail.believes": [
            each for each in beliefs if each.verdict != "false" and not each.secret and not each.common
        ],
    }
    blocks = [(known.say(head), [held(known, each) for each in several]) for head, several in parted.items()]
    feelings = [Line(felt(known, each)) for each in known.feelings if each.who == who]
    heard = [_told(known, each, known.name(each.teller)) for each in known.tellings if each.hearer == who]
    told = [_told(known, each, known.name(each.hearer)) for each in known.tellings if each.teller == who]
    common = [Line(each.text) for each in beliefs if each.common][:MOST_COMMON]
    for head, lines in (("feels", feelings), ("told", heard), ("tells", told), ("common", common)):
        blocks.append((known.say(f"detail.{head}"), lines))
    role = f"{one.role}. {summary}" if summary else one.role
    return Detail(id_, one.name, role, [(head, lines) for head, lines in blocks if lines])


def _told(known: Known, one: Telling, other: str) -> Line:
    return Line(f"{other}: {telling(known, one)}", one.verdict if one.verdict != "true" else "")
