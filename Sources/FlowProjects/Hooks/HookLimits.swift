/// How much of a command's time and of this process's memory a hook may take.
public struct HookLimits: Sendable, Hashable {
  /// After how many seconds a hook is ended.
  public var timeoutSeconds = 10.0
  /// How much is kept of what a hook prints, on each of its two streams; the rest is read and dropped.
  public var maxOutputBytes = 65_536

  public init() {}
}
