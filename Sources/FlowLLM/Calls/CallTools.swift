package import FlowCore

/// What a call takes from the machine beside the network, so that tests can set it.
package struct CallTools: Sendable {
  package var clock: any FlowClock
  /// A number from 0 up to, not including, 1.
  package var random: @Sendable () -> Double
  /// Waits; throws where the task is cancelled before the time is over.
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    clock: any FlowClock = SystemClock(),
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.clock = clock
    self.random = random
    self.sleep = sleep
  }
}
