"""Cards that are archives (`.charx`): read in memory, in bounds, and never unpacked onto the disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from npc_engine.authoring.cards.plain import MAX_JSON, json_of, list_of, mapping_of, text_of
from npc_engine.errors import AuthoringError

CARD = "card.json"
MAX_FILES = 5_000
MAX_PICTURE = 16_000_000
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")


def card_in(data: bytes, name: str) -> tuple[bytes, tuple[str, bytes] | None]:
    """Return the JSON of the card in an archive, and its picture: how that ends (`.png`), and its bytes.

    Raises:
        AuthoringError: it is no archive or holds no card, or names what lies outside of it, or more than a card needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name)
            if CARD not in archive.namelist():
                raise AuthoringError(f"{name} is an archive without a {CARD}, so it is no card")
            card = _read(archive, CARD, MAX_JSON, name)
            return card, _picture(archive, card, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise AuthoringError(f"{name} is a damaged archive, or one that is locked: get it again") from None


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse what reaches outside of the archive, links, and more files than any card has."""
    entries = archive.infolist()
    if len(entries) > MAX_FILES:
        raise AuthoringError(f"{name} holds {len(entries)} files, and no card does")
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        outside = path.startswith("/") or ".." in PurePosixPath(path).parts or ":" in path
        if outside or stat.S_ISLNK(entry.external_attr >> 16):
            raise AuthoringError(f"{name} names a file outside of itself ({path[:60]!r}): nothing of it is taken")


def _read(archive: zipfile.ZipFile, path: str, most: int, name: str) -> bytes:
    """Return a file of an archive, of which no more is unpacked than may be."""
    with archive.open(path) as file:
        found = file.read(most + 1)
    if len(found) > most:
        raise AuthoringError(f"{path} in {name} is larger than {most // 10**6} MB, and none of a card is")
    return found


def _picture(archive: zipfile.ZipFile, card: bytes, name: str) -> tuple[str, bytes] | None:
    """Return the picture that a card names as its icon, where it lies in the archive."""
    try:
        data = mapping_of(mapping_of(json_of(card, name)).get("data"))
    except AuthoringError:
        return None  # told when the card itself is read
    icons = [mapping_of(asset) for asset in list_of(data.get("assets"))]
    icons = [asset for asset in icons if asset.get("type") == "icon"]
    for asset in sorted(icons, key=lambda asset: asset.get("name") != "main"):
        path = text_of(asset.get("uri")).removeprefix("embeded://").removeprefix("embedded://")
        ending = PurePosixPath(path).suffix.lower()
        if path in archive.namelist() and ending in _PICTURES:
            return ending, _read(archive, path, MAX_PICTURE, name)
    return None
