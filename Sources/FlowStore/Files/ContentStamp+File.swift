import FlowCore
import Glibc

extension ContentStamp {
  /// Clocks of file systems tick every some milliseconds, on old ones every two seconds.
  private static let tick: Int64 = 2_000_000_000

  /// The state of a file; nil where there is none, or it cannot be told.
  init?(ofFile path: String) {
    guard let status = ContentStamp.status(of: path) else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    self.init(
      device: UInt64(status.st_dev),
      inode: UInt64(status.st_ino),
      size: Int64(status.st_size),
      modified: ContentStamp.nanoseconds(status.st_mtim),
      changed: ContentStamp.nanoseconds(status.st_ctim)
    )
  }

  /// Whether the file was last changed so long ago that whatever is done to it now gives it another stamp.
  static func isSettled(file path: String) -> Bool {
    guard let status = status(of: path) else { return false }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let latest = max(nanoseconds(status.st_mtim), nanoseconds(status.st_ctim))
    return nanoseconds(now) - latest > tick
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
