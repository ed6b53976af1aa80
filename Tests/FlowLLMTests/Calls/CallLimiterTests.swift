import FlowCore
import RandomSupport
import Synchronization
import Testing

@testable import FlowLLM

@Suite struct `Limit on calls at once` {
  /// How many are within, and the most there ever were.
  private final class Gauge: Sendable {
    private let state = Mutex((inside: 0, most: 0))
    var most: Int { state.withLock { $0.most } }
    var inside: Int { state.withLock { $0.inside } }
    func enter() {
      state.withLock { state in
        state.inside += 1
        state.most = max(state.most, state.inside)
      }
    }
    func leave() { state.withLock { $0.inside -= 1 } }
  }

  @Test(arguments: [UInt64(1), 2, 3]) func `holds under a thousand tasks of which many are cancelled`(
    _ seed: UInt64
  ) async {
    var random = SeededRandom(seed: seed)
    let limiter = CallLimiter(limit: 4)
    let gauge = Gauge()
    let passed = Mutex(0)
    let tasks = (0..<1000).map { _ in
      let yields = Int.random(in: 0..<5, using: &random)
      return Task { @Sendable in
        for _ in 0..<yields { await Task.yield() }
        guard await limiter.acquire() else { return }
        gauge.enter()
        for _ in 0..<yields { await Task.yield() }
        passed.withLock { $0 += 1 }
        gauge.leave()
        limiter.release()
      }
    }
    var cancelled = 0
    for task in tasks where Int.random(in: 0..<3, using: &random) == 0 {
      if Bool.random(using: &random) { await Task.yield() }
      task.cancel()
      cancelled += 1
    }
    for task in tasks { await task.value }
    #expect(gauge.most <= 4, "seed \(seed)")
    #expect(gauge.inside == 0, "seed \(seed)")
    #expect(passed.withLock { $0 } >= 1000 - cancelled, "seed \(seed)")
    // All slots came back: four more pass without waiting for anybody.
    for _ in 0..<4 { #expect(await limiter.acquire(), "seed \(seed)") }
  }

  @Test func `those who wait pass in their order`() async {
    let limiter = CallLimiter(limit: 1)
    #expect(await limiter.acquire())
    let order = Mutex<[Int]>([])
    var tasks: [Task<Void, Never>] = []
    for number in 0..<50 {
      tasks.append(
        Task { @Sendable in
          guard await limiter.acquire() else { return }
          order.withLock { $0.append(number) }
          limiter.release()
        }
      )
      while limiter.waitingCount <= number { await Task.yield() }
    }
    // Every third leaves; the order of the others stays.
    for number in stride(from: 0, to: 50, by: 3) {
      tasks[number].cancel()
      await tasks[number].value
    }
    limiter.release()
    for task in tasks { await task.value }
    #expect(order.withLock { $0 } == (0..<50).filter { $0 % 3 != 0 })
  }

  @Test func `who is cancelled while waiting leaves at once`() async {
    let limiter = CallLimiter(limit: 1)
    #expect(await limiter.acquire())
    let waiting = Task { await limiter.acquire() }
    while limiter.waitingCount == 0 { await Task.yield() }
    waiting.cancel()
    #expect(await waiting.value == false)
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return await limiter.acquire()
    }
    late.cancel()
    #expect(await late.value == false)
    limiter.release()
    #expect(await limiter.acquire())
  }
}

@Suite struct `Calls at once` {
  @Test func `are as many as the configuration allows, and all are answered`() async throws {
    let inside = Mutex((now: 0, most: 0))
    let transport = ScriptedTransport { _, _ in
      inside.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
      for _ in 0..<3 { await Task.yield() }
      inside.withLock { $0.now -= 1 }
      return .answer()
    }
    let call = try ModelUnderTest(transport) { $0.maxConcurrency = 3 }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<200 { group.addTask { _ = try await call.ask() } }
      try await group.waitForAll()
    }
    #expect(inside.withLock { $0.most } <= 3)
    #expect(call.spending.attempts.count == 200)
  }

  @Test func `one that is cancelled in the queue costs nothing`() async throws {
    let gate = Mutex<CheckedContinuation<Void, Never>?>(nil)
    let transport = ScriptedTransport { _, _ in
      await withCheckedContinuation { continuation in gate.withLock { $0 = continuation } }
      return .answer()
    }
    let call = try ModelUnderTest(transport) { $0.maxConcurrency = 1 }
    let first = Task { try await call.ask() }
    while gate.withLock({ $0 == nil }) { await Task.yield() }
    let second = Task { await call.fault() }
    second.cancel()
    #expect(await second.value?.code == .modelCancelled)
    gate.withLock { $0 }?.resume()
    _ = try await first.value
    #expect(call.transport.requests.count == 1)
    #expect(call.spending.isBalanced)
  }
}
