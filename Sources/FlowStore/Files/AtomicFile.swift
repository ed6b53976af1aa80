package import FlowCore
import Glibc

/// Replaces files as a whole: whoever reads, and whenever the power fails, sees the old bytes or the new.
///
/// The new bytes go into a temporary file in the same folder, which is made durable, then takes the name over
/// (rename(2) is atomic), then the folder is made durable. The temporary file's name carries the process id,
/// so that one that a killed process left behind can be told from one that is being written.
package enum AtomicFile {
  private static let suffix = ".tmp"

  /// Replaces a file, or makes it.
  ///
  /// A file that is replaced keeps its mode and, where possible, its owner.
  ///
  /// - Throws: `storage.write_failed`; the old file stands then.
  package static func write(_ bytes: [UInt8], to path: String) throws(FlowError) {
    _ = try write(bytes, to: path) { true }
  }

  /// Replaces a file, or makes it, if that may still be done when the new bytes are durable, and says whether it was.
  ///
  /// - Throws: `storage.write_failed`; the old file stands then.
  static func write(
    _ bytes: [UInt8],
    to path: String,
    where mayReplace: () -> Bool
  ) throws(FlowError) -> Bool {
    let folder = Folder.parent(of: path)
    let token = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = "\(folder)/.\(Folder.name(of: path)).\(getpid())-\(token)\(suffix)"
    do throws(SystemError) {
      try writeDurably(bytes, to: temporary, replacing: path)
      guard mayReplace() else {
        unlink(temporary)
        return false
      }
      do throws(SystemError) {
        try uninterrupted { rename(temporary, path) }
      } catch {
        unlink(temporary)
        throw error
      }
      try Folder.synchronize(folder)
      return true
    } catch {
      throw error.whileWriting(path)
    }
  }

  private static func writeDurably(
    _ bytes: [UInt8],
    to temporary: String,
    replacing path: String
  ) throws(SystemError) {
    let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    do throws(SystemError) {
      var old = stat()
      if stat(path, &old) == 0 {
        if old.st_uid != geteuid() || old.st_gid != getegid() {
          file.tryOwner(user: old.st_uid, group: old.st_gid)
        }
        try file.setMode(old.st_mode & 0o777)
      }
      try file.write(bytes)
      try file.synchronize()
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Removes what processes that are gone left behind in a folder.
  package static func removeLeftovers(in folder: String) {
    removeLeftovers(Folder.names(in: folder), in: folder)
  }

  /// Removes those of these names that processes that are gone left behind in a folder.
  static func removeLeftovers(_ names: [String], in folder: String) {
    for name in names where isLeftover(name) { unlink("\(folder)/\(name)") }
  }

  private static func isLeftover(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(suffix) else { return false }
    guard let mark = name.dropLast(suffix.count).split(separator: ".").last,
      let process = mark.split(separator: "-").first.flatMap({ pid_t($0) }), process > 0
    else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
