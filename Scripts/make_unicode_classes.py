#!/usr/bin/env python3
"""Makes the table of Unicode character classes that the pre-tokenizers use.

    pip install 'unicodedata2==16.*'
    python3 Scripts/make_unicode_classes.py Sources/CTokenTables/tables/unicode_classes.bin

The version is pinned to Unicode 16.0, which is what the published tokenizer's regex engine knows:
a newer table would cut newly assigned letters differently. The layout of the result is described in
Sources/FlowText/Tokens/CharacterClass.swift; both files must change together.
"""

import pathlib
import struct
import sys

import unicodedata2

UPPER, LOWER, OTHER_LETTER, MARK, NUMBER, SPACE, NEWLINE = (1 << bit for bit in range(7))
BLOCK = 128
# The property White_Space, PropList.txt.
WHITE_SPACE = {*range(0x9, 0xE), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
               0x2028, 0x2029, 0x202F, 0x205F, 0x3000}


def character_class(code: int) -> int:
    if code in (0xA, 0xD):
        return SPACE | NEWLINE
    if code in WHITE_SPACE:
        return SPACE
    category = unicodedata2.category(chr(code))
    if category in ("Lu", "Lt"):
        return UPPER
    if category == "Ll":
        return LOWER
    return {"L": OTHER_LETTER, "M": MARK, "N": NUMBER}.get(category[0], 0)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not unicodedata2.unidata_version.startswith("16.0"):
        sys.exit(f"Unicode 16.0 is needed, not {unicodedata2.unidata_version}")
    classes = bytes(character_class(code) for code in range(0x110000))
    blocks: dict[bytes, int] = {}
    index = []
    for start in range(0, len(classes), BLOCK):
        block = classes[start : start + BLOCK]
        index.append(blocks.setdefault(block, len(blocks)))
    table = struct.pack(f"<{len(index)}H", *index) + b"".join(blocks)
    pathlib.Path(sys.argv[1]).write_bytes(table)
    print(f"Unicode {unicodedata2.unidata_version}: {len(blocks)} blocks, {len(table)} bytes")


main()
