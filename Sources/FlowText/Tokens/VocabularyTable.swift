// A published byte-pair vocabulary, read in place.
//
// Problem: a process may be started for every turn of an agent, so that a vocabulary of 200,000
// tokens must be ready for look-up without being parsed, copied or hashed first.
//
// Design: Scripts/make_token_tables.py lays the vocabulary out as open-addressing hash tables in one
// file of plain little-endian integers, which CTokenTables embeds as read-only data. Opening it reads
// the header; a look-up touches the pages it needs. There are no pointers in the file, so the loader
// has nothing to relocate and processes share the pages.
//
// Header, 256 bytes:
//   0    8   "FLOWBPE2"
//   8    16  name, padded with zeros
//   24   32  SHA-256 of the .tiktoken file it was made from
//   56   4   number of tokens; ids are 0 ..< this number
//   60   4   length in bytes of the longest token (at most 255)
//   64   4   number of sections (13)
//   68   104 for each section: offset in the file (a multiple of 64), number of elements; u32 each
//   172  84 zeros
//
// Sections ("none" is 0x3FFFF where an id is absent; ids are below it):
//   0  u32 x 256    id of every single byte
//   1  u32 x 65536  id of every two bytes (first byte x 256 + second), or none
//   2  u64          keys of the tokens of 1 to 8 bytes: the bytes, padded with zeros; 0 is a free slot
//   3  u32          ids for section 2, slot by slot
//   4  u64 x 2      keys of the tokens of 9 to 16 bytes; a first word of 0 is a free slot
//   5  u32          ids for section 4, slot by slot
//   6  u32          slots of the tokens over 16 bytes: lower 14 bits of the hash << 18 | id, after which
//                   the bytes are compared; all ones is a free slot
//   7  64 bytes     lines of 12 merges; see MergeTable.swift
//   8  u64          merges that found no room in their line: line << 40 | tag << 18 | id of the result;
//                   all ones is a free slot
//   9  u8           length of every token
//   10 u32          offset in section 11 of every 64th token
//   11 bytes        all tokens, joined in the order of their ids
//   12 u32 x 55296  characters that are merged before anything else; see CharacterTable.swift
//
// Hashing: mix(x) = (x ^ x >> 32) * 0x9E3779B97F4A7C15 (mod 2^64); a key of one word hashes to
// mix(key), a token of several words to h = length, then h = mix(h ^ word) for each. The slot is
// (upper 32 bits of the hash * slots) >> 32; collisions go to the next slot, around the end. Tables
// are at most 60 % full, so that a search always meets a free slot.
//
// Invariants:
// - Padding would hide a last byte of zero, so tokens that end in one are not in sections 2 and 4 and
//   a piece that ends in one is not looked up but merged. The result is the same, since merging the
//   bytes of a token makes that token (the script refuses a vocabulary for which this is not so).
// - For the same reason one merge per token is enough: when two parts of a text that together spell a
//   token become neighbours, they are the two last parts of that token encoded alone, for no merge has
//   crossed its edges. The merge's rank is the token's id. Sections 7 and 8 have no merge of two single
//   bytes; section 1 has those.
struct VocabularyTable {
  /// Stands for "no such token"; greater than every id.
  static let none: UInt32 = 0x3_FFFF

  let tokenCount: Int
  let longestToken: Int
  let byteIDs: TableSection<UInt32>
  let twoByteIDs: TableSection<UInt32>
  let shortKeys: TableSection<UInt64>
  let shortIDs: TableSection<UInt32>
  let mediumKeys: TableSection<(UInt64, UInt64)>
  let mediumIDs: TableSection<UInt32>
  let longIDs: TableSection<UInt32>
  let merges: MergeTable
  let characters: CharacterTable
  private let spellings: Spellings

  /// Opens a table at `base`, which must stay in place for as long as the value is used.
  init(at base: UnsafeRawPointer) {
    precondition(
      base.load(as: UInt64.self) == 0x3245_5042_574F_4C46,
      "the table is not a vocabulary, or this machine is not little-endian"
    )
    tokenCount = Int(base.load(fromByteOffset: 56, as: UInt32.self))
    longestToken = Int(base.load(fromByteOffset: 60, as: UInt32.self))
    byteIDs = TableSection(0, of: base)
    twoByteIDs = TableSection(1, of: base)
    shortKeys = TableSection(2, of: base)
    shortIDs = TableSection(3, of: base)
    mediumKeys = TableSection(4, of: base)
    mediumIDs = TableSection(5, of: base)
    longIDs = TableSection(6, of: base)
    merges = MergeTable(lines: TableSection(7, of: base), overflow: TableSection(8, of: base))
    characters = CharacterTable(entries: TableSection(12, of: base))
    spellings = Spellings(
      lengths: TableSection(9, of: base),
      blockOffsets: TableSection(10, of: base),
      joined: TableSection(11, of: base)
    )
  }

  /// The bytes of a token, or nil if there is no such id.
  func bytes(of id: UInt32) -> UnsafeBufferPointer<UInt8>? {
    guard id < tokenCount else { return nil }
    return spellings.bytes(of: Int(id))
  }
}

/// One section of a vocabulary's file.
struct TableSection<Element> {
  private let start: UnsafePointer<Element>
  /// The number of elements.
  let count: Int

  init(_ number: Int, of file: UnsafeRawPointer) {
    let offset = file.load(fromByteOffset: 68 + 8 * number, as: UInt32.self)
    start = (file + Int(offset)).assumingMemoryBound(to: Element.self)
    count = Int(file.load(fromByteOffset: 72 + 8 * number, as: UInt32.self))
  }

  /// The element at a place that must be inside the section.
  @inline(__always)
  subscript(place: Int) -> Element { start[place] }

  /// The address of the element at a place.
  @inline(__always)
  func address(_ place: Int) -> UnsafePointer<Element> { start + place }

  /// The elements from a place on.
  @inline(__always)
  func from(_ place: Int, count: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: start + place, count: count)
  }

  /// The slot at which the search for a key of the given hash begins.
  @inline(__always)
  func slot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// The slot to try after a collision.
  @inline(__always)
  func slot(after slot: Int) -> Int { slot &+ 1 == count ? 0 : slot &+ 1 }
}

/// The bytes of all tokens, which need no offset of four bytes each.
private struct Spellings {
  let lengths: TableSection<UInt8>
  let blockOffsets: TableSection<UInt32>
  let joined: TableSection<UInt8>

  func bytes(of id: Int) -> UnsafeBufferPointer<UInt8> {
    var offset = Int(blockOffsets[id / 64])
    for before in (id & ~63)..<id { offset += Int(lengths[before]) }
    return joined.from(offset, count: Int(lengths[id]))
  }
}
