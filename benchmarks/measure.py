"""Figures and how they are printed."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORLD = ROOT / "world"


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies (nearest rank); NaN for none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def row(name: str, values: Sequence[float], unit: str = "ms") -> str:
    """Return a table row: median, 95th and 99th percentile and worst of some values."""
    figures = "  ".join(f"{quantile(values, share):9.1f}" for share in (0.5, 0.95, 0.99, 1.0))
    return f"{name:<52}{len(values):6}  {figures}  {unit}"


def header(title: str) -> str:
    """Return a table's head."""
    columns = "".join(f"{name:>11}" for name in ("median", "p95", "p99", "worst"))
    return f"\n{title}\n{'':<52}{'n':>6}{columns}"


def machine() -> str:
    """Return what machine this is, in a line."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, load {load:.1f}"
