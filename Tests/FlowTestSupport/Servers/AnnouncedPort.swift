extension FlowctlProcess {
  /// The port that a server in a process of its own prints in its first line; waits for it.
  ///
  /// - Throws: `ServerError`, when the process has been killed, where none comes.
  func announcedPort() async throws -> UInt16 {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let line = printed.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      if line.count > 1, let port = UInt16(String(decoding: line[0], as: UTF8.self)) { return port }
      guard ContinuousClock.now < deadline else {
        kill()
        throw ServerError("a server did not start; it printed: \(String(decoding: printed, as: UTF8.self))")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
