"""Talking in async code: three people are asked at once, and each answer is awaited where it is wanted.

Run it: `python examples/async_talk.py`
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from npc_engine import Engine, Line

WORLD = Path(__file__).parent / "first_game" / "saltmere"


async def ask(engine: Engine, npc: str, question: str) -> Line:
    """Return what somebody answers; nothing blocks the event loop meanwhile."""
    return await engine.talk_to(npc).say(question)


async def main() -> None:
    """Ask around, with a limit on how long anybody may take."""
    with Engine.load(WORLD, model="none") as engine:
        async with asyncio.timeout(30):
            lines = await asyncio.gather(
                ask(engine, "hanne", "Who are you?"),
                ask(engine, "corin", "Who is Bess?"),
                ask(engine, "bess", "How much is a crossing?"),
            )
        for line in lines:
            print(f"{engine.name(line.speaker)}: {line.text}")


if __name__ == "__main__":
    asyncio.run(main())
