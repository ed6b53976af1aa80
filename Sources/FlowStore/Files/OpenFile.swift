import Glibc

/// An open file, closed when it goes out of scope and never passed on to a program that is started.
struct OpenFile: ~Copyable {
  private let descriptor: CInt

  /// Opens a file with flags of open(2); `mode` counts where it is made.
  init(_ path: String, _ flags: CInt, mode: mode_t = 0o644) throws(SystemError) {
    descriptor = try uninterrupted { open(path, flags | O_CLOEXEC | O_NOCTTY, mode) }
  }

  deinit {
    close(descriptor)
  }

  func status() throws(SystemError) -> stat {
    var status = stat()
    try uninterrupted { fstat(descriptor, &status) }
    return status
  }

  /// What stands between two offsets, or less at the end of the file.
  func read(_ range: Range<Int>) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      do throws(SystemError) {
        while count < range.count {
          let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
          let length = try uninterrupted {
            pread(descriptor, rest.baseAddress, rest.count, off_t(range.lowerBound + count))
          }
          if length == 0 { return }
          count += length
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all of the bytes, the first one at an offset.
  func write(_ bytes: [UInt8], at offset: Int = 0) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let result = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        return Result { () throws(SystemError) in
          try uninterrupted { pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + written)) }
        }
      }
      written += try result.get()
    }
  }

  func truncate(to size: Int) throws(SystemError) {
    try uninterrupted { ftruncate(descriptor, off_t(size)) }
  }

  /// Waits until all of it is on the disk.
  func synchronize() throws(SystemError) {
    try uninterrupted { fsync(descriptor) }
  }

  /// Waits until its bytes and its size are on the disk.
  func synchronizeData() throws(SystemError) {
    try uninterrupted { fdatasync(descriptor) }
  }

  func setMode(_ mode: mode_t) throws(SystemError) {
    try uninterrupted { fchmod(descriptor, mode) }
  }

  /// Gives the file to another account, where this one may.
  func tryOwner(user: uid_t, group: gid_t) {
    _ = fchown(descriptor, user, group)
  }

  /// Takes the exclusive advisory lock of flock(2), or says that another open file has it.
  func tryLock() throws(SystemError) -> Bool {
    do throws(SystemError) {
      try uninterrupted { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  /// Gives the lock back, also for a child process that was forked meanwhile.
  func unlock() {
    _ = flock(descriptor, LOCK_UN)
  }
}

extension stat {
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

  /// What it is, in words.
  var kind: String {
    switch st_mode & S_IFMT {
    case S_IFREG: "a file"
    case S_IFDIR: "a folder"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    case S_IFLNK: "a symbolic link"
    default: "a device"
    }
  }
}
