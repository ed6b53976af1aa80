import FlowCore
import Glibc
import Testing

@testable import FlowStore

/// What a process that is killed, or a machine that loses power, can leave behind.
@Suite struct `Crash points of a change` {
  /// A project after two changes, and its files before and after a third.
  private struct Stages {
    let fixture: WorkflowFixture
    let before: (workflow: Workflow, file: [UInt8], history: [UInt8])
    let after: (workflow: Workflow, file: [UInt8], history: [UInt8])

    init() async throws {
      fixture = try WorkflowFixture()
      _ = try await fixture.store.create(user: "jun")
      before = try await Self.stage(fixture, fixture.add("T001"))
      after = try await Self.stage(fixture, fixture.add("T002", name: "이름"))
    }

    private static func stage(
      _ fixture: WorkflowFixture,
      _ workflow: Workflow
    ) throws -> (Workflow, [UInt8], [UInt8]) {
      (workflow, try fixture.folder.bytes("workflow.json"), try fixture.folder.bytes("workflow_history.json"))
    }

    /// Where the third event's line begins to differ from the closing bracket before it, and where it is whole.
    var appended: Range<Int> {
      before.history.count - HistoryLog.closing.count..<after.history.count - HistoryLog.closing.count
    }
  }

  @Test(arguments: [false, true])
  func `an event that is cut at any byte never happened`(zeros: Bool) async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    for end in stages.appended {
      var history = Array(stages.after.history[..<end])
      if zeros { history += [UInt8](repeating: 0, count: stages.after.history.count - end) }
      try fixture.folder.write(history, to: "workflow_history.json")
      try fixture.folder.write(stages.before.file, to: "workflow.json")
      #expect(try await fixture.store.load() == stages.before.workflow, "cut at \(end)")
      #expect(try await fixture.history().map(\.seq) == [1, 2])
      #expect(await fixture.store.findings().allSatisfy { !$0.isError }, "cut at \(end)")
      try await fixture.add("T002", name: "이름")
      #expect(try fixture.folder.bytes("workflow_history.json") == stages.after.history, "cut at \(end)")
      #expect(try fixture.folder.bytes("workflow.json") == stages.after.file)
    }
  }

  @Test func `an event that is whole is done again`() async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    for end in stages.appended.upperBound...stages.after.history.count {
      try fixture.folder.write(Array(stages.after.history[..<end]), to: "workflow_history.json")
      try fixture.folder.write(stages.before.file, to: "workflow.json")
      #expect(try await fixture.store.load() == stages.after.workflow)
      #expect(try fixture.folder.bytes("workflow.json") == stages.before.file)
      let finding = try #require(await fixture.store.findings().first)
      #expect(!finding.isError && finding.problem.hasPrefix("is one change behind"))
      _ = try await fixture.store.change(user: "jun") { _ in nil }
      #expect(try fixture.folder.bytes("workflow.json") == stages.after.file)
      let workflow = try await fixture.set("T002", .done)
      #expect(workflow.revision == 4)
      #expect(try await fixture.history().map(\.seq) == [1, 2, 3, 4])
    }
  }

  @Test func `a change that was cut short is finished before the next begins`() async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    try fixture.folder.write(stages.before.file, to: "workflow.json")
    _ = try await fixture.store.change(user: "jun") { workflow throws(FlowError) in
      // Else a second crash would leave the file two events behind.
      #expect(try RegularFile.read(fixture.folder("workflow.json")) == stages.after.file)
      workflow.tasks.removeLast()
      return .updateTask
    }
    #expect(await fixture.store.findings() == [])
  }

  @Test(arguments: [false, true])
  func `a change to an edited file that was cut short is done again`(isLayoutOnly: Bool) async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    let edited = String(decoding: stages.after.file, as: UTF8.self)
      .replacing(isLayoutOnly ? "\n" : "이름", with: isLayoutOnly ? "\n\n" : "다른 이름")
    try fixture.folder.write(edited, to: "workflow.json")
    let changed = try await fixture.set("T001", .done)
    try fixture.folder.write(edited, to: "workflow.json")
    #expect(try await fixture.store.load() == changed)
    _ = try await fixture.set("T002", .done)
    let kinds = try await fixture.history().map(\.event).suffix(3)
    #expect(kinds == [.externalEdit, .updateTask, .updateTask])
  }

  @Test func `a workflow.json that is gone is rebuilt`() async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    unlink(fixture.folder("workflow.json"))
    #expect(try await fixture.store.load() == stages.after.workflow)
    _ = try await fixture.store.change(user: "jun") { _ in nil }
    #expect(try fixture.folder.bytes("workflow.json") == stages.after.file)
  }

  @Test func `a history that is gone begins anew and counts on`() async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    unlink(fixture.folder("workflow_history.json"))
    #expect(try await fixture.store.load() == stages.after.workflow)
    #expect(try await fixture.set("T001", .done).revision == 4)
    #expect(try await fixture.history().map(\.event) == [.adoptProject, .updateTask])
  }

  @Test(arguments: ["", "[\n", "[\n]\n", "[\n{\"seq\":1,\"ts\":\"20", "\0\0\0\0"])
  func `a history without an event is as none`(text: String) async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    try fixture.folder.write(text, to: "workflow_history.json")
    #expect(try await fixture.store.load() == stages.after.workflow)
    try await fixture.set("T001", .done)
    #expect(try await fixture.history().map(\.event) == [.adoptProject, .updateTask])
    #expect(await fixture.store.findings() == [])
  }

  @Test func `a recorded edit whose change was cut counts`() async throws {
    let stages = try await Stages()
    let fixture = stages.fixture
    let edited = String(decoding: stages.after.file, as: UTF8.self).replacing("이름", with: "다른 이름")
    try fixture.folder.write(edited, to: "workflow.json")
    let seen = try await fixture.store.load()
    try await fixture.set("T001", .done)
    // The change's event is cut; the one that tells of the edit, written with it, stays.
    let lines = try fixture.folder.text("workflow_history.json").split(separator: "\n")
    try fixture.folder.write(
      lines.dropLast(2).joined(separator: "\n") + "\n{\"seq\":5,",
      to: "workflow_history.json"
    )
    try fixture.folder.write(edited, to: "workflow.json")
    #expect(try await fixture.history().last?.event == .externalEdit)
    #expect(try await fixture.store.load() == seen)
    #expect(try await fixture.set("T001", .done).revision == seen.revision + 1)
    #expect(try await fixture.history().map(\.seq) == [1, 2, 3, 4, 5])
  }

  @Test func `leftovers of killed writers are removed`() async throws {
    let stages = try await Stages()
    try stages.fixture.folder.write("x", to: ".workflow.json.999999999-abc.tmp")
    try await stages.fixture.set("T001", .done)
    #expect(!stages.fixture.folder.exists(".workflow.json.999999999-abc.tmp"))
  }
}
