package import FlowCore
import Glibc

extension Folder {
  /// Removes a folder with all that lies in it.
  ///
  /// It is renamed first, durably: from then on it is gone as a whole, even if the rest is cut short. Links in it are
  /// removed, never followed.
  ///
  /// - Throws: `storage.write_failed`.
  package static func remove(_ path: String, movingTo parking: String) throws(FlowError) {
    do throws(SystemError) {
      if access(parking, F_OK) == 0 { try removeTree(parking) }
      try uninterrupted { rename(path, parking) }
      try synchronize(parent(of: path))
      try removeTree(parking)
    } catch {
      throw error.whileWriting(path)
    }
  }

  private static func removeTree(_ path: String) throws(SystemError) {
    var status = stat()
    try uninterrupted { lstat(path, &status) }
    guard status.isFolder else {
      try uninterrupted { unlink(path) }
      return
    }
    for name in names(in: path) { try removeTree("\(path)/\(name)") }
    try uninterrupted { rmdir(path) }
  }
}

extension RegularFile {
  /// Whether there is a file at a path.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.isRegularFile
  }

  /// Whether there is a file at a path and nothing in it.
  package static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.isRegularFile && status.st_size == 0
  }
}
