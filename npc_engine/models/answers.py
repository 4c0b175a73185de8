"""Reads the answer to a chat completion, event by event: what is said, or its tokens and how likely they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from npc_engine.errors import ModelError
from npc_engine.models.choosing import steps_of
from npc_engine.models.connection import DONE
from npc_engine.models.dialect import Server
from npc_engine.models.model import Request
from npc_engine.models.relay import Relay
from npc_engine.models.speech import JsonAlone, Sieve, Thoughts, UntilStop, rest_of, text_of
from npc_engine.models.troubles import trouble, unreachable

THINKING_ROOM = 1000
"""Tokens that are suggested to whoever wants a model to think before it answers."""


class Words:
    """Reads what is said off the events of an answer, and passes it on."""

    def __init__(self, request: Request, server: Server, relay: Relay[str], who: str, thinks_by: int) -> None:
        self._server = server
        self._relay = relay
        self._who = who
        self._thinks_by = thinks_by
        self._thoughts = Thoughts(hold=server.aloud or not server.heard)
        self._sieves: list[Sieve] = [self._thoughts]
        if request.stop:
            self._sieves.append(UntilStop(request.stop))
        if request.json_schema is not None:
            self._sieves.append(JsonAlone())
        self._reasoned = False
        self._whole = False
        self._why = ""
        self.told = False

    def take(self, event: Any) -> None:
        """Take the next event.

        Raises:
            ModelError: the model said thoughts of its aloud before that could be known.
        """
        if event == DONE:
            self._whole = True
            return
        for choice in choices_of(event):
            delta = _delta(choice)
            self._reasoned = self._reasoned or bool(delta.get("reasoning_content") or delta.get("reasoning"))
            self._pass(text_of(delta.get("content")))
            self._why = choice.get("finish_reason") or self._why
        self._whole = self._whole or bool(self._why)

    def end(self) -> None:
        """See that the answer was whole, and pass on what was kept back.

        Raises:
            ModelError: it was not whole, or nothing was said in it.
        """
        if not self._whole:
            raise unreachable("broke_off", who=self._who)
        self._server.thought = self._thoughts.seen or self._reasoned
        self._server.thinks = self._server.thinks or self._server.thought
        cut = self._server.aloud and self._why == "length" and not self._thoughts.seen
        if not cut:
            self._give(rest_of(self._sieves))
        if self.told:
            self._server.heard = True
        elif cut or (self._server.thinks and self._why == "length"):
            raise trouble(ModelError, "only_thought", who=self._who, tokens=self._more())
        else:
            key = "filtered" if self._why == "content_filter" else "empty"
            raise trouble(ModelError, key, who=self._who)

    def _more(self) -> int:
        return max(THINKING_ROOM, 2 * self._thinks_by)

    def _pass(self, text: str) -> None:
        for sieve in self._sieves:
            text = sieve.feed(text) if text else ""
        self._server.aloud = self._server.aloud or self._thoughts.aloud
        if self._thoughts.leaked:
            self._server.thinks = True
            raise trouble(ModelError, "thought_aloud", who=self._who)
        self._give(text)

    def _give(self, text: str) -> None:
        self.told = self.told or bool(text)
        self._relay.give(text)


class Tokens:
    """Reads tokens with their probabilities off the events of an answer, and passes them on."""

    def __init__(self, relay: Relay[Any], who: str) -> None:
        self._relay = relay
        self._who = who
        self._whole = False
        self.told = False

    def take(self, event: Any) -> None:
        """Take the next event."""
        for choice in choices_of(event) if event != DONE else ():
            self._whole = self._whole or bool(choice.get("finish_reason"))
            for step in steps_of({**choice, "delta": {"content": text_of(_delta(choice).get("content"))}}):
                self.told = True
                self._relay.give(step)
        self._whole = self._whole or event == DONE

    def end(self) -> None:
        """See that the answer was whole.

        Raises:
            ModelUnreachableError: it was not.
        """
        if not self._whole:
            raise unreachable("broke_off", who=self._who)


def choices_of(event: Any) -> list[Mapping[str, Any]]:
    """Return the choices of an event; none where it has none, as the last, which tells what was used, may have.

    Raises:
        TypeError: it is no piece of a chat completion.
    """
    if not isinstance(event, Mapping):
        raise TypeError(f"a piece of an answer was expected, not {type(event).__name__}")
    return [choice for choice in event.get("choices") or () if isinstance(choice, Mapping)]


def _delta(choice: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a choice adds; a server that sends no pieces has it all in a `message`."""
    return choice.get("delta") or choice.get("message") or {}
