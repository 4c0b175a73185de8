"""A gamepad, heard as keys: what it does arrives as key events that have `pad` set, so every menu works with it.

The left stick and the cross are the arrows, A is Return, B and Start are Escape, X opens the keyboard on the screen,
Y the journal, Back says why, the shoulders turn pages. Pads come and go while the game runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pygame
from pygame._sdl2 import controller

BUTTONS = {
    pygame.CONTROLLER_BUTTON_A: pygame.K_RETURN,
    pygame.CONTROLLER_BUTTON_B: pygame.K_ESCAPE,
    pygame.CONTROLLER_BUTTON_X: pygame.K_F4,
    pygame.CONTROLLER_BUTTON_Y: pygame.K_j,
    pygame.CONTROLLER_BUTTON_START: pygame.K_ESCAPE,
    pygame.CONTROLLER_BUTTON_BACK: pygame.K_F1,
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: pygame.K_PAGEUP,
    pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: pygame.K_PAGEDOWN,
    pygame.CONTROLLER_BUTTON_DPAD_LEFT: pygame.K_LEFT,
    pygame.CONTROLLER_BUTTON_DPAD_RIGHT: pygame.K_RIGHT,
    pygame.CONTROLLER_BUTTON_DPAD_UP: pygame.K_UP,
    pygame.CONTROLLER_BUTTON_DPAD_DOWN: pygame.K_DOWN,
}
STICKS = {
    pygame.CONTROLLER_AXIS_LEFTX: (pygame.K_LEFT, pygame.K_RIGHT),
    pygame.CONTROLLER_AXIS_LEFTY: (pygame.K_UP, pygame.K_DOWN),
}
ARROWS = {pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN}
FULL = 32767
PUSHED, LET_GO = 0.5, 0.35
"""How far a stick is out when it counts as pushed, and as let go again."""
FIRST_REPEAT, REPEAT = 0.4, 0.11
"""Seconds until an arrow held down is pressed again, and from then on."""

Opened = dict[int, Any]


class Gamepad:
    """All pads that are plugged in, as one. Feed it events; it gives back those the game should see."""

    def __init__(self, open_pad: Callable[[int], Any] | None = None) -> None:
        """Listen for pads; `open_pad` opens the one with a device's number, SDL does where it is not given."""
        self._open = open_pad or controller.Controller
        self._pads: Opened = {}
        self._down: dict[tuple[int, str], int] = {}
        """Which key is down by each button and stick of each pad."""
        self._repeat = FIRST_REPEAT
        self.in_use = False
        """Whether the last thing the player touched was a pad."""
        controller.init()

    def heard(self, event: pygame.event.Event) -> list[pygame.event.Event]:
        """Return an event as the game should see it: the keys that a pad's comes to, any other as it is."""
        if event.type == pygame.CONTROLLERDEVICEADDED:
            return self._plugged_in(event.device_index)
        if event.type == pygame.CONTROLLERDEVICEREMOVED:
            self._pads.pop(event.instance_id, None)
            return self._let_go(event.instance_id)
        if event.type == pygame.CONTROLLERBUTTONDOWN and event.button in BUTTONS:
            return self._press(event.instance_id, f"button{event.button}", BUTTONS[event.button])
        if event.type == pygame.CONTROLLERBUTTONUP:
            return self._release(event.instance_id, f"button{event.button}")
        if event.type == pygame.CONTROLLERAXISMOTION and event.axis in STICKS:
            return self._stick(event.instance_id, event.axis, event.value / FULL)
        if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
            self.in_use = False
        elif event.type == pygame.WINDOWFOCUSLOST:  # nothing is heard of a pad meanwhile
            return [event, *(key for instance in {of for of, _ in self._down} for key in self._let_go(instance))]
        return [event]

    def step(self, dt: float) -> list[pygame.event.Event]:
        """Let time pass: an arrow held down is pressed again and again."""
        held = [key for key in self._down.values() if key in ARROWS]
        self._repeat -= dt
        if not held or self._repeat > 0:
            return []
        self._repeat = REPEAT
        return [_key(pygame.KEYDOWN, held[-1])]

    def close(self) -> None:
        """Let go of every pad."""
        for pad in self._pads.values():
            pad.quit()
        self._pads = {}
        controller.quit()

    def _plugged_in(self, device: int) -> list[pygame.event.Event]:
        try:
            pad = self._open(device)
        except pygame.error:  # gone again already
            return []
        self._pads[pad.id] = pad
        return []

    def _stick(self, instance: int, axis: int, value: float) -> list[pygame.event.Event]:
        source = f"axis{axis}"
        down = self._down.get((instance, source))
        wanted = STICKS[axis][value > 0]
        if down is not None and (abs(value) < LET_GO or wanted != down):
            released = self._release(instance, source)
            return released + (self._press(instance, source, wanted) if abs(value) > PUSHED else [])
        if down is None and abs(value) > PUSHED:
            return self._press(instance, source, wanted)
        return []

    def _press(self, instance: int, source: str, key: int) -> list[pygame.event.Event]:
        self.in_use = True
        self._repeat = FIRST_REPEAT
        self._down[instance, source] = key
        return [_key(pygame.KEYDOWN, key)]

    def _release(self, instance: int, source: str) -> list[pygame.event.Event]:
        key = self._down.pop((instance, source), None)
        return [] if key is None or key in self._down.values() else [_key(pygame.KEYUP, key)]

    def _let_go(self, instance: int) -> list[pygame.event.Event]:
        sources = [source for of, source in self._down if of == instance]
        return [event for source in sources for event in self._release(instance, source)]


def is_pad(event: pygame.event.Event) -> bool:
    """Return whether a key event came from a pad."""
    return bool(getattr(event, "pad", False))


def _key(kind: int, key: int) -> pygame.event.Event:
    return pygame.event.Event(kind, key=key, mod=0, unicode="", scancode=0, pad=True)
