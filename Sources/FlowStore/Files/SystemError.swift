import FlowCore
import Glibc

/// A system call's `errno`, before it is known what it means to the caller.
struct SystemError: Error {
  let code: CInt

  init(_ code: CInt = errno) {
    self.code = code
  }

  /// The system's own words, such as `No space left on device`.
  var text: String { systemText(code) }

  private var remedy: String {
    switch code {
    case ENOSPC, EDQUOT: "free some space and try again"
    case EACCES, EPERM: "check the permissions of the file and its folder"
    case EROFS: "the file system is read-only: use another root"
    case ENOTDIR, EISDIR, ELOOP: "check that every part of the path is what it should be"
    case EMFILE, ENFILE: "close other programs, or raise the limit of open files"
    default: "check the disk and the folder, then try again"
    }
  }
}

extension SystemError {
  /// That a file or folder could not be read.
  func whileReading(_ path: String) -> FlowError {
    FlowError(
      .readFailed,
      "cannot read \(path.inMessage): \(text)",
      hint: remedy,
      context: ["path": path]
    )
  }

  /// That a file or folder could not be written; what stood there stands.
  func whileWriting(_ path: String) -> FlowError {
    FlowError(
      .writeFailed,
      "cannot write \(path.inMessage): \(text)",
      hint: remedy,
      context: ["path": path]
    )
  }
}

extension String {
  /// A path as an error shows it: whole, since its end tells most, and safe to print.
  var inMessage: String { excerpt(limit: 4096) }
}

/// Makes a system call again until no signal interrupts it.
@discardableResult
func uninterrupted<Outcome: SignedInteger>(_ call: () -> Outcome) throws(SystemError) -> Outcome {
  while true {
    let result = call()
    if result >= 0 { return result }
    let error = SystemError()
    if error.code != EINTR { throw error }
  }
}

/// The system's own words for an `errno`, such as `No space left on device`.
package func systemText(_ code: CInt) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  // strerror itself is not safe to call from two threads.
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
}
