/// What an agent said, was told, or got from a tool: the unit that Flow keeps verbatim.
public struct Step: Sendable, Hashable {
  /// Who a step comes from.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    case user, assistant, tool, system, note
  }

  /// The caller's own id, which makes updates idempotent.
  public var ref: String?
  /// When it happened; nil takes the time at which it is stored.
  public var ts: Timestamp?
  public var role: Role
  /// The tool's or the speaker's name.
  public var name: String?
  /// The task it belongs to.
  public var task: TaskID?
  public var content: String
  /// Whether it stands in every prompt until unpinned.
  public var pinned: Bool
  /// Whatever the caller keeps with it.
  ///
  /// `tool_call` and `tool_call_id` tell which result answers which call.
  public var meta: JSONObject

  public init(
    ref: String? = nil,
    ts: Timestamp? = nil,
    role: Role,
    name: String? = nil,
    task: TaskID? = nil,
    content: String,
    pinned: Bool = false,
    meta: JSONObject = [:]
  ) {
    self.ref = ref
    self.ts = ts
    self.role = role
    self.name = name
    self.task = task
    self.content = content
    self.pinned = pinned
    self.meta = meta
  }

  /// The name where there is one, else the role: whom the prompt shows as the speaker.
  public var speaker: String { name ?? role.rawValue }
}
