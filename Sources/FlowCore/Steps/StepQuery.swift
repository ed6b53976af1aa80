/// Which steps of the archive are wanted; the answer is in ascending order of ids.
public struct StepQuery: Sendable, Hashable {
  /// The ids between which steps are taken, both included; nil for all.
  public var range: ClosedRange<StepID>?
  /// At most so many, the newest ones.
  public var last: Int?
  /// At most so many, the oldest ones.
  public var first: Int?
  /// Only steps whose content holds this text, byte for byte.
  public var containing: String?
  /// Only pinned steps.
  public var pinnedOnly: Bool
  /// Only the step with this ref, byte for byte.
  public var ref: String?

  public init(
    range: ClosedRange<StepID>? = nil,
    last: Int? = nil,
    first: Int? = nil,
    containing: String? = nil,
    pinnedOnly: Bool = false,
    ref: String? = nil
  ) {
    self.range = range
    self.last = last
    self.first = first
    self.containing = containing
    self.pinnedOnly = pinnedOnly
    self.ref = ref
  }
}
