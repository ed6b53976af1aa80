import FlowCore
import Testing

@testable import FlowStore
import RandomSupport

@Suite struct `History replay` {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `any row of changes, done again, gives each state byte by byte`(seed: UInt64) async throws {
    var generator = SeededRandom(seed: seed)
    let fixture = try WorkflowFixture()
    var states = [try await fixture.store.create(user: "jun")]
    for _ in 0..<40 {
      let edit = RandomEdit(&generator)
      states.append(
        try await fixture.store.change(user: "jun") { workflow in
          edit.apply(to: &workflow)
          return .updateTask
        }
      )
    }
    let events = try await fixture.history()
    try #require(events.count == states.count)
    let replay = HistoryReplay(codec: fixture.codec)
    for count in 1...events.count {
      #expect(try fixture.files.replayed(through: count) == states[count - 1], "seed \(seed), event \(count)")
      let state = try replay.workflow(after: Array(events[..<count]))
      let expected = states[count - 1]
      #expect(state == expected, "seed \(seed), event \(count)")
      #expect(
        SHA256.hexDigest(of: try fixture.codec.render(state)) == events[count - 1].sha256,
        "seed \(seed), event \(count)"
      )
    }
    #expect(await fixture.store.findings() == [])
  }

  @Test func `a name that only looks the same is another`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001", name: "caf\u{E9}")
    let workflow = try await fixture.store.change(user: "jun") { workflow in
      workflow.tasks[0].name = "cafe\u{301}"
      return .updateTask
    }
    #expect(workflow.tasks[0].rev == 2)
    #expect(try fixture.codec.render(try fixture.files.replayed()) == fixture.folder.bytes("workflow.json"))
  }

  @Test func `a gap is named`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    for number in 1...3 { try await fixture.add("T\(number)") }
    var events = try await fixture.history()
    events.remove(at: 2)
    let replay = HistoryReplay(codec: fixture.codec)
    let error = await expectFlowError(.invalidHistory) { try replay.workflow(after: events) }
    #expect(error?.context["seq"] == "3")
    await expectFlowError(.invalidHistory) { try replay.workflow(after: []) }
    await expectFlowError(.invalidHistory) { try replay.workflow(after: Array(events.dropFirst())) }
  }

  @Test func `an event that cannot be done again is named with its place`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    let text = try fixture.folder.text("workflow_history.json")
    let broken = text.replacing(#""status":"todo""#, with: #""status":"to do""#)
    try fixture.folder.write(broken, to: "workflow_history.json")
    let error = await expectFlowError(.invalidHistory) { try fixture.files.replayed() }
    #expect(
      error?.message.contains("event 2 cannot be done again: after.tasks[0].status is \"to do\"") == true
    )
    #expect(await fixture.store.findings().filter(\.isError).count == 1)
    #expect(try await fixture.store.load().tasks.count == 1)
  }
}
