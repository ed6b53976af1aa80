import FlowCore

/// Looks through a project's plan and history for what is wrong, without changing anything.
struct WorkflowInspection: Sendable {
  let files: WorkflowFiles

  func findings() -> [Finding] {
    workflowFindings() + historyFindings()
  }

  private func workflowFindings() -> [Finding] {
    let file = WorkflowCodec.fileName
    let snapshot: WorkflowFiles.Snapshot
    do {
      snapshot = try files.snapshot()
    } catch {
      return [Finding(error, file: file)]
    }
    var findings: [Finding] = []
    switch snapshot.origin {
    case .recorded, .reformatted:
      break
    case .rebuilt:
      let state = snapshot.sha256 == nil ? "is missing" : "is one change behind its history"
      findings.append(
        Finding(
          file: file,
          problem: "\(state); it is read from \(HistoryLog.fileName)",
          remedy: "nothing is lost: the next change of a task writes it anew",
          isError: false
        )
      )
    case .edited:
      findings.append(
        Finding(
          file: file,
          problem: "was edited outside of Flow; the edit is in force but not in the history yet",
          remedy: "nothing to do: the next change of a task records it",
          isError: false
        )
      )
    case .refused(let error):
      findings.append(
        Finding(
          file: file,
          line: error.context["line"].flatMap { Int($0) },
          problem:
            "\(error.message); the state before it, revision \(snapshot.workflow.revision), stays in use",
          remedy:
            "\(error.hint ?? "mend the file"); `flowctl restore` and `flowctl rollback` put a good state in "
            + "its place and keep a copy",
          isError: true
        )
      )
    case .unrecorded:
      findings.append(
        Finding(
          file: file,
          problem: "stands without a history that tells of it",
          remedy: "nothing to do: the next change of a task begins one",
          isError: false
        )
      )
    }
    return findings + nameFindings()
  }

  private func nameFindings() -> [Finding] {
    guard let bytes = (try? RegularFile.read(files.workflowPath)) ?? nil,
      let name = (try? JSONValue(parsing: bytes, limits: WorkflowCodec.limits))?["project"]?.string,
      name != files.codec.project.rawValue
    else { return [] }
    return [
      Finding(
        file: WorkflowCodec.fileName,
        line: JSONValue.locate(path: ["project"], in: bytes)?.line,
        problem: "names the project \(name.quotedExcerpt), but its folder is the one of "
          + "\(files.codec.project.rawValue.quotedExcerpt), which counts",
        remedy: "nothing to do: the next change of a task writes the folder's name",
        isError: false
      )
    ]
  }

  private func historyFindings() -> [Finding] {
    let file = HistoryLog.fileName
    do throws(FlowError) {
      guard let tail = try files.log.tail(limit: 1), let found = try RegularFile.read(files.log.path) else {
        return []
      }
      let bytes = HistoryLog.oneEventALine(found)
      let branches = HistoryBranches(bytes)
      if !branches.isStraight { return [mergeFinding(branches)] }
      let contents = HistoryLines(bytes, isWhole: true).allEvents()
      var findings = contents.unreadable.map { line in
        Finding(
          file: file,
          line: line,
          problem: "is not an event",
          remedy: "mend that line, or `flowctl doctor --fix` takes it out and keeps a copy",
          isError: true
        )
      }
      if tail.ending.isReformatted {
        findings.append(
          Finding(
            file: file,
            problem: "does not have one event on a line",
            remedy: "nothing to do: the next change of a task lays it out again",
            isError: false
          )
        )
      }
      if case .torn = tail.ending {
        findings.append(
          Finding(
            file: file,
            problem: "ends in the middle of an event, as after a crash",
            remedy: "nothing to do: that event was never acknowledged, and the next change cuts it",
            isError: false
          )
        )
      }
      return findings + orderFindings(contents.events)
    } catch {
      return [Finding(error, file: file)]
    }
  }

  private func mergeFinding(_ branches: HistoryBranches) -> Finding {
    let problem: String
    if let fork = branches.branches.first?.fork {
      problem = "holds the events of two branches, which part behind event \(fork)"
    } else if branches.marks.isEmpty {
      problem = "holds \(branches.repeated) events twice"
    } else {
      problem = "holds the marks of a merge that is not finished"
    }
    return Finding(
      file: HistoryLog.fileName,
      line: branches.marks.first,
      problem: problem,
      remedy: "`flowctl doctor --fix` merges the tasks of both sides and keeps all events",
      isError: true
    )
  }

  private func orderFindings(_ events: [HistoryEvent]) -> [Finding] {
    let file = HistoryLog.fileName
    var findings: [Finding] = []
    let lastWhole = events.last(where: \.isWhole)?.seq ?? 0
    if let (previous, next) = zip(events, events.dropFirst()).first(where: { $1.seq != $0.seq + 1 }) {
      let isHealed = next.seq <= lastWhole
      findings.append(
        Finding(
          file: file,
          problem: "event \(next.seq) follows event \(previous.seq)"
            + (isHealed ? "; states between them cannot be rebuilt" : ""),
          remedy: isHealed
            ? "nothing to do: the states since event \(lastWhole) can be rebuilt"
            : "bring the file back from a backup, or `flowctl doctor --fix` writes down the present state, so that "
              + "later ones can be rebuilt",
          isError: !isHealed
        )
      )
    }
    guard !events.isEmpty, !findings.contains(where: \.isError) else { return findings }
    do throws(FlowError) {
      _ = try HistoryReplay(codec: files.codec).workflow(after: events)
      return findings
    } catch {
      return findings + [Finding(error, file: file)]
    }
  }
}

extension Finding {
  /// What an error says, as something found.
  init(_ error: FlowError, file: String) {
    self.init(
      file: error.context["file"] ?? file,
      line: error.context["line"].flatMap { Int($0) },
      problem: error.message,
      remedy: error.hint ?? "mend or remove the file",
      isError: true
    )
  }
}
