import FlowCore
import FlowTestSupport
import Testing

@testable import FlowLLM

@Suite struct `Breaker of an endpoint` {
  private func fault(_ verdict: CallFault.Verdict) -> CallFault {
    CallFault(
      FlowError(.modelOverloaded, "it is ill"),
      isRepeatable: true,
      outcome: .refused,
      verdict: verdict
    )
  }

  private func fail(_ breaker: CircuitBreaker, _ verdict: CallFault.Verdict, times: Int = 1) throws {
    for _ in 0..<times { breaker.record(fault(verdict), try breaker.admit(at: noon), at: noon) }
  }

  private func isPaused(_ breaker: CircuitBreaker, at time: Timestamp) -> Bool {
    do throws(FlowError) {
      try breaker.check(at: time)
      return false
    } catch {
      return error.code == .modelPaused
    }
  }

  @Test func `opens after five failures in a row, and says until when and why`() throws {
    let breaker = CircuitBreaker(label: "m at h")
    try fail(breaker, .ill, times: 4)
    #expect(!isPaused(breaker, at: noon))
    try fail(breaker, .ill)
    let error = #expect(throws: FlowError.self) { try breaker.admit(at: noon.advanced(seconds: 10)) }
    #expect(error?.code == .modelPaused)
    #expect(error?.message == "calls to m at h are paused until 12:00:30Z, for another 20 s: it is ill")
    #expect(error?.context["until"] == "2026-11-22T12:00:30Z")
    #expect(error?.context["cause"] == "model.overloaded")
  }

  @Test func `an answer, or a refusal of one request, begins the count anew`() throws {
    let breaker = CircuitBreaker(label: "m")
    for _ in 0..<3 {
      try fail(breaker, .ill, times: 4)
      breaker.record(nil, try breaker.admit(at: noon), at: noon)
      try fail(breaker, .ill, times: 4)
      try fail(breaker, .well)
    }
    #expect(!isPaused(breaker, at: noon))
  }

  @Test func `what shows nothing counts neither way`() throws {
    let breaker = CircuitBreaker(label: "m")
    try fail(breaker, .ill, times: 4)
    try fail(breaker, .busy, times: 20)
    try fail(breaker, .nothing, times: 20)
    #expect(!isPaused(breaker, at: noon))
    try fail(breaker, .ill)
    #expect(isPaused(breaker, at: noon))
  }

  @Test func `opens at once where only a person can help`() throws {
    let breaker = CircuitBreaker(label: "m")
    try fail(breaker, .closed)
    #expect(isPaused(breaker, at: noon))
  }

  @Test func `lets one probe pass after the pause, whose answer closes it`() throws {
    let breaker = CircuitBreaker(label: "m")
    try fail(breaker, .closed)
    let later = noon.advanced(seconds: 30)
    #expect(isPaused(breaker, at: Timestamp(milliseconds: later.milliseconds - 1)))
    let probe = try breaker.admit(at: later)
    #expect(isPaused(breaker, at: later))
    #expect(throws: FlowError.self) { try breaker.admit(at: later) }
    breaker.record(nil, probe, at: later)
    try fail(breaker, .ill, times: 4)
    #expect(!isPaused(breaker, at: later))
  }

  @Test(arguments: [CallFault.Verdict.ill, .closed]) func `a probe that fails opens it for another pause`(
    _ verdict: CallFault.Verdict
  ) throws {
    let breaker = CircuitBreaker(label: "m")
    try fail(breaker, .ill, times: 5)
    let later = noon.advanced(seconds: 31)
    breaker.record(fault(verdict), try breaker.admit(at: later), at: later)
    #expect(isPaused(breaker, at: later.advanced(seconds: 29)))
    #expect(!isPaused(breaker, at: later.advanced(seconds: 30)))
  }

  @Test(arguments: [CallFault.Verdict.busy, .nothing])
  func `a probe that shows nothing leaves its place to another`(
    _ verdict: CallFault.Verdict
  ) throws {
    let breaker = CircuitBreaker(label: "m")
    try fail(breaker, .ill, times: 5)
    let later = noon.advanced(seconds: 31)
    breaker.record(fault(verdict), try breaker.admit(at: later), at: later)
    let probe = try breaker.admit(at: later)
    breaker.abandon(probe)
    breaker.record(nil, try breaker.admit(at: later), at: later)
    #expect(!isPaused(breaker, at: later))
  }

  @Test func `who was admitted before it opened does not close it`() throws {
    let breaker = CircuitBreaker(label: "m")
    let early = try breaker.admit(at: noon)
    try fail(breaker, .ill, times: 5)
    breaker.record(nil, early, at: noon)
    #expect(isPaused(breaker, at: noon))
  }

  @Test func `a clock that is set back does not keep it open`() throws {
    let breaker = CircuitBreaker(label: "m")
    try fail(breaker, .ill, times: 5)
    #expect(!isPaused(breaker, at: noon.advanced(seconds: -3600)))
  }
}

@Suite struct `Calls to an ill endpoint` {
  @Test func `stop after a key was refused, in a batch of ten thousand`() async throws {
    let call = try ModelUnderTest(.error(401))
    #expect(await call.fault()?.code == .modelUnauthorized)
    for _ in 0..<10_000 { #expect(await call.fault()?.code == .modelPaused) }
    #expect(call.transport.requests.count == 1)
    #expect(call.spending.isBalanced)
  }

  @Test func `go on after the pause`() async throws {
    let call = try ModelUnderTest(.error(402), .answer("paid"))
    #expect(await call.fault()?.code == .modelUnpaid)
    #expect(await call.fault()?.code == .modelPaused)
    call.clock.advance(seconds: 30)
    #expect(try await call.ask().text == "paid")
    #expect(try await call.ask().text == "paid")
  }

  @Test func `stop after five failures, also in the middle of a call`() async throws {
    let call = try ModelUnderTest(.error(503))
    #expect(await call.fault()?.code == .modelOverloaded)
    // The fifth failure opens it, before this call has used up its repeats.
    #expect(await call.fault()?.code == .modelOverloaded)
    #expect(call.transport.requests.count == 5)
    #expect(await call.fault()?.code == .modelPaused)
  }

  @Test func `stop after five calls that were told to wait for too long`() async throws {
    let call = try ModelUnderTest(.error(429, ["retry-after": "600"]))
    for _ in 0..<5 { #expect(await call.fault()?.code == .modelRateLimited) }
    #expect(await call.fault()?.code == .modelPaused)
    #expect(call.transport.requests.count == 5)
  }

  @Test func `a limit on spending leaves the probe to others`() async throws {
    let call = try ModelUnderTest(.error(401), .answer())
    #expect(await call.fault()?.code == .modelUnauthorized)
    call.clock.advance(seconds: 30)
    let poor = SpendingLog(limit: Cost(picodollars: -1))
    await #expect(throws: FlowError.self) {
      _ = try await call.model.answer(ChatRequest(system: "", message: "x", maxTokens: 1), spending: poor)
    }
    #expect(try await call.ask().text == "fine")
  }

  @Test func `requests that are refused do not stop others`() async throws {
    let call = try ModelUnderTest(.error(400))
    for _ in 0..<20 { #expect(await call.fault()?.code == .modelRejected) }
    #expect(call.transport.requests.count == 20)
  }
}
