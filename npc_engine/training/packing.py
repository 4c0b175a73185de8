"""Packs of turns as numbers: tokens, where each stands, which may see which, and what is to be learned.

Turns branch off one introduction, and replies off their turn. What is shared is read once; each branch sees only what
leads to it, at the positions it would have if it followed directly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from npc_engine.training.examples import Pack

SKIP = -100
"""The target of a token that nothing is learned from."""

Encode = Callable[[str], list[int]]
"""Turns text with its control tokens into tokens."""


@dataclass(slots=True)
class Packed:
    """A pack as tokens.

    `branches` says which branch a token belongs to; `paths` gives for each branch those that lead to it, itself the
    last. `targets` are the tokens to be learned, each one place after its token. `turns` are the tokens of each turn
    and its replies, which see nothing of the other turns.
    """

    tokens: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    turns: list[range] = field(default_factory=list)
    paths: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def replies(self) -> int:
        """How many tokens are learned from."""
        return sum(target != SKIP for target in self.targets)

    def add(self, path: tuple[int, ...], start: int, tokens: list[int], targets: list[int] | None = None) -> int:
        """Add a branch at the end of a path, its first token at position `start`; give its number."""
        branch = len(self.paths)
        self.paths.append((*path, branch))
        self.tokens += tokens
        self.positions += range(start, start + len(tokens))
        self.branches += [branch] * len(tokens)
        self.targets += targets if targets is not None else [SKIP] * len(tokens)
        return branch


def packed(pack: Pack, encode: Encode) -> Packed:
    """Give a pack as tokens, in the chat template of SmolLM2 (ChatML)."""
    found = Packed()
    start = encode(f"<|im_start|>{pack.introduction.role}\n{pack.introduction.content}<|im_end|>\n")
    root = found.add((), 0, start)
    for example in pack.examples:
        asked = encode(f"<|im_start|>user\n{example.turn.content}<|im_end|>\n<|im_start|>assistant\n")
        # A token's target is the one after it: the last one asked begins every reply, to learn its first.
        begin = len(found.tokens)
        turn = found.add((root,), len(start), asked[:-1])
        for reply in example.replies:
            said = encode(f"{reply}<|im_end|>")
            found.add((root, turn), len(start) + len(asked) - 1, [asked[-1], *said[:-1]], said)
        found.turns.append(range(begin, len(found.tokens)))
    return found
