public import FlowCore
import FlowStore

/// The hooks of a project: what would run, and whether it may.
public struct ProjectHooks: Sendable, Hashable {
  /// A file that is named after an event.
  public struct Hook: Sendable, Hashable {
    /// Such as `before_save`.
    public let name: String
    public let path: String
    /// Why it does not run even if the project is trusted; nil if it does.
    public let problem: String?
  }

  /// Whether the hooks may run.
  public enum Trust: String, Sendable, Hashable {
    case trusted, untrusted
    /// They were trusted, and are not what they were then.
    case changed
  }

  public let project: ProjectName
  /// The project's folder, without a symbolic link in its path.
  public let folder: String
  /// By name.
  public let hooks: [Hook]
  /// What else lies beside the hooks and is trusted with them, by name.
  public let others: [String]
  public let trust: Trust
  /// A SHA-256 over all names and contents.
  public let digest: String
}

/// A project's folder whose hooks are trusted.
public struct TrustedFolder: Sendable, Hashable {
  public let folder: String
  /// The SHA-256 of what was trusted.
  public let digest: String
  public let since: Timestamp
  /// False where the hooks are gone, or are not what they were.
  public let isCurrent: Bool
}

extension Workspace {
  /// Looks at a project's hooks.
  ///
  /// - Throws: `project.not_found`; `file.not_found` where it has none; `config.invalid` where the file of trusted
  ///   projects is damaged; `storage.read_failed`.
  public func hooks(of name: ProjectName) async throws(FlowError) -> ProjectHooks {
    let project = try await loadProject(name)
    let trusted = wiring.trustedProjects
    return try await wiring.queue.run { () throws(FlowError) in
      guard let folder = HookFolder(in: project.folder, of: .project(project.name)) else {
        throw FlowError(
          .fileNotFound,
          "project \(project.name.rawValue.quotedExcerpt) has no hooks",
          hint: "they are executables in \(project.folder)/\(HookFolder.name), named after events"
        )
      }
      if let fault = folder.fault {
        throw FlowError(
          .readFailed,
          "the hooks in \(folder.path.excerpt(limit: 4096)) cannot be trusted: \(fault)",
          hint: "mend that first"
        )
      }
      let names = folder.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let digest = try folder.digest()
      let home = Folder.parent(of: folder.path)
      let entry = try trusted.entry(of: home)
      return ProjectHooks(
        project: project.name,
        folder: home,
        hooks: names.filter(HookFolder.isHookName).map { name in
          ProjectHooks.Hook(name: name, path: "\(folder.path)/\(name)", problem: folder.fault(of: name))
        },
        others: names.filter { !HookFolder.isHookName($0) },
        trust: entry.map { $0.digest == digest ? .trusted : .changed } ?? .untrusted,
        digest: digest
      )
    }
  }

  /// Lets a project's hooks run as they were when they were looked at; changed later, they do not run.
  ///
  /// - Throws: `config.invalid` where the file of trusted projects is damaged, `storage.write_failed`.
  public func trust(_ hooks: ProjectHooks) async throws(FlowError) {
    let (trusted, now) = (wiring.trustedProjects, wiring.clock.now())
    try await wiring.queue.run { () throws(FlowError) in
      try trusted.add(
        TrustedProjects.Entry(folder: hooks.folder, digest: hooks.digest, since: now),
        of: hooks.project
      )
    }
  }

  /// Lets a project's hooks run no longer, and says whether they were trusted; the project itself may be gone.
  ///
  /// - Throws: `config.invalid` where the file of trusted projects is damaged, `storage.write_failed`.
  public func revokeTrust(of name: ProjectName) async throws(FlowError) -> Bool {
    let (trusted, root, folder) = (wiring.trustedProjects, root, folder(of: name))
    return try await wiring.queue.run { () throws(FlowError) in
      let parent = Folder.realPath(root) ?? root
      return try trusted.remove(Folder.realPath(folder) ?? "\(parent)/\(name.rawValue)", of: name)
    }
  }

  /// All folders whose hooks are trusted, of whatever root.
  ///
  /// - Throws: `config.invalid` where the file of trusted projects is damaged, `storage.read_failed`.
  public func trustedFolders() async throws(FlowError) -> [TrustedFolder] {
    let trusted = wiring.trustedProjects
    return try await wiring.queue.run { () throws(FlowError) in
      try trusted.entries().map { entry in
        let name = try? ProjectName(Folder.name(of: entry.folder))
        let folder = name.flatMap { HookFolder(in: entry.folder, of: .project($0)) }
        return TrustedFolder(
          folder: entry.folder,
          digest: entry.digest,
          since: entry.since,
          isCurrent: (try? folder?.digest()) == entry.digest
        )
      }
    }
  }
}

extension Wiring {
  fileprivate var trustedProjects: TrustedProjects { TrustedProjects(path: hooks.hooks.trustFile) }
}
