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
      guard let tail = try files.log.tail(limit: 1), let contents = try files.log.contents() else {
        return []
      }
      var findings = contents.unreadable.map { line in
        Finding(
          file: file,
          line: line,
          problem: "is not an event",
          remedy: "mend that line, or bring the file back from a backup",
          isError: true
        )
      }
      switch tail.ending {
      case .closed, .foreign: break
      case .torn:
        findings.append(
          Finding(
            file: file,
            problem: "ends in the middle of an event, as after a crash",
            remedy: "nothing to do: that event was never acknowledged, and the next change cuts it",
            isError: false
          )
        )
      case .reformatted:
        findings.append(
          Finding(
            file: file,
            problem: "does not have one event on a line",
            remedy: "nothing to do: the next change of a task lays it out again",
            isError: false
          )
        )
      }
      return findings + orderFindings(contents.events)
    } catch {
      return [Finding(error, file: file)]
    }
  }

  private func orderFindings(_ events: [HistoryEvent]) -> [Finding] {
    let file = HistoryLog.fileName
    let restore = "bring the file back from a backup; until then, older states cannot be rebuilt"
    for (previous, next) in zip(events, events.dropFirst()) where next.seq != previous.seq + 1 {
      return [
        Finding(
          file: file,
          problem: "event \(next.seq) follows event \(previous.seq)",
          remedy: restore,
          isError: true
        )
      ]
    }
    guard !events.isEmpty else { return [] }
    do throws(FlowError) {
      _ = try HistoryReplay(codec: files.codec).workflow(after: events)
      return []
    } catch {
      return [Finding(error, file: file)]
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
