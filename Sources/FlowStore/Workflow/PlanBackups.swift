import FlowCore
import Glibc

// Before workflow.json is replaced, its file gets a second name in backups/ (link(2)): the state that was in force
// stays as it was written, for the price of a directory entry, and nothing has to be copied or synced. The history
// alone is what a plan is rebuilt from; backups are for people, and for finding the state before an edit without
// reading the whole history.

/// Earlier workflow.json files of a project, the newest ones.
struct PlanBackups: Sendable {
  static let folderName = "backups"

  /// The folder that holds them.
  let folder: String
  /// How many are kept; 0 keeps none.
  let limit: Int

  /// Keeps a file's present bytes as the state of a revision, and removes the oldest beyond the limit.
  ///
  /// The project's lock must be held.
  ///
  /// - Throws: `storage.write_failed`.
  func keep(_ path: String, revision: Int) throws(FlowError) {
    guard limit > 0 else { return }
    try Folder.create(folder)
    let backup = "\(folder)/\(Self.name(revision))"
    if !link(path, to: backup) {
      // A file system without hard links.
      guard let bytes = try RegularFile.read(path) else { return }
      try AtomicFile.write(bytes, to: backup)
    }
    let names = Folder.names(in: folder)
    AtomicFile.removeLeftovers(names, in: folder)
    for old in Self.backups(among: names).dropFirst(limit) { unlink("\(folder)/\(old.name)") }
  }

  /// A file whose bytes are kept because they are about to be replaced by others than the next state's.
  enum Copied: String {
    case workflow, history
  }

  /// Keeps such bytes under a name of their own; they are never removed.
  ///
  /// - Returns: the name.
  func keepCopy(_ bytes: [UInt8], of file: Copied, at ts: Timestamp) throws(FlowError) -> String {
    try Folder.create(folder)
    let time = ts.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
    let name = "kept-\(file.rawValue)-\(time)-\(SHA256.hexDigest(of: bytes).prefix(8)).json"
    try AtomicFile.write(bytes, to: "\(folder)/\(name)")
    return name
  }

  /// The backups, newest first.
  func list() -> [PlanBackup] {
    names().compactMap { name, revision in
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0, status.isRegularFile,
        let written = RegularFile.modified("\(folder)/\(name)")
      else { return nil }
      return PlanBackup(name: name, revision: revision, written: written, bytes: Int(status.st_size))
    }
  }

  /// A backup's bytes; nil if there is none of this name.
  func read(_ name: String) throws(FlowError) -> [UInt8]? {
    try RegularFile.read("\(folder)/\(name)")
  }

  /// Names and revisions, the highest revision first.
  func names() -> [(name: String, revision: Int)] {
    Self.backups(among: Folder.names(in: folder))
  }

  private static func backups(among names: [String]) -> [(name: String, revision: Int)] {
    names.compactMap { name in revision(name).map { (name, $0) } }.sorted { $0.revision > $1.revision }
  }

  private func link(_ path: String, to backup: String) -> Bool {
    if Glibc.link(path, backup) == 0 { return true }
    guard errno == EEXIST else { return false }
    // Of a change that was cut short after this; the file may have been edited since.
    unlink(backup)
    return Glibc.link(path, backup) == 0
  }

  private static func name(_ revision: Int) -> String {
    let digits = String(revision)
    return "workflow-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".json"
  }

  private static func revision(_ name: String) -> Int? {
    guard name.hasPrefix("workflow-"), name.hasSuffix(".json") else { return nil }
    let digits = name.dropFirst("workflow-".count).dropLast(".json".count)
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(digits)
  }
}
