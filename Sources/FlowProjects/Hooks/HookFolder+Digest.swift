import FlowCore
import FlowStore
import Glibc

extension HookFolder {
  /// The most files and the most bytes in a folder whose hooks can be trusted.
  private static let maximumFiles = 1000
  private static let maximumBytes = 64 << 20

  /// A SHA-256 over all that lies in the folder: names, contents, and which files are executable.
  ///
  /// Files beside the hooks count too, and those in folders, since a hook may call them. Of a link only the path counts
  /// that it holds.
  ///
  /// Reads the disk.
  ///
  /// - Throws: `storage.read_failed` where something cannot be read, or there is too much of it.
  func digest() throws(FlowError) -> String {
    var hash = SHA256()
    var files = 0
    var bytes = 0
    func add(_ kind: String, _ name: String, _ content: [UInt8]) throws(FlowError) {
      files += 1
      bytes += content.count
      guard files <= HookFolder.maximumFiles, bytes <= HookFolder.maximumBytes else {
        throw FlowError(
          .readFailed,
          "\(path.excerpt(limit: 4096)) holds too much to be trusted: over \(HookFolder.maximumFiles) files or "
            + "\(HookFolder.maximumBytes >> 20) MB",
          hint: "keep hooks there, and what they need elsewhere"
        )
      }
      // Lengths first, so that no two folders read the same.
      hash.update(Array("\(kind) \(name.utf8.count) \(content.count)\n".utf8))
      hash.update(Array(name.utf8))
      hash.update(content)
    }
    func addAll(below prefix: String) throws(FlowError) {
      let names = Folder.names(in: "\(path)/\(prefix)")
      for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        let inner = prefix + name
        var status = stat()
        guard lstat("\(path)/\(inner)", &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
          let content = try RegularFile.read("\(path)/\(inner)", limit: HookFolder.maximumBytes)
          let isExecutable = status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH) != 0
          try add(isExecutable ? "program" : "file", inner, content ?? [])
        case S_IFDIR:
          try add("folder", inner, [])
          try addAll(below: "\(inner)/")
        case S_IFLNK:
          try add("link", inner, HookFolder.target(ofLink: "\(path)/\(inner)"))
        default:
          try add("other", inner, [])
        }
      }
    }
    try addAll(below: "")
    return hash.hexDigest()
  }

  private static func target(ofLink path: String) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        chars.baseAddress.map { readlink(path, $0, chars.count) } ?? 0
      }
    }
    return Array(buffer.prefix(max(0, count)))
  }
}
