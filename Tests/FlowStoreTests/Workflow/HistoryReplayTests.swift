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

/// A change of any kind, drawn before it is known what it will meet.
private struct RandomEdit {
  private let kind: Int
  private let numbers: [Int]
  private static let texts = [
    "", "이름", "\"quoted\" \\ \u{7F}\n", "## ", "e\u{301}", "\u{E9}", "🙂", "\u{2028}",
  ]

  init(_ generator: inout SeededRandom) {
    kind = Int.random(in: 0..<9, using: &generator)
    numbers = (0..<4).map { _ in Int.random(in: 0..<1000, using: &generator) }
  }

  func apply(to workflow: inout Workflow) {
    let count = workflow.tasks.count
    let task = count == 0 ? 0 : numbers[0] % count
    let text = Self.texts[numbers[1] % Self.texts.count]
    switch kind {
    case 1 where count > 0: workflow.tasks[task].name = text
    case 2 where count > 0: workflow.tasks[task].status = TaskStatus.allCases[numbers[1] % 4]
    case 3 where count > 0:
      workflow.tasks[task].meta[text] = numbers[2] % 3 == 0 ? nil : .number(JSONNumber(numbers[2]))
    case 4 where count > 0: workflow.tasks[task].unknown[text] = .string(text)
    case 5 where count > 0:
      let removed = workflow.tasks.remove(at: task).id
      for index in workflow.tasks.indices { workflow.tasks[index].deps.removeAll { $0 == removed } }
    case 6 where count > 1: workflow.tasks.swapAt(task, numbers[1] % count)
    case 7:
      workflow.unknown[text] = numbers[2] % 2 == 0 ? nil : ["a": .number(JSONNumber(numbers[2]))]
      if numbers[3] % 4 == 0 { workflow.created = Timestamp(milliseconds: Int64(numbers[3])) }
    case 8 where count > 1 && task > 0:
      // Only to tasks that this one cannot be needed by, so that there is no cycle.
      workflow.tasks[task].deps = workflow.tasks[..<task].filter(\.deps.isEmpty).map(\.id)
        .filter { id in !workflow.tasks.contains { $0.deps.contains(workflow.tasks[task].id) && $0.id == id }
        }
    default:
      // Also ids that were removed before.
      let id = TaskID(number: numbers[2] % 12)
      guard !workflow.tasks.contains(where: { $0.id == id }) else { return }
      let position = numbers[3] % 3 == 0 ? numbers[3] % (count + 1) : count
      workflow.tasks.insert(FlowTask(id: id, name: text, rev: 1 + numbers[3] % 3), at: position)
    }
  }
}
