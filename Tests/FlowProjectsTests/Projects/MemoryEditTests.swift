import FlowCore
import FlowProjects
import Testing

@Suite(.timeLimit(.minutes(15))) struct `Edits of a project's memory` {
  private let folder: ProjectsFolder
  private static let file = "projects/demo/cache/memory_cache.md"

  init() throws { folder = try ProjectsFolder() }

  private func project(_ hooks: Hooks? = nil) async throws -> FlowProject {
    let workspace = hooks.map { folder.workspace($0) } ?? folder.workspace()
    let project = try await workspace.newProject(ProjectName("demo"))
    for number in 1...24 {
      try await project.memoryUpdate(
        Step(role: .user, content: "Mirror \(number) is slow. It has 1,2\(number) rows.")
      )
    }
    return project
  }

  /// Puts a text in the place of all that a section says.
  private func edit(_ key: String, to new: String) throws {
    let text = try folder.text(Self.file)
    let comment = try #require(text.firstRange(of: "<!-- flow \(key) "))
    let start = try #require(text[comment.upperBound...].firstRange(of: "-->\n\n")).upperBound
    let end = text[start...].firstRange(of: "\n\n## ")?.lowerBound ?? text.endIndex
    try folder.write("\(text[..<start])\(new)\(text[max(start, end)...])", to: Self.file)
  }

  @Test func `are noticed by a project that stays open`() async throws {
    let project = try await project()
    let request = ContextRequest(query: "Which mirror is slow?", budget: 3000)
    for number in 1...3 {
      try edit("m1-6", to: "- words \(number) of mine [s2]")
      #expect(try await project.memoryRetrieve(request).text.contains("\n- words \(number) of mine [s2]\n"))
      #expect(try folder.text(Self.file).contains("<!-- flow m1-6 v\(number + 1) by hand "))
      #expect(try await project.findings().isEmpty)
    }
    let events = try await project.history(limit: 100)
    #expect(events.map(\.event) == [.createProject, .editSummary, .editSummary, .editSummary])
    #expect(!events.contains { $0.detail.serialized().contains("of mine") })
  }

  @Test func `are told to hooks, once each, with an edit of the plan before them`() async throws {
    let events = Ledger<HookEvent>()
    var hooks = folder.hooks()
    for kind in [HistoryEvent.Kind.editSummary, .externalEdit] {
      hooks.after(Hooks.After(kind)) { events.note($0) }
    }
    let project = try await project(hooks)
    try edit("m1-6", to: "- words of mine")
    try edit("m7-12", to: "")
    try folder.write(
      #"{"project":"demo","tasks":[{"id":"T001","name":"a","status":"todo"}]}"#,
      to: "projects/demo/workflow.json"
    )
    for _ in 0..<2 { _ = try await project.memoryRetrieve(ContextRequest(query: "mirror", budget: 3000)) }
    try await project.save()
    #expect(events.entries.map(\.event).filter { $0 == "edit_summary" }.count == 2, "\(events.entries)")
    #expect(events.entries.first?.event == "external_edit")
    let told = events.entries.filter { $0.event == "edit_summary" }.map(\.json)
    let summaries = told.compactMap { $0["facts"]?["summary"]?.string }
    #expect(summaries == ["m1-6", "m7-12"])
    #expect(told.first?["hook"] == "after_edit_summary" && told.first?["facts"]?["to"] == 2)
    #expect(!told.contains { $0.serialized().contains("of mine") })
  }
}
