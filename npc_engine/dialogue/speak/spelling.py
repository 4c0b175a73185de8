"""Names as they are written: a small model's slips of the pen in names it was given."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.world.names import Names


def spelt(sentence: str, bare: Sequence[str], names: Names) -> str:
    """Return a sentence with names spelt as they are in `bare`: 'Benedita' and 'undine' become what stands there."""
    written = {mention.entity: text[mention.start : mention.end] for text in bare for mention in names.find(text)}
    for mention in reversed(names.find(sentence, misspelt=True)):
        said, name = sentence[mention.start : mention.end], written.get(mention.entity)
        if name and (not mention.exact or said == name.lower()):
            owner = said[-2:] if said[-2:] in {"'s", "’s"} and not name.endswith(("'s", "’s")) else ""
            sentence = sentence[: mention.start] + name + owner + sentence[mention.end :]
    return sentence
