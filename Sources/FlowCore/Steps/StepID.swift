/// The number of a step within its project, counted up from 1; written `s42`.
public struct StepID: Sendable, Hashable, Comparable, Strideable, CustomStringConvertible {
  public let rawValue: Int

  public init(_ rawValue: Int) {
    self.rawValue = rawValue
  }

  public var description: String { "s\(rawValue)" }

  // Strideable's own equality goes by distance, which overflows between far ids.
  public static func == (left: StepID, right: StepID) -> Bool { left.rawValue == right.rawValue }
  public static func < (left: StepID, right: StepID) -> Bool { left.rawValue < right.rawValue }
  public func distance(to other: StepID) -> Int { other.rawValue - rawValue }
  public func advanced(by offset: Int) -> StepID { StepID(rawValue + offset) }
}
