import FlowCore

// workflow.json and its history, read together.
//
// A change appends its event, waits for the disk, then replaces workflow.json. So the file's SHA-256 tells what
// happened last:
//
//     it is the last event's             nothing (a note, which changes no plan, has the hash of the event before)
//     it is the one's before             the writer died in between: the last event is done again
//     it is another, and the file valid  someone edited it: the difference becomes an event of its own, written
//                                        before that of the next change
//     it is another, and not valid       the last good state, which the history tells, stays in force; the file is
//                                        left alone, and nothing can be changed until it is mended
//     there is no file                   it is rebuilt from the history
//     there is no history                the file is adopted
//
// A writer brings workflow.json up to its history before it appends, so the file is never further behind than what
// one writer appends at once.
//
// Reading takes no lock. Where file and log do not agree, that may be because a writer came in between, so the
// log is read again: if it has not grown, no writer was there, as each begins by appending.

/// The two files of a project's plan.
struct WorkflowFiles: Sendable {
  let folder: String
  let codec: WorkflowCodec
  /// How many earlier files are kept.
  var backupsKept = 10
  /// What is known of the plan from before; nil remembers nothing.
  var memory: PlanMemory?

  var backups: PlanBackups {
    PlanBackups(folder: "\(folder)/\(PlanBackups.folderName)", limit: backupsKept)
  }
  var workflowPath: String { "\(folder)/\(WorkflowCodec.fileName)" }
  var log: HistoryLog { HistoryLog(path: "\(folder)/\(HistoryLog.fileName)") }

  /// What both files say together.
  struct Snapshot: Sendable {
    enum Origin: Sendable, Equatable {
      /// workflow.json is what the last event left.
      case recorded
      /// The last event was done again, or all of them, as workflow.json was behind or missing.
      case rebuilt
      /// The history tells the same, though the file's bytes are others.
      case reformatted
      /// Someone edited workflow.json; what `detail` says is not recorded yet.
      case edited(detail: JSONValue)
      /// There is no history that could tell of it.
      case unrecorded
      /// Someone broke workflow.json; the state is the one before.
      case refused(FlowError)
    }

    var workflow: Workflow
    var origin: Origin
    /// SHA-256 of workflow.json as it stands; nil if it is missing.
    var sha256: String?
    var tail: HistoryLog.Tail?
  }

  /// Reads both files; no lock is needed.
  ///
  /// - Throws: `project.not_found` where there is neither; what is wrong with the file; `history.invalid` where
  ///   the file is missing and cannot be rebuilt.
  func snapshot() throws(FlowError) -> Snapshot {
    var tail = try log.tail(limit: 2)
    // Each further round means that another writer finished a change meanwhile.
    for _ in 0..<1000 {
      let bytes = try RegularFile.read(workflowPath)
      let known = bytes.flatMap { memory?.reading(of: $0) }
      let sha256 = known?.sha256 ?? bytes.map { SHA256.hexDigest(of: $0) }
      if let bytes, let tail, sha256 == tail.last?.sha256 {
        return Snapshot(
          workflow: try recorded(bytes, tail, known),
          origin: .recorded,
          sha256: sha256,
          tail: tail
        )
      }
      let found = Result { () throws(FlowError) in try unfinished(bytes, sha256, tail) }
      let later = try log.tail(limit: 2)
      if later?.size == tail?.size, later?.last == tail?.last { return try found.get() }
      tail = later
    }
    throw FlowError(
      .projectLocked,
      "project \(codec.project.rawValue.quotedExcerpt) changes faster than it can be read",
      hint: "try again"
    )
  }

  private func recorded(
    _ bytes: [UInt8],
    _ tail: HistoryLog.Tail,
    _ known: PlanMemory.Reading?
  ) throws(FlowError) -> Workflow {
    // A person who wrote the file counted no revisions; the event's do. Who wrote it stands before notes.
    let writer = tail.events.last { !$0.event.isNote }?.event
    if writer == nil || writer == .externalEdit || writer == .adoptProject,
      let workflow = try? replayed(near: bytes)
    {
      return workflow
    }
    if let known { return known.workflow }
    let workflow = try codec.decode(bytes)
    memory?.remember(bytes, sha256: tail.last?.sha256 ?? "", workflow)
    return workflow
  }

  private func unfinished(
    _ bytes: [UInt8]?,
    _ sha256: String?,
    _ tail: HistoryLog.Tail?
  ) throws(FlowError) -> Snapshot {
    guard let bytes else { return try rebuilt(tail) }
    guard let tail, let last = tail.last else {
      var workflow = try codec.decode(bytes)
      workflow.revision = max(workflow.revision, 1)
      return Snapshot(workflow: workflow, origin: .unrecorded, sha256: sha256, tail: tail)
    }
    if let previous = tail.events.dropLast().last, previous.sha256 == sha256, previous.seq == last.seq - 1 {
      return Snapshot(workflow: try replayed(near: bytes), origin: .rebuilt, sha256: sha256, tail: tail)
    }
    let found: Workflow
    do {
      found = try codec.decode(bytes)
    } catch {
      // A file of a newer version is not broken, and what an older state says of it may be wrong.
      guard error.code != .newerFormat, let good = try? replayed() else { throw error }
      return Snapshot(workflow: good, origin: .refused(error), sha256: sha256, tail: tail)
    }
    return try edited(found, sha256, tail, last)
  }

  private func rebuilt(_ tail: HistoryLog.Tail?) throws(FlowError) -> Snapshot {
    if let tail, tail.last != nil {
      return Snapshot(workflow: try replayed(), origin: .rebuilt, sha256: nil, tail: tail)
    }
    if case .foreign(let line)? = tail?.ending {
      throw FlowError(
        .invalidHistory,
        "\(WorkflowCodec.fileName) is missing, and \(HistoryLog.fileName) line \(line) is not an event",
        hint: "bring one of them back from a backup",
        context: ["file": HistoryLog.fileName, "line": String(line)]
      )
    }
    throw FlowError(
      .projectNotFound,
      Folder.exists(folder)
        ? "the folder \(folder.inMessage) holds no project: it has no \(WorkflowCodec.fileName)"
        : "there is no project \(codec.project.rawValue.quotedExcerpt)",
      hint: "`flowctl new` makes one, `flowctl ls` lists them",
      context: ["project": codec.project.rawValue]
    )
  }

  private func edited(
    _ found: Workflow,
    _ sha256: String?,
    _ tail: HistoryLog.Tail,
    _ last: HistoryEvent
  ) throws(FlowError) -> Snapshot {
    let before: Workflow
    do {
      before = try replayed()
    } catch {
      // The history cannot say what was edited, so the file counts and a new row of events begins with it.
      var workflow = found
      workflow.revision = max(workflow.revision, last.revision) + 1
      return Snapshot(workflow: workflow, origin: .unrecorded, sha256: sha256, tail: tail)
    }
    var after = found.countingRevisions(from: before)
    after.created = after.created ?? before.created
    let detail = WorkflowDelta(codec: codec).detail(from: before, to: after)
    if WorkflowDelta.isEmpty(detail) {
      return Snapshot(workflow: before, origin: .reformatted, sha256: sha256, tail: tail)
    }
    return Snapshot(workflow: after, origin: .edited(detail: detail), sha256: sha256, tail: tail)
  }
}
