import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite struct `Notes in the history` {
  private func note(_ fixture: WorkflowFixture) async throws {
    try await fixture.store.note(.forgetStep, ["steps": [3], "reason": "a key"], user: "jun")
  }

  @Test func `leave the plan, its revision and its file as they are`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let before = try await fixture.add("T001")
    let bytes = try fixture.folder.bytes("workflow.json")
    try await note(fixture)
    try await note(fixture)
    #expect(try fixture.folder.bytes("workflow.json") == bytes)
    #expect(try await fixture.store.load() == before)
    let events = try await fixture.history()
    #expect(events.map(\.event) == [.createProject, .addTask, .forgetStep, .forgetStep])
    #expect(Set(events.dropFirst().map(\.sha256)).count == 1)
    #expect(Set(events.dropFirst().map(\.revision)) == [before.revision])
    #expect(events.map(\.seq) == [1, 2, 3, 4])
    #expect(events[3].detail["after"]?["reason"] == "a key")
    #expect(await fixture.store.findings() == [])
  }

  @Test func `of what happens once are recorded once, whoever records them`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let facts: JSONObject = ["summary": "m1-6", "from": 1, "to": 2]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await fixture.store.note(.editSummary, facts, user: "external") } }
      try await group.waitForAll()
    }
    try await fixture.add("T001")
    try await fixture.store.note(.editSummary, facts, user: "external")
    try await fixture.store.note(.editSummary, ["summary": "m1-6", "from": 2, "to": 3], user: "external")
    let events = try await fixture.history()
    #expect(events.map(\.event) == [.createProject, .editSummary, .addTask, .editSummary])
    #expect(events[1].detail["after"]?["to"] == 2 && events[1].detail["after"]?["summary"] == "m1-6")
    #expect(await fixture.store.findings() == [])
  }

  @Test func `are passed over when the history is done again`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    try await note(fixture)
    let last = try await fixture.add("T002")
    try await note(fixture)
    let bytes = try fixture.folder.bytes("workflow.json")
    #expect(try fixture.codec.render(try fixture.files.replayed()) == bytes)
    unlink(fixture.folder("workflow.json"))
    #expect(try await fixture.store.load() == last)
  }

  @Test func `stand behind an edit by hand, whose revisions are still the history's`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001", name: "before")
    let edited = try fixture.folder.text("workflow.json").replacing("before", with: "after")
    try fixture.folder.write(edited, to: "workflow.json")
    let seen = try await fixture.store.load()
    for _ in 0..<3 {
      try await note(fixture)
      let loaded = try await fixture.store.load()
      #expect(loaded == seen && loaded.revision == 3 && loaded.tasks[0].rev == 2)
    }
    let events = try await fixture.history()
    let expected: [HistoryEvent.Kind] = [
      .createProject, .addTask, .externalEdit, .forgetStep, .forgetStep, .forgetStep,
    ]
    #expect(events.map(\.event) == expected)
    #expect(try await fixture.set("T001", .done).revision == 4)
    #expect(await fixture.store.findings() == [])
  }

  @Test func `do not make a change that was cut short look like an edit`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    try await note(fixture)
    let before = try fixture.folder.bytes("workflow.json")
    let changed = try await fixture.add("T002")
    // As if the writer had died between the event and the file.
    try fixture.folder.write(String(decoding: before, as: UTF8.self), to: "workflow.json")
    #expect(try await fixture.store.load() == changed)
    try await note(fixture)
    #expect(
      try await fixture.history().map(\.event) == [
        .createProject, .addTask, .forgetStep, .addTask, .forgetStep,
      ]
    )
    #expect(try await fixture.store.load() == changed)
  }
}
