public import FlowCore
import FlowMemory
import FlowStore
import FlowText

extension FlowProject {
  /// Checks every file of the project and says what is wrong and how to mend it; nothing is changed.
  public func findings() async throws(FlowError) -> [Finding] {
    var findings = await wiring.workflowStore(folder: folder, project: name).findings()
    findings += await wiring.resultsCache(folder: folder, project: name).findings()
    let markdown = wiring.markdownCache(folder: folder, project: name)
    findings += await markdown.findings()
    findings += await hookFindings()
    let sections = try await markdown.entries()
    guard wiring.hasArchive(folder: folder) else {
      if !sections.isEmpty {
        findings.append(
          Finding(
            file: "memory.sqlite",
            line: nil,
            problem: "it is missing, though cache/memory_cache.md tells of archived steps",
            remedy: "restore it from where the project came from; the verbatim steps are not here",
            isError: true
          )
        )
      }
      return findings
    }
    do {
      let archive = try await wiring.queue.run { [wiring, folder] () throws(FlowError) in
        try wiring.archive(folder: folder)
      }
      findings += try await archive.findings(analysisVersion: MemoryContext.analysisVersion)
      findings += try await staleSections(sections, archive: archive)
    } catch {
      findings.append(
        Finding(
          file: "memory.sqlite",
          line: nil,
          problem: error.message,
          remedy: error.hint ?? "restore the file from a backup",
          isError: true
        )
      )
    }
    return findings
  }

  /// Sections of the readable memory that are not what the archive says.
  private func staleSections(
    _ sections: [CachedResult],
    archive: any MemoryArchive
  ) async throws(FlowError) -> [Finding] {
    let roots = try await archive.read { memory throws(FlowError) in try memory.summaries.roots() }
    let file = "cache/memory_cache.md"
    let shown = Set(sections.map(\.key))
    var findings: [Finding] = []
    let missing = roots.map(\.id.description).filter { !shown.contains($0) }
    if !missing.isEmpty {
      findings.append(
        Finding(
          file: file,
          line: nil,
          problem:
            "\(missing.count) sections are missing, such as \(missing.prefix(3).joined(separator: ", "))",
          remedy: "`flowctl doctor --fix` or the next roll-up writes them",
          isError: false
        )
      )
    }
    let known = Set(roots.map(\.id.description))
    let unknown = sections.map(\.key).filter { !known.contains($0) }
    for key in unknown {
      findings.append(
        Finding(
          file: file,
          line: nil,
          problem: "the section \(key) covers steps that no summary covers",
          remedy: "remove the section",
          isError: false
        )
      )
    }
    return findings
  }
}

extension FlowProject {
  /// Mends what can be mended without loss: what a merge of two branches left in the plan, its history and the
  /// results, readable summaries that lag behind, and temporary files that killed processes left.
  ///
  /// - Returns: what was done to files that people own, a sentence for each.
  /// - Throws: what has to be decided by a person; that file is as it was then.
  public func mend() async throws(FlowError) -> [String] {
    let hooks = await installedHooks()
    let last = hooks.isEmpty ? nil : try? await workflows.history(limit: 1).last
    var done = try await wiring.workflowStore(folder: folder, project: name).mend(user: wiring.user)
    await tellOfMending(hooks, after: last)
    done += try await wiring.resultsCache(folder: folder, project: name).mend()
    try await save()
    await wiring.queue.run { [folder] in
      for part in ["", "/cache", "/cache/blobs", "/backups"] { AtomicFile.removeLeftovers(in: folder + part) }
    }
    return done
  }
}
