/// Where to cut a sentence that is too long.
enum LongSentence {
  /// A place inside the range to cut at, or nil if the range has at most `longest` scalars.
  ///
  /// The last clause border or, failing that, the last space in the second half of what may stand; failing
  /// both, the limit itself, moved past marks that belong to the character before.
  static func cut(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>, longest: Int) -> Int? {
    var index = range.lowerBound
    var scalars = 0
    var clause: Int?
    var space: Int?
    while index < range.upperBound, scalars < longest {
      let (scalar, length) = bytes.scalar(at: index)
      index += length
      scalars += 1
      guard scalars > longest / 2, index < range.upperBound else { continue }
      let hasSpace = bytes.whiteSpaceLength(at: index) > 0
      switch scalar {
      case ",", ";", ":", "–", "—": if hasSpace { clause = index }
      case "，", "、", "；", "：": clause = index
      default: if hasSpace { space = index }
      }
    }
    guard index < range.upperBound else { return nil }
    return clause ?? space ?? pastMarks(bytes, from: index, to: range.upperBound)
  }

  /// At most 32 marks: a text of nothing else must be cut too.
  private static func pastMarks(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    var index = start
    for _ in 0..<32 where index < end && bytes[index] >= 0x80 {
      let (scalar, length) = bytes.scalar(at: index)
      let kind = ScalarClass(scalar)
      guard kind == .mark || kind == .ignorable else { return index }
      index += length
    }
    return index
  }
}
