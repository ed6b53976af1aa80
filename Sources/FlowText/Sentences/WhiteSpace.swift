/// White space in UTF-8: what `Unicode.Scalar.Properties.isWhitespace` says, at a byte offset.
extension UnsafeBufferPointer<UInt8> {
  /// The length of the white-space scalar at a place; zero if there is none.
  func whiteSpaceLength(at index: Int) -> Int {
    guard index < count else { return 0 }
    switch self[index] {
    case 0x20, 0x09...0x0D: return 1
    case 0xC2, 0xE1, 0xE2, 0xE3:
      let (scalar, length) = scalar(at: index)
      return scalar.properties.isWhitespace ? length : 0
    default: return 0
    }
  }

  /// The first place at or after `index`, before `end`, that is not white space; else `end`.
  func skippingWhiteSpace(from index: Int, to end: Int) -> Int {
    var index = index
    while index < end {
      let length = whiteSpaceLength(at: index)
      if length == 0 { return index }
      index += length
    }
    return Swift.min(index, end)
  }

  /// A range without white space at either end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let start = skippingWhiteSpace(from: range.lowerBound, to: range.upperBound)
    var end = range.upperBound
    while end > start {
      var last = end - 1
      while last > start, self[last] & 0xC0 == 0x80 { last -= 1 }
      guard whiteSpaceLength(at: last) > 0 else { break }
      end = last
    }
    return start..<end
  }
}
