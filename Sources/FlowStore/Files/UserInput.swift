package import FlowCore
import Glibc

/// Input that a user names: a file, a pipe that the shell made, or standard input.
///
/// Unlike a project's own files it may be anything that can be read to its end.
package enum UserInput {
  /// The most bytes that are taken: 1 GiB.
  package static let maximumBytes = 1 << 30

  /// Reads to the end; nil stands for standard input.
  ///
  /// - Throws: `file.not_found`, `storage.read_failed`.
  package static func read(_ path: String?) throws(FlowError) -> [UInt8] {
    guard let path else { return try drain(STDIN_FILENO, named: "standard input") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let error = SystemError()
      if error.code == ENOENT || error.code == ENOTDIR {
        throw FlowError(.fileNotFound, "there is no file \(path.quotedExcerpt)", hint: "check the path")
      }
      throw error.whileReading(path)
    }
    defer { close(descriptor) }
    return try drain(descriptor, named: path)
  }

  private static func drain(_ descriptor: CInt, named name: String) throws(FlowError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        let error = SystemError()
        if error.code == EINTR { continue }
        throw error.whileReading(name)
      }
      bytes += chunk[..<count]
      guard bytes.count <= maximumBytes else {
        throw FlowError(.readFailed, "\(name) has more than \(maximumBytes) bytes", hint: "give it in parts")
      }
    }
  }
}
