"""`python -m benchmarks talk play …`: conversations played; sheets for judges; what they found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import ROOT
from benchmarks.talk import report
from benchmarks.talk.conversations import HELD_OUT, SAYS, BadConversationError, Talk, read_talks, unplayable
from benchmarks.talk.judged import BadJudgementError, read_judged, read_key
from benchmarks.talk.played import PlayingFailedError, play
from benchmarks.talk.rival import play_rival
from benchmarks.talk.scoring import agreements, groups, scores_of
from benchmarks.talk.sheets import PER_SHEET, write_sheets
from benchmarks.talk.transcripts import TRANSCRIPTS, read_transcripts
from npc_engine import NpcError, open_model


def main(arguments: Sequence[str]) -> int:
    """Do what is asked for; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.do(options)
    except (BadConversationError, BadJudgementError, PlayingFailedError, NpcError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks talk", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument(
        "--conversations", type=Path, default=HELD_OUT, metavar="FOLDER", help="the conversations (the held-out ones)"
    )
    chosen.add_argument("--only", nargs="+", default=[], metavar="ID", help="only those whose id begins so")
    _add_play(commands, chosen)
    _add_rival(commands, chosen)
    _add_sheets(commands, chosen)
    _add_score(commands, chosen)
    return parser


def _add_play(commands: argparse._SubParsersAction[argparse.ArgumentParser], chosen: argparse.ArgumentParser) -> None:
    playing = commands.add_parser("play", parents=[chosen], help="play conversations through an engine")
    playing.add_argument("--model", default="none", help="none, embedded, or any other that `open_model` takes")
    playing.add_argument("--threads", type=int, help="threads of a model's that runs in the engine's process")
    playing.add_argument("--engine", type=Path, default=ROOT, metavar="CHECKOUT", help="another checkout to play")
    playing.add_argument("--out", type=Path, metavar="FOLDER", help="where transcripts go (transcripts/MODEL)")
    playing.add_argument("--resume", action="store_true", help="leave out what has a transcript of the same lines")
    playing.set_defaults(do=_play)


def _add_rival(commands: argparse._SubParsersAction[argparse.ArgumentParser], chosen: argparse.ArgumentParser) -> None:
    rival = commands.add_parser(
        "rival",
        parents=[chosen],
        help="play conversations with a model and a persona prompt; goes on where it broke off",
    )
    rival.add_argument("--model", required=True, help="a GGUF file, or any other that `open_model` takes")
    rival.add_argument("--threads", type=int, default=1)
    rival.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where transcripts go")
    rival.set_defaults(do=_rival)


def _add_sheets(commands: argparse._SubParsersAction[argparse.ArgumentParser], chosen: argparse.ArgumentParser) -> None:
    sheets = commands.add_parser("sheets", parents=[chosen], help="write blind judging sheets, and the key to them")
    sheets.add_argument("systems", nargs="+", type=Path, metavar="FOLDER", help="transcripts of each system")
    sheets.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where sheets go")
    sheets.add_argument("--key", type=Path, required=True, metavar="FILE", help="where the key goes: not to the judges")
    sheets.add_argument("--per", type=int, default=PER_SHEET, help="conversations a sheet, at most")
    sheets.add_argument("--seed", type=int, default=0, help="shuffles the letters")
    sheets.set_defaults(do=_sheets)


def _add_score(commands: argparse._SubParsersAction[argparse.ArgumentParser], chosen: argparse.ArgumentParser) -> None:
    score = commands.add_parser("score", parents=[chosen], help="print what judges found")
    score.add_argument("judged", nargs="+", type=Path, metavar="FILE", help="what each judge wrote")
    score.add_argument("--key", type=Path, required=True, metavar="FILE")
    score.add_argument("--acts", type=Path, metavar="FOLDER", help="transcripts whose acts group the lines")
    score.set_defaults(do=_score)


def _play(options: argparse.Namespace) -> None:
    out = options.out or TRANSCRIPTS / options.model.replace(":", "-")
    talks = _talks(options)
    if options.resume:
        talks = _left(talks, out)
    settings = {"threads": options.threads} if options.threads else {}
    count = play(talks, out, model=options.model, settings=settings, engine=options.engine.resolve())
    print(f"{count} conversations played, {out}")


def _rival(options: argparse.Namespace) -> None:
    if not (talks := _left(_talks(options), options.out)):
        print(f"all are played, {options.out}")
        return
    model = open_model(options.model, threads=options.threads, context=6144, slots=1, batch=256)
    try:
        count = play_rival(talks, options.out, model)
    finally:
        model.close()
    print(f"{count} conversations played, {options.out}")


def _sheets(options: argparse.Namespace) -> None:
    systems = {folder.name: folder for folder in options.systems}
    count = write_sheets(_talks(options), systems, options.out, options.key, per_sheet=options.per, seed=options.seed)
    print(f"{count} sheets, {options.out}; the key, {options.key}")


def _score(options: argparse.Namespace) -> None:
    key = read_key(options.key)
    talks = [talk for talk in _talks(options) if talk.id in key]
    if unknown := key.keys() - {talk.id for talk in talks}:
        raise BadConversationError(f"the key has conversations that are not here: {', '.join(sorted(unknown))}")
    judged = read_judged(options.judged, key, SAYS)
    played = read_transcripts(options.acts, talks) if options.acts else {}
    acts = {id_: [reply.get("act", "?") for reply in one.replies] for id_, one in played.items()}
    scores = scores_of(judged, key, talks)
    report.print_systems(scores)
    report.print_pairs(scores)
    report.print_groups(scores, groups(talks, acts))
    report.print_agreements(agreements(judged))


def _left(talks: Sequence[Talk], out: Path) -> list[Talk]:
    """Return the conversations that have no transcript of the same lines yet."""
    done = read_transcripts(out, talks)
    return [talk for talk in talks if talk.id not in done]


def _talks(options: argparse.Namespace) -> list[Talk]:
    talks = read_talks(options.conversations)
    if options.only:
        talks = [talk for talk in talks if talk.id.startswith(tuple(options.only))]
    if wrong := unplayable(talks):
        raise BadConversationError("\n".join(wrong))
    return talks
