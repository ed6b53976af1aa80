import FlowCore
import FlowStore
import Glibc

/// The file that says whose hooks may run, outside of every root: a copied project must not bring its own leave along.
///
///     { "schema": 1, "projects": { "/home/jun/projects/demo": { "hooks": "<sha256>", "since": "2026-11-22T12:00:00Z" } } }
///
/// Trust belongs to a folder's path and to all that lies in its `hooks`: moved or changed, they are not trusted.
///
/// All of this reads or writes the disk.
struct TrustedProjects: Sendable {
  private static let schema = 1

  /// Nil where there is no place for it: nothing is trusted then.
  let path: String?

  /// What was trusted, and since when.
  struct Entry: Sendable, Hashable {
    let folder: String
    let digest: String
    let since: Timestamp
  }

  /// All that is trusted, in the order of the file.
  ///
  /// - Throws: `config.invalid` where the file is damaged or others could have written it, `file.newer_format`,
  ///   `storage.read_failed`.
  func entries() throws(FlowError) -> [Entry] {
    guard let path, let bytes = try RegularFile.read(path, limit: 16 << 20) else { return [] }
    var status = stat()
    if stat(path, &status) == 0, let fault = HookFolder.ownershipFault(status) { throw damaged(path, fault) }
    let json: JSONValue
    do { json = try JSONValue(parsing: bytes) } catch { throw damaged(path, "\(error)") }
    guard let schema = json["schema"]?.int, schema >= 1 else { throw damaged(path, "'schema' is missing") }
    guard schema <= TrustedProjects.schema else {
      throw FlowError(
        .newerFormat,
        "\(path.excerpt(limit: 4096)) has format \(schema), newer than \(TrustedProjects.schema)",
        hint: "use the version of flowctl that wrote it"
      )
    }
    guard let projects = json["projects"]?.object else { throw damaged(path, "'projects' is missing") }
    var entries: [Entry] = []
    for (folder, value) in projects {
      guard let digest = value["hooks"]?.string, digest.utf8.count == 64,
        let since = value["since"]?.string.flatMap(Timestamp.init(iso8601:))
      else { throw damaged(path, "the entry \(folder.quotedExcerpt) has no 'hooks' or no 'since'") }
      entries.append(Entry(folder: folder, digest: digest, since: since))
    }
    return entries
  }

  /// What was trusted of a folder.
  func entry(of folder: String) throws(FlowError) -> Entry? {
    try entries().last { $0.folder.utf8.elementsEqual(folder.utf8) }
  }

  /// Trusts what a folder's `hooks` hold, in place of what was trusted of it before.
  func add(_ entry: Entry, of project: ProjectName) throws(FlowError) {
    try update(of: project) { entries in
      entries.removeAll { $0.folder.utf8.elementsEqual(entry.folder.utf8) }
      entries.append(entry)
    }
  }

  /// Trusts a folder no longer, and says whether it was trusted.
  func remove(_ folder: String, of project: ProjectName) throws(FlowError) -> Bool {
    guard try entry(of: folder) != nil else { return false }
    try update(of: project) { entries in entries.removeAll { $0.folder.utf8.elementsEqual(folder.utf8) } }
    return true
  }

  private func update(of project: ProjectName, _ body: (inout [Entry]) -> Void) throws(FlowError) {
    guard let path else {
      throw FlowError(
        .invalidConfiguration,
        "there is no place to keep in which projects are trusted",
        hint: "set HOME or XDG_CONFIG_HOME to an absolute path"
      )
    }
    let folder = Folder.parent(of: path)
    try Folder.create(folder, mode: 0o700)
    // Two commands that trust at the same time must not take each other's entry away.
    try ProjectLock(folder: folder, project: project).withLock { () throws(FlowError) in
      var entries = try entries()
      body(&entries)
      var projects: JSONObject = [:]
      for entry in entries {
        projects[entry.folder] = ["hooks": .string(entry.digest), "since": .string(entry.since.description)]
      }
      let json: JSONValue = [
        "schema": .number(JSONNumber(TrustedProjects.schema)), "projects": .object(projects),
      ]
      var bytes: [UInt8] = []
      json.write(to: &bytes, style: .document(inlineDepth: 2))
      try AtomicFile.write(bytes + [UInt8(ascii: "\n")], to: path)
    }
  }

  private func damaged(_ path: String, _ reason: String) -> FlowError {
    FlowError(
      .invalidConfiguration,
      "\(path.excerpt(limit: 4096)) cannot be used: \(reason)",
      hint: "mend it, or remove it and trust the projects again; until then no project's hooks are trusted"
    )
  }
}
