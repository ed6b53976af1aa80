import FlowCore

extension WorkflowFiles {
  /// How many of the newest events are looked through for a state to begin with, before all of them are read.
  private static let nearby = 64

  /// The plan after an event; nil stands for the last one.
  ///
  /// Begins with the newest state that is at hand as a whole: an event that holds it, or a file whose hash an event
  /// names (workflow.json itself where it is one change behind, or a backup). So it takes a history of any length the
  /// same time, unless the event lies far back.
  ///
  /// - Parameter bytes: workflow.json as it stands.
  /// - Throws: `history.event_not_found`, `history.invalid`.
  func replayed(through seq: Int? = nil, near bytes: [UInt8]? = nil) throws(FlowError) -> Workflow {
    if let workflow = try replayedFromNearby(through: seq, bytes) { return workflow }
    guard let replay = try log.replayed(through: seq, HistoryReplay(codec: codec)) else {
      throw try missing(seq)
    }
    return try replay.workflow()
  }

  private func replayedFromNearby(through seq: Int?, _ bytes: [UInt8]?) throws(FlowError) -> Workflow? {
    guard let tail = try log.tail(limit: Self.nearby), let last = tail.events.last else { return nil }
    let target = seq ?? last.seq
    let events = tail.events.filter { $0.seq <= target }
    guard events.last?.seq == target else { return nil }
    if let whole = events.lastIndex(where: \.isWhole) {
      var replay = HistoryReplay(codec: codec)
      for event in events[whole...] { replay.apply(event) }
      if let workflow = try? replay.workflow() { return workflow }
    }
    if let bytes, let workflow = replayed(events, from: bytes) { return workflow }
    for backup in backups.names().prefix(4) {
      guard let bytes = try? backups.read(backup.name), let workflow = replayed(events, from: bytes) else {
        continue
      }
      return workflow
    }
    return nil
  }

  /// Does the events behind the one that left a file with these bytes again; nil if none did.
  private func replayed(_ events: [HistoryEvent], from bytes: [UInt8]) -> Workflow? {
    let sha256 = SHA256.hexDigest(of: bytes)
    guard let base = events.lastIndex(where: { $0.sha256 == sha256 && !$0.event.isNote }),
      events[base].tellsOfOwnFile, let workflow = try? codec.decode(bytes)
    else { return nil }
    var replay = HistoryReplay(codec: codec, from: workflow, after: events[base])
    for event in events[(base + 1)...] { replay.apply(event) }
    return try? replay.workflow()
  }

  private func missing(_ seq: Int?) throws(FlowError) -> FlowError {
    guard let seq else {
      return FlowError(
        .invalidHistory,
        "\(HistoryLog.fileName) is missing",
        hint: "bring the file back from a backup; the next change of a task begins a new one"
      )
    }
    let last = try log.tail(limit: 1)?.last?.seq
    return FlowError(
      .eventNotFound,
      "there is no event \(seq)" + (last.map { "; the last one is \($0)" } ?? "; the history is empty"),
      hint: "`flowctl history` lists them",
      context: last.map { ["last": String($0)] } ?? [:]
    )
  }

  /// The plan in a backup, or in a file at a path, which has a slash in it.
  func plan(inFile file: String) throws(FlowError) -> Workflow {
    let isPath = file.utf8.contains(UInt8(ascii: "/"))
    let name = isPath ? file : "\(PlanBackups.folderName)/\(file)"
    let bytes = isPath ? try RegularFile.read(file) : file.hasPrefix(".") ? nil : try backups.read(file)
    guard let bytes else {
      throw FlowError(
        .fileNotFound,
        isPath ? "there is no file \(file.quotedExcerpt)" : "there is no backup \(file.quotedExcerpt)",
        hint: "`flowctl restore --list` shows the backups; a path has a slash in it, such as ./plan.json"
      )
    }
    return try codec.decode(bytes, file: name)
  }
}
