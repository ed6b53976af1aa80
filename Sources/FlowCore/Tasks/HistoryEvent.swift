/// One line of workflow_history.json: a change of the plan, with all that is needed to do it again.
public struct HistoryEvent: Sendable, Hashable {
  /// Counts up from 1 without gaps.
  public let seq: Int
  public let ts: Timestamp
  public let event: Kind
  /// Who did it: the name of the account, or what the caller gave.
  public let user: String
  /// The workflow's revision after the change.
  public let revision: Int
  /// SHA-256 of workflow.json after the change, in hex.
  public let sha256: String
  /// What changed, as `{"before": …, "after": …}`.
  public let detail: JSONValue

  public init(
    seq: Int,
    ts: Timestamp,
    event: Kind,
    user: String,
    revision: Int,
    sha256: String,
    detail: JSONValue
  ) {
    self.seq = seq
    self.ts = ts
    self.event = event
    self.user = user
    self.revision = revision
    self.sha256 = sha256
    self.detail = detail
  }

  /// What happened; an open list, since later versions add to it and older ones must still read the file.
  public struct Kind: RawRepresentable, Sendable, Hashable {
    public let rawValue: String

    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    public static let createProject = Kind(rawValue: "create_project")
    public static let adoptProject = Kind(rawValue: "adopt_project")
    /// The project has another name, and its folder with it.
    public static let renameProject = Kind(rawValue: "rename_project")
    public static let addTask = Kind(rawValue: "add_task")
    public static let updateTask = Kind(rawValue: "update_task")
    public static let removeTask = Kind(rawValue: "remove_task")
    public static let claimTask = Kind(rawValue: "claim_task")
    /// Leases ran out, so that their tasks are free again.
    public static let expireLease = Kind(rawValue: "expire_lease")
    public static let externalEdit = Kind(rawValue: "external_edit")
    /// The tasks are as they were after an earlier event.
    public static let rollback = Kind(rawValue: "rollback")
    /// The tasks are as a file has them.
    public static let restore = Kind(rawValue: "restore")
    /// What two branches of a repository did to the plan became one state; it stands here whole.
    public static let merge = Kind(rawValue: "merge")
    /// What follows was done on another branch, which began with the state that stands here whole.
    public static let branch = Kind(rawValue: "branch")
    /// The state stands here whole, as events before it are damaged.
    public static let checkpoint = Kind(rawValue: "checkpoint")
    /// Steps were forgotten; the plan is as before.
    public static let forgetStep = Kind(rawValue: "forget_step")
    /// A person edited a summary where it can be read; the plan is as before.
    public static let editSummary = Kind(rawValue: "edit_summary")
    /// Summaries were made anew; the plan is as before.
    public static let rebuildSummaries = Kind(rawValue: "rebuild_summaries")
    public static let upgradeSummaries = Kind(rawValue: "upgrade_summaries")
    /// A summary is as an earlier version of it was; the plan is as before.
    public static let undoSummary = Kind(rawValue: "undo_summary")
    /// The summaries come from the readable memory, as the archive was not there; the plan is as before.
    public static let restoreSummaries = Kind(rawValue: "restore_summaries")

    private static let notes: [Kind] = [
      .forgetStep, .editSummary, .rebuildSummaries, .upgradeSummaries, .undoSummary, .restoreSummaries,
    ]

    /// Whether events of this kind leave the plan, its revision and its file as they are.
    package var isNote: Bool { Kind.notes.contains(self) }

    /// Whether what an event of this kind tells happens once, so that two that tell the same are one too many.
    package var isUnique: Bool { self == .editSummary }

    /// Whether events of this kind bring tasks back as they once were, their revisions included.
    package var bringsTasksBack: Bool { self == .rollback || self == .restore }
  }
}
