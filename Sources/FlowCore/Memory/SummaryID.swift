/// The name of a summary: the range of steps it covers; written `m1-40`.
public struct SummaryID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let first: StepID
  public let last: StepID

  public init(first: StepID, last: StepID) {
    self.first = first
    self.last = last
  }

  public var description: String { "m\(first.rawValue)-\(last.rawValue)" }
  public var range: ClosedRange<StepID> { first...max(first, last) }

  public static func < (left: SummaryID, right: SummaryID) -> Bool {
    (left.first, left.last) < (right.first, right.last)
  }
}
