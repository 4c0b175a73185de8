"""What pydantic complains of, put in words that tell a writer what to change."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any, get_origin

from pydantic import ValidationError

from npc_engine.content.diagnosis import hint
from npc_engine.content.schema import SEVERAL, annotation_at, bare, fields_of, is_model, is_union
from npc_engine.content.spot import Findings, Location, Spot
from npc_engine.errors import did_you_mean, nearest
from npc_engine.packaged import packaged_yaml
from npc_engine.persona import Persona
from npc_engine.text import languages
from npc_engine.world.definitions import Entity, Localized, LocalizedList

_LOCALIZED = "{en: …, zh: …}"
_LISTS = "{en: […, …], zh: […, …]}"
EXAMPLES = {
    "id": "iron_pin",
    "kind": "thing",
    "pronoun": "she",
    "fact": "tomas owes mira",
    "with": "{amount: 12}",
    "start": "2024-05-01 08:00",
    "since": "2024-05-01 08:00",
    "until": "2024-05-01 08:00",
    "horizon": "2024-05-01 08:00",
    "languages": "[en, zh]",
    "asks": "[who, what]",
    "values": "{broken: {names: {en: broken, zh: 断了}}}",
    "inverse": "owed_by",
    "when": "{trust: 0.4}",
    "world": "[bridge condition broken]",
    "not_world": "[bridge condition broken]",
    "speaker_knows": "[bridge condition broken]",
    "shown": "[iron_pin]",
    "beats": "[bridge_mended]",
    "not_near": "[tomas]",
    "lie": "tomas owes lian",
    "changes": "['{speaker} has iron_pin']",
    "not_changes": "['{actor} has iron_pin']",
    "facts": "[tomas owes mira]",
    "knows": "[tomas owes mira, 'bridge * *']",
    "temperament": "{talkative: 0.7, honest: 0.9}",
    "voice": "{register: {en: plain, zh: 朴实}}",
    "samples": "[{said: {en: …, zh: …}, reply: {en: …, zh: …}}]",
    "beliefs": "[{fact: tomas owes mira, source: saw}]",
    "secrets": "[{id: debt, facts: [tomas owes mira], when: {trust: 0.5}}]",
    "goals": "[{id: rest, text: {en: …, zh: …}}]",
    "relationships": "{mira: {trust: 0.5, affinity: 0.3}}",
    "schedule": "[{from: 06:30, place: smithy}]",
    "offers": "[{action: give_pin, when: {trust: 0.3}}]",
    "phrases": "{greeting: {en: [Hello., Morning.], zh: [你好。, 早。]}}",
    "from": "06:30",
    "place": "smithy",
    "home": "smithy",
    "action": "give_pin",
    "source": "told by mira",
    "player": "{id: player, names: {en: you, zh: 你}}",
}


def example(name: str, annotation: Any = None) -> str:
    """Return an example of a key with a value, such as `fact: tomas owes mira`."""
    kind = bare(annotation)
    if kind in SEVERAL or (name not in EXAMPLES and kind == Localized):
        return f"{name}: {_LISTS if kind == LocalizedList else _LOCALIZED}"
    return f"{name}: {EXAMPLES[name]}" if name in EXAMPLES else f"{name}: …"


def reword(error: ValidationError, root: Any, spot: Spot, findings: Findings, predicates: Collection[str] = ()) -> None:
    """Note what a value has wrong with it, each where the author can mend it.

    `predicates` are those of the world: who writes one as a key means a fact.
    """
    misspelt: set[Location] = set()
    problems = error.errors(include_url=False)
    for problem in sorted(problems, key=lambda problem: problem["type"] != "extra_forbidden"):
        _reword_one(problem, root, spot, findings, misspelt, predicates)


def _reword_one(
    problem: Any,
    root: Any,
    spot: Spot,
    findings: Findings,
    misspelt: set[Location],
    predicates: Collection[str],
) -> None:
    kind: str = problem["type"]
    location: Location = tuple(step for step in problem["loc"] if step != "[key]")
    parent = spot.find(location[:-1])
    name = next((step for step in reversed(location) if isinstance(step, str)), "")
    place = spot.find(location)
    if "[key]" in problem["loc"]:
        place = parent.keys.get(name, place)
    if kind == "missing":
        if location not in misspelt:
            wanted = annotation_at(root, location)
            findings.wrong(parent, f"`{name}` is missing; add e.g. `{example(name, wanted)}`")
    elif kind == "extra_forbidden":
        model = annotation_at(root, location[:-1])
        known = fields_of(model) if is_model(model) else {}
        meant = _placed(name, place, model, spot, predicates) or _meant(name, list(known))
        misspelt |= {(*location[:-1], key) for key in known if f"mean {key!r}" in meant}
        findings.wrong(parent.keys.get(name, place), f"unknown key {name!r}{meant}")
    else:
        wanted = annotation_at(root, location)
        around = annotation_at(root, location[:-1])
        if around in (Localized, LocalizedList) and place.value is None and name not in languages():
            return  # half a text, cut off by a comma: see texts.py
        if is_union(around):  # one complaint for each branch
            findings.wrong(place, f"`{location[-2]}` takes a word or a number, not {_shown(place)}")
        else:
            findings.wrong(place, _message(kind, problem, name, wanted, place))


def _placed(key: str, place: Spot, model: Any, spot: Spot, predicates: Collection[str]) -> str:
    """Return where what a key means has its place; empty where nothing tells."""
    who = spot["id"].text or "mira"
    if model is Persona and key in _habits():
        number = place.value if isinstance(place.value, int) and not isinstance(place.value, bool) else 61
        return f": {_habits()[key].replace('<id>', who).replace('<value>', str(number))}"
    if model in (Persona, Entity) and key in predicates:
        return f": it is a predicate, so say `{who} {key} …` in facts.yaml"
    return ""


@cache
def _habits() -> dict[str, str]:
    """Return the keys that writers put into a persona by habit, and where what they mean has its place."""
    listed = packaged_yaml("npc_engine.content", "keys.yaml")
    return {key: entry["put"] for entry in listed for key in entry["keys"]}


@cache
def _words_for(key: str) -> dict[str, str]:
    """Return what writers put by habit where a key takes one of a few words, each with the word that says it here."""
    chosen = packaged_yaml("npc_engine.content", "choices.yaml").get(key, {})
    return {habit: choice for choice, habits in chosen.items() for habit in habits}


def _meant(name: str, known: list[str]) -> str:
    near = did_you_mean(name, known)
    return near or (f"; there are {', '.join(known)}" if known else "")


def _message(kind: str, problem: Any, name: str, wanted: Any, place: Spot) -> str:
    context = problem.get("ctx", {})
    if place.value is None:
        if problem["loc"] and isinstance(problem["loc"][-1], str) and wanted is not None:
            return f"`{name}` is empty; write e.g. `{example(name, wanted)}`"
        return "this entry is empty: write something after the dash, or take it out"
    if kind == "value_error":
        return str(context.get("error", problem["msg"]))
    if kind == "string_pattern_mismatch":
        return _bad_pattern(name, place)
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context.get("expected", ""))
        said = place.text.strip().lower()
        near = _words_for(name).get(said) or nearest(said, choices)
        meant = f"; did you mean {near!r}?" if near in choices else _meant("", choices)
        return f"{_shown(place)} cannot stand here{meant}"
    if kind in ("greater_than_equal", "less_than_equal", "finite_number"):
        return _out_of_range(name, place)
    if kind == "too_short":
        return f"`{name}` needs at least one entry, such as `{example(name)}`"
    if kind.startswith("datetime") or kind == "timezone_naive":
        wanted = "a date and time without a time zone was expected, such as 2024-05-01 08:00"
        return f"{wanted}, not {_shown(place)}"
    if not kind.startswith("string") and (cause := hint(place.value)):
        return cause
    return f"{_expected(kind, name, wanted, place)}, not {_shown(place)}{_why(kind, place)}"


def _bad_pattern(name: str, place: Spot) -> str:
    if name == "from":
        return f"a time of day has the form 06:30, with two digits each, not {_shown(place)}"
    slug = re.sub(r"[^a-z0-9]+", "_", place.text.lower()).strip("_")
    mended = f", such as {slug!r}" if re.match(r"[a-z]", slug) else ""
    return (
        f"{_shown(place)} is no id: an id is made of small letters a-z, digits and underscores, "
        f"and begins with a letter{mended}"
    )


def _out_of_range(name: str, place: Spot) -> str:
    least = "-1" if name in ("trust", "affinity") else "0"
    return f"`{name}` runs from {least} to 1, so it cannot be {_shown(place)}"


def _expected(kind: str, name: str, wanted: Any, place: Spot) -> str:
    if kind.startswith("string"):
        return "a text was expected"
    if kind.startswith(("float", "int")):
        return f"`{name}` takes a number"
    if kind.startswith("bool"):
        return f"`{name}` takes true or false"
    if wanted == list[str] and isinstance(place.value, str) and len(place.value) <= 30:
        return f"a list was expected, `{name}: [{place.value}]`"
    what = {dict: "a mapping", list: "a list"}.get(get_origin(wanted) or wanted, "a mapping")
    if wanted == Localized:
        what = "a text in each language"
    elif wanted == LocalizedList:
        what = "a list of texts in each language"
    elif is_model(wanted) and name not in EXAMPLES:
        fields = fields_of(wanted)
        needed = [key for key, field in fields.items() if field.is_required()]
        keys = ", ".join(example(key, fields[key].annotation) for key in needed or fields)
        return f"keys and values were expected, such as `{keys}`"
    return f"{what} was expected, such as `{example(name, wanted)}`"


def _shown(place: Spot) -> str:
    value = place.value
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return repr(text) if isinstance(value, str) else text


def _why(kind: str, place: Spot) -> str:
    if not kind.startswith("string"):
        return ""
    if isinstance(place.value, dict) and len(place.value) == 1:
        if next(iter(place.value.values())).value is None:
            return "; a text that begins with { needs quotes"
        return "; a text with ': ' in it needs quotes"
    if isinstance(place.value, bool | int | float):
        return "; put it in quotes"
    return ""
