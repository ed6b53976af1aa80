import FlowCore

/// The hooks that one operation on a project meets: looked up once, when it begins.
struct InstalledHooks: Sendable {
  /// Nil where no hooks run.
  let runner: HookRunner?
  let project: ProjectName
  let folder: String
  /// The root's, then the project's; only those that there are.
  var folders: [HookFolder] = []

  /// Whether there is none of any kind.
  var isEmpty: Bool { runner.map { $0.hooks.hasNoClosures && folders.isEmpty } ?? true }

  func has(before point: Hooks.Before) -> Bool {
    guard let runner else { return false }
    return !runner.hooks.closures(before: point).isEmpty || isNamed(point.rawValue)
  }

  func has(after point: Hooks.After) -> Bool {
    guard let runner else { return false }
    return !runner.hooks.closures(after: point).isEmpty || isNamed(point.rawValue)
  }

  private func isNamed(_ name: String) -> Bool { folders.contains { $0.names.contains(name) } }

  /// Asks the hooks before something happens.
  ///
  /// - Throws: what a closure throws; `hook.vetoed`, `hook.failed`.
  func ask(
    _ point: Hooks.Before,
    event: String,
    _ content: HookEvent.Content,
    facts: JSONObject = [:]
  ) async throws(FlowError) {
    guard let runner, has(before: point) else { return }
    try await runner.ask(point, makeEvent(point.rawValue, event, content, facts, runner), in: folders)
  }

  /// Tells the hooks what has happened; `content` is made only where there are some.
  func tell(
    _ point: Hooks.After,
    event: String,
    _ content: @autoclosure () -> HookEvent.Content,
    facts: JSONObject = [:]
  ) async {
    guard let runner, has(after: point) else { return }
    await runner.tell(point, makeEvent(point.rawValue, event, content(), facts, runner), in: folders)
  }

  private func makeEvent(
    _ hook: String,
    _ event: String,
    _ content: HookEvent.Content,
    _ facts: JSONObject,
    _ runner: HookRunner
  ) -> HookEvent {
    HookEvent(
      hook: hook,
      project: project,
      folder: folder,
      user: runner.user,
      event: event,
      content: content,
      facts: facts
    )
  }
}
