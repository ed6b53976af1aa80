#!/usr/bin/env python3
"""Makes the table file of one byte-pair vocabulary from its published .tiktoken file.

    python3 Scripts/make_token_tables.py o200k_base.tiktoken Sources/CTokenTables/tables/o200k_base.bin

The .tiktoken file (published by OpenAI with tiktoken, MIT licence; see NOTICE) holds one token a
line: its bytes in base64, a space, its rank. Its SHA-256 must be one of those below, which are the
ones that tiktoken itself checks. The layout of the result is described in
Sources/FlowText/Tokens/VocabularyTable.swift; both files must change together. Only the standard
library is needed; the result depends on nothing but the input.
"""

import base64
import hashlib
import pathlib
import struct
import sys

KNOWN = {
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d": "o200k_base",
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7": "cl100k_base",
}
MASK = (1 << 64) - 1
MULTIPLIER = 0x9E3779B97F4A7C15
SHORT, MEDIUM = 8, 16
NO_RANK = 0x3FFFF
LOAD = 0.6  # entries a slot, in every hash table
HEADER_BYTES = 256
# The table of characters: all of two and three bytes up to the surrogates.
CHARACTERS = 0xD800
AT_START, AFTER_CHARACTER, AFTER_ASCII = 1 << 29, 1 << 30, 1 << 31
# The table of merges: its keys have 36 bits; a line of 64 bytes has room for 12.
PAIR_MASK = (1 << 36) - 1
PAIR_MULTIPLIER = 0x9E3779B97
PAIR_TAG_BITS = 22
PAIRS_IN_LINE = 12


def read_vocabulary(data: bytes) -> list[bytes]:
    tokens: list[bytes] = []
    for line in data.splitlines():
        text, rank = line.split()
        if int(rank) != len(tokens):
            sys.exit(f"rank {rank.decode()} is out of order")
        tokens.append(base64.b64decode(text))
    return tokens


def last_merge(token: bytes, ranks: dict[bytes, int]) -> tuple[int, int]:
    """The two tokens whose merge makes `token` when its bytes are encoded alone."""
    own = ranks[token]
    parts = [token[i : i + 1] for i in range(len(token))]
    while len(parts) > 2:
        rank, at = min(
            (ranks.get(parts[i] + parts[i + 1], own), i) for i in range(len(parts) - 1)
        )
        if rank >= own:
            sys.exit(f"token {own} cannot be reached by merging lower ranks")
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return ranks[parts[0]], ranks[parts[1]]


def mix(key: int) -> int:
    """Spreads a 64-bit key; the upper half of the result picks the slot."""
    return ((key ^ (key >> 32)) * MULTIPLIER) & MASK


def slot(hashed: int, slots: int) -> int:
    return ((hashed >> 32) * slots) >> 32


def place(hashes: list[int]) -> tuple[int, list[int | None]]:
    """Linear probing in the order given: entry numbers by slot, None where a slot is free."""
    slots = max(16, int(len(hashes) / LOAD))
    table: list[int | None] = [None] * slots
    for entry, hashed in enumerate(hashes):
        at = slot(hashed, slots)
        while table[at] is not None:
            at = 0 if at + 1 == slots else at + 1
        table[at] = entry
    return slots, table


def solid_characters(tokens: list[bytes], ranks: dict[bytes, int]) -> list[int]:
    """For each character the id of its token and where it is solid; see CharacterTable.swift."""
    # The lowest ids of tokens that end in the first bytes of a character, behind a byte of the character
    # before or behind ASCII, and of those that begin with the last bytes of one, before another.
    never = len(tokens)
    behind: dict[tuple[bool, bytes], int] = {}
    before: dict[bytes, int] = {}
    for rank, token in enumerate(tokens):
        for cut in range(1, min(len(token), 3)):
            tail, head = token[-cut:], token[:cut]
            key = (token[-cut - 1] >= 0x80, tail)
            behind[key] = min(behind.get(key, never), rank)
            before[head] = min(before.get(head, never), rank)
    table = [0] * CHARACTERS
    for code in range(0x80, CHARACTERS):
        character = chr(code).encode()
        rank = ranks.get(character)
        if rank is None or any(before.get(character[i:], never) < rank for i in range(1, len(character))):
            continue
        heads = [character[:i] for i in range(1, len(character))]
        table[code] = rank | AT_START
        if all(behind.get((True, head), never) > rank for head in heads):
            table[code] |= AFTER_CHARACTER
        if all(behind.get((False, head), never) > rank for head in heads):
            table[code] |= AFTER_ASCII
    return table


def pair_lines(pairs: list[tuple[tuple[int, int], int]]) -> tuple[bytes, list[tuple[int, int]]]:
    """The lines of the table of merges, and what did not fit into them as (line and tag, result)."""
    # A key is known from its line and tag if no line has more keys than there are tags.
    lines = max(8192 * -(-len(pairs) // 8192 // 8), 1 << (36 - PAIR_TAG_BITS))
    rows: list[list[tuple[int, int]]] = [[] for _ in range(lines)]
    overflow, overflowed = [], [False] * lines
    for (left, right), result in pairs:
        key = left << 18 | right
        mixed = ((key ^ (key >> 18)) * PAIR_MULTIPLIER) & PAIR_MASK
        at = (mixed * lines) >> 36
        tag = mixed & ((1 << PAIR_TAG_BITS) - 1)
        if len(rows[at]) < PAIRS_IN_LINE:
            rows[at].append((tag, result))
        else:
            overflowed[at] = True
            overflow.append((at << PAIR_TAG_BITS | tag, result))
    data = bytearray()
    for row, full in zip(rows, overflowed):
        free = PAIRS_IN_LINE - len(row)
        data += bytes(tag >> 14 for tag, _ in row) + bytes(free) + bytes([full, 0, 0, 0])
        data += struct.pack(
            f"<{PAIRS_IN_LINE}I",
            *(result << 14 | tag & 0x3FFF for tag, result in row), *[0xFFFFFFFF] * free,
        )
    # One more line, without merges.
    data += bytes(16) + bytes([0xFF]) * 48
    return bytes(data), overflow


def words(token: bytes) -> list[int]:
    padded = token + bytes(-len(token) % 8)
    return list(struct.unpack(f"<{len(padded) // 8}Q", padded))


def hash_words(token: bytes) -> int:
    hashed = len(token)
    for word in words(token):
        hashed = mix(hashed ^ word)
    return hashed


def build(name: str, digest: bytes, tokens: list[bytes]) -> bytes:
    ranks = {token: rank for rank, token in enumerate(tokens)}
    if len(tokens) > NO_RANK or max(map(len, tokens)) > 255:
        sys.exit("the layout holds ranks below 2^18 - 1 and tokens of at most 255 bytes")

    # A key is padded with zeros, so a token that ends in one cannot be told from a shorter token:
    # those are left out of these two tables and found by merging.
    keyed = [t for t in tokens if not t.endswith(b"\0")]
    short = [t for t in keyed if len(t) <= SHORT]
    medium = [t for t in keyed if SHORT < len(t) <= MEDIUM]
    long = [t for t in tokens if len(t) > MEDIUM]

    if any(t.startswith(bytes(8)) for t in medium):
        sys.exit("a token's first word is zero, which marks a free slot")

    sections: list[tuple[int, bytes]] = []  # (number of elements, bytes)

    def add(code: str, values: list[int]) -> None:
        sections.append((len(values), struct.pack(f"<{len(values)}{code}", *values)))

    add("I", [ranks[bytes([b])] for b in range(256)])
    add("I", [ranks.get(bytes([a, b]), NO_RANK) for a in range(256) for b in range(256)])

    _, table = place([mix(words(t)[0]) for t in short])
    add("Q", [0 if e is None else words(short[e])[0] for e in table])
    add("I", [NO_RANK if e is None else ranks[short[e]] for e in table])

    _, table = place([hash_words(t) for t in medium])
    data = b"".join(bytes(16) if e is None else medium[e].ljust(16, b"\0") for e in table)
    sections.append((len(table), data))
    add("I", [NO_RANK if e is None else ranks[medium[e]] for e in table])

    hashes = [hash_words(t) for t in long]
    _, table = place(hashes)
    add("I", [0xFFFFFFFF if e is None else (hashes[e] & 0x3FFF) << 18 | ranks[long[e]] for e in table])

    # In the order of their ids, so that what overflows a line are the rarer ones.
    data, rest = pair_lines([(last_merge(t, ranks), ranks[t]) for t in tokens if len(t) > 2])
    sections.append((len(data) // 64, data))
    _, table = place([mix(key) for key, _ in rest])
    add("Q", [MASK if e is None else rest[e][0] << 18 | rest[e][1] for e in table])

    blocks, at = [], 0
    for rank, token in enumerate(tokens):
        if rank % 64 == 0:
            blocks.append(at)
        at += len(token)
    add("B", [len(t) for t in tokens])
    add("I", blocks)
    joined = b"".join(tokens)
    sections.append((len(joined), joined))
    add("I", solid_characters(tokens, ranks))

    body, entries = b"", b""
    for count, data in sections:
        body += bytes(-(HEADER_BYTES + len(body)) % 64)
        entries += struct.pack("<II", HEADER_BYTES + len(body), count)
        body += data
    header = struct.pack(
        "<8s16s32sIII",
        b"FLOWBPE2", name.encode(), digest, len(tokens), max(map(len, tokens)), len(sections),
    )
    return (header + entries).ljust(HEADER_BYTES, b"\0") + body


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data = pathlib.Path(sys.argv[1]).read_bytes()
    digest = hashlib.sha256(data)
    name = KNOWN.get(digest.hexdigest())
    if name is None:
        sys.exit(f"{sys.argv[1]} is not a published vocabulary: SHA-256 {digest.hexdigest()}")
    table = build(name, digest.digest(), read_vocabulary(data))
    pathlib.Path(sys.argv[2]).write_bytes(table)
    print(f"{name}: {len(table)} bytes")


main()
