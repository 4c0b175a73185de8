"""The small language of wording templates: `{subject} {owes|owe} {object} {amount} silver`."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

FACT_SLOTS = ("subject", "subject's", "object", "object's")
ACTION_SLOTS = ("actor", "speaker")

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_QUALIFIER = re.compile(r"[a-z][a-z0-9_]*")


def template_mistakes(
    template: str, slots: Collection[str], *, qualifiers: bool = False, forms: bool = True
) -> list[tuple[int, str]]:
    """Return what a template has wrong with it, each with how far from its beginning that stands.

    A slot `{name}` is one of `slots` or, with `qualifiers`, any word that is not a misspelt slot.
    What has a `|` in it is a choice of 2 or 3 forms, `{owes|owe}` or `{is|am|are}`, allowed with `forms`.
    """
    found: list[tuple[int, str]] = []
    if wide := re.search("[｛｝]", template):
        return [(wide.start(), f"{wide[0]} is a full-width brace; slots are written with {{ and }}")]
    for match in _BRACES.finditer(template):
        inside = match[1]
        if inside is None:
            found.append((match.start(), _stray(match[0])))
        elif "|" in inside:
            if message := _form_mistake(inside, forms):
                found.append((match.start(), message))
        elif inside not in slots:
            near = get_close_matches(inside.lower().replace("’", "'"), slots, n=1, cutoff=0.7)
            if near:
                found.append((match.start(), f"unknown slot {{{inside}}}; did you mean {{{near[0]}}}?"))
            elif not (qualifiers and _QUALIFIER.fullmatch(inside)):
                found.append((match.start(), f"unknown slot {{{inside}}}; {_choice(slots)}"))
    return found


def slots_in(template: str) -> list[tuple[str, int]]:
    """Return the names of a template's slots, each with how far from its beginning it stands."""
    return [(m[1], m.start()) for m in _BRACES.finditer(template) if m[1] is not None and "|" not in m[1]]


def _stray(brace: str) -> str:
    return f"this {brace} has no {'}' if brace == '{' else '{'} to go with it"


def _form_mistake(inside: str, allowed: bool) -> str:
    forms = inside.split("|")
    if not allowed:
        return f"{{{inside}}} cannot stand here: only the wordings of predicates choose between forms"
    if len(forms) > 3:
        return f"{{{inside}}} has {len(forms)} forms; there are 2, {{owes|owe}}, or 3, {{is|am|are}}"
    return ""


def _choice(slots: Collection[str]) -> str:
    names = ", ".join(f"{{{slot}}}" for slot in slots)
    if not names:
        return "nothing in braces can stand here"
    return f"there {'is' if len(slots) == 1 else 'are'} {names}"
