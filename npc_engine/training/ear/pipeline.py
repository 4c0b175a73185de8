"""From labelled lines to the ear: the slow step makes a base from a teacher, the quick one makes weights of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch

from npc_engine.dialogue.understand.learned import Ear, read_ear
from npc_engine.dialogue.understand.network import pack
from npc_engine.dialogue.understand.pieces import PieceVocabulary
from npc_engine.errors import ModelMissingError
from npc_engine.lang import pack as pack_of
from npc_engine.lang.en import English
from npc_engine.lang.zh import Chinese
from npc_engine.text import Language
from npc_engine.training.ear.encoders import HEADS, open_encoder, pruned
from npc_engine.training.ear.labelled_lines import Labelled, Voices, read_slang
from npc_engine.training.ear.learning import (
    Say,
    Source,
    by_turns,
    head_batches,
    in_shares,
    learn,
    line_batches,
    sample_batches,
)
from npc_engine.training.ear.net import Net, begun
from npc_engine.training.ear.samples import BATCH
from npc_engine.training.ear.teaching import neighbours, taught, unlabelled, varied

Asked = Mapping[str, Sequence[str]]
"""What a head knows, with lines in which each of it is heard."""
NARROW = 96
"""Numbers that one more head makes of a stretch before it tells what it knows: a thousand moments take little room."""


@dataclass(frozen=True, slots=True)
class EarRecipe:
    """How an ear is made.

    As many `pieces` are known, or more if the lines use more. The teacher has the first `teacher_layers` of the
    encoder, the ear those of `layers`, with `inner` rows in their middle and pieces of `narrow` numbers. Epochs go
    over the labelled lines; `steps` are those of learning from the teacher. `taken` is how far the weights go from the
    base's to those that the lines taught; what more heads learn is gone over `head_epochs` times. `temperature` evens
    out the ear's confidence.
    """

    pieces: int
    teacher_layers: int
    teacher_epochs: int
    teacher_rate: float
    layers: tuple[int, ...]
    inner: int = 384
    narrow: int = 64
    steps: int = 8000
    rate: float = 4e-4
    tuning_epochs: int = 4
    tuning_rate: float = 3e-4
    taken: float = 0.6
    head_epochs: int = 12
    temperature: float = 1.0
    seed: int = 1


RECIPES: Mapping[Language, EarRecipe] = {
    English.code: EarRecipe(8000, 6, 4, 2e-4, (0, 2), temperature=1.05),
    Chinese.code: EarRecipe(7000, 6, 4, 4e-4, (0, 2), steps=6000, taken=0.5, temperature=1.05),
}


def lines_of(voices: Voices) -> list[Labelled]:
    """Return the lines of all voices."""
    return [line for voice in voices.values() for line in voice]


def labels_of(lines: Iterable[Labelled]) -> dict[str, int]:
    """Return every label that stands first on a stretch, numbered."""
    return {name: number for number, name in enumerate(sorted({marks[0] for one in lines for marks in one.labels}))}


def distil(
    voices: Voices, language: Language, folder: Path, material: Path, recipe: EarRecipe, say: Say
) -> dict[str, Any]:
    """Return the base of a language's ear, as it is kept: what a small net learned from a teacher and from the lines.

    `folder` holds the slang, `material` the lines of the voice in that language.
    """
    torch.manual_seed(recipe.seed)
    chance = Random(recipe.seed)
    lines = lines_of(voices)
    names, slang = labels_of(lines), read_slang(folder)[language]
    others = unlabelled(material, language, chance)
    texts = [*(part for line in lines for part in line.stretches), *others]
    encoder = pruned(open_encoder(language), language, slang, texts, recipe.pieces)
    vocabulary = PieceVocabulary(language, encoder.pieces, slang)
    say(
        f"  {language}: {len(lines)} lines, {len(names)} labels, {len(vocabulary.pieces)} pieces, "
        f"{len(others)} sentences nobody labelled"
    )
    source = line_batches(lines, vocabulary, names, language, recipe.seed)
    steps = recipe.teacher_epochs * len(lines) // BATCH
    teacher = begun(encoder, len(names), layers=range(recipe.teacher_layers))
    learn(teacher, source, steps, recipe.teacher_rate, say)
    pool = taught(teacher, list(varied(lines, others, vocabulary, neighbours(encoder), chance)))
    say(f"  the teacher labelled {len(pool)} lines")
    net = begun(encoder, len(names), layers=recipe.layers, inner=recipe.inner, narrow=recipe.narrow)
    source = by_turns(
        sample_batches(pool, recipe.seed), line_batches(lines, vocabulary, names, language, recipe.seed + 1)
    )
    learn(net, source, recipe.steps, recipe.rate, say)
    return {"net": net, "pieces": encoder.pieces, "labels": tuple(names)}


def save_base(path: Path, base: Mapping[str, Any]) -> None:
    """Write a base to a file."""
    arrays = {name: array.astype(np.float16) for name, array in base["net"].arrays().items()}
    plain = {"=pieces": np.array(base["pieces"]), "=labels": np.array(base["labels"])}
    everything: dict[str, Any] = {**arrays, **plain}
    np.savez_compressed(path, **everything)


def read_base(path: Path) -> dict[str, Any]:
    """Return a base from its file.

    Raises:
        ModelMissingError: there is none.
    """
    if not path.exists():
        raise ModelMissingError(f"{path} is not here: `npc ear distil` makes it (see training/understanding/README.md)")
    with np.load(path) as found:
        arrays = {name: found[name].astype(np.float32) for name in found.files if not name.startswith("=")}
        pieces, labels = tuple(map(str, found["=pieces"])), tuple(map(str, found["=labels"]))
    layers = len({name.split(".")[0] for name in arrays if name[0].isdigit()})
    return {"net": Net(arrays, layers), "pieces": pieces, "labels": labels}


def tune(
    base: Mapping[str, Any],
    voices: Voices,
    language: Language,
    slang: Mapping[str, str],
    recipe: EarRecipe,
    say: Say,
    heads: Mapping[str, Asked] | None = None,
) -> Part:
    """Return a language's part of the ear's file: the base taught on labelled lines, in four bits a weight.

    `heads` holds what else is heard in a stretch, and how each of it is put: `moment`, if nothing is given, which of
    the language's exchanges it begins. The weights are taken part of the way; what was taught beside is then fitted to
    those.
    """
    torch.manual_seed(recipe.seed)
    lines = lines_of(voices)
    names = labels_of(lines)
    heads = {"moment": moments_of(language)} if heads is None else heads
    heads = {head: asked for head, asked in heads.items() if asked}
    net = _with_labels(base["net"], base["labels"], names)
    for head, asked in heads.items():
        net = _with_head(net, head, len(asked) + 1)
    vocabulary = PieceVocabulary(language, base["pieces"], slang)
    net.rounded = True
    parts = [part for line in lines for part in line.stretches[:1]]
    beside: list[tuple[Source, int]] = []
    for head, asked in heads.items():
        said = [(text, number) for number, texts in enumerate(asked.values(), 1) for text in texts]
        source = head_batches(head, said, parts, vocabulary, language, recipe.seed)
        beside.append((source, recipe.head_epochs * len(said) // BATCH))
    source = line_batches(lines, vocabulary, names, language, recipe.seed)
    mixed = [(source, recipe.tuning_epochs * len(lines) // BATCH), *beside]
    before = {name: array.copy() for name, array in net.arrays().items()}
    steps = sum(count for _, count in mixed)
    learn(net, in_shares(mixed, recipe.seed), steps, recipe.tuning_rate, say, heads_rate=10 * recipe.tuning_rate)
    arrays = _between(before, net.arrays(), recipe.taken, [name in base["labels"] for name in names], [*heads])
    if beside:
        net = Net(arrays, net.layers)
        net.rounded = True
        steps = sum(count for _, count in beside)
        learn(net, in_shares(beside, recipe.seed), steps, 0.0, say, heads=[*heads])
        arrays = net.arrays()
    plain = {
        "pieces": list(vocabulary.pieces), "slang": vocabulary.slang, "labels": list(names),
        **{f"{name}s": [*asked] for name, asked in heads.items()}, "layers": net.layers,
        "heads": HEADS, "temperature": recipe.temperature,
    }  # fmt: skip
    return plain, arrays


def moments_of(language: Language) -> Asked:
    """Return the moments of a language's exchanges, with how players put them."""
    return {name: entry["asks"] for name, entry in pack_of(language).exchanges.items()}


Part = tuple[dict[str, Any], Mapping[str, Any]]
"""A language's part of the ear's file: plain data, and arrays."""


def _with_labels(net: Net, before: Sequence[str], names: Mapping[str, int]) -> Net:
    """Return a net whose labels are others than before: those it knows keep their rows, new ones begin as nothing."""
    arrays = net.arrays()
    rows, biases = np.zeros((len(names), arrays["label"].shape[1]), np.float32), np.full(len(names), -3.0, np.float32)
    for number, name in enumerate(before):
        if name in names:
            rows[names[name]], biases[names[name]] = arrays["label"][number], arrays["label.bias"][number]
    return Net({**arrays, "label": rows, "label.bias": biases}, net.layers)


def _with_head(net: Net, head: str, count: int) -> Net:
    """Return a net with one more head, for so many things, which begins as nothing."""
    arrays, chance = net.arrays(), np.random.default_rng(1)
    narrow = chance.normal(0, 0.03, (NARROW, arrays["label"].shape[1])).astype(np.float32)
    rows = chance.normal(0, 0.1, (count, NARROW)).astype(np.float32)
    more = {f"{head}.in": narrow, head: rows, f"{head}.bias": np.zeros(count, np.float32)}
    return Net({**arrays, **more}, net.layers)


def _between(
    before: Mapping[str, Any], after: Mapping[str, Any], taken: float, known: Sequence[bool], heads: Sequence[str]
) -> dict[str, Any]:
    """Return weights on the way from one net's to another's; labels that were not `known` and `heads` are the latter's.

    What was taught is heard about as well, and what nobody taught better. Source: Wortsman et al., "Robust fine-tuning
    of zero-shot models" (2022).
    """
    mixed = {name: taken * array + (1 - taken) * before[name] for name, array in after.items()}
    new = ~np.array(known)
    for name in ("label", "label.bias"):
        mixed[name][new] = after[name][new]
    return {**mixed, **{name: array for name, array in after.items() if name.split(".")[0] in heads}}


def ear_of(part: Part, language: Language) -> Ear:
    """Return the ear that a part makes, just as it would be read from its file."""
    return read_ear(pack({language: part}), language)
