package import FlowCore
import Glibc

extension Folder {
  /// Whether nothing stands under a path, not even a link that leads nowhere.
  package static func isFree(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) != 0
  }

  /// Gives a folder another name on the same file system, durably; what stands under that name is never lost.
  ///
  /// What is there already is seen first. Whatever comes there afterwards, rename(2) of a folder (POSIX) replaces an
  /// empty folder and nothing else. So of two that move to one name, one fails.
  ///
  /// - Returns: whether the name was free; otherwise nothing has changed.
  /// - Throws: `storage.write_failed`.
  package static func move(_ path: String, to free: String) throws(FlowError) -> Bool {
    guard isFree(free) else { return false }
    do throws(SystemError) {
      try uninterrupted { rename(path, free) }
      try synchronize(parent(of: free))
      return true
    } catch  where [EEXIST, ENOTEMPTY, ENOTDIR, EISDIR].contains(error.code) {
      return false
    } catch {
      throw error.whileWriting(path)
    }
  }
}
