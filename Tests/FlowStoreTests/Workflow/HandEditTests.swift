import FlowCore
import Glibc
import Testing

@testable import FlowStore

@Suite struct `Hand edits of workflow.json` {
  /// A project with two tasks, and the text of its file.
  private func project() async throws -> (WorkflowFixture, text: String) {
    let fixture = try WorkflowFixture()
    _ = try await fixture.store.create(user: "jun")
    try await fixture.add("T001")
    try await fixture.add("T002")
    return (fixture, try fixture.folder.text("workflow.json"))
  }

  @Test func `a folder with only a short file is a project, adopted with the first change`() async throws {
    let fixture = try WorkflowFixture()
    let text = #"{"project":"demo","tasks":[{"id":"T001","name":"n","status":"todo"}],"note":1}"#
    try fixture.folder.write(text, to: "workflow.json")
    let loaded = try await fixture.store.load()
    #expect(loaded.revision == 1)
    #expect(try fixture.folder.text("workflow.json") == text)
    #expect(!fixture.folder.exists("workflow_history.json"))
    #expect(await fixture.store.findings().map(\.isError) == [false])
    let changed = try await fixture.set("T001", .done)
    #expect(changed.revision == 2)
    let events = try await fixture.history()
    #expect(events.map(\.event) == [.adoptProject, .updateTask])
    #expect(events.first?.sha256 == SHA256.hexDigest(of: text.utf8))
    #expect(events.first?.detail["after"]?["note"] == 1)
    #expect(try fixture.files.replayed() == changed)
    #expect(await fixture.store.findings() == [])
  }

  @Test func `an edit is in force at once and recorded before the next change`() async throws {
    let (fixture, text) = try await project()
    let edited = text.replacing(
      #""T002", "name": "a task", "status": "todo""#,
      with: #""T002", "name": "이름", "status": "doing""#
    )
    try #require(edited != text)
    try fixture.folder.write(edited, to: "workflow.json")
    let loaded = try await fixture.store.load()
    #expect(loaded.revision == 4)
    #expect(loaded.tasks.map(\.rev) == [1, 2])
    #expect(loaded.tasks.last?.name == "이름")
    #expect(try fixture.folder.text("workflow.json") == edited)
    #expect(await fixture.store.findings().map(\.isError) == [false])
    let unchanged = try await fixture.store.change(user: "jun") { _ in nil }
    #expect(unchanged == loaded)
    #expect(try await fixture.history().count == 3)
    let changed = try await fixture.set("T001", .done)
    #expect(changed.revision == 5)
    #expect(changed.tasks.map(\.rev) == [2, 2])
    let events = try await fixture.history()
    #expect(events.map(\.event).suffix(2) == [.externalEdit, .updateTask])
    #expect(events.map(\.seq) == Array(1...5))
    #expect(events[3].detail["before"]?["tasks"]?[0]?["status"] == "todo")
    #expect(events[3].detail["after"]?["tasks"]?[0]?["status"] == "doing")
    #expect(try fixture.files.replayed() == changed)
  }

  @Test func `another layout changes nothing, and is recorded with the next change`() async throws {
    let (fixture, text) = try await project()
    try fixture.folder.write(text.replacing("\n", with: "\r\n"), to: "workflow.json")
    #expect(try await fixture.store.load().revision == 3)
    #expect(await fixture.store.findings() == [])
    #expect(try await fixture.set("T001", .done).revision == 4)
    let events = try await fixture.history()
    #expect(events.map(\.event).suffix(2) == [.externalEdit, .updateTask])
    #expect(events.map(\.revision).suffix(2) == [3, 4])
    #expect(await fixture.store.findings() == [])
  }

  @Test func `tasks removed, moved and added by hand, and keys of one's own, are kept`() async throws {
    let (fixture, _) = try await project()
    let edited = """
      {"note":"mine","project":"demo","tasks":[{"id":"new","name":"n","status":"todo"},
      {"id":"T002","name":"a task","status":"todo","mine":true}]}
      """
    try fixture.folder.write(edited, to: "workflow.json")
    let changed = try await fixture.set("new", .done)
    #expect(changed.tasks.map(\.id.rawValue) == ["new", "T002"])
    #expect(changed.created != nil)
    #expect(changed.unknown == ["note": "mine"])
    #expect(try fixture.files.replayed() == changed)
    #expect(try await fixture.store.load() == changed)
    #expect(try fixture.folder.text("workflow.json").contains(#""mine": true"#))
  }

  @Test func `an invalid edit is refused with its place, and nothing is overwritten`() async throws {
    let (fixture, text) = try await project()
    let edited = text.replacing("todo", with: "tood", maxReplacements: 1)
    try fixture.folder.write(edited, to: "workflow.json")
    let history = try fixture.folder.text("workflow_history.json")
    let good = try fixture.files.replayed()
    let state = try await fixture.store.read()
    // What was good before stays in use.
    #expect(state.workflow == good && good.revision == 3)
    let error = state.refused
    #expect(
      error?.message
        == #"workflow.json line 7: tasks[0].status is "tood", expected todo, doing, done or blocked"#
    )
    await expectFlowError(.invalidWorkflow) { try await fixture.set("T001", .done) }
    #expect(try fixture.folder.text("workflow.json") == edited)
    #expect(try fixture.folder.text("workflow_history.json") == history)
    let finding = try #require(await fixture.store.findings().first)
    #expect(finding.isError && finding.line == 7 && finding.file == "workflow.json")
    #expect(finding.problem.contains("revision 3, stays in use"))
    try fixture.folder.write(text, to: "workflow.json")
    #expect(try await fixture.set("T001", .done).revision == 4)
  }

  @Test(arguments: ["", "{", "[]", "\0\0\0\0", "{\"project\":\"demo\",\"tasks\":[],\"tasks\":[]}"])
  func `a broken file is replaced only by what was told to, and kept`(text: String) async throws {
    let (fixture, _) = try await project()
    let good = try await fixture.store.load()
    try fixture.folder.write(text, to: "workflow.json")
    #expect(try await fixture.store.read().refused != nil)
    _ = try await fixture.store.change(PlanChange(user: "jun", replacesRefusedFile: true)) { _ in nil }
    #expect(try await fixture.store.read().refused == nil)
    #expect(try await fixture.store.load() == good)
    #expect(await fixture.store.findings() == [])
    let kept = Folder.names(in: fixture.folder("backups")).filter { $0.hasPrefix("kept-workflow-") }
    #expect(kept.count == 1)
    #expect(try kept.map { try fixture.folder.text("backups/\($0)") } == [text])
  }

  @Test func `a broken file without a history that could tell is an error`() async throws {
    let (fixture, text) = try await project()
    try fixture.folder.write(text + "}", to: "workflow.json")
    try fixture.folder.write("[]", to: "workflow_history.json")
    await expectFlowError(.invalidJSON) { try await fixture.store.load() }
  }

  @Test func `the marks of a merge are named`() async throws {
    let (fixture, text) = try await project()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.insert("<<<<<<< HEAD", at: 6)
    lines.insert(contentsOf: ["=======", ">>>>>>> other"], at: 8)
    try fixture.folder.write(lines.joined(separator: "\n"), to: "workflow.json")
    let refused = try await fixture.store.read().refused
    #expect(
      refused?.message == "workflow.json lines 7 to 10 hold the marks of a merge that is not finished"
    )
  }

  @Test func `revisions that no one can count on from are refused`() async throws {
    let (fixture, text) = try await project()
    try fixture.folder.write(
      text.replacing("\"revision\": 3", with: "\"revision\": 9223372036854775807"),
      to: "workflow.json"
    )
    #expect(try await fixture.store.read().refused?.context["path"] == "revision")
  }

  @Test func `a folder that was copied goes on under its new name`() async throws {
    let (fixture, text) = try await project()
    let copy = try WorkflowFixture("copy")
    try copy.folder.write(text, to: "workflow.json")
    try copy.folder.write(try fixture.folder.bytes("workflow_history.json"), to: "workflow_history.json")
    #expect(try await copy.store.load().project.rawValue == "copy")
    #expect(await copy.store.findings().map(\.isError) == [false])
    #expect(await copy.store.findings().map(\.line) == [3])
    try await copy.set("T001", .done)
    #expect(try copy.folder.text("workflow.json").contains(#""project": "copy""#))
    #expect(try await copy.history().map(\.event.rawValue).suffix(2) == ["add_task", "update_task"])
    #expect(await copy.store.findings() == [])
  }

  @Test func `a history that does not go with the file is begun anew, not lost`() async throws {
    let (fixture, text) = try await project()
    let lines = try fixture.folder.text("workflow_history.json").split(separator: "\n")
    let damaged = lines.enumerated().map { $0.offset == 1 ? "{\"seq\":oops}," : $0.element }.joined(
      separator: "\n"
    )
    try fixture.folder.write(damaged + "\n", to: "workflow_history.json")
    try fixture.folder.write(text.replacing("todo", with: "done"), to: "workflow.json")
    try Folder.remove(fixture.folder("backups"), movingTo: fixture.folder("gone"))
    #expect(try await fixture.store.load().revision == 4)
    let changed = try await fixture.set("T001", .doing)
    #expect(changed.revision == 5)
    #expect(try await fixture.history().map(\.event).suffix(2) == [.adoptProject, .updateTask])
    #expect(try fixture.folder.text("workflow_history.json").contains("oops"))
    #expect(await fixture.store.findings().map(\.line) == [2])
  }
}
