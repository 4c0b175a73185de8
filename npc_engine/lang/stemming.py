"""What a word has in common with its other forms, by Snowball."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache

STEMS = 32_768
"""Words of which the stem is kept: a persona's texts are looked through again and again."""


def stems(algorithm: str) -> Callable[[str], str]:
    """Return what stems words by one of Snowball's algorithms, in any thread."""
    import snowballstemmer  # which takes a while, and what only cleans a text does without

    stemmer = snowballstemmer.stemmer(algorithm)
    working = threading.Lock()  # a stemmer keeps the word it works on in itself

    @lru_cache(maxsize=STEMS)
    def stem(word: str) -> str:
        with working:
            return str(stemmer.stemWord(word))

    return stem
