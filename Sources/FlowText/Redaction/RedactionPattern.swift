import _StringProcessing

// A pattern meets text that nobody checked, and the standard library's engine backtracks without a limit. So:
// - a pattern that repeats what itself varies, `(a+)+` or `(a|b)*`, is refused: only such patterns take exponential
//   time;
// - one with more than three parts of varying length is refused: n of them take time n + 1 powers of the length;
// - matches are looked for line by line, and a long line in windows that overlap, so that the length is bounded.
// What holds: the time is linear in the text for each pattern, with a factor that the pattern sets. A match of up
// to 256 bytes is found on any line, a longer one only on lines of up to 512; none goes over the end of a line.

/// A regular expression of secrets, in the syntax of Swift's `Regex`.
///
/// If it has a capture group, only what the first one matches is masked.
public struct RedactionPattern: Sendable {
  /// The pattern as it was written.
  public let source: String

  /// - Throws: a fault where the pattern cannot be read, matches nothing, or could take exponential time.
  public init(_ pattern: String) throws(RedactionPatternFault) {
    try PatternShape.check(pattern)
    source = pattern
    let regex: Regex<AnyRegexOutput>
    do {
      regex = try Regex(pattern)
    } catch {
      throw RedactionPatternFault(reason: Self.reason(error))
    }
    for sample in Self.samples {
      guard let match = (try? regex.firstMatch(in: sample)) ?? nil, match.range.isEmpty else { continue }
      throw RedactionPatternFault(reason: "it matches where nothing stands, so it would mask everywhere")
    }
  }

  private static let samples = ["", "a", "a b", "0", " ", "-", "A1_b=c;", "가 나"]

  private static func reason(_ error: any Error) -> String {
    let text = String(describing: error)
    return text.isEmpty ? "it is no regular expression" : text
  }

  // MARK: Matches

  private static let window = 512
  private static let overlap = 256

  /// The bytes that the pattern matches, in order.
  func matches(in text: String) -> [Range<Int>] {
    // Compiled for each text: a Regex must not be shared by tasks.
    guard let regex = try? Regex(source).matchingSemantics(.unicodeScalar) else { return [] }
    var text = text
    text.makeContiguousUTF8()
    var found: [Range<Int>] = []
    let utf8 = text.utf8
    var line = utf8.startIndex
    while line < utf8.endIndex {
      let end = utf8[line...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? utf8.endIndex
      if line < end { appendMatches(of: regex, in: text, line..<end, to: &found) }
      line = end < utf8.endIndex ? utf8.index(after: end) : end
    }
    return found
  }

  private func appendMatches(
    of regex: Regex<AnyRegexOutput>,
    in text: String,
    _ line: Range<String.Index>,
    to found: inout [Range<Int>]
  ) {
    let utf8 = text.utf8
    var start = line.lowerBound
    while start < line.upperBound {
      let limit = utf8.index(start, offsetBy: Self.window, limitedBy: line.upperBound) ?? line.upperBound
      let end = Self.scalarStart(limit, in: text)
      for match in text[start..<end].matches(of: regex) {
        let output = match.output
        let range = output.count > 1 ? output[1].range ?? match.range : match.range
        guard !range.isEmpty else { continue }
        let first = utf8.distance(from: utf8.startIndex, to: range.lowerBound)
        found.append(first..<first + utf8.distance(from: range.lowerBound, to: range.upperBound))
      }
      guard end < line.upperBound else { return }
      start = Self.scalarStart(utf8.index(start, offsetBy: Self.window - Self.overlap), in: text)
    }
  }

  /// The beginning of the scalar that a place stands in.
  private static func scalarStart(_ place: String.Index, in text: String) -> String.Index {
    var place = place
    while place < text.utf8.endIndex, place > text.utf8.startIndex, text.utf8[place] & 0xC0 == 0x80 {
      place = text.utf8.index(before: place)
    }
    return place
  }
}

/// Why a pattern cannot be used.
public struct RedactionPatternFault: Error, Sendable, Hashable, CustomStringConvertible {
  public let reason: String
  /// The character of the pattern at which the reason stands, from 1, where it is known.
  public let place: Int?

  public init(reason: String, place: Int? = nil) {
    self.reason = reason
    self.place = place
  }

  public var description: String { place.map { "at character \($0): \(reason)" } ?? reason }
}
