/// A plan as it is in force, and why the file that should hold it is not used.
public struct PlanState: Sendable {
  public let workflow: Workflow
  /// What is wrong with the file, with its place and what to do, where someone broke it; nil where all is well.
  ///
  /// `workflow` is then the last good state, and nothing can be changed until the file is mended.
  public let refused: FlowError?

  public init(workflow: Workflow, refused: FlowError? = nil) {
    self.workflow = workflow
    self.refused = refused
  }
}

/// Who changes a plan, and under which conditions.
public struct PlanChange: Sendable {
  /// Who is named in the history.
  public var user: String
  /// The revision that the caller saw; nil where it does not matter.
  public var expecting: Int?
  /// What the event tells besides the difference.
  public var facts: JSONObject
  /// Whether the change may take the place of a file that someone broke; its bytes are kept among the backups.
  public var replacesRefusedFile: Bool

  public init(
    user: String,
    expecting: Int? = nil,
    facts: JSONObject = [:],
    replacesRefusedFile: Bool = false
  ) {
    self.user = user
    self.expecting = expecting
    self.facts = facts
    self.replacesRefusedFile = replacesRefusedFile
  }
}

/// An earlier state of the plan that was kept as a file.
public struct PlanBackup: Sendable, Hashable {
  /// The file's name, such as `workflow-000007.json`.
  public let name: String
  /// The plan's revision in it.
  public let revision: Int
  /// When that state was written.
  public let written: Timestamp
  /// The file's size.
  public let bytes: Int

  public init(name: String, revision: Int, written: Timestamp, bytes: Int) {
    self.name = name
    self.revision = revision
    self.written = written
    self.bytes = bytes
  }
}
