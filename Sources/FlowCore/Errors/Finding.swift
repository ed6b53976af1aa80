/// Something that `doctor` found in a project's files, and what to do about it.
public struct Finding: Sendable, Hashable {
  /// The file, relative to the project's folder, such as `workflow.json`.
  public let file: String
  /// The line, from 1, where it has one.
  public let line: Int?
  /// What is wrong, lower case, without a full stop.
  public let problem: String
  /// What mends it.
  public let remedy: String
  /// Whether something is broken; otherwise it is only worth knowing.
  public let isError: Bool

  public init(file: String, line: Int? = nil, problem: String, remedy: String, isError: Bool) {
    self.file = file
    self.line = line
    self.problem = problem
    self.remedy = remedy
    self.isError = isError
  }
}
