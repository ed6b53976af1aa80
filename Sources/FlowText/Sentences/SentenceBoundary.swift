// Where a sentence ends inside a block of prose.
//
// Rules, no model: a terminator, then closing quotes and brackets, then white space (East Asian terminators
// need none); a Korean verb can end a sentence without one (`KoreanSentenceEnd`). Only the single full stop is doubtful; `FullStop` decides it by the word before and the first
// letter after, as Kiss and Strunk do in "Unsupervised Multilingual Sentence Boundary Detection" (2006),
// with a list of abbreviations in place of their statistics.

/// Finds the end of the sentence that begins at a place.
enum SentenceBoundary {
  /// How far a closing 」 may lie for the quotation to be kept in one piece, in bytes.
  private static let longestQuotation = 600

  static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int, in block: Range<Int>) -> Int {
    var index = start
    while index < block.upperBound {
      let (scalar, length) = bytes.scalar(at: index)
      switch scalar {
      case ".", "!", "?", "…":
        let stop = Stop(bytes, at: index, limit: block.upperBound)
        if stop.endsSentence(bytes, start: start, block: block) { return stop.end }
        index = stop.end
      case "。", "！", "？", "｡":
        let stop = Stop(bytes, at: index, limit: block.upperBound)
        return stop.end
      case "「", "『":
        let close: Unicode.Scalar = scalar == "「" ? "」" : "』"
        guard let after = quotationEnd(bytes, from: index + length, to: block.upperBound, close: close) else {
          index += length
          continue
        }
        if isWholeSentence(bytes, after, limit: block.upperBound) { return after }
        index = after
      case " ":
        if KoreanSentenceEnd.isEnd(bytes, before: index, from: start) { return index }
        index += length
      default: index += length
      }
    }
    return block.upperBound
  }

  /// The place after the closing quote, if it is near.
  private static func quotationEnd(
    _ bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    to end: Int,
    close: Unicode.Scalar
  ) -> Int? {
    var index = start
    while index < min(end, start + longestQuotation) {
      guard bytes[index] == 0xE3 else {
        index += bytes[index] < 0x80 ? 1 : bytes.scalar(at: index).length
        continue
      }
      let (scalar, length) = bytes.scalar(at: index)
      index += length
      if scalar == close { return index }
    }
    return nil
  }

  /// 「はい。」 stands alone when another quotation follows; 「はい。」と言った does not.
  private static func isWholeSentence(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int, limit: Int) -> Bool {
    guard end >= 6, end < limit else { return false }
    let before = bytes.scalar(at: end - 6).scalar
    let after = bytes.scalar(at: end).scalar
    return (before == "。" || before == "！" || before == "？") && (after == "「" || after == "『")
  }
}

/// A run of terminators with the closing quotes, brackets and marks behind it.
struct Stop {
  let start: Int
  private(set) var end: Int
  private var terminators = 0
  private var isFullStop = false
  private var isEllipsis = false
  private var isClosed = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, limit: Int) {
    self.start = start
    end = start
    while end < limit {
      let (scalar, length) = bytes.scalar(at: end)
      switch scalar {
      case ".":
        isFullStop = terminators == 0
        isEllipsis = terminators > 0
      case "…": isEllipsis = true
      case "!", "?", "。", "！", "？", "｡", "．":
        isFullStop = false
        isEllipsis = false
      case "\"", "'", "”", "’", ")", "]", "}", "»", "」", "』", "）", "】", "*", "_", "`": isClosed = true
      default:
        let kind = ScalarClass(scalar)
        guard scalar.value > 0x7F, kind == .mark || kind == .ignorable else { return }
      }
      if !isClosed { terminators += 1 }
      end += length
    }
  }

  /// Whether a sentence ends here, for the terminators that want white space after them.
  func endsSentence(_ bytes: UnsafeBufferPointer<UInt8>, start: Int, block: Range<Int>) -> Bool {
    guard end < block.upperBound else { return true }
    let next = bytes.skippingWhiteSpace(from: end, to: block.upperBound)
    guard next < block.upperBound else { return true }
    let hasSpace = next > end
    if isFullStop {
      let stop = FullStop(bytes, at: self.start, sentence: start, next: next, limit: block.upperBound)
      return stop.endsSentence(hasSpace: hasSpace, isClosed: isClosed)
    }
    guard hasSpace else { return false }
    let goesOn = ASCII.isLower(bytes[next])
    return !(goesOn && (isEllipsis || isClosed))
  }
}
