import FlowCore

extension FlowProject {
  /// What is found rather than done, and recorded together with the next change.
  private static let unrecorded: [HistoryEvent.Kind] = [.externalEdit, .adoptProject]

  /// The hooks that an operation which begins now meets.
  func installedHooks() async -> InstalledHooks {
    await wiring.hooks.installed(for: name, in: folder)
  }

  /// How far the history goes, where it matters to `tellOfUnrecorded`.
  func recordedEvents(_ hooks: InstalledHooks) async -> Int {
    guard FlowProject.unrecorded.contains(where: { hooks.has(after: Hooks.After($0)) }) else { return 0 }
    return (try? await workflows.history(limit: 1))?.last?.seq ?? 0
  }

  /// Tells of what the store recorded together with an event of ours: an edit by hand, or a plan that had no history.
  ///
  /// - Parameters:
  ///   - kind: the kind of our event.
  ///   - revision: the plan's revision after it.
  ///   - recorded: how far the history went before.
  func tellOfUnrecorded(
    _ hooks: InstalledHooks,
    before kind: HistoryEvent.Kind,
    at revision: Int,
    after recorded: Int
  ) async {
    guard FlowProject.unrecorded.contains(where: { hooks.has(after: Hooks.After($0)) }) else { return }
    // More than two, since others may have changed the plan since.
    guard let events = try? await workflows.history(limit: 16),
      let ours = events.lastIndex(where: { $0.event == kind && $0.revision == revision }), ours > 0
    else { return }
    let event = events[ours - 1]
    // Both are written at once, with one time.
    guard event.seq > recorded, event.ts == events[ours].ts, FlowProject.unrecorded.contains(event.event)
    else { return }
    await tell(hooks, of: event)
  }

  /// Tells of what mending the plan's files recorded; `last` is the newest event that could be read before.
  func tellOfMending(_ hooks: InstalledHooks, after last: HistoryEvent?) async {
    guard !hooks.isEmpty, let newest = try? await workflows.history(limit: 1).last, newest != last else {
      return
    }
    // Lines that were only laid out anew may look new; nothing happened then.
    guard [.merge, .checkpoint].contains(newest.event) else { return }
    await tell(hooks, of: newest)
  }

  /// Tells of something that leaves the tasks as they are: a note, or another name.
  ///
  /// - Parameter recorded: how far the history went before.
  func tell(
    _ hooks: InstalledHooks,
    ofNote kind: HistoryEvent.Kind,
    _ facts: JSONObject,
    after recorded: Int
  ) async {
    guard !hooks.isEmpty, let revision = try? await workflows.load().revision else { return }
    await tellOfUnrecorded(hooks, before: kind, at: revision, after: recorded)
    await hooks.tell(
      Hooks.After(kind),
      event: kind.rawValue,
      .tasks(before: [], after: [], revision: revision),
      facts: facts
    )
  }

  /// Tells of an event by what the history says of it.
  func tell(_ hooks: InstalledHooks, of event: HistoryEvent) async {
    await hooks.tell(
      Hooks.After(event.event),
      event: event.event.rawValue,
      .tasks(
        before: FlowTask.recorded(event.detail["before"]),
        after: FlowTask.recorded(event.detail["after"]),
        revision: event.revision
      )
    )
  }
}

extension FlowTask {
  /// The tasks on one side of an event's detail.
  fileprivate static func recorded(_ side: JSONValue?) -> [FlowTask] {
    (side?["tasks"]?.array ?? []).compactMap(FlowTask.init(recorded:))
  }

  private init?(recorded json: JSONValue) {
    guard let members = json.object, let name = json["name"]?.string,
      let id = json["id"]?.string.flatMap({ try? TaskID($0) }),
      let status = json["status"]?.string.flatMap(TaskStatus.init(rawValue:))
    else { return nil }
    var unknown: JSONObject = [:]
    for (key, value) in members
    where !["id", "name", "status", "deps", "rev", "meta"].contains(key) { unknown[key] = value }
    self.init(
      id: id,
      name: name,
      status: status,
      deps: (json["deps"]?.array ?? []).compactMap { $0.string.flatMap { try? TaskID($0) } },
      rev: json["rev"]?.int ?? 1,
      meta: json["meta"]?.object ?? [:],
      unknown: unknown
    )
  }
}
