import FlowCore
import FlowStore
import Synchronization

/// Runs a workspace's hooks: which there are, in what order they run, and what their ends mean.
///
/// A hook before something decides: any end but success keeps it from happening. A hook after it can only complain.
final class HookRunner: Sendable {
  let hooks: Hooks
  let limits: HookLimits
  /// The workspace's root, as it was given.
  let root: String
  let user: String
  private let queue = BlockingQueue("flow.hooks")
  /// Remarks about hooks that do not run are made once.
  private let said = Mutex<Set<String>>([])

  init(hooks: Hooks, limits: HookLimits, root: String, user: String) {
    self.hooks = hooks
    self.limits = limits
    self.root = root
    self.user = user
  }

  /// Whether a closure is running: what it changes runs no hooks.
  @TaskLocal private static var isInside = false

  /// The hooks that there are for a project now.
  func installed(for project: ProjectName, in folder: String) async -> InstalledHooks {
    guard !HookRunner.isInside else { return InstalledHooks(runner: nil, project: project, folder: folder) }
    var folders: [HookFolder] = []
    if hooks.runsExecutables {
      folders = await queue.run { [root] in
        [
          HookFolder(in: root, of: .root), HookFolder(in: folder, of: .project(project)),
        ].compactMap { $0 }
      }
    }
    return InstalledHooks(runner: self, project: project, folder: folder, folders: folders)
  }

  /// Asks all hooks before something happens.
  ///
  /// - Throws: what a closure throws; `hook.vetoed`, `hook.failed`.
  func ask(_ point: Hooks.Before, _ event: HookEvent, in folders: [HookFolder]) async throws(FlowError) {
    for body in hooks.closures(before: point) {
      do {
        try await HookRunner.$isInside.withValue(true) { try await body(event) }
      } catch let error as FlowError {
        throw error
      } catch is CancellationError {
        throw HookFault.failed("a hook \(event.hook)", "it was cancelled", event, path: nil)
      } catch {
        throw HookFault.vetoed(
          "a hook \(event.hook)",
          HookFault.line("\(error)"),
          event,
          path: nil,
          exit: nil
        )
      }
    }
    for folder in folders where folder.names.contains(event.hook) {
      guard let outcome = await run(event, in: folder) else { continue }
      let (title, path) = (folder.title(of: event.hook), "\(folder.path)/\(event.hook)")
      switch outcome.end {
      case .exited(0): continue
      case .exited(let code):
        throw HookFault.vetoed(title, HookFault.message(of: outcome), event, path: path, exit: code)
      default:
        throw HookFault.failed(title, HookFault.text(of: outcome, limits: limits), event, path: path)
      }
    }
  }

  /// Tells all hooks what has happened.
  func tell(_ point: Hooks.After, _ event: HookEvent, in folders: [HookFolder]) async {
    for body in hooks.closures(after: point) {
      do {
        try await HookRunner.$isInside.withValue(true) { try await body(event) }
      } catch {
        hooks.remark?("a hook \(event.hook) failed: \(HookFault.line("\(error)"))")
      }
    }
    for folder in folders where folder.names.contains(event.hook) {
      guard let outcome = await run(event, in: folder), outcome.end != .exited(0) else { continue }
      hooks.remark?("\(folder.title(of: event.hook)) failed: \(HookFault.text(of: outcome, limits: limits))")
    }
  }

  /// Tells the caller something that is no error; the same thing once.
  func remarkOnce(_ text: String) {
    if said.withLock({ $0.insert(text).inserted }) { hooks.remark?(text) }
  }

  /// Runs one executable; nil where it does not run, which has been said then.
  private func run(_ event: HookEvent, in folder: HookFolder) async -> HookProcess.Outcome? {
    let trusted = TrustedProjects(path: hooks.trustFile)
    let prepared = await queue.run { [root] () -> Prepared in
      if let obstacle = folder.obstacle(to: event.hook, trusted: trusted) { return .obstacle(obstacle) }
      guard let root = Folder.realPath(root), let home = Folder.realPath(event.folder) else {
        return .notStarted("the project's folder is gone")
      }
      do throws(FlowError) {
        let input = try AnonymousFile(holding: Array("\(event.json.serialized(.compact))\n".utf8))
        return .ready(input, root: root, home: home)
      } catch {
        return .notStarted(error.message)
      }
    }
    switch prepared {
    case .obstacle(let text):
      remarkOnce(text)
      return nil
    case .notStarted(let reason):
      return HookProcess.Outcome(end: .notStarted(reason))
    case .ready(let input, let root, let home):
      let process = HookProcess(
        path: "\(folder.path)/\(event.hook)",
        folder: home,
        variables: [
          Hooks.variable: event.hook, "FLOW_ROOT": root, "FLOW_PROJECT": event.project.rawValue, "PWD": home,
        ],
        limits: limits
      )
      return await supervised { await process.run(input: input) }
    }
  }

  private enum Prepared: Sendable {
    case obstacle(String)
    case notStarted(String)
    case ready(AnonymousFile, root: String, home: String)
  }

  private func supervised(
    _ run: @escaping @Sendable () async -> HookProcess.Outcome
  ) async -> HookProcess.Outcome {
    guard let supervise = hooks.supervise else { return await run() }
    let outcome = OutcomeBox()
    await supervise {
      let found = await run()
      outcome.value.withLock { $0 = found }
    }
    return outcome.value.withLock { $0 } ?? HookProcess.Outcome(end: .cancelled)
  }

  private final class OutcomeBox: Sendable {
    let value = Mutex<HookProcess.Outcome?>(nil)
  }
}
