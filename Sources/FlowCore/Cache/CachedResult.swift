/// A value kept under a key: a tool's result, or a section of the readable memory.
public struct CachedResult: Sendable, Hashable {
  public let key: String
  /// JSON as given, or text as a string.
  public let value: JSONValue
  /// The task that made it.
  public let task: TaskID?
  public let created: Timestamp
  /// From when on it no longer counts; nil for never.
  public let expires: Timestamp?
  /// What the store keeps beside the value, such as a section's title.
  public let meta: JSONObject

  public init(
    key: String,
    value: JSONValue,
    task: TaskID? = nil,
    created: Timestamp,
    expires: Timestamp? = nil,
    meta: JSONObject = [:]
  ) {
    self.key = key
    self.value = value
    self.task = task
    self.created = created
    self.expires = expires
    self.meta = meta
  }

  /// Whether it still counts at `now`.
  public func isFresh(at now: Timestamp) -> Bool {
    expires.map { now < $0 } ?? true
  }
}
