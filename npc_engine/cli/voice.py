"""`npc voice`: the voice of the embedded model, trained from hand-written lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npc_engine.errors import ModelError, ModelMissingError

if TYPE_CHECKING:
    from npc_engine.training.material import Material

voice_app = typer.Typer(help="The embedded model's voice: train one, check the lines for it.", no_args_is_help=True)

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="A folder with lines/ and settings/, or one that holds world.yaml.")
]
Lines = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Lines that a world's own are added to.", show_default=False),
]


@voice_app.command()
def train(
    folder: Folder,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The adapter to write.")] = Path("voice.gguf"),
    base: Annotated[str, typer.Option(metavar="NAME", help="The model it is for.")] = "smollm2-135m",
    lines: Lines = None,
    save: Annotated[
        Path | None, typer.Option(metavar="SAVE", help="A saved game whose talks are learned from.", show_default=False)
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often every line is seen.")] = 3,
    last: Annotated[int, typer.Option(min=0, help="How often those in plain order are, after that.")] = 1,
    rank: Annotated[int, typer.Option(min=1, help="How much the adapter holds, and how large it is.")] = 16,
    rate: Annotated[float, typer.Option(min=0.0, help="How fast it learns, at the fastest.")] = 1e-3,
    threads: Annotated[int, typer.Option(min=1, help="Processors to use.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed gives the same voice.")] = 1,
) -> None:
    """Train a voice: an adapter that has the model say what the engine decided in each character's manner.

    It takes an hour or so on two processors, shows how it gets on, and goes on where it was when it was stopped.
    PyTorch, transformers and gguf have to be installed: see training/README.md.

    Example: npc voice train training/ --out voice.gguf

    Example: npc voice train world/ --lines training/ --save autumn.npc --epochs 1
    """
    material = _material(folder, lines, save)
    try:
        from npc_engine.training.lora import Recipe
        from npc_engine.training.run import train as run
    except ImportError as error:
        raise ModelMissingError(
            f"training needs PyTorch, transformers and gguf ({error}): pip install -r training/requirements.txt"
        ) from None
    from npc_engine.cli import choice
    from npc_engine.models import weights

    path = weights.find(base)
    if path is None:
        raise choice.not_here(weights.KNOWN[base])
    recipe = Recipe(rank=rank, rate=rate, epochs=epochs, last=last, threads=threads, seed=seed)
    run(material, path, out, recipe, typer.echo)


@voice_app.command()
def check(folder: Folder, lines: Lines = None) -> None:
    """Check lines for what would teach a voice to lie: all that is wrong, and how many are good.

    The exit status is 0 when all of them are good and 2 otherwise.

    Example: npc voice check training/
    """
    material = _material(folder, lines, None)
    for name, files in (("to learn from", material.lines), ("held out", material.held)):
        count = sum(len(line.replies) for file in files for line in file.lines)
        typer.echo(f"{count} replies {name}, {sum(len(file.lines) for file in files)} plans, {len(files)} manners")


@voice_app.command()
def style(folder: Folder, out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write to.")]) -> None:
    """Gather the words of manner from lines: what the checker lets a trained voice add to a plan.

    Example: npc voice style training/ npc_engine/lang/en/
    """
    from npc_engine.training.styling import write_style_words

    material = _material(folder, None, None)
    write_style_words(out, material.lines, material.facts)
    typer.echo(f"wrote the words and turns of phrase of {len(material.lines)} manners to {out}")


def _material(folder: Path, lines: Path | None, save: Path | None) -> Material:
    """Read what there is to learn from, a world's own lines on top of others."""
    from npc_engine.training.cast import cast_lines
    from npc_engine.training.material import Material, read_material

    try:
        if not (folder / "world.yaml").is_file():
            return read_material(folder)
        cast = cast_lines(folder, save)
        for sentence in cast.left_out:
            typer.echo(f"left out: {sentence}", err=True)
        given = read_material(lines) if lines else Material((), (), {})
        return given.with_cast(cast.files)
    except ValueError as error:
        raise ModelError(str(error)) from None
