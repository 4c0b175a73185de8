"""What the engine's recall is measured beside: plain BM25, and SQLite's full-text search, over the same words."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from heapq import nlargest

from benchmarks.recall.sets import Dialogue, Turn
from npc_engine.text import stop_words, terms, words


def shown(turn: Turn, dialogue: Dialogue) -> str:
    """Return a turn as it is indexed by each: who said it, what, and the date."""
    names = next(one.names for one in dialogue.people if one.id == turn.speaker)
    return f"{' '.join(names.values())}: {turn.text} {turn.at.day} {turn.at:%B %Y}"


class PlainBM25:
    """BM25 with its usual constants (k1 1.2, b 0.75) over English stems and Chinese character pairs."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._ids = [turn.id for turn in dialogue.turns]
        counts = [Counter(terms(shown(turn, dialogue))) for turn in dialogue.turns]
        self._lengths = [count.total() for count in counts]
        self._mean = sum(self._lengths) / len(self._lengths)
        self._postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, count in enumerate(counts):
            for term, times in count.items():
                self._postings[term].append((at, times))

    def find(self, question: str, limit: int) -> list[str]:
        """Return the ids of the turns that fit best."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term in set(terms(question)):
            having = self._postings.get(term, [])
            rarity = math.log(1 + (len(self._ids) - len(having) + 0.5) / (len(having) + 0.5))
            for at, times in having:
                damp = 1.2 * (0.25 + 0.75 * self._lengths[at] / self._mean)
                scores[at] += rarity * times * 2.2 / (times + damp)
        return [self._ids[at] for at in nlargest(limit, scores, key=lambda at: (scores[at], at))]


class FullText:
    """SQLite FTS5 with its Porter stemmer for English; for Chinese its words are our character pairs."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._english = dialogue.language == "en"
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE said USING fts5(id UNINDEXED, text, tokenize='porter unicode61')")
        rows = [(turn.id, self._spaced(shown(turn, dialogue))) for turn in dialogue.turns]
        self._base.executemany("INSERT INTO said VALUES (?, ?)", rows)

    def find(self, question: str, limit: int) -> list[str]:
        """Return the ids of the turns that fit best."""
        asked = {word.replace('"', "") for word in words(self._spaced(question))} - stop_words()
        wanted = " OR ".join(f'"{word}"' for word in sorted(asked))
        query = "SELECT id FROM said WHERE said MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in self._base.execute(query, (wanted, limit))]

    def _spaced(self, text: str) -> str:
        return text if self._english else " ".join(terms(text))
