package import FlowCore
import Glibc
import Synchronization

/// Input that a user names, to be read in pieces and more than once.
///
/// A file is read where it lies. A pipe can be read but once: what comes out of it is kept, in memory while it is
/// small, else in a temporary file without a name, which is gone with the process.
package final class RepeatableInput: Sendable {
  /// What messages call it.
  package let name: String

  /// The most bytes of a pipe that are kept in memory.
  static let memoryLimit = 4 << 20

  private struct State {
    /// The pipe that is still to be read, or -1.
    var pipe: CInt
    /// The file that holds the bytes, or -1 where memory does.
    var file: CInt
    /// Where they begin in the file.
    var start = 0
    var memory: [UInt8] = []
    /// Bytes taken from the pipe.
    var taken = 0
  }

  private let state: Mutex<State>

  /// Bytes that are in memory already.
  package init(_ bytes: [UInt8], name: String) {
    self.name = name
    state = Mutex(State(pipe: -1, file: -1, memory: bytes))
  }

  /// Opens a file or a pipe; nil stands for standard input.
  ///
  /// - Throws: `file.not_found`, `storage.read_failed`.
  package init(opening path: String?) throws(FlowError) {
    name = path ?? "standard input"
    let descriptor = try path.map(RepeatableInput.open) ?? STDIN_FILENO
    var status = stat()
    if fstat(descriptor, &status) == 0, status.isRegularFile {
      // `< file` may begin anywhere in it.
      let start = path == nil ? max(0, Int(lseek(descriptor, 0, SEEK_CUR))) : 0
      state = Mutex(State(pipe: -1, file: descriptor, start: start))
    } else {
      state = Mutex(State(pipe: descriptor, file: -1))
    }
  }

  deinit {
    state.withLock { state in
      for descriptor in [state.pipe, state.file] where descriptor > STDERR_FILENO { close(descriptor) }
    }
  }

  private static func open(_ path: String) throws(FlowError) -> CInt {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor < 0 else { return descriptor }
    let error = SystemError()
    if error.code == ENOENT || error.code == ENOTDIR {
      throw FlowError(.fileNotFound, "there is no file \(path.quotedExcerpt)", hint: "check the path")
    }
    throw error.whileReading(path)
  }

  /// Takes more from a pipe and says how many bytes came so far; nil at its end, and for a file at once.
  ///
  /// - Throws: `storage.read_failed`; `storage.write_failed` where the temporary file finds no room.
  package func take() throws(FlowError) -> Int? {
    try state.withLock { state throws(FlowError) in
      guard state.pipe >= 0 else { return nil }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count: Int
      do throws(SystemError) {
        let pipe = state.pipe
        count = try uninterrupted { read(pipe, &chunk, chunk.count) }
      } catch {
        throw error.whileReading(name)
      }
      guard count > 0 else {
        if state.pipe > STDERR_FILENO { close(state.pipe) }
        state.pipe = -1
        return nil
      }
      try RepeatableInput.keep(chunk[..<count], in: &state)
      state.taken += count
      return state.taken
    }
  }

  private static func keep(_ bytes: ArraySlice<UInt8>, in state: inout State) throws(FlowError) {
    if state.file < 0, state.memory.count + bytes.count <= memoryLimit {
      state.memory += bytes
      return
    }
    do throws(SystemError) {
      if state.file < 0 {
        state.file = try temporaryFile()
        try write(state.memory[...], to: state.file)
        state.memory = []
      }
      try write(bytes, to: state.file)
    } catch {
      throw error.whileWriting(ScratchFolder.base)
    }
  }

  /// A new file without a name, open for reading and writing.
  static func temporaryFile() throws(SystemError) -> CInt {
    var template = Array("\(ScratchFolder.base)/flow-XXXXXX".utf8CString)
    let descriptor = try uninterrupted { mkstemp(&template) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: CInt) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = try uninterrupted {
        rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    }
  }

  /// How many bytes there are now; a file may still grow.
  package var size: Int {
    state.withLock { state in
      guard state.file >= 0 else { return state.memory.count }
      var status = stat()
      return fstat(state.file, &status) == 0 ? max(0, Int(status.st_size) - state.start) : 0
    }
  }

  /// The bytes between two offsets, or fewer at the end.
  ///
  /// - Throws: `storage.read_failed`.
  package func bytes(_ range: Range<Int>) throws(FlowError) -> [UInt8] {
    let (file, start) = state.withLock { ($0.file, $0.start) }
    guard file >= 0 else {
      return state.withLock { Array($0.memory[range.clamped(to: 0..<$0.memory.count)]) }
    }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var count = 0
    do throws(SystemError) {
      while count < range.count {
        let length = try uninterrupted {
          bytes.withUnsafeMutableBytes { buffer in
            pread(
              file,
              buffer.baseAddress.map { $0 + count },
              buffer.count - count,
              off_t(start + range.lowerBound + count)
            )
          }
        }
        if length == 0 { break }
        count += length
      }
    } catch {
      throw error.whileReading(name)
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
