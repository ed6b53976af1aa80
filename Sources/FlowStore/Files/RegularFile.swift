package import FlowCore
import Glibc

/// Reads files that may have been put there by anyone.
package enum RegularFile {
  /// The largest file that is read, in bytes: 1 GiB.
  package static let maximumBytes = 1 << 30

  /// All of a file, or nil if there is none.
  ///
  /// Never waits: a named pipe in the place of a file is an error, as are folders and devices.
  ///
  /// - Throws: `storage.read_failed`.
  package static func read(_ path: String, limit: Int = maximumBytes) throws(FlowError) -> [UInt8]? {
    guard let opened = try open(path) else { return nil }
    let file = opened.file
    do throws(SystemError) {
      // One byte more than there should be, to see whether the file grew meanwhile.
      var bytes = try file.read(0..<min(opened.size, limit) + 1)
      while bytes.count > opened.size, bytes.count <= limit {
        let more = try file.read(bytes.count..<min(2 * bytes.count, limit + 1))
        if more.isEmpty { break }
        bytes += more
      }
      guard bytes.count <= limit else { throw SystemError(EFBIG) }
      return bytes
    } catch {
      throw error.whileReading(path)
    }
  }

  /// When a file was last written, or nil if there is none.
  static func modified(_ path: String) -> Timestamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let time = status.st_mtim
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  struct Opened: ~Copyable {
    let file: OpenFile
    let size: Int
  }

  /// Opens a file for reading, or with other flags; nil if there is none.
  static func open(_ path: String, _ flags: CInt = O_RDONLY) throws(FlowError) -> Opened? {
    let kind: String
    do throws(SystemError) {
      // Without O_NONBLOCK, opening a named pipe waits for someone to open its other end.
      let file = try OpenFile(path, flags | O_NONBLOCK)
      let status = try file.status()
      if status.isRegularFile { return Opened(file: file, size: Int(status.st_size)) }
      kind = status.kind
    } catch  where error.code == ENOENT || error.code == ENOTDIR {
      return nil
    } catch {
      throw error.whileReading(path)
    }
    throw FlowError(
      .readFailed,
      "cannot read \(path.inMessage): it is \(kind), not a file",
      hint: "move it away",
      context: ["path": path]
    )
  }
}
