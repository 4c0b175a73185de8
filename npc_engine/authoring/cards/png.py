"""The text chunks of a PNG picture, in which cards lie: read and written."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator, Mapping

from npc_engine.errors import AuthoringError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CARD_V3, CARD_V2 = "ccv3", "chara"
"""The keywords of the chunks, the newer first: where there are both, the newer counts."""
MAX_TEXT = 24_000_000
"""Bytes of one chunk's text."""


def card_in(data: bytes, name: str) -> bytes:
    """Return the JSON of the card in a picture.

    Raises:
        AuthoringError: there is none, or it is cut off.
    """
    found: dict[str, bytes] = {}
    for kind, body in _chunks(data, name):
        keyword, text = _text(kind, body, name)
        if keyword in (CARD_V3, CARD_V2) and keyword not in found:
            found[keyword] = text
    for keyword in (CARD_V3, CARD_V2):
        if keyword in found:
            try:
                return base64.b64decode(found[keyword], validate=False)
            except (binascii.Error, ValueError):
                raise AuthoringError(f"the card in {name} is damaged: it is no base64") from None
    raise AuthoringError(f"{name} is a picture without a card in it: save it as it is, not a screenshot of it")


def with_cards(data: bytes, cards: Mapping[str, bytes], name: str) -> bytes:
    """Return a picture with other cards in it, by their keywords: those that were in it are gone.

    Raises:
        AuthoringError: it is no PNG.
    """
    if not data.startswith(SIGNATURE):
        raise AuthoringError(f"{name} is no PNG picture")
    written = [SIGNATURE]
    for kind, body in _chunks(data, name):
        if kind in (b"tEXt", b"iTXt", b"zTXt") and body.partition(b"\0")[0] in (b"ccv3", b"chara"):
            continue
        if kind == b"IEND":
            written += [
                _chunk(b"tEXt", keyword.encode() + b"\0" + base64.b64encode(json)) for keyword, json in cards.items()
            ]
        written.append(_chunk(kind, body))
    return b"".join(written)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _chunks(data: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            raise AuthoringError(f"{name} is cut off: get it again")
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length
    raise AuthoringError(f"{name} is cut off: get it again")


def _text(kind: bytes, body: bytes, name: str) -> tuple[str, bytes]:
    """Return a text chunk's keyword and text; empty ones for any other chunk."""
    keyword, _, rest = body.partition(b"\0")
    if kind == b"tEXt":
        return keyword.decode("latin-1"), rest
    if kind == b"zTXt" and rest[:1] == b"\0":
        return keyword.decode("latin-1"), _inflated(rest[1:], name)
    if kind == b"iTXt" and len(rest) > 2:
        packed, text = rest[0], rest[2:].split(b"\0", 2)[-1]
        return keyword.decode("latin-1"), _inflated(text, name) if packed else text
    return "", b""


def _inflated(data: bytes, name: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, MAX_TEXT)
    except zlib.error:
        raise AuthoringError(f"the card in {name} is damaged: it can't be unpacked") from None
    if unpacking.unconsumed_tail:
        raise AuthoringError(f"the card in {name} is larger than any card is")
    return text
