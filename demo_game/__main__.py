"""`python -m demo_game`: the village in a window, in a script, or in the terminal where there is no window."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import platformdirs

from demo_game.strings import LANGUAGES, Strings
from npc_engine import NpcError

ROOT = Path(__file__).resolve().parent.parent


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line; the environment fills in what it leaves open."""
    env = os.environ
    saves = Path(platformdirs.user_data_dir("npc-engine")) / "saves"
    locale = env.get("LC_ALL", env.get("LANG", ""))
    language = next((one for one in LANGUAGES if locale.startswith(one)), LANGUAGES[0])
    parser = argparse.ArgumentParser(prog="python -m demo_game", description="A small village whose people talk.")
    parser.add_argument(
        "--world", type=Path, default=ROOT / "world", help="the folder of YAML that the village is made of"
    )
    parser.add_argument("--saves", type=Path, default=saves, help="where games are kept (%(default)s)")
    parser.add_argument(
        "--model",
        default=env.get("NPC_MODEL", "embedded"),
        help="embedded, auto, none, a .gguf file, or openai:NAME (or NPC_MODEL; %(default)s)",
    )
    parser.add_argument(
        "--base-url", default=env.get("NPC_BASE_URL", ""), help="the server of openai:NAME (or NPC_BASE_URL)"
    )
    parser.add_argument("--language", choices=LANGUAGES, default=env.get("NPC_LANGUAGE", language))
    parser.add_argument("--seed", type=int, default=0, help="what chance begins from (%(default)s)")
    parser.add_argument(
        "--crowd", type=int, default=0, metavar="N", help="fill the village up to N people walking about"
    )
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="the window's size (%(default)s)")
    parser.add_argument("--headless", action="store_true", help="play without a window: needs --script")
    parser.add_argument("--script", type=Path, help="a YAML file of steps to play, see demo_game/README.md")
    parser.add_argument("--screenshot", type=Path, metavar="DIR", help="where the script's pictures go")
    parser.add_argument("--terminal", action="store_true", help="play in the terminal instead of a window")
    return parser.parse_args(given)


def has_display() -> bool:
    """Return whether a window could be opened."""
    if os.environ.get("SDL_VIDEODRIVER") or not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(given: list[str] | None = None) -> int:
    """Play; give 0, or 1 where a script failed or the game could not begin."""
    chosen = arguments(given)
    if chosen.headless:
        os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    say = Strings(chosen.language)
    if chosen.terminal:
        return in_terminal(chosen)
    missing = "no_display" if not has_display() else "no_pygame" if not find_spec("pygame_gui") else ""
    if missing:
        print(say(f"terminal.{missing}"))
        return in_terminal(chosen)
    return in_window(chosen)


def in_terminal(chosen: argparse.Namespace) -> int:
    """Play in the terminal."""
    from demo_game.saves import Saves
    from demo_game.terminal import open_terminal

    return open_terminal(
        chosen.world,
        Saves(chosen.saves),
        Strings(chosen.language),
        model=chosen.model,
        model_settings=settings(chosen),
        seed=chosen.seed,
    )


def in_window(chosen: argparse.Namespace) -> int:
    """Play in a window, or through a script."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_IME_SHOW_UI", "1")  # the input method's own list of candidates
    import pygame

    from demo_game.app import App, Options
    from demo_game.scenes import Title
    from demo_game.script import Script, ScriptError

    width, _, height = chosen.size.partition("x")
    options = Options(
        world=chosen.world,
        saves=chosen.saves,
        model=chosen.model,
        model_settings=settings(chosen),
        language=chosen.language,
        seed=chosen.seed,
        crowd=max(0, chosen.crowd - 6),
        size=(int(width), int(height)),
    )
    try:
        app = App(options)
    except pygame.error:
        print(Strings(chosen.language)("terminal.no_display"))
        return in_terminal(chosen)
    app.show(Title(app))
    if not chosen.script:
        app.run()
        return 0
    try:
        Script.read(app, chosen.script, chosen.screenshot).run()
    except (ScriptError, NpcError) as error:
        print(f"{chosen.script}: {error}", file=sys.stderr)
        return 1
    finally:
        app.close()
    return 0


def settings(chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the server's address and key, or the models' folder. Key and folder come from the environment only."""
    if chosen.model.partition(":")[0] in ("embedded", "auto"):
        folder = os.environ.get("NPC_MODELS")
        return {"folder": Path(folder)} if folder else {}
    given = {"base_url": chosen.base_url, "api_key": os.environ.get("NPC_API_KEY", "")}
    return {name: value for name, value in given.items() if value} if chosen.model.startswith("openai:") else {}


if __name__ == "__main__":
    sys.exit(main())
