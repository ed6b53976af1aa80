package import FlowCore
import FlowStore

extension Workspace {
  /// The project to work with as it lies there: nothing that is missing is made, and nobody is waited for.
  ///
  /// For looking something up in passing, such as what a shell may complete.
  ///
  /// - Throws: `project.none_active`, `project.not_found`.
  package func currentProjectAsFound() async throws(FlowError) -> FlowProject {
    let named: ProjectName? = if let chosen { chosen } else { try await activeName() }
    guard let named else {
      throw FlowError(.noActiveProject, "no project is active in \(root)")
    }
    return project(try await spelling(of: named))
  }
}

extension FlowProject {
  /// The keys of all results that still count; their values are not read.
  package func cacheKeys() async throws(FlowError) -> [String] {
    try await wiring.resultsCache(folder: folder, project: name).keys(freshAt: now)
  }

  /// The roots of long-term memory, where there is an archive.
  package func rootsAsFound() async throws(FlowError) -> [Summary] {
    wiring.hasArchive(folder: folder) ? try await summaries() : []
  }
}
