"""Example dialogues as cards have them: who says what, a line each, blocks parted by <START>."""

from __future__ import annotations

import re

from npc_engine.authoring.cards.macros import USER

_START = re.compile(r"<start>|^\*{3,}$|^-{3,}$", re.IGNORECASE)
_YOU = ("you", "user", "anon", "你", "玩家", "用户")


def exchanges(text: str, name: str) -> list[tuple[str, str]]:
    """Return what was said to somebody and what they answered; answers to nothing are left out."""
    found: list[tuple[str, str]] = []
    said, reply, speaker = "", "", ""

    def close() -> None:
        nonlocal said, reply
        if said.strip() and reply.strip():
            found.append((said.strip(), reply.strip()))
            said = ""
        reply = ""

    for line in text.split("\n"):
        if _START.search(line.strip()):
            close()
            said, speaker = "", ""
            line = _START.sub("", line)
        who, words = _speaker(line, name)
        if who == "user":
            close()
            said = words if speaker != "user" else f"{said}\n{words}"
            speaker = who
        elif who == "char":
            reply = words if speaker != "char" else f"{reply}\n{words}"
            speaker = who
        elif speaker == "char":
            reply = f"{reply}\n{line}"
        elif speaker == "user":
            said = f"{said}\n{line}"
    close()
    return found


def without_exchanges(text: str, name: str) -> str:
    """Return a text without the lines of an example dialogue in it."""
    kept = [line for line in text.split("\n") if not _speaker(line, name)[0] and not _START.fullmatch(line.strip())]
    return "\n".join(kept)


def _speaker(line: str, name: str) -> tuple[str, str]:
    """Return who says a line, `user`, `char` or nobody, and what."""
    bare = line.lstrip(" *_>\t")
    head, colon, rest = bare.partition(":")
    if not colon or len(head) > 45:
        head, colon, rest = bare.partition("：")
    head = head.strip(' *_[]"“”')
    if not colon or not head:
        return "", line
    if head == USER or head.casefold() in _YOU:
        return "user", rest.lstrip("* ")
    if head.casefold() in (name.casefold(), name.split()[0].casefold() if name.split() else ""):
        return "char", rest.lstrip("* ")
    return "", line
