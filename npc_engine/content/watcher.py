"""Reloading content while a game runs: notices what writers save, and waits until it is saved whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from npc_engine.content.files import digest, list_files, read_files
from npc_engine.content.loading import Content, load_content
from npc_engine.content.spot import Findings
from npc_engine.errors import ContentError

Stamp = dict[str, tuple[int, ...]]
"""What the file system says of each file, by its path."""


class ContentWatcher:
    """Watches a content folder; `poll()` gives its new content once it has changed.

    A change counts once two polls and `settle` seconds have seen the files alike, since editors empty a
    file before they write it, or write another and rename it. `clock` gives seconds, and is for tests.
    """

    def __init__(
        self,
        folder: Path | str,
        content: Content,
        *,
        settle: float = 0.25,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = Path(folder)
        self._settle = settle
        self._clock = clock
        self._digest: str | None = content.digest
        now = stamp(self._folder)
        unchanged = digest(read_files(self._folder, Findings())) == content.digest
        self._loaded = now if unchanged else None
        """The files as they were at the last loading; None when that is not known."""
        self._seen: Stamp | None = None
        self._since = 0.0

    def poll(self) -> Content | ContentError | None:
        """Return the new content, or why it cannot be used, once for each change; None while all is as it was.

        Takes microseconds while nothing has changed, and as long as loading does when something has. After
        an error the old content is still the one to use; content that is mended is given even when it is
        just what it was before.
        """
        now = stamp(self._folder)
        if now == self._loaded:
            self._seen = None
            return None
        if now != self._seen:
            self._seen, self._since = now, self._clock()
            return None
        if self._clock() - self._since < self._settle:
            return None
        self._loaded, self._seen = now, None
        try:
            content = load_content(self._folder)
        except ContentError as error:
            self._digest = None
            return error
        if content.digest == self._digest:
            return None
        self._digest = content.digest
        return content


def stamp(folder: Path) -> Stamp:
    """Return what the file system says of each YAML file: enough to notice every saving of it."""
    found: Stamp = {}
    for path in list_files(folder):
        try:
            about = (folder / path).stat()
        except OSError as error:
            found[path] = (error.errno or 0,)
        else:
            found[path] = (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino)
    return found
