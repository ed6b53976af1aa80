import FlowCore
import FlowMemory
import FlowStore

// What people write into cache/memory_cache.md is adopted in three steps, each of which may be done again: the archive
// gets new versions, the history gets a note of each, the file is written anew. Until the last, a section looks edited,
// so whoever comes next finishes what was cut short.

extension FlowProject {
  /// What became of edits.
  struct Adoption {
    var edits: [SummaryEdit] = []
    /// Why some of them could not be recorded; they are adopted all the same, and recorded next time.
    var failure: FlowError?
  }

  /// Adopts what people edited in the readable memory, records it, and brings the file up to date.
  ///
  /// - Throws: `project.locked`, `storage.write_failed`, `file.newer_format`.
  @discardableResult
  func renderMemory() async throws(FlowError) -> Adoption {
    try await renderMemory(with: try await open().memory, history: workflows)
  }

  /// Adopts edits before a prompt is made, unless that would keep whoever asks for it waiting.
  ///
  /// Never fails: where nothing can be written, or others hold the locks, the prompt goes by the archive, and the
  /// edit is adopted later.
  func adoptEditsInPassing(_ memory: MemoryContext) async {
    guard (try? await memory.hasEdits()) == true else { return }
    let (brief, folder) = (wiring.impatient, folder)
    let archive = try? await wiring.queue.run { () throws(FlowError) in try brief.archive(folder: folder) }
    guard let archive else { return }
    _ = try? await renderMemory(
      with: brief.memory(archive: archive, folder: folder, project: name),
      history: brief.workflowStore(folder: folder, project: name)
    )
    await wiring.queue.run { archive.close() }
  }

  private func renderMemory(
    with memory: MemoryContext,
    history: any WorkflowStore
  ) async throws(FlowError) -> Adoption {
    var adoption = Adoption(edits: try await memory.adoptEdits())
    var unrecorded: Set<SummaryID> = []
    for edit in adoption.edits {
      guard adoption.failure == nil else {
        // What keeps one from being recorded keeps all.
        unrecorded.insert(edit.summary)
        continue
      }
      do throws(FlowError) {
        // Whoever makes the next prompt need not be the one who edited the file.
        let hooks = await installedHooks()
        let recorded = await recordedEvents(hooks)
        if try await history.note(.editSummary, edit.facts, user: "external") {
          await tell(hooks, ofNote: .editSummary, edit.facts, after: recorded)
        }
      } catch {
        adoption.failure = error
        unrecorded.insert(edit.summary)
      }
    }
    try await memory.renderSummaries(except: unrecorded)
    return adoption
  }
}

extension SummaryEdit {
  /// What was done, as doctor says it.
  var sentence: String { "adopted the edit of section \(summary) as its version \(to)" }

  fileprivate var facts: JSONObject {
    [
      "summary": .string(summary.description),
      "from": .number(JSONNumber(from)),
      "to": .number(JSONNumber(to)),
    ]
  }
}

extension Finding {
  /// What doctor says of an edited section; `refusal` is nil where it is going to be adopted.
  static func edit(of section: ReadableSection, _ refusal: EditRefusal?, file: String) -> Finding? {
    let name = section.key.quotedExcerpt
    let (problem, remedy): (String, String) =
      switch refusal {
      case nil:
        (
          "the section \(name) was edited by hand, and the archive does not have it yet",
          "the next `flowctl context`, or `flowctl doctor --fix`, adopts it"
        )
      case .unclear:
        // The file's own findings tell it.
        ("", "")
      case .unknown:
        (
          "the section \(name) was edited by hand, but there is no such summary: it is left as it is, and prompts do "
            + "not show it",
          "move its text to another section, and remove it"
        )
      case .tooLong(let bytes):
        (
          "the section \(name) has \(bytes) bytes: it is left as it is, and prompts do not show it",
          "shorten it to 65536 bytes"
        )
      case .superseded(let current):
        (
          "the section \(name) was edited from version \(section.version), but version \(current.version) by "
            + "\(current.by.excerpt(limit: 80)) counts: it is left as it is, and prompts do not show it",
          "write v\(current.version) in its comment to let your text count, or remove the section to see what counts "
            + "after `flowctl doctor --fix`"
        )
      }
    guard !problem.isEmpty else { return nil }
    return Finding(file: file, line: section.line, problem: problem, remedy: remedy, isError: false)
  }
}
