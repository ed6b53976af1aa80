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
// The overflow table (2 % of all merges) is hashed as is described in VocabularyTable.swift, by
// mix(pair).
struct MergeTable {
  private let lines: TableSection<MergeLine>
  private let overflow: TableSection<UInt64>

  init(lines: TableSection<MergeLine>, overflow: TableSection<UInt64>) {
    self.lines = lines
    self.overflow = overflow
  }

  /// A question to the table. Making it costs no memory access, so that many can be made first.
  struct Pair {
    fileprivate let number: UInt64
    fileprivate let tag: UInt32
    fileprivate let line: UnsafeRawPointer

    @inline(__always)
    init(_ left: UInt32, _ right: UInt32, in table: MergeTable) {
      number = UInt64(left) &<< 18 | UInt64(right)
      let mixed = ((number ^ UInt64(left)) &* 0x9_E377_9B97) & 0xF_FFFF_FFFF
      tag = UInt32(truncatingIfNeeded: mixed & 0x3F_FFFF)
      let place = (mixed &* UInt64(truncatingIfNeeded: table.lines.count)) &>> 36
      line = UnsafeRawPointer(table.lines.address(Int(truncatingIfNeeded: place)))
    }

    /// A pair that merges into nothing; `line` is 64 bytes of zeros, aligned to 64.
    init(nothingIn line: UnsafeMutableRawPointer) {
      number = .max
      // No merge has this first byte of a tag in a line of zeros.
      tag = 0x3F_FFFF
      self.line = UnsafeRawPointer(line)
    }

    /// Asks for the line, to have it when `result(of:)` looks.
    @inline(__always)
    func prefetch() { flow_prefetch(line) }
  }

  /// The id of the token that the pair merges into, or `VocabularyTable.none`.
  @inline(__always)
  func result(of pair: Pair) -> UInt32 {
    let tags = pair.line.assumingMemoryBound(to: UInt8.self)
    var equal = flow_bytes_equal(tags, UInt8(truncatingIfNeeded: pair.tag &>> 14)) & 0xFFF
    while equal != 0 {
      let offset = 16 &+ 4 &* equal.trailingZeroBitCount
      let found = pair.line.load(fromByteOffset: offset, as: UInt32.self)
      // A free place may seem equal; it then says "none" by itself, behind all places that are taken.
      if (found ^ pair.tag) & 0x3FFF == 0 { return found &>> 14 }
      equal &= equal &- 1
    }
    return tags[12] == 0 ? VocabularyTable.none : overflowResult(pair.number)
  }

  @inline(never)
  private func overflowResult(_ pair: UInt64) -> UInt32 {
    var slot = overflow.slot(VocabularyTable.mix(pair))
    while true {
      let found = overflow[slot]
      if found &>> 18 == pair { return UInt32(truncatingIfNeeded: found) & 0x3_FFFF }
      if found == .max { return VocabularyTable.none }
      slot = overflow.slot(after: slot)
    }
  }
}

/// One line of the table, of which only the size matters.
struct MergeLine {
  private let words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
}
