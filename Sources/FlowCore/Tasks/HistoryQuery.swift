/// Which events of a project's history are asked for.
public struct HistoryQuery: Sendable, Hashable {
  /// At most so many, the newest ones; nil for all.
  public var limit: Int?
  /// Only events behind the one with this number.
  public var after: Int?
  /// Only events of this time or later, by the clock of whoever wrote them.
  public var since: Timestamp?
  /// Only events of these kinds; empty for all.
  public var kinds: Set<HistoryEvent.Kind>

  public init(
    limit: Int? = nil,
    after: Int? = nil,
    since: Timestamp? = nil,
    kinds: Set<HistoryEvent.Kind> = []
  ) {
    self.limit = limit
    self.after = after
    self.since = since
    self.kinds = kinds
  }

  /// Whether an event with these marks is asked for, the limit aside.
  package func matches(seq: Int, ts: Timestamp, kind: HistoryEvent.Kind) -> Bool {
    if let after, seq <= after { return false }
    if let since, ts < since { return false }
    return kinds.isEmpty || kinds.contains(kind)
  }
}
