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
    if length <= 8 { return shortSlot(Self.word(piece, length, readable)) >= 0 }
    return longerID(piece, length: length, readable: readable) != Self.none
  }

  /// The id of the piece if it is one token, else `none`; the rules are those of `contains`.
  @inline(__always)
  func id(_ piece: UnsafePointer<UInt8>, length: Int, readable: Int) -> UInt32 {
    if piece[length &- 1] == 0 { return Self.none }
    if length <= 8 {
      let slot = shortSlot(Self.word(piece, length, readable))
      return slot < 0 ? Self.none : shortIDs[slot]
    }
    return longerID(piece, length: length, readable: readable)
  }

  @inline(__always)
  private func shortSlot(_ key: UInt64) -> Int {
    var slot = shortKeys.slot(Self.mix(key))
    while true {
      let found = shortKeys[slot]
      if found == 0 { return -1 }
      if found == key { return slot }
      slot = shortKeys.slot(after: slot)
    }
  }

  private func longerID(_ piece: UnsafePointer<UInt8>, length: Int, readable: Int) -> UInt32 {
    if length > 16 { return longID(piece, length: length) }
    let first = Self.word(piece, 8, readable)
    let second = Self.word(piece + 8, length &- 8, readable &- 8)
    var slot = mediumKeys.slot(Self.mix(Self.mix(UInt64(length) ^ first) ^ second))
    while true {
      let found = mediumKeys[slot]
      if found.0 == 0 { return Self.none }
      if found.0 == first, found.1 == second { return mediumIDs[slot] }
      slot = mediumKeys.slot(after: slot)
    }
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
    var slot = longIDs.slot(hash)
    while true {
      let id = longIDs[slot]
      if id == Self.none { return id }
      if let token = bytes(of: id), token.elementsEqual(UnsafeBufferPointer(start: piece, count: length)) {
        return id
      }
      slot = longIDs.slot(after: slot)
    }
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
    let key = UInt64(left) &<< 20 | UInt64(right)
    var slot = merges.slot(Self.mix(key))
    while true {
      let found = merges[slot]
      if found &>> 24 == key { return UInt32(truncatingIfNeeded: found & 0xFF_FFFF) }
      if found == .max { return Self.none }
      slot = merges.slot(after: slot)
    }
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
  private static func mix(_ key: UInt64) -> UInt64 {
    (key ^ key &>> 32) &* 0x9E37_79B9_7F4A_7C15
  }
}
