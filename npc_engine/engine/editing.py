"""Content edited while the game runs: read again in the background, taken over whole or refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass

from npc_engine.content import Content, ContentWatcher
from npc_engine.engine.workers import GoneError, Workers
from npc_engine.errors import ContentError


@dataclass(frozen=True, slots=True)
class Reload:
    """What came of an edit to the content: it was taken over, or refused with every mistake named."""

    error: ContentError | None = None

    def __str__(self) -> str:
        return str(self.error) if self.error else ""


class Editing:
    """Watches the content's files, without the game's thread ever touching them."""

    def __init__(self, content: Content, take_over: Callable[[Content], None]) -> None:
        self._watcher = ContentWatcher(content.folder, content)
        self._take_over = take_over
        self._workers = Workers(1, "content")
        self._look: Future[Content | ContentError | None] | None = None

    def check(self) -> Reload | None:
        """Begin a look, or give what came of the last one; never waits."""
        if self._look is None:
            with suppress(GoneError):  # closed: there is nothing to look for
                self._look = self._workers.submit(self._reread)
            return None
        if not self._look.done():
            return None
        found, self._look = self._look.result(), None
        if found is None:
            return None
        return Reload(found if isinstance(found, ContentError) else None)

    def close(self) -> None:
        """Look no more."""
        self._workers.close()

    def _reread(self) -> Content | ContentError | None:
        found = self._watcher.poll()
        if isinstance(found, Content):
            self._take_over(found)
        return found
