import _StringProcessing

/// A regular expression of what is masked beside the built-in rules.
///
///     let ticket = try RedactionPattern(#"ACME-[0-9]{6}"#)
///     let pin = try RedactionPattern(#"PIN:? ([0-9]{4})"#)  // masks the group only
///
/// The syntax is that of Swift's `Regex`; characters are Unicode scalars, `(?i)` ignores case. A pattern sees one line
/// at a time, a line of more than `longestLine` bytes in pieces that overlap by half, and never a place that is masked
/// already, so that a match is at most half as long for certain. `^` and `$` also match beside a masked place.
///
/// Swift's engine backtracks and has no limit of its own. What bounds it here: the length of what it sees, at most
/// three repetitions without an upper bound, and no repetition of what can itself be matched in several ways. The
/// time on a line is then a polynomial in its length, also for a text that somebody made to be slow.
public struct RedactionPattern: Sendable, Hashable {
  public let pattern: String

  /// The bytes of a line that are matched at once.
  public static let longestLine = 1024

  /// Checks a pattern.
  ///
  /// - Throws: where it is no regular expression, can match an empty text, or could take too long.
  public init(_ pattern: String) throws(RedactionPatternFault) {
    do {
      _ = try Regex(pattern)
    } catch {
      throw RedactionPatternFault(reason: "\(error)", position: nil)
    }
    var shape = PatternShape(pattern)
    try shape.check()
    self.pattern = pattern
  }

  /// The compiled expression: `Regex` is not Sendable, so each text has its own.
  func compiled() -> Regex<AnyRegexOutput>? {
    // It was compiled when it was checked.
    (try? Regex(pattern))?.matchingSemantics(.unicodeScalar)
  }
}

/// Why a pattern is refused.
public struct RedactionPatternFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in small letters and without the pattern.
  public let reason: String
  /// Which character of the pattern it is about, from 1, where that is known.
  public let position: Int?

  public var description: String { position.map { "\(reason) at character \($0)" } ?? reason }
}
