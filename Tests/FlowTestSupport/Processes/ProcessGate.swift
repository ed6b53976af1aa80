import Glibc

/// Lets a few processes at a time through: tests run all at once, and hundreds of processes on two cores would
/// only wait for each other.
actor ProcessGate {
  static let shared = ProcessGate(limit: max(4, 2 * sysconf(CInt(_SC_NPROCESSORS_ONLN))))

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(limit: Int) { free = limit }

  func enter() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func leave() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
