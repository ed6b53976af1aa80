import CTokenTables

// Finding whole pieces and merges. How keys are hashed and placed is described at the head of
// VocabularyTable.swift.

extension VocabularyTable {
  /// Whether the piece is one token.
  ///
  /// `readable` is the number of bytes that may be read from `piece` on, at least `length`. False for a
  /// piece that ends in zero, which has to be merged.
  @inline(__always)
  func contains(_ piece: UnsafePointer<UInt8>, length: Int, readable: Int) -> Bool {
    if piece[length &- 1] == 0 { return false }
    if length <= 8 {
      let key = Self.word(piece, length, readable)
      return shortSlot(key, from: shortKeys.slot(Self.mix(key))) >= 0
    }
    return longerID(piece, length: length, readable: readable) != Self.none
  }

  /// The id of the piece if it is one token, else `none`; the rules are those of `contains`.
  @inline(__always)
  func id(_ piece: UnsafePointer<UInt8>, length: Int, readable: Int) -> UInt32 {
    if piece[length &- 1] == 0 { return Self.none }
    if length <= 8 {
      let key = Self.word(piece, length, readable)
      let slot = shortSlot(key, from: shortKeys.slot(Self.mix(key)))
      return slot < 0 ? Self.none : shortIDs[slot]
    }
    return longerID(piece, length: length, readable: readable)
  }

  @inline(__always)
  private func shortSlot(_ key: UInt64, from start: Int) -> Int {
    var slot = start
    while true {
      let found = shortKeys[slot]
      if found == 0 { return -1 }
      if found == key { return slot }
      slot = shortKeys.slot(after: slot)
    }
  }

  @inline(__always)
  private func mediumSlot(_ first: UInt64, _ second: UInt64, from start: Int) -> Int {
    var slot = start
    while true {
      let found = mediumKeys[slot]
      if found.0 == 0 { return -1 }
      if found.0 == first, found.1 == second { return slot }
      slot = mediumKeys.slot(after: slot)
    }
  }

  @inline(__always)
  private static func mediumHash(_ first: UInt64, _ second: UInt64, _ length: Int) -> UInt64 {
    mix(mix(UInt64(truncatingIfNeeded: length) ^ first) ^ second)
  }

  private func longerID(_ piece: UnsafePointer<UInt8>, length: Int, readable: Int) -> UInt32 {
    if length > 16 { return longID(piece, length: length) }
    let first = Self.word(piece, 8, readable)
    let second = Self.word(piece + 8, length &- 8, readable &- 8)
    let slot = mediumSlot(first, second, from: mediumKeys.slot(Self.mediumHash(first, second, length)))
    return slot < 0 ? Self.none : mediumIDs[slot]
  }

  private func longID(_ piece: UnsafePointer<UInt8>, length: Int) -> UInt32 {
    if length > longestToken { return Self.none }
    var hash = UInt64(length)
    var at = 0
    while at < length {
      let count = min(8, length &- at)
      hash = Self.mix(hash ^ Self.word(piece + at, count, length &- at))
      at &+= 8
    }
    let tag = UInt32(truncatingIfNeeded: hash & 0x3FFF)
    var slot = longIDs.slot(hash)
    while true {
      let found = longIDs[slot]
      if found == .max { return Self.none }
      let id = found & Self.none
      if found &>> 18 == tag, let token = bytes(of: id), Self.equal(token, piece, length) {
        return id
      }
      slot = longIDs.slot(after: slot)
    }
  }

  /// Whether a token is the same as a piece of more than 8 bytes.
  private static func equal(
    _ token: UnsafeBufferPointer<UInt8>,
    _ piece: UnsafePointer<UInt8>,
    _ length: Int
  ) -> Bool {
    guard token.count == length, let start = UnsafeRawPointer(token.baseAddress) else { return false }
    let other = UnsafeRawPointer(piece)
    var at = 0
    while true {
      let one = start.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      if one != other.loadUnaligned(fromByteOffset: at, as: UInt64.self) { return false }
      if at &+ 8 == length { return true }
      // The last word overlaps the one before it.
      at = min(at &+ 8, length &- 8)
    }
  }

  // MARK: Whole pieces, in two steps

  /// Where the search for a piece begins.
  @inline(__always)
  func slot(_ key: PieceKey) -> Int {
    key.length <= 8
      ? shortKeys.slot(Self.mix(key.first))
      : mediumKeys.slot(Self.mediumHash(key.first, key.second, key.length))
  }

  /// Asks for the memory at which the search begins.
  @inline(__always)
  func prefetch(_ key: PieceKey, slot: Int) {
    flow_prefetch(
      key.length <= 8
        ? UnsafeRawPointer(shortKeys.address(slot)) : UnsafeRawPointer(mediumKeys.address(slot))
    )
  }

  /// Whether the piece is one token; `slot` is the one that `slot(_:)` gave.
  @inline(__always)
  func contains(_ key: PieceKey, slot: Int) -> Bool {
    key.length <= 8
      ? shortSlot(key.first, from: slot) >= 0
      : mediumSlot(key.first, key.second, from: slot) >= 0
  }

  // MARK: Merges

  @inline(__always)
  func id(ofByte byte: UInt8) -> UInt32 { byteIDs[Int(byte)] }

  /// The id of two bytes that make a token, else `none`.
  @inline(__always)
  func id(ofBytes first: UInt8, _ second: UInt8) -> UInt32 {
    twoByteIDs[Int(first) &<< 8 | Int(second)]
  }

  /// The token made by merging two neighbours that are not both single bytes, else `none`.
  @inline(__always)
  func merge(_ left: UInt32, _ right: UInt32) -> UInt32 {
    merges.result(of: merges.pair(left, right))
  }

  // MARK: Hashing

  /// The first `length` (1 to 8) bytes as a number, padded with zeros.
  @inline(__always)
  private static func word(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ readable: Int) -> UInt64 {
    if readable >= 8 {
      let all = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
      return all & (UInt64.max &>> UInt64(64 &- 8 &* length))
    }
    var word: UInt64 = 0
    var at = length
    while at > 0 {
      at &-= 1
      word = word &<< 8 | UInt64(bytes[at])
    }
    return word
  }

  @inline(__always)
  static func mix(_ key: UInt64) -> UInt64 {
    (key ^ key &>> 32) &* 0x9E37_79B9_7F4A_7C15
  }
}
