/// What `expand` and every summary line point at: a step, a range of steps, or a summary.
public enum Anchor: Sendable, Hashable, CustomStringConvertible {
  /// `s42`, `s3-4`.
  case steps(ClosedRange<StepID>)
  /// `m1-40`.
  case summary(SummaryID)

  /// Reads `s42`, `s3-4` or `m1-40`; nil for anything else.
  public init?(_ text: String) {
    guard let kind = text.utf8.first, kind == UInt8(ascii: "s") || kind == UInt8(ascii: "m") else {
      return nil
    }
    let parts = text.dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count, let first = numbers.first, let last = numbers.last, first >= 1,
      first <= last
    else { return nil }
    if kind == UInt8(ascii: "s") {
      self = .steps(StepID(first)...StepID(last))
    } else {
      guard parts.count == 2 else { return nil }
      self = .summary(SummaryID(first: StepID(first), last: StepID(last)))
    }
  }

  /// The steps it covers.
  public var range: ClosedRange<StepID> {
    switch self {
    case .steps(let range): range
    case .summary(let id): id.range
    }
  }

  public var description: String {
    switch self {
    case .steps(let range):
      range.lowerBound == range.upperBound
        ? range.lowerBound.description : "\(range.lowerBound)-\(range.upperBound.rawValue)"
    case .summary(let id): id.description
    }
  }
}
