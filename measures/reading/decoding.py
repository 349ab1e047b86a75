"""From bytes to text: which of the encodings that Danish systems write is this?"""

from __future__ import annotations

import codecs

LETTERS = "æøåÆØÅéüöä§–’"
SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")


class NotText(ValueError):
    """The bytes aren't text in any encoding that is expected."""


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    A byte order mark decides; then UTF-16 by its zero bytes; then valid UTF-8; then the single-byte encoding that gives
    the most Danish letters and the fewest odd signs. Raises NotText on binary content.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, name), name
    if data[:4000].count(0) > len(data[:4000]) // 4:
        name = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return _strict(data, name), name
    if b"\0" in data:
        raise NotText("zero bytes")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    name = max(SINGLE_BYTE, key=lambda encoding: _danishness(data, encoding))
    return data.decode(name, errors="replace"), name


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise NotText(name) from error


def _danishness(data: bytes, encoding: str) -> int:
    """Danish letters count for an encoding, signs that no Danish text holds against it."""
    text = data[:200_000].decode(encoding, errors="replace")
    odd = (
        character for character in text if ord(character) > 127 and character not in LETTERS and character != "\u00a0"
    )
    return 2 * sum(text.count(letter) for letter in LETTERS) - 3 * sum(1 for _ in odd)
