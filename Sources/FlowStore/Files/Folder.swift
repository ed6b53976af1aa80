package import FlowCore
import Glibc

/// What is done with folders.
package enum Folder {
  /// The folder that a path lies in.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// Whether there is a folder at a path.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.isFolder
  }

  /// A path without symbolic links, or nil where there is nothing.
  package static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Makes a folder and those it lies in, unless they are there, durably; `mode` is that of those it makes.
  ///
  /// - Throws: `storage.write_failed`.
  package static func create(_ path: String, mode: UInt32 = 0o755) throws(FlowError) {
    if exists(path) { return }
    let parent = parent(of: path)
    if parent != path { try create(parent, mode: mode) }
    do throws(SystemError) {
      try uninterrupted { mkdir(path, mode) }
      try synchronize(parent)
    } catch  where error.code == EEXIST && exists(path) {
      // Another process was faster.
    } catch {
      throw error.whileWriting(path)
    }
  }

  /// The names of what lies in a folder, in no order; none for a folder that is not there.
  package static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Waits until the names in a folder are on the disk.
  static func synchronize(_ path: String) throws(SystemError) {
    let folder = try OpenFile(path, O_RDONLY | O_DIRECTORY)
    do throws(SystemError) {
      try folder.synchronize()
    } catch  where error.code == EINVAL {
      // Some network file systems know no such thing and need none.
    }
  }
}
