import _StringProcessing

// Masks what configured patterns match, between the masks of the built-in rules.
//
// A match is cut out, and what is left on either side of it is looked at anew, as a text of its own, until no
// pattern matches. So masking twice changes nothing: what the second run sees is what the first one left.

/// One run of the patterns over a text.
struct PatternPass {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let patterns: [Regex<AnyRegexOutput>]

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ patterns: [RedactionPattern]) {
    self.bytes = bytes
    self.patterns = patterns.compactMap { $0.compiled() }
  }

  /// The masks given and those of the patterns, in the order of the text.
  func masks(beside masks: [Mask]) -> [Mask] {
    var found = masks
    var index = 0
    var start = 0
    var nextMask = 0
    while index < bytes.count {
      if nextMask < masks.count, index == masks[nextMask].range.lowerBound {
        cut(start..<index, into: &found)
        index = masks[nextMask].range.upperBound
        start = index
        nextMask += 1
      } else if bytes[index] == 0x0A {
        cut(start..<index, into: &found)
        index += 1
        start = index
      } else if bytes[index] == UInt8(ascii: "["), let end = bytes.endOfMark(at: index) {
        cut(start..<index, into: &found)
        index = end
        start = end
      } else {
        index += 1
      }
    }
    cut(start..<bytes.count, into: &found)
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func cut(_ piece: Range<Int>, into found: inout [Mask]) {
    var pieces = [piece]
    while let piece = pieces.popLast() {
      guard !piece.isEmpty, let match = firstMatch(in: piece) else { continue }
      found.append(Mask(kind: .pattern, range: match))
      pieces.append(piece.lowerBound..<match.lowerBound)
      pieces.append(match.upperBound..<piece.upperBound)
    }
  }

  private func firstMatch(in piece: Range<Int>) -> Range<Int>? {
    var start = piece.lowerBound
    while true {
      let end = boundary(min(start + RedactionPattern.longestLine, piece.upperBound), in: piece)
      if let match = firstMatch(inWindow: start..<end) { return match }
      guard end < piece.upperBound else { return nil }
      start = boundary(start + RedactionPattern.longestLine / 2, in: piece)
    }
  }

  /// The place itself, or where the character begins that it is within.
  private func boundary(_ index: Int, in piece: Range<Int>) -> Int {
    var index = index
    while index > piece.lowerBound, index < piece.upperBound, bytes[index] & 0xC0 == 0x80 { index -= 1 }
    return index
  }

  /// The earliest match of any pattern.
  private func firstMatch(inWindow window: Range<Int>) -> Range<Int>? {
    let text = String(decoding: bytes[window], as: UTF8.self)
    var first: Range<Int>?
    for pattern in patterns {
      guard let range = masked(by: pattern, in: text) else { continue }
      let offset = text.utf8.distance(from: text.startIndex, to: range.lowerBound) + window.lowerBound
      let length = text.utf8.distance(from: range.lowerBound, to: range.upperBound)
      if let earliest = first, earliest.lowerBound <= offset { continue }
      first = offset..<offset + length
    }
    return first
  }

  /// The first match's first group, or all of it where it has none or that took no part.
  private func masked(by pattern: Regex<AnyRegexOutput>, in text: String) -> Range<String.Index>? {
    var rest = text[...]
    // A pattern that throws, as only custom parsers do, matches nothing.
    while let match = try? pattern.firstMatch(in: rest) {
      let group = match.output.count > 1 ? match.output[1].range : nil
      let range = group ?? match.range
      if !range.isEmpty { return range }
      let end = match.range.upperBound
      if end > rest.startIndex {
        rest = rest[end...]
      } else if rest.isEmpty {
        return nil
      } else {
        rest = rest[rest.unicodeScalars.index(after: rest.startIndex)...]
      }
    }
    return nil
  }
}
