public import FlowCore
import Glibc

/// What runs beside the changes of a workspace's projects: closures of this program, and the executables in the
/// folders `hooks` of the root and of each trusted project.
///
///     var hooks = Hooks()
///     hooks.before(.save) { event in
///       guard event.tasks.after.allSatisfy({ $0.owner != nil }) else { throw Refusal("each task needs an owner") }
///     }
///     hooks.after(.step) { event in print(event.json) }
///     let workspace = Workspace(root: "projects", hooks: hooks)
///
/// Closures run first, in the order in which they were registered, then the root's executable, then the project's.
/// Changes that a closure makes run no hooks themselves, as long as it makes them in its own task or in children of it.
public struct Hooks: Sendable {
  public typealias Body = @Sendable (HookEvent) async throws -> Void

  /// What a hook can refuse.
  public enum Before: String, Sendable, Hashable, CaseIterable {
    /// Any change of the plan.
    case save = "before_save"
    /// A step that is to be stored.
    case step = "before_step"
  }

  /// What a hook is told of once it is durable.
  public struct After: RawRepresentable, Sendable, Hashable {
    public let rawValue: String

    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// An event of the plan's history: each kind has its hook, kinds of later versions too.
    public init(_ kind: HistoryEvent.Kind) {
      rawValue = "after_\(kind.rawValue)"
    }

    public static let addTask = After(.addTask)
    public static let updateTask = After(.updateTask)
    /// A step was stored; a ref that was there already is none.
    public static let step = After(rawValue: "after_step")
    /// Short-term memory overflowed, and summaries were made.
    public static let rollUp = After(rawValue: "after_roll_up")
    public static let cacheSet = After(rawValue: "after_cache_set")
  }

  /// Whether executables run too.
  public var runsExecutables: Bool
  /// The file that says whose hooks are trusted; nil trusts none.
  public var trustFile: String?
  /// Gets what is worth knowing and no error: hooks that do not run, and those that failed after a change.
  public var remark: (@Sendable (String) -> Void)?
  /// Runs the wait for an executable, which ends the executable when its task is cancelled; nil runs it as it is.
  ///
  /// A command cancels it when someone presses control-C, as an executable has a process group of its own.
  public var supervise: (@Sendable (_ wait: @escaping @Sendable () async -> Void) async -> Void)?

  private var refusing: [Before: [Body]] = [:]
  private var told: [After: [Body]] = [:]

  /// No closures; executables by the variables of the process: see `init(environment:)`.
  public init() {
    var environment: [String: String] = [:]
    for name in [Hooks.variable, "XDG_CONFIG_HOME", "HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    self.init(environment: environment)
  }

  /// No closures; executables do not run where FLOW_HOOK is set, that is, within a hook.
  ///
  /// Trust is kept in `flow/trusted.json` below XDG_CONFIG_HOME, else below `~/.config`.
  public init(environment: [String: String]) {
    runsExecutables = environment[Hooks.variable, default: ""].isEmpty
    trustFile = Hooks.trustFile(in: environment)
  }

  /// Asks `body` before something happens; what it throws keeps it from happening.
  ///
  /// A `FlowError` is passed on as it is, any other error becomes `hook.vetoed` with its description.
  public mutating func before(_ point: Before, _ body: @escaping Body) {
    refusing[point, default: []].append(body)
  }

  /// Tells `body` of what has happened; what it throws becomes a remark.
  public mutating func after(_ point: After, _ body: @escaping Body) {
    told[point, default: []].append(body)
  }

  var hasNoClosures: Bool { refusing.isEmpty && told.isEmpty }
  func closures(before point: Before) -> [Body] { refusing[point, default: []] }
  func closures(after point: After) -> [Body] { told[point, default: []] }

  /// The variable that tells an executable which hook it is, and Flow that it runs within one.
  static let variable = "FLOW_HOOK"

  /// By the XDG Base Directory Specification 0.8, which has relative paths passed over.
  private static func trustFile(in environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return "\(folder)/flow/trusted.json"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.config/flow/trusted.json"
  }
}
