import FlowCore
import FlowTestSupport
import RandomSupport
import Synchronization
import Testing

@testable import FlowLLM

@Suite struct `Account of attempts` {
  /// What "What is it?" with "Be brief." and 100 tokens can cost: 20 bytes and 64 tokens of framing, and 100 tokens out.
  private static let most = ModelPrice.simple.most(promptTokens: 20 + 64, outputTokens: 100)
  private static let said = ModelPrice.simple.cost(of: TokenUsage(input: 10, output: 2))

  private func priced(_ settings: inout ModelSettings) {
    settings.prices = ["m": .simple]
    settings.maxRetries = 0
  }

  @Test func `an answer costs what it says`() async throws {
    let call = try ModelUnderTest(.answer(), configure: priced)
    _ = try await call.ask()
    #expect(call.spending.reservedInAll == Self.most)
    let usage = TokenUsage(input: 10, output: 2)
    #expect(
      call.spending.attempts == [CallAttempt(model: "m", outcome: .answered, usage: usage, cost: Self.said)]
    )
    #expect(call.spending.isBalanced)
  }

  @Test func `an answer that does not say counts with the most it can cost`() async throws {
    let call = try ModelUnderTest(.answer(usage: "null"), configure: priced)
    _ = try await call.ask()
    #expect(call.spending.attempts.map(\.cost) == [Self.most])
    #expect(call.spending.attempts.first?.usage == nil)
  }

  static let failures: [(ScriptedTransport.Reply, CallAttempt.Outcome, Cost)] = [
    (.error(400), .refused, .zero), (.error(401), .refused, .zero), (.error(429), .refused, .zero),
    (.error(503), .refused, .zero), (.error(504), .unknown, most),
    (.answer(""), .unusable, said), (.answer("", usage: "null"), .unusable, most),
    (.status(200, "<html>"), .unusable, most), (.fault(.unreachable, isUnsent: true), .refused, .zero),
    (.fault(.timedOut), .unknown, most), (.fault(.timedOut, isUnsent: true), .refused, .zero),
    (.fault(.cut), .unknown, most), (.fault(.tooLarge), .unusable, most),
    (.fault(.cancelled), .unknown, most),
    (.fault(.untrusted, isUnsent: true), .refused, .zero),
  ]

  @Test(arguments: failures.indices) func `a failure costs nothing, what it says, or the most`(_ index: Int)
    async throws
  {
    let (reply, outcome, cost) = Self.failures[index]
    let call = try ModelUnderTest(reply, configure: priced)
    #expect(await call.fault() != nil)
    #expect(call.spending.outcomes == [outcome])
    #expect(call.spending.spent == cost)
    #expect(call.spending.isBalanced)
  }

  @Test func `each attempt is reserved and settled on its own`() async throws {
    let call = try ModelUnderTest(.fault(.cut), .error(503), .answer()) { $0.prices = ["m": .simple] }
    _ = try await call.ask()
    #expect(call.spending.outcomes == [.unknown, .refused, .answered])
    #expect(call.spending.spent == Self.most + Self.said)
    #expect(call.spending.isBalanced)
  }

  @Test func `a model without a price has no cost, not none`() async throws {
    let call = try ModelUnderTest(.answer())
    _ = try await call.ask()
    #expect(call.spending.attempts.map(\.cost) == [nil])
    #expect(call.spending.reservedInAll == .zero)
  }

  @Test func `a limit ends the call before anything is sent`() async throws {
    let call = try ModelUnderTest(.answer(), configure: priced)
    let spending = SpendingLog(limit: Cost(picodollars: 1))
    let error = await #expect(throws: FlowError.self) {
      _ = try await call.model.answer(ChatRequest(system: "", message: "x", maxTokens: 9), spending: spending)
    }
    #expect(error?.code == .costLimitReached)
    #expect(call.transport.requests.isEmpty)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `whatever happens, all that is reserved is settled once`(_ seed: UInt64) async throws {
    let dice = Mutex(SeededRandom(seed: seed))
    @Sendable func roll(_ sides: Int) -> Int { dice.withLock { Int.random(in: 0..<sides, using: &$0) } }
    let transport = ScriptedTransport { _, _ in
      for _ in 0..<roll(4) { await Task.yield() }
      if Task.isCancelled, roll(2) == 0 { return .fault(.cancelled) }
      switch roll(9) {
      case 0: return .error([400, 401, 402, 404, 429, 500, 503, 504][roll(8)])
      case 1: return .error(429, ["retry-after": "\(roll(300))"])
      case 2:
        return .fault(
          [.cut, .timedOut, .unreachable, .handshake, .tooLarge][roll(5)],
          isUnsent: roll(2) == 0
        )
      case 3: return .status(200, "<html>")
      case 4: return .answer("", usage: ["null", #"{"prompt_tokens":3,"completion_tokens":1}"#][roll(2)])
      default: return .answer()
      }
    }
    let call = try ModelUnderTest(transport) { $0.prices = ["m": .simple] }
    let tasks = (0..<300).map { number in
      let message = String(repeating: "x", count: number)
      return Task { await call.fault(message) }
    }
    for task in tasks where roll(4) == 0 {
      await Task.yield()
      task.cancel()
      if roll(10) == 0 { call.clock.advance(seconds: 31) }
    }
    for task in tasks { _ = await task.value }
    #expect(call.spending.isBalanced, "seed \(seed)")
    #expect(call.spending.attempts.count == call.transport.requests.count, "seed \(seed)")
    #expect(!call.spending.attempts.isEmpty, "seed \(seed)")
  }

  @Test func `a call that is cancelled while it waits to be repeated ends, with its attempt settled`()
    async throws
  {
    let transport = ScriptedTransport { _, _ in
      withUnsafeCurrentTask { $0?.cancel() }
      return .error(503)
    }
    let call = try ModelUnderTest(transport, configure: priced)
    let again = try ModelUnderTest(transport) { $0.prices = ["m": .simple] }
    #expect(await Task { await call.fault() }.value?.code == .modelOverloaded)
    #expect(await Task { await again.fault() }.value?.code == .modelCancelled)
    #expect(again.spending.outcomes == [.refused])
    #expect(again.spending.isBalanced)
  }
}
