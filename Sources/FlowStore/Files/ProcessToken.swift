import Glibc

/// A name for this process that no other one ever has, and from which it can be told whether the process still lives.
///
/// `BOOT NAMESPACE PID START`: the kernel's boot id, the pid namespace, the process id, and when it began in ticks since
/// boot (proc(5)). An id alone would be given to another process some day.
package enum ProcessToken {
  /// The token of this process.
  package static let own = "\(place) \(getpid()) \(start(of: getpid()) ?? "?")"

  /// Whether the process of a token is known to be gone.
  ///
  /// One of another machine or container is not known to be.
  package static func isGone(_ token: String) -> Bool {
    let fields = token.split(separator: " ").map(String.init)
    guard fields.count == 4, let pid = pid_t(fields[2]), "\(fields[0]) \(fields[1])" == place,
      !place.contains("?")
    else { return false }
    guard let start = start(of: pid) else { return kill(pid, 0) != 0 && errno == ESRCH }
    return start != fields[3]
  }

  /// Where process ids mean the same.
  private static let place: String = {
    let boot = (try? RegularFile.read("/proc/sys/kernel/random/boot_id", limit: 64)) ?? nil
    var namespace = [CChar](repeating: 0, count: 64)
    let length = readlink("/proc/self/ns/pid", &namespace, namespace.count - 1)
    let name =
      length > 0 ? String(decoding: namespace[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) : "?"
    return "\(boot.map { String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self) } ?? "?") \(name)"
  }()

  /// The 22nd field of /proc/PID/stat; the second one, a name in brackets, may hold anything.
  private static func start(of pid: pid_t) -> String? {
    guard let bytes = (try? RegularFile.read("/proc/\(pid)/stat", limit: 4096)) ?? nil,
      let bracket = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = String(decoding: bytes[(bracket + 1)...], as: UTF8.self).split(separator: " ")
    // A zombie has ended; it only waits to be counted.
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return String(fields[19])
  }
}
