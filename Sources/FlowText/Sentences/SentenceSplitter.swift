/// Splits text into sentences, or into lines where the text is made of lines.
///
/// Prose is split after `.`, `!`, `?`, `…` and their East Asian forms. A full stop inside a number, a URL
/// or a file name, after an initial or a known abbreviation, does not end a sentence; nor does one inside
/// 「 」. Code, log lines, headings, list items, table rows and lines inside a Markdown fence are units
/// as they stand. Prose that was wrapped at a fixed width is joined over its line ends.
/// A sentence of more than `longest` characters is cut after a clause, or else at a space.
///
/// Every scalar that is not white space is in exactly one sentence, in order; sentences neither begin nor
/// end with white space. Time is linear in the text.
public struct SentenceSplitter: Sendable {
  /// The most Unicode scalars a sentence may have.
  static let longest = 400

  public init() {}

  /// The sentences of a text, as parts of it.
  public func sentences(in text: String) -> [Substring] {
    let ranges =
      text.utf8.withContiguousStorageIfAvailable { Self.ranges(in: $0) }
      ?? Array(text.utf8).withUnsafeBufferPointer { Self.ranges(in: $0) }
    var sentences: [Substring] = []
    sentences.reserveCapacity(ranges.count)
    var offset = 0
    var index = text.startIndex
    for range in ranges {
      let start = text.utf8.index(index, offsetBy: range.lowerBound - offset)
      index = text.utf8.index(start, offsetBy: range.count)
      offset = range.upperBound
      sentences.append(text[start..<index])
    }
    return sentences
  }

  /// The sentences as ranges of UTF-8 offsets.
  static func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for block in TextBlocks.blocks(in: bytes) {
      if block.isUnit, block.range.count <= longest {
        append(block.range, of: bytes, to: &result)
        continue
      }
      var start = block.range.lowerBound
      while start < block.range.upperBound {
        let end = SentenceBoundary.end(of: bytes, from: start, in: block.range)
        append(start..<end, of: bytes, to: &result)
        start = end
      }
    }
    return result
  }

  /// Appends a range without its outer white space, in pieces if it is too long, or not at all if empty.
  private static func append(
    _ range: Range<Int>,
    of bytes: UnsafeBufferPointer<UInt8>,
    to result: inout [Range<Int>]
  ) {
    var rest = bytes.trimmed(range)
    while rest.count > longest, let cut = LongSentence.cut(rest, of: bytes, longest: longest) {
      let piece = bytes.trimmed(rest.lowerBound..<cut)
      if !piece.isEmpty { result.append(piece) }
      rest = bytes.trimmed(cut..<rest.upperBound)
    }
    if !rest.isEmpty { result.append(rest) }
  }
}
