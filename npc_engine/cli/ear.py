"""`npc ear`: the learned ear, trained from hand-written lines and the acts they are labelled with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer

from npc_engine.errors import ModelMissingError
from npc_engine.lang import HOME

ear_app = typer.Typer(help="The learned ear: train it, check the lines for it.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder with en/*.txt, zh/*.txt and slang.yaml.")]
Threads = Annotated[int, typer.Option(min=1, help="Processors to use.")]
Languages = Annotated[
    list[str] | None, typer.Option("--language", metavar="LANGUAGE", help="Only this language.", show_default=False)
]


@ear_app.command()
def check(folder: Folder) -> None:
    """Check labelled lines: every one that can't be learned from is told, and how many there are of each act.

    The exit status is 0 when all of them are good and 2 otherwise.

    Example: npc ear check training/understanding/
    """
    from npc_engine.training.ear.labelled_lines import read_folder, read_moods

    for language, voices in read_folder(folder).items():
        lines = [line for voice in voices.values() for line in voice]
        typer.echo(f"{language}: {len(lines)} lines in {len(voices)} voices")
        labels = Counter(label for line in lines for marks in line.labels for label in marks)
        typer.echo("  " + ", ".join(f"{label} {count}" for label, count in labels.most_common()))
    for language, moods in read_moods(folder).items():
        typer.echo(f"{language}: " + ", ".join(f"{mood} {len(said)}" for mood, said in sorted(moods.items())))


@ear_app.command()
def train(
    folder: Folder,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The weights to write.")] = Path("ear.bin"),
    threads: Threads = 1,
) -> None:
    """Teach the ear all labelled lines, beginning with the base of each language (base-en.npz, base-zh.npz) there.

    It takes some minutes. PyTorch has to be installed: see training/understanding/README.md.

    Example: npc ear train training/understanding/ --out npc_engine/dialogue/understand/ear.bin
    """
    from npc_engine.training.ear.labelled_lines import read_folder, read_moods, read_slang

    found, moods = read_folder(folder), read_moods(folder)
    pipeline = _training(threads)
    parts = {}
    for language, voices in found.items():
        typer.echo(f"{language}: {sum(map(len, voices.values()))} lines in {len(voices)} voices")
        base = pipeline.read_base(folder / f"base-{language}.npz")
        slang, recipe = read_slang(folder)[language], pipeline.RECIPES[language]
        heads = {"moment": pipeline.moments_of(language), "mood": moods.get(language, {})}
        parts[language] = pipeline.tune(base, voices, language, slang, recipe, typer.echo, heads)
    data = pipeline.pack(parts)
    out.write_bytes(data)
    typer.echo(f"wrote {out}: {len(data):,} bytes")


@ear_app.command()
def distil(
    folder: Folder,
    material: Annotated[
        Path, typer.Option(metavar="FOLDER", help="The voice's lines, in English; their folder zh has the Chinese.")
    ],
    languages: Languages = None,
    threads: Threads = 1,
) -> None:
    """Make the bases that `npc ear train` begins with: a large network learns the lines, a small one learns from it.

    It takes some twenty minutes a language. The packages of training/requirements.txt have to be installed.

    Example: npc ear distil training/understanding/ --material training/
    """
    from npc_engine.training.ear.labelled_lines import read_folder

    found = read_folder(folder)
    pipeline = _training(threads)
    for language, voices in found.items():
        if languages and language not in languages:
            continue
        typer.echo(f"{language}: {sum(map(len, voices.values()))} lines in {len(voices)} voices")
        lines = material if language == HOME[0] else material / language
        base = pipeline.distil(voices, language, folder, lines, pipeline.RECIPES[language], typer.echo)
        pipeline.save_base(folder / f"base-{language}.npz", base)


@ear_app.command()
def find(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder with en.tsv, asking-back-en.tsv, …")],
    lines: Annotated[Path, typer.Option(metavar="FOLDER", help="The lines that the ear was taught.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The weights to write.")] = Path("finding.npz"),
    root: Annotated[Path, typer.Option(metavar="FOLDER", help="What the worlds named in the lines lie in.")] = Path(),
) -> None:
    """Teach what finds an author's texts and follow-ups, and what tells that a line asks about what was said last.

    It prints how often the first text found was a good one, of persons it was not taught, how well lines that ask back
    are told from others, of talks it was not taught, and how often a follow-up is found. It takes a minute.

    Example: npc ear find training/finding/ --lines training/understanding/
    """
    import numpy as np

    from npc_engine.training import asking_back, following
    from npc_engine.training.ear.labelled_lines import read_folder
    from npc_engine.training.finding import read_chosen, taught

    weights: dict[str, Any] = {}
    for language, voices in read_folder(lines).items():
        said = [line.text for voice in voices.values() for line in voice]
        chosen = read_chosen(folder / f"{language}.tsv")
        tuned, right = taught(chosen, said, root, language)
        typer.echo(
            f"{language}: {len(chosen)} lines; the first text found was a good one for {right:.1%} of those with one"
        )
        weights |= {f"{language}.{name}": getattr(tuned, name) for name in ("middle", "spread", "weights")}
        followed = asking_back.read_followed(folder / f"asking-back-{language}.tsv")
        weights[f"{language}.asking_back"], apart = asking_back.taught(followed, language)
        typer.echo(f"{language}: {len(followed)} lines; what asks back is told from others in {apart:.1%} of pairs")
        asked_on = following.read_asked_on(folder / f"following-{language}.tsv")
        found = following.taught(asked_on, root, language, tuned)
        weights[f"{language}.following"] = found.eased
        typer.echo(
            f"{language}: {len(asked_on)} lines; the likeliest follow-up was right for {found.right:.1%} of those with "
            f"one; {found.heard:.1%} of those are taken for it, and {found.rightly:.1%} of all that are taken for one"
        )
    with out.open("wb") as file:
        np.savez(file, **weights)
    typer.echo(f"wrote {out}: {out.stat().st_size:,} bytes")


def _training(threads: int) -> ModuleType:
    """Return the module that trains.

    Raises:
        ModelMissingError: what it needs is not installed.
    """
    try:
        import torch

        from npc_engine.training.ear import pipeline
    except ImportError as error:
        raise ModelMissingError(
            f"training the ear needs PyTorch and numpy ({error}): pip install -r training/requirements.txt"
        ) from None
    torch.set_num_threads(threads)
    return pipeline
