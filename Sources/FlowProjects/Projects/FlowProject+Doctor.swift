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
    findings += await modelFindings()
    let sections = try await markdown.sections().sections
    // Loading the project restored what can be restored; why it could not is all there is to say then.
    if let obstacle = await obstacleToMemory() { return findings + [obstacle] }
    guard wiring.hasArchive(folder: folder) else { return findings }
    do {
      let archive = try await wiring.queue.run { [wiring, folder] () throws(FlowError) in
        try wiring.archive(folder: folder)
      }
      findings += try await archive.findings(analysisVersion: MemoryContext.analysisVersion)
      findings += try await staleSections(sections, archive: archive)
      let memory = wiring.memory(archive: archive, folder: folder, project: name)
      findings += try await memory.editedSections().compactMap { section, refusal in
        Finding.edit(of: section, refusal, file: FlowProject.readableMemory)
      }
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

  /// What keeps the configured model from being asked, as far as that is known without asking it.
  private func modelFindings() async -> [Finding] {
    guard wiring.models.isConfigured, wiring.config.summarizer != .textrank else { return [] }
    let models = wiring.models
    guard let obstacle = await wiring.queue.run({ models.obstacle() }) else { return [] }
    return [
      Finding(
        file: obstacle.context["file"] ?? (obstacle.code == .libraryMissing ? "libcurl" : "configuration"),
        line: obstacle.context["line"].flatMap(Int.init),
        problem: obstacle.message,
        remedy: obstacle.hint ?? "`flowctl models check` tells more",
        isError: wiring.config.summarizer == .llm
      )
    ]
  }

  /// Why the memory cannot be opened, if it cannot.
  private func obstacleToMemory() async -> Finding? {
    do {
      _ = try await open()
      return nil
    } catch {
      return Finding(
        file: "memory.sqlite",
        line: nil,
        problem: error.message,
        remedy: error.hint ?? "restore the file from a backup",
        isError: true
      )
    }
  }

  /// The file in which people read the memory.
  private static let readableMemory = "cache/memory_cache.md"

  /// Where the readable memory lags behind the archive.
  private func staleSections(
    _ sections: [ReadableSection],
    archive: any MemoryArchive
  ) async throws(FlowError) -> [Finding] {
    let roots = try await archive.read { memory throws(FlowError) in try memory.summaries.roots() }
    let shown = Set(sections.map(\.key))
    var findings: [Finding] = []
    let missing = roots.map(\.id.description).filter { !shown.contains($0) }
    if !missing.isEmpty {
      findings.append(
        Finding(
          file: FlowProject.readableMemory,
          line: nil,
          problem:
            "\(missing.count) sections are missing, such as \(missing.prefix(3).joined(separator: ", "))",
          remedy: "`flowctl doctor --fix` or the next roll-up writes them",
          isError: false
        )
      )
    }
    let known = Set(roots.map(\.id.description))
    for section in sections where !known.contains(section.key) && !section.isModified {
      findings.append(
        Finding(
          file: FlowProject.readableMemory,
          line: section.line,
          problem: "the section \(section.key.quotedExcerpt) is no longer a section of the long-term memory",
          remedy: "`flowctl doctor --fix` or the next roll-up removes it",
          isError: false
        )
      )
    }
    return findings
  }
}

extension FlowProject {
  /// Mends what can be mended without loss: what a merge of two branches left in the plan, its history and the
  /// results, edits of the readable summaries and where these lag behind, and temporary files that killed processes left.
  ///
  /// - Returns: what was done to files that people own, a sentence for each.
  /// - Throws: what has to be decided by a person; that file is as it was then.
  public func mend() async throws(FlowError) -> [String] {
    let hooks = await installedHooks()
    let last = hooks.isEmpty ? nil : try? await workflows.history(limit: 1).last
    var done = try await wiring.workflowStore(folder: folder, project: name).mend(user: wiring.user)
    await tellOfMending(hooks, after: last)
    done += try await wiring.resultsCache(folder: folder, project: name).mend()
    done += try await mendMemory()
    await wiring.queue.run { [folder] in
      for part in ["", "/cache", "/cache/blobs", "/backups"] { AtomicFile.removeLeftovers(in: folder + part) }
    }
    return done
  }

  private func mendMemory() async throws(FlowError) -> [String] {
    guard try wiring.hasMemory(folder: folder) else { return [] }
    let markdown = wiring.markdownCache(folder: folder, project: name)
    let copies = try await markdown.copies().map(\.file)
    let adoption = try await renderMemory()
    if let failure = adoption.failure { throw failure }
    let kept = try await markdown.copies().map(\.file).filter { !copies.contains($0) }
    return adoption.edits.map(\.sentence)
      + kept.map { "kept \(FlowProject.readableMemory) as it was in \($0)" }
  }
}
