package import FlowCore
import Glibc

/// A folder of a test's own, removed with all that is in it when the last reference goes.
package final class TemporaryFolder: Sendable {
  /// Its absolute path, without a symbolic link in it.
  package let path: String

  package init() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/flow-test-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder can be made in \(base)")
    guard let resolved = realpath(template, nil) else { preconditionFailure("a new folder is not there") }
    defer { free(resolved) }
    path = String(cString: resolved)
  }

  deinit {
    Self.remove(path)
  }

  /// The path of something in the folder.
  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and the folders that it stands in.
  package func write(_ bytes: [UInt8], to name: String) throws {
    makeFolders(for: name)
    let descriptor = open(self(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FolderError(name, errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      guard count > 0 else { throw FolderError(name, errno) }
      written += count
    }
  }

  /// Writes a file, and the folders that it stands in.
  package func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// All of a file.
  package func bytes(_ name: String) throws -> [UInt8] {
    let descriptor = open(self(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FolderError(name, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw FolderError(name, errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// All of a file as text.
  package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// A file's JSON.
  package func json(_ name: String) throws -> JSONValue { try JSONValue(parsing: bytes(name)) }

  /// Whether there is something of that name.
  package func exists(_ name: String) -> Bool {
    var status = stat()
    return lstat(self(name), &status) == 0
  }

  /// The names in the folder, or in one inside it, in the order of their bytes.
  package func names(in name: String = ".") -> [String] { Self.names(in: self(name)) }

  /// The paths of all files below the folder, relative to it, in the order of their bytes.
  package func files() -> [String] {
    func files(below prefix: String) -> [String] {
      names(in: prefix.isEmpty ? "." : prefix).flatMap { name -> [String] in
        let inner = prefix.isEmpty ? name : "\(prefix)/\(name)"
        return Self.isFolder(self(inner)) ? files(below: inner) : [inner]
      }
    }
    return files(below: "")
  }

  /// Makes a folder inside, with those above it.
  package func makeFolder(_ name: String) { makeFolders(for: "\(name)/x") }

  /// Removes a file, or a folder with all that is in it.
  package func remove(_ name: String) { Self.remove(self(name)) }

  /// Puts a named pipe in the place of a file.
  package func makePipe(_ name: String) throws {
    Self.remove(self(name))
    guard mkfifo(self(name), 0o600) == 0 else { throw FolderError(name, errno) }
  }

  private func makeFolders(for name: String) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o755)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func remove(_ path: String) {
    if isFolder(path) {
      for name in names(in: path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// A file of a test could not be read or written.
package struct FolderError: Error, CustomStringConvertible {
  package let description: String

  init(_ name: String, _ code: CInt) {
    description = "\(name): \(String(cString: strerror(code)))"
  }
}
