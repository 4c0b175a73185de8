"""Packs of turns as numbers: tokens, where each stands, which may see which, and what is to be learned.

Turns branch off one introduction, and replies off their turn. What is shared is read once; each branch sees only what
leads to it, at the positions it would have if it followed directly.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from npc_engine.text import terms
from npc_engine.training.examples import Pack

SKIP = -100
"""The target of a token that nothing is learned from."""

CONTENT = 2.0
"""How much more the plan's own words count than those that colour them: there are many ways to say a thing nicely, and
what is to be said must be right."""

_PIECE = re.compile(r"\s*\S+")

Encode = Callable[[str], list[int]]
"""Turns text with its control tokens into tokens."""


@dataclass(slots=True)
class Packed:
    """A pack as tokens.

    `branches` says which branch a token belongs to; `paths` gives for each branch those that lead to it, itself the
    last. `targets` are the tokens to be learned, each one place after its token; `weights` how much each counts.
    `turns` are the tokens of each turn and its replies, which see nothing of the other turns.
    """

    tokens: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    turns: list[range] = field(default_factory=list)
    paths: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How much all that is learned from counts."""
        return sum(self.weights)

    def add(
        self,
        path: tuple[int, ...],
        start: int,
        tokens: list[int],
        targets: list[int] | None = None,
        weights: list[float] | None = None,
    ) -> int:
        """Add a branch at the end of a path, its first token at position `start`; give its number."""
        branch = len(self.paths)
        self.paths.append((*path, branch))
        self.tokens += tokens
        self.positions += range(start, start + len(tokens))
        self.branches += [branch] * len(tokens)
        self.targets += targets if targets is not None else [SKIP] * len(tokens)
        self.weights += weights if weights is not None else [0.0] * len(tokens)
        return branch


def packed(pack: Pack, encode: Encode) -> Packed:
    """Return a pack as tokens, in the chat template of SmolLM2 (ChatML)."""
    found = Packed()
    start = encode(f"<|im_start|>{pack.introduction.role}\n{pack.introduction.content}<|im_end|>\n")
    root = found.add((), 0, start)
    for example in pack.examples:
        asked = encode(f"<|im_start|>user\n{example.turn.content}<|im_end|>\n<|im_start|>assistant\n")
        # A token's target is the one after it: the last one asked begins every reply, to learn its first.
        begin = len(found.tokens)
        turn = found.add((root,), len(start), asked[:-1])
        planned = set(terms(example.content))
        for reply in example.replies:
            said, weights = _weighed(reply, planned, encode)
            found.add((root, turn), len(start) + len(asked) - 1, [asked[-1], *said[:-1]], said, weights)
        found.turns.append(range(begin, len(found.tokens)))
    return found


def _weighed(reply: str, planned: set[str], encode: Encode) -> tuple[list[int], list[float]]:
    """Return a reply's tokens and how much each counts. Word by word: no token goes over a word's end."""
    said: list[int] = []
    weights: list[float] = []
    for word in _PIECE.findall(reply):
        tokens = encode(word)
        said += tokens
        weights += [CONTENT if planned & set(terms(word)) else 1.0] * len(tokens)
    end = encode("<|im_end|>")
    return said + end, weights + [1.0] * len(end)
