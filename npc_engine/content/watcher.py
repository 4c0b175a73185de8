"""Reloading content while a game runs: notices what writers save, and waits until it is saved whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from npc_engine.content.files import digest, list_files, read_files
from npc_engine.content.loading import Content, load_content
from npc_engine.content.spot import Findings
from npc_engine.errors import ContentError

_Stamp = dict[str, tuple[int, ...]]


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
        stamp = _stamp(self._folder)
        unchanged = digest(read_files(self._folder, Findings())) == content.digest
        self._loaded = stamp if unchanged else None
        """The files as they were at the last loading; None when that is not known."""
        self._seen: _Stamp | None = None
        self._since = 0.0

    def poll(self) -> Content | ContentError | None:
        """Return the new content, or why it cannot be used, once for each change; None while all is as it was.

        Takes microseconds while nothing has changed, and as long as loading does when something has. After
        an error the old content is still the one to use; content that is mended is given even when it is
        just what it was before.
        """
        stamp = _stamp(self._folder)
        if stamp == self._loaded:
            self._seen = None
            return None
        if stamp != self._seen:
            self._seen, self._since = stamp, self._clock()
            return None
        if self._clock() - self._since < self._settle:
            return None
        self._loaded, self._seen = stamp, None
        try:
            content = load_content(self._folder)
        except ContentError as error:
            self._digest = None
            return error
        if content.digest == self._digest:
            return None
        self._digest = content.digest
        return content


def _stamp(folder: Path) -> _Stamp:
    """Return what the file system says of each file: enough to notice every saving of it."""
    stamp: _Stamp = {}
    for path in list_files(folder):
        try:
            about = (folder / path).stat()
        except OSError as error:
            stamp[path] = (error.errno or 0,)
        else:
            stamp[path] = (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino)
    return stamp
