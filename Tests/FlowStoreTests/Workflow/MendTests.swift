import FlowCore
import Glibc
import RandomSupport
import Testing

@testable import FlowStore

/// Two copies of one project that were changed apart, and are one again.
@Suite struct `Mending after a merge` {
  private struct Branches {
    let ours: WorkflowFixture
    let theirs: WorkflowFixture
    let fork: Int

    init(_ generator: inout SeededRandom, edits: Int) async throws {
      ours = try WorkflowFixture()
      theirs = try WorkflowFixture()
      _ = try await ours.store.create(user: "jun")
      for _ in 0..<edits { try await Self.edit(ours, &generator) }
      fork = try await ours.history().count
      for name in ["workflow.json", "workflow_history.json"] {
        try theirs.folder.write(try ours.folder.bytes(name), to: name)
      }
      for _ in 0...edits / 2 { try await Self.edit(ours, &generator) }
      for _ in 0...edits / 3 { try await Self.edit(theirs, &generator) }
    }

    private static func edit(_ fixture: WorkflowFixture, _ generator: inout SeededRandom) async throws {
      let edit = RandomEdit(&generator)
      _ = try await fixture.store.change(user: "jun") { plan in
        edit.apply(to: &plan)
        return .updateTask
      }
    }

    /// A file with both sides, as a merge that is not finished leaves it.
    func conflict(_ name: String, hasMarks: Bool = true) throws -> String {
      let left = try ours.folder.text(name).split(separator: "\n", omittingEmptySubsequences: false)
      let right = try theirs.folder.text(name).split(separator: "\n", omittingEmptySubsequences: false)
      let common = zip(left, right).prefix { $0 == $1 }.count
      let end = min(
        zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count,
        min(left.count, right.count) - common
      )
      let marks = hasMarks ? ["<<<<<<< HEAD", "=======", ">>>>>>> other"] : ["", "", ""]
      var lines: [Substring] = Array(left.prefix(common))
      lines.append(Substring(marks[0]))
      lines += left[common..<(left.count - end)]
      lines.append(Substring(marks[1]))
      lines += right[common..<(right.count - end)]
      lines.append(Substring(marks[2]))
      lines += left.suffix(end)
      return lines.joined(separator: "\n")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64], [true, false])
  func `both branches' events and states are there, and the plan is whole`(
    seed: UInt64,
    hasMarks: Bool
  ) async throws {
    var generator = SeededRandom(seed: seed)
    let branches = try await Branches(&generator, edits: 8)
    let ours = try await branches.ours.history()
    let theirs = try await branches.theirs.history()
    let states = (
      ours: try await branches.ours.store.load(), theirs: try await branches.theirs.store.load()
    )
    let merged = try WorkflowFixture()
    let history = try branches.conflict("workflow_history.json", hasMarks: hasMarks)
    try merged.folder.write(history, to: "workflow_history.json")
    if hasMarks {
      try merged.folder.write(try branches.conflict("workflow.json"), to: "workflow.json")
    } else {
      // Someone took one side of the plan.
      try merged.folder.write(try branches.ours.folder.bytes("workflow.json"), to: "workflow.json")
    }
    #expect(await merged.store.findings().contains { $0.isError }, "seed \(seed)")
    let done = try await merged.store.mend(user: "jun")
    #expect(done.first == "merged 2 branches of the plan; all their events are kept", "seed \(seed)")
    #expect(await merged.store.findings() == [], "seed \(seed)")
    let events = try await merged.history()
    let rest = theirs.dropFirst(branches.fork)
    #expect(events.map(\.seq) == Array(1...events.count))
    #expect(events.count == ours.count + rest.count + 2)
    #expect(Array(events.prefix(ours.count)) == ours, "ours are as they were")
    #expect(events[(ours.count + 1)...].dropLast().map(\.detail) == rest.map(\.detail))
    // Every state of both sides can be had back.
    #expect(try await merged.store.plan(after: ours.count).tasks == states.ours.tasks)
    #expect(try await merged.store.plan(after: events.count - 1).tasks == states.theirs.tasks)
    let plan = try await merged.store.load()
    try plan.validate()
    #expect(plan.revision == events.last?.revision)
    #expect(try await merged.store.plan(after: events.count) == plan)
    let names = Folder.names(in: merged.folder("backups"))
    #expect(
      try names.filter { $0.hasPrefix("kept-history") }.map { try merged.folder.text("backups/\($0)") } == [
        history
      ]
    )
    #expect(try await merged.store.mend(user: "jun") == [])
    #expect(try await merged.add("Z").revision == plan.revision + 1)
    #expect(await merged.store.findings() == [])
  }

  @Test func `a plan that someone merged by hand is kept`() async throws {
    var generator = SeededRandom(seed: 3)
    let branches = try await Branches(&generator, edits: 4)
    let merged = try WorkflowFixture()
    try merged.folder.write(try branches.conflict("workflow_history.json"), to: "workflow_history.json")
    let resolved = #"{"project":"demo","tasks":[{"id":"mine","name":"resolved","status":"doing"}]}"#
    try merged.folder.write(resolved, to: "workflow.json")
    _ = try await merged.store.mend(user: "jun")
    #expect(try await merged.store.load().tasks.map(\.name) == ["resolved"])
    #expect(await merged.store.findings() == [])
  }

  @Test func `mending that was cut short between the files ends as it would have`() async throws {
    var generator = SeededRandom(seed: 5)
    let branches = try await Branches(&generator, edits: 6)
    let merged = try WorkflowFixture()
    let conflict = try branches.conflict("workflow.json")
    try merged.folder.write(try branches.conflict("workflow_history.json"), to: "workflow_history.json")
    try merged.folder.write(conflict, to: "workflow.json")
    _ = try await merged.store.mend(user: "jun")
    let plan = try await merged.store.load()
    try merged.folder.write(conflict, to: "workflow.json")
    #expect(try await merged.store.load() == plan)
    _ = try await merged.store.mend(user: "jun")
    #expect(try await merged.store.load().tasks == plan.tasks)
    #expect(await merged.store.findings() == [])
  }

  @Test func `marks in the plan alone are resolved without the history`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    let text = """
      { "project": "demo", "tasks": [
      <<<<<<< HEAD
      { "id": "T001", "name": "ours", "status": "todo" }
      ||||||| base
      { "id": "T001", "name": "before", "status": "todo" }
      =======
      { "id": "T001", "name": "theirs", "status": "done" },
      { "id": "T002", "name": "new", "status": "todo" }
      >>>>>>> other
      ] }
      """
    try fixture.folder.write(text, to: "workflow.json")
    let done = try await fixture.store.mend(user: "jun")
    #expect(done.contains(#"T001: both sides changed name: kept "ours", not "theirs""#), "\(done)")
    let plan = try await fixture.store.load()
    #expect(plan.tasks.map(\.id.rawValue) == ["T001", "T002"])
    #expect(await fixture.store.findings() == [])
  }

  @Test func `a task that stands twice is one, or two`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let text = """
      { "project": "demo", "tasks": [
      { "id": "T001", "name": "same", "status": "todo", "rev": 2 },
      { "id": "T002", "name": "a", "status": "todo" },
      { "id": "T001", "name": "same", "status": "todo" },
      { "id": "T002", "name": "b", "status": "todo" } ] }
      """
    try fixture.folder.write(text, to: "workflow.json")
    #expect(await fixture.store.findings().contains { $0.isError })
    let done = try await fixture.store.mend(user: "jun")
    #expect(done.contains("a second task T002 is T003 now"))
    #expect(
      try await fixture.store.load().tasks.map { "\($0.id) \($0.name)" } == ["T001 same", "T002 a", "T003 b"]
    )
    #expect(await fixture.store.findings() == [])
  }

  @Test(arguments: [1, 3])
  func `a history with a gap goes on from the present state`(line: Int) async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    for number in 1...4 { try await fixture.add("T\(number)") }
    let plan = try await fixture.store.load()
    var lines = try fixture.folder.text("workflow_history.json").split(separator: "\n").map(String.init)
    lines[line] = line == 1 ? "what is this" : ""
    try fixture.folder.write(
      lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n",
      to: "workflow_history.json"
    )
    #expect(await fixture.store.findings().contains { $0.isError })
    #expect(try await fixture.store.mend(user: "jun").count == 2)
    #expect(await fixture.store.findings().filter(\.isError) == [])
    #expect(try await fixture.store.load() == plan)
    try await fixture.add("T5")
    unlink(fixture.folder("workflow.json"))
    try Folder.remove(fixture.folder("backups"), movingTo: fixture.folder("gone"))
    #expect(try await fixture.store.load().tasks.count == 5)
  }

  @Test func `what a person has to decide is left as it is`() async throws {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    let cycle = #"{"project":"demo","tasks":[{"id":"A","name":"a","status":"todo","deps":["A"]}]}"#
    try fixture.folder.write(cycle, to: "workflow.json")
    #expect(try await fixture.store.mend(user: "jun") == [])
    #expect(try fixture.folder.text("workflow.json") == cycle)
    #expect(await fixture.store.findings().filter(\.isError).count == 1)
  }
}
