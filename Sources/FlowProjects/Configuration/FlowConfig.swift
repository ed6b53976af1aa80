public import FlowCore
public import FlowMemory

/// All that can be configured, with its defaults.
public struct FlowConfig: Sendable, Hashable {
  /// Where projects lie; nil where the command's rules decide.
  public var projectsRoot: String?
  public var memory = MemoryLimits()
  /// The budget of a prompt whose caller names none, in tokens.
  public var budget = 4000
  public var context = MemoryContext.Defaults()
  /// For how many seconds a claim of a task counts whose claimer says nothing; 0 for claims without end.
  public var leaseSeconds = 3600
  /// How many earlier workflow.json files a project keeps.
  public var backupsKept = 10
  /// How long a command waits for another that holds a project's lock.
  public var lockTimeoutSeconds = 10.0
  /// Where edited templates lie; nil takes `Prompts` beside the root, if it is there.
  public var promptsDirectory: String?
  public var hooks = HookLimits()
  /// Who makes summaries better once they are made.
  public var summarizer = SummarizerChoice.auto
  public var llm = ModelSettings()
  public var redaction = RedactionConfig()

  public init() {}
}

/// Who makes summaries better once TextRank has made them.
public enum SummarizerChoice: String, Sendable, CaseIterable {
  /// A model, where one is configured: beside updates in a process that lives, and in batch runs.
  case auto
  /// Nobody.
  case textrank
  /// A model: also before a command ends that made summaries.
  case llm
}

/// What is masked before a text leaves the machine.
public struct RedactionConfig: Sendable, Hashable {
  public var enabled = true
  /// Regular expressions, beside the rules that are built in.
  public var patterns: [String] = []

  public init() {}
}
