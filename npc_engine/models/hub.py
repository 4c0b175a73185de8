"""Fetches GGUF files from Hugging Face or a mirror of it, and keeps them beside the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from npc_engine.errors import ModelError, ModelMissingError, join_names
from npc_engine.models.atomic_files import CHUNK, Folder, Progress, is_whole, models_folder, staging, store

HUB = "https://huggingface.co"

LIKED = ("Q4_K_M", "Q4_0", "Q4_K_S", "Q5_K_M", "Q8_0")
"""Which file of several to take when none is named: the usual trade of size for quality first."""

PATIENCE = 20.0
"""Seconds to wait for the hub to answer or to send more."""


def fetch_from_hub(
    spec: str,
    folder: Folder = None,
    *,
    token: str | None = None,
    progress: Progress | None = None,
    endpoint: str = HUB,
) -> Path:
    """Return the path of the file that `spec` names, fetching it if need be.

    `spec` is `OWNER/REPO` or `OWNER/REPO/FILE.gguf`. What was fetched before is used without asking the hub.
    Where no file is named and the repository has several, the one with the usual quantization is taken.
    `token` opens repositories that need an account.

    Raises:
        ModelError: `spec` is not of that form, or fits no file or several.
        ModelMissingError: the hub can't be reached, refuses, or sent something else.
    """
    match = re.fullmatch(r"([\w.-]+/[\w.-]+)(?:/(.+\.gguf))?", spec)
    if match is None or ".." in spec:
        raise ModelError(f"a model on the hub is hf:OWNER/REPO or hf:OWNER/REPO/FILE.gguf, not 'hf:{spec}'")
    repo, file = match[1], match[2]
    home = models_folder(folder) / "hub" / repo
    if file is not None and is_whole(home / file):
        return home / file
    if file is None:
        here = sorted(path.relative_to(home).as_posix() for path in home.rglob("*.gguf") if is_whole(path))
        if here:
            return home / choose(repo, here)
    about = _ask(f"{endpoint}/api/models/{repo}?blobs=true", repo, token)
    sizes = {row["rfilename"]: row for row in about.get("siblings", []) if row["rfilename"].endswith(".gguf")}
    file = file or choose(repo, sorted(sizes))
    blob = sizes.get(file, {}).get("lfs")
    if not blob:
        raise ModelMissingError(f"{repo} on the hub has no file {file}")
    size, sha256 = int(blob["size"]), str(blob["sha256"])
    download(repo, file, home / file, size, sha256, token=token, progress=progress, endpoint=endpoint)
    return home / file


def download(
    repo: str,
    file: str,
    path: Path,
    size: int,
    sha256: str,
    *,
    token: str | None = None,
    progress: Progress | None = None,
    endpoint: str = HUB,
) -> None:
    """Fetch one file of a repository to `path`, whole or not at all.

    Raises:
        ModelMissingError: the hub can't be reached, refuses, or sent something else.
    """
    url = f"{endpoint}/{repo}/resolve/main/{quote(file)}"
    with staging(path.parent, size), _open(url, repo, token) as source:
        store(_chunks(source, size, repo, progress), path, sha256)


def choose(repo: str, files: list[str]) -> str:
    """Return the one of `files` to use when none was named.

    Raises:
        ModelError: there is none, or no way to choose.
    """
    for kind in LIKED:
        for file in files:
            if kind in file.upper():
                return file
    if len(files) == 1:
        return files[0]
    raise ModelError(f"say which file of hf:{repo} to use; it has {join_names(files[:12]) or 'no GGUF file'}")


def _chunks(source: BinaryIO, size: int, repo: str, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    while True:
        try:
            chunk = source.read(CHUNK)
        except (OSError, ValueError, HTTPException) as error:
            raise _unreachable(repo, error) from None
        if not chunk:
            return
        done += len(chunk)
        if progress is not None:
            progress(min(done, size), size)
        yield chunk


def _ask(url: str, repo: str, token: str | None) -> dict[str, Any]:
    with _open(url, repo, token) as answer:
        try:
            about = json.loads(answer.read())
        except (OSError, ValueError, HTTPException) as error:
            raise _unreachable(repo, error) from None
    return about if isinstance(about, dict) else {}


def _open(url: str, repo: str, token: str | None) -> BinaryIO:
    request = Request(url, headers={"User-Agent": "npc-engine"})
    if token:
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    try:
        answer: BinaryIO = urlopen(request, timeout=PATIENCE)
    except HTTPError as error:
        error.close()
        reason = {
            401: "is behind an account: pass token=…, or check its name",
            403: "is behind an account: pass token=…, or check its name",
            404: "is not on the hub, or has no such file",
        }.get(error.code, f"was refused by the hub ({error.code}): try again later")
        raise ModelMissingError(f"{repo} {reason}") from None
    except (URLError, OSError, HTTPException) as error:
        raise _unreachable(repo, error) from None
    return answer


def _unreachable(repo: str, error: Exception) -> ModelMissingError:
    reason = getattr(error, "reason", None) or error
    return ModelMissingError(f"{repo} could not be fetched, the hub can't be reached ({reason}): check the network")
