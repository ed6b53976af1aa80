package import FlowCore
import Glibc

// Flow reads, replaces and removes the files of a project by their names. A folder that came from somewhere else may
// hold links in their places: reading through one would show a file of another owner in a prompt or an error, writing
// through one would change it. So nothing in a project may be a link, and the project's folder may be one only if it
// leads to another place in the root.

/// Where a project ends.
package enum ProjectBoundary {
  /// What of a project Flow reads or writes.
  private static let names = [
    "workflow.json", "workflow_history.json", "memory.sqlite", "memory.sqlite-wal", "memory.sqlite-shm",
    "backups",
    "hooks", "cache", "cache/results_cache.json", "cache/memory_cache.md", "cache/blobs",
  ]

  /// Checks that a project lies in its root, with all that belongs to it.
  ///
  /// - Throws: `storage.read_failed`, naming the link.
  package static func check(_ folder: String, in root: String) throws(FlowError) {
    if isLink(folder) {
      guard let target = Folder.realPath(folder), let root = Folder.realPath(root),
        target.hasPrefix("\(root)/")
      else {
        throw outside(folder, "a link that leads out of the root")
      }
    }
    for name in names where isLink("\(folder)/\(name)") {
      throw outside("\(folder)/\(name)", "a symbolic link")
    }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func outside(_ path: String, _ problem: String) -> FlowError {
    FlowError(
      .readFailed,
      "cannot use \(path.inMessage): it is \(problem)",
      hint: "put what it leads to in its place; Flow follows no links out of a project",
      context: ["path": path]
    )
  }
}
