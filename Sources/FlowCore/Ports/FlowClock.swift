/// Where the time comes from, so that tests can set it.
public protocol FlowClock: Sendable {
  /// The time now.
  func now() -> Timestamp
}
