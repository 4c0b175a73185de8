"""What gives a secret away before it is told: words its keeper says anyway, and others who know what it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from npc_engine.content.declared_names import DeclaredNames, Sources
from npc_engine.content.files import WORLD
from npc_engine.content.schema import several
from npc_engine.content.spot import Findings, Spot
from npc_engine.text import fill, fold, is_han

_TOLD = {
    "about": ["says"],
    "topics": ["says", "then"],
    "stories": ["parts"],
    "asks": ["asks", "says", "yes", "no"],
}
"""What someone tells of themself, by where it stands."""


def check_giveaways(sources: Sources, names: DeclaredNames, findings: Findings) -> None:
    """Note each phrase, sample and occupation of a persona's that has words of a secret of theirs in it."""
    for _, persona in sources.personas():
        said = [(spot, _evened(spot.text), _evened(asked)) for spot, asked in _said(persona)]
        for secret in persona["secrets"]:
            watched = [(word, _form(word)) for word in _words(secret, persona["id"].text, names)]
            if not watched:
                continue
            any_of_them = re.compile("|".join(f"(?:{form})" for _, form in watched))
            for spot, text, asked in said:
                if not any_of_them.search(text):
                    continue
                found = [
                    (there.start(), word)
                    for word, form in watched
                    if (there := re.search(form, text)) and not re.search(form, asked)
                ]
                if found:
                    at, word = min(found)
                    message = (
                        f"{word!r} gives away the secret {secret['id'].text!r} before it is told:"
                        " say it otherwise, or take it out of the secret's `words`"
                    )
                    findings.better(spot, message, at)


def check_secrets(sources: Sources, names: DeclaredNames, findings: Findings) -> None:
    """Note secrets about what is nowhere so, and those that others would tell since a pattern lets them know."""
    so = {" ".join((entry.text or entry["fact"].text).split()) for entry in sources["facts.yaml"]}
    may_be = so | _coming(sources) | _believed(sources)
    kept = {file: _kept(persona, names) for file, persona in sources.personas()}
    for file, persona in sources.personas():
        for secret in persona["secrets"]:
            for fact in secret["facts"]:
                ways = _ways(fact.text, names)
                if "fact" not in names.uncertain and len(fact.text.split()) == 3 and not ways & may_be:
                    findings.better(fact, f"{fact.text!r} is so nowhere: write it in facts.yaml, or take it out here")
                for other, knower in sources.personas():
                    if other != file and not ways & kept[other]:
                        _known_by(knower, ways & so, secret, persona, findings)


def _known_by(knower: Spot, so: set[str], secret: Spot, keeper: Spot, findings: Findings) -> None:
    """Note the patterns by which somebody knows what another keeps."""
    for pattern in knower["knows"]:
        if "*" in pattern.text and any(_matches(fact, pattern.text) for fact in so):
            findings.better(
                pattern,
                f"{pattern.text!r} lets {knower['id'].text} tell what {keeper['id'].text} keeps as the secret "
                f"{secret['id'].text!r}, in {secret.file}:{secret.line}: narrow it, or make it a secret here as well",
            )


def _matches(fact: str, pattern: str) -> bool:
    parts = pattern.split()
    return len(parts) == 3 and all(map(fnmatchcase, fact.split(), parts))


def _kept(persona: Spot, names: DeclaredNames) -> set[str]:
    return {way for secret in persona["secrets"] for fact in secret["facts"] for way in _ways(fact.text, names)}


def _coming(sources: Sources) -> set[str]:
    """Return what actions make so, with anybody as who does it or asks for it."""
    people = [persona["id"].text for _, persona in sources.personas()] + [sources[WORLD]["player"]["id"].text]
    return {
        fill(" ".join(fact.text.split()), {"actor": actor, "speaker": speaker})
        for action in sources["actions.yaml"]
        for fact in action["changes"]
        for actor in people
        for speaker in people
    }


def _believed(sources: Sources) -> set[str]:
    return {" ".join(belief["fact"].text.split()) for _, persona in sources.personas() for belief in persona["beliefs"]}


def _ways(fact: str, names: DeclaredNames) -> set[str]:
    """Return a fact as it stands and turned round: `mira owed_by tomas` for `tomas owes mira`."""
    parts = fact.split()
    if len(parts) != 3:
        return {fact}
    subject, predicate, object_ = parts
    rule = names.predicates.get(predicate)
    turned = {id for id, other in names.predicates.items() if other["inverse"].text == predicate}
    if rule is not None:
        turned |= {rule["inverse"].text} if rule["inverse"].text else set()
        turned |= {predicate} if rule["symmetric"].value is True else set()
    return {" ".join(parts), *(f"{object_} {each} {subject}" for each in turned)}


def _said(persona: Spot) -> Iterator[tuple[Spot, str]]:
    """Yield every text that someone may say whatever is kept back, each with what was said to them before.

    What has conditions of its own is for its author to weigh: while a secret is closed, a turn leaves it out.
    """
    for _, _, by_language in persona["phrases"].pairs():
        for _, _, variants in by_language.pairs():
            yield from (
                (variant["text"] if variant["text"].there else variant, "")
                for variant in variants
                if not variant["when"].there
            )
    for part, keys in _TOLD.items():
        for point in persona[part]:
            if not point["when"].there:
                texts = point if part == "about" and not point["says"].there else None
                yield from _told_in(point, keys, texts)
                yield from _followed(point)
    for sample in persona["voice"]["samples"]:
        yield from ((reply, sample["said"][language].text) for language, _, reply in sample["reply"].pairs())
        yield from _followed(sample)
    for appointment in persona["schedule"]:
        yield from ((doing, "") for _, _, doing in appointment["doing"].pairs())


def _followed(point: Spot) -> Iterator[tuple[Spot, str]]:
    for follow_up in point["follow_ups"]:
        yield from _told_in(follow_up, ["says"])


def _told_in(point: Spot, keys: list[str], texts: Spot | None = None) -> Iterator[tuple[Spot, str]]:
    """Yield the texts of a point under some keys, or those it is alone, each with what was asked for it."""
    for key in keys:
        for language, _, several_texts in (texts or point[key]).pairs():
            asked = " ".join(wording.text for wording in several(point["asks"][language]))
            yield from ((text, "" if key == "asks" else asked) for text in several(several_texts))


def _words(secret: Spot, keeper: str, names: DeclaredNames) -> Iterator[str]:
    """Yield what gives a secret away: its own words, and the names of what not everyone has heard of."""
    for _, _, listed in secret["words"].pairs():
        yield from (word.text for word in listed if word.text.strip())
    for fact in secret["facts"]:
        for id in fact.text.split()[::2]:
            entity = names.entities.get(id)
            if entity is None or id == keeper or entity["common"].value is not False:
                continue
            yield from (name.text for _, _, name in entity["names"].pairs() if name.text.strip())
            for _, _, listed in entity["aliases"].pairs():
                yield from (alias.text for alias in listed if alias.text.strip())


def _form(phrase: str) -> str:
    """Return the pattern of a phrase: Chinese anywhere, other words as written or with an s (water is not watered)."""
    phrase = fold(phrase).strip()
    if any(map(is_han, phrase)):
        return re.escape(phrase)
    return rf"(?<![\w']){re.escape(phrase)}(?:'?s)?(?!\w)"


def _evened(text: str) -> str:
    """Return a text to look for patterns in, in which everything stands where it stood before."""
    folded = fold(text)
    return folded if len(folded) == len(text) else text.casefold()
