package import FlowCore
import Glibc

/// A folder for what is thrown away afterwards.
package struct ScratchFolder: Sendable {
  package let path: String

  /// Where temporary files lie.
  static var base: String {
    let configured = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var base = configured.isEmpty ? "/tmp" : configured
    while base.count > 1, base.hasSuffix("/") { base.removeLast() }
    return base
  }

  /// Makes a new one where the system keeps temporary files: TMPDIR, else /tmp.
  ///
  /// Only its owner may look into it.
  ///
  /// - Throws: `storage.write_failed`.
  package static func make() throws(FlowError) -> ScratchFolder {
    var template = Array("\(base)/flow-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemError().whileWriting(base) }
    return ScratchFolder(path: String(cString: made))
  }

  /// Removes it with all that lies in it.
  ///
  /// - Throws: `storage.write_failed`.
  package func remove() throws(FlowError) {
    try Folder.remove(path, movingTo: "\(path).removed")
  }
}
