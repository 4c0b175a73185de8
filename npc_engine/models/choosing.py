"""How likely a model holds each of several answers, read off the probabilities of the tokens it writes."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from npc_engine.errors import ModelError
from npc_engine.models.model import Request


@dataclass(frozen=True, slots=True)
class Step:
    """One token that a model wrote (`said`), and what it might have written there, each with its logarithm of p.

    Tokens are bytes, because one may end within a letter. Where a model tells no probabilities, `likely` is empty.
    """

    said: bytes
    likely: tuple[tuple[bytes, float], ...] = ()


def one_of(request: Request, options: Sequence[str]) -> Request:
    """Return a request for one of some options, with a grammar (GBNF) that allows nothing else.

    Raises:
        ModelError: there are no options, or one of them is empty.
    """
    if not options or not all(option.strip() for option in options):
        raise ModelError("a choice needs options, none of them empty")
    longest = max(len(option.encode()) for option in options)
    grammar = "root ::= " + " | ".join(json.dumps(option, ensure_ascii=False) for option in options)
    return replace(request, max_tokens=longest + 1, temperature=0.0, grammar=grammar, json_schema=None)


def steps_of(choice: Mapping[str, Any]) -> list[Step]:
    """Return the tokens of one choice of a piece of a chat completion, as servers send it."""
    tokens = (choice.get("logprobs") or {}).get("content") or ()
    if tokens:
        return [Step(_bytes(token), tuple(_likely(token))) for token in tokens]
    text = (choice.get("delta") or {}).get("content")
    return [Step(text.encode())] if isinstance(text, str) and text else []


def scores(steps: Iterable[Step], options: Sequence[str]) -> list[float]:
    """Return the share of each option, in their order; the shares sum to 1.

    Options that part at one token share what the model gave theirs; one whose token is not among those told counts as
    the least likely of these. Where a model tells no probabilities, the option that it wrote has all; where it wrote
    none of them, all are alike. Reads no further than to where one option is left.
    """
    wanted = [_plain(option.encode()) for option in options]
    shares = [0.0] * len(options)
    left, share, said = frozenset(range(len(options))), 1.0, b""
    for step in steps if len(options) > 1 else ():
        weights = _weights(step, said, wanted, left)
        said += step.said
        now = _matching(said, wanted, left)
        total = sum(weights.values())
        for group, weight in weights.items() if now else ():
            if group != now:
                for index in group:
                    shares[index] += share * weight / total / len(group)
        if not now:
            break
        share *= weights.get(now, 0.0) / total if total else 1.0
        left = now
        if len(left) == 1:
            break
    exact = frozenset(index for index in left if wanted[index] == _plain(said)) or left
    for index in exact:
        shares[index] += share / len(exact)
    whole = sum(shares)
    return [one / whole for one in shares]


def _weights(step: Step, said: bytes, wanted: Sequence[bytes], left: frozenset[int]) -> dict[frozenset[int], float]:
    """Return how likely a step made each group of options that its tokens lead to."""
    weights: dict[frozenset[int], float] = defaultdict(float)
    for token, log_probability in step.likely:
        if token.strip() and (group := _matching(said + token, wanted, left)):
            weights[group] += math.exp(log_probability)
    if weights:
        least = math.exp(min(log_probability for _, log_probability in step.likely))
        for index in left.difference(*weights):
            weights[frozenset({index})] = least
    return weights


def _matching(said: bytes, wanted: Sequence[bytes], left: frozenset[int]) -> frozenset[int]:
    """Return the options that begin with what was said, or that it goes beyond: 'Yes.'"""
    plain = _plain(said)
    begun = frozenset(index for index in left if wanted[index].startswith(plain))
    return begun or frozenset(index for index in left if plain.startswith(wanted[index]))


def _plain(said: bytes) -> bytes:
    return said.lstrip().lower()


def _likely(token: Mapping[str, Any]) -> Iterator[tuple[bytes, float]]:
    """Yield the alternatives of a token, itself among them, each once."""
    found = {_bytes(one): float(one["logprob"]) for one in (*(token.get("top_logprobs") or ()), token)}
    yield from found.items()


def _bytes(token: Mapping[str, Any]) -> bytes:
    return bytes(token["bytes"]) if token.get("bytes") else str(token["token"]).encode()
