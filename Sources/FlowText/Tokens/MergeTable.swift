import CTokenTables

// Which two tokens merge into which.
//
// Problem: merging asks for some 20 pairs a piece, two in three of which do not merge, in a table of up
// to 200,000 merges. The time goes into waiting for memory, so the table has to be small, and a
// question must not need a second cache line.
//
// Design: a pair is a number of 36 bits, left id << 18 | right id. It is mixed without loss
// (x = (pair ^ pair >> 18) * 0x9E3779B97 mod 2^36) and stands in the line x * lines >> 36. The numbers
// of one line are less than 2^22 apart, so their lower 22 bits, the tag, tell them from one another:
// line and tag are the pair, and nothing has to be compared elsewhere. A merge takes five bytes.
//
// A line, 64 bytes:
//   0   12  for each merge bits 14 to 21 of its tag
//   12  1   1 if merges of this line stand in the overflow table, else 0
//   13  3   zeros
//   16  48  for each merge: id of the result << 14 | bits 0 to 13 of its tag; all ones in a free place
//
// Behind the last line that a pair can stand in is one without merges.
//
// The overflow table (2 % of all merges) is hashed as is described in VocabularyTable.swift, by
// mix(line << 22 | tag).
struct MergeTable {
  private let lines: TableSection<MergeLine>
  private let overflow: TableSection<UInt64>

  init(lines: TableSection<MergeLine>, overflow: TableSection<UInt64>) {
    self.lines = lines
    self.overflow = overflow
  }

  /// A question to the table: line << 22 | tag.
  ///
  /// Making it costs no memory access, so that many can be made before one is answered.
  struct Pair {
    let number: UInt64
  }

  /// The question whether two neighbours that are not both single bytes merge.
  @inline(__always)
  func pair(_ left: UInt32, _ right: UInt32) -> Pair {
    let number = UInt64(left) &<< 18 | UInt64(right)
    let mixed = ((number ^ UInt64(left)) &* 0x9_E377_9B97) & 0xF_FFFF_FFFF
    let line = (mixed &* UInt64(truncatingIfNeeded: lines.count &- 1)) &>> 36
    return Pair(number: line &<< 22 | (mixed & 0x3F_FFFF))
  }

  /// A pair that does not merge.
  var noPair: Pair {
    Pair(number: UInt64(truncatingIfNeeded: lines.count &- 1) &<< 22 | 0x3F_FFFF)
  }

  /// Asks for the memory that `result(of:)` will look at.
  @inline(__always)
  func prefetch(_ pair: Pair) { flow_prefetch(line(pair)) }

  /// The id of the token that the pair merges into, or `VocabularyTable.none`.
  @inline(__always)
  func result(of pair: Pair) -> UInt32 {
    let line = line(pair)
    let tag = UInt32(truncatingIfNeeded: pair.number)
    let tags = line.assumingMemoryBound(to: UInt8.self)
    let equal = flow_bytes_equal(tags, UInt8(truncatingIfNeeded: tag &>> 14)) & 0xFFF
    // Without branches for the usual line, because whether a pair merges cannot be predicted. With no
    // tag equal, the last merge is looked at in vain.
    let place = Int(truncatingIfNeeded: flow_lowest_bit(UInt64(equal | 0x800)))
    let found = line.load(fromByteOffset: 16 &+ 4 &* place, as: UInt32.self)
    if (equal & (equal &- 1)) | UInt32(tags[12]) != 0 { return rareResult(of: pair) }
    let isFound = ((found ^ tag) & 0x3FFF) | ((equal &- 1) &>> 31) == 0
    return UInt32(
      truncatingIfNeeded: flow_choose(isFound, UInt64(found &>> 14), UInt64(VocabularyTable.none))
    )
  }

  /// The same for a line in which several tags are equal or which has merges in the overflow table.
  @inline(never)
  private func rareResult(of pair: Pair) -> UInt32 {
    let line = line(pair)
    let tag = UInt32(truncatingIfNeeded: pair.number)
    let tags = line.assumingMemoryBound(to: UInt8.self)
    var equal = flow_bytes_equal(tags, UInt8(truncatingIfNeeded: tag &>> 14)) & 0xFFF
    while equal != 0 {
      let found = line.load(fromByteOffset: 16 &+ 4 &* equal.trailingZeroBitCount, as: UInt32.self)
      // A free place may seem equal; it then says "none" by itself, behind all places that are taken.
      if (found ^ tag) & 0x3FFF == 0 { return found &>> 14 }
      equal &= equal &- 1
    }
    if tags[12] == 0 { return VocabularyTable.none }
    var slot = overflow.slot(VocabularyTable.mix(pair.number))
    while true {
      let found = overflow[slot]
      if found &>> 18 == pair.number { return UInt32(truncatingIfNeeded: found) & 0x3_FFFF }
      if found == .max { return VocabularyTable.none }
      slot = overflow.slot(after: slot)
    }
  }

  @inline(__always)
  private func line(_ pair: Pair) -> UnsafeRawPointer {
    UnsafeRawPointer(lines.address(Int(truncatingIfNeeded: pair.number &>> 22)))
  }
}

/// One line of the table, of which only the size matters.
struct MergeLine {
  private let words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
}
