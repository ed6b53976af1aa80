import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `Summaries at the shell` {
  private static let file = "projects/demo/cache/memory_cache.md"
  private static let config = #"{"memory":{"shortTermSteps":4,"keepSteps":1,"fanout":2,"summaryTokens":60}}"#

  /// A project with a tree of summaries over 40 steps.
  private func project(_ name: String = "demo") async throws -> TemporaryRoot {
    let root = TemporaryRoot()
    try root.folder.write(Self.config, to: "config.json")
    try await fill(name, in: root)
    return root
  }

  private func fill(_ name: String, in root: TemporaryRoot) async throws {
    try await root.text("new", name)
    let lines = (1...40).map { number in
      #"{"role":"user","content":"The job wrote /srv/out/part-\#(number).csv, 1,2\#(number) rows. "#
        + #"\#("Nobody knows why it took so long. ".repeated(6))"}"#
    }
    try await root.text("import", "-", input: lines.joined(separator: "\n"))
  }

  private func events(_ kind: String, of root: TemporaryRoot) async throws -> [JSONValue] {
    try await root.data("history", "--event", kind, "--limit", "50")["events"]?.array ?? []
  }

  /// Edits the first bullet of the file, as a person would, and lets Flow adopt it.
  private func edit(_ root: TemporaryRoot, to text: String) async throws {
    let before = try root.folder.text(Self.file)
    let line = try #require(before.split(separator: "\n").first { $0.hasPrefix("- ") })
    try root.folder.write(before.replacing(String(line), with: text, maxReplacements: 1), to: Self.file)
    try await root.text("context", "--budget", "2000")
  }

  @Test func `are listed with who made them, from what, and how long they are`() async throws {
    let root = try await project()
    let roots = try await root.data("summaries")["summaries"]?.array ?? []
    let all = try await root.data("summaries", "--all")["summaries"]?.array ?? []
    #expect(roots.count >= 2 && all.count > roots.count)
    #expect(roots.first?["steps"]?[0]?.int == 1 && roots.allSatisfy { $0["by"]?.string == "textrank" })
    #expect(all.first?["summary"]?.string == "m1-4" && all.first?["level"] == 0)
    #expect(all.allSatisfy { ($0["tokens"]?["in"]?.int ?? 0) > ($0["tokens"]?["out"]?.int ?? 0) })
    let table = try await root.text("summaries", "--all")
    #expect(table.hasPrefix("SUMMARY") && table.contains("\nm1-4 "))
    let report = try await root.data("summaries", "m1-8")
    #expect(report["parts"] == ["m1-4", "m5-8"] && report["current"] == 1)
    let found = try #require(report["identifiers"]?["found"]?.int)
    let carried = try #require(report["identifiers"]?["carried"]?.int)
    #expect(found > carried && carried > 0 && report["identifiers"]?["lost"]?.array?.isEmpty == false)
    let text = try await root.text("summaries", "m1-8")
    #expect(
      text.contains("made of m1-4 m5-8") && text.contains("identifiers: \(carried) of \(found) carried")
    )
    #expect(text.contains("v1 by textrank"))
  }

  @Test func `a person's version can be undone, and is kept`() async throws {
    let root = try await project()
    try await edit(root, to: "- we decided to keep the old parser")
    let id = try #require(try await root.data("summaries")["summaries"]?[0]?["summary"]?.string)
    #expect(try await root.data("summaries", id)["summary"]?["by"] == "hand")
    let before = try root.snapshot().filter { !$0.key.hasSuffix("memory.sqlite") }
    #expect(try await root.text("summarize", "--undo", id, "--dry-run").contains("would be as its version 1"))
    #expect(try root.snapshot().filter { !$0.key.hasSuffix("memory.sqlite") } == before)
    #expect(try await root.text("summarize", "--undo", id).hasPrefix("\(id) is as its version 1 was"))
    #expect(try root.folder.text(Self.file).contains("<!-- flow \(id) v3 by textrank "))
    let event = try #require(try await events("undo_summary", of: root).first?["detail"]?["after"])
    #expect(event["summary"]?.string == id && event["restored"] == 1)
    #expect(try await root.text("summaries", id, "--version", "2").contains("keep the old parser"))
    try await root.expectFailure(["summarize", "--undo", id], exit: 64, "argument.invalid")
    #expect(try await root.text("summarize", "--undo", id, "--to", "2").contains("as its version 2 was"))
    #expect(try root.folder.text(Self.file).contains("keep the old parser"))
  }

  @Test func `a rebuild has a receipt, in the answer and in the history`() async throws {
    let root = try await project()
    #expect(try await root.text("summarize", "--rebuild").contains("made 0 summaries anew"))
    #expect(try await events("rebuild_summaries", of: root).isEmpty)
    // Other limits make others of the same steps.
    try root.folder.write(Self.config.replacing("60", with: "30"), to: "config.json")
    let trial = try await root.data("summarize", "--rebuild", "--dry-run")
    #expect(try await events("rebuild_summaries", of: root).isEmpty)
    let run = try await root.data("summarize", "--rebuild")
    #expect(run["runs"] == trial["runs"] && run["dry_run"] == false && run["failures"] == [])
    let receipt = try #require(run["runs"]?[0])
    let made = try #require(receipt["summaries"]?.array)
    #expect(!made.isEmpty && made.allSatisfy { $0["from"] == 1 && $0["to"] == 2 })
    let event = try #require(try await events("rebuild_summaries", of: root).first?["detail"]?["after"])
    #expect(event["made"]?.int == made.count && event["tokens"] == receipt["tokens"])
    #expect(event["identifiers"]?["found"] == receipt["identifiers"]?["found"])
    // The history says where the lost ones stand, and never what they are.
    let lost = try #require(receipt["identifiers"]?["lost"]?[0])
    let place = try #require(event["identifiers"]?["lost"]?[0])
    let step = try #require(place["step"]?.int)
    #expect(place["text"] == nil && lost["step"]?.int == step && lost["kind"] == place["kind"])
    let content = try #require(try await root.data("expand", "s\(step)")["steps"]?.texts("content").first)
    let range = try #require(place["bytes"]?[0]?.int)..<(try #require(place["bytes"]?[1]?.int))
    #expect(String(decoding: Array(content.utf8)[range], as: UTF8.self) == lost["text"]?.string)
    try await root.text("doctor")
  }

  @Test func `a person's words stay in a rebuild unless they are asked for`() async throws {
    let root = try await project()
    try await edit(root, to: "- 우리가 정했다: 옛 파서를 쓴다")
    let id = try #require(try await root.data("summaries")["summaries"]?[0]?["summary"]?.string)
    let run = try await root.text("summarize", "--rebuild")
    #expect(run.contains("left as a person wrote them: \(id)"))
    #expect(try root.folder.text(Self.file).contains("옛 파서"))
    #expect(try await root.text("summarize", "--rebuild", id, "--include-hand").contains("\(id) v2 → v3"))
    #expect(try !root.folder.text(Self.file).contains("옛 파서"))
  }

  @Test func `all projects are done, whatever one of them cannot`() async throws {
    let root = try await project()
    try await fill("other", in: root)
    try root.folder.write("{ not a plan", to: "projects/other/workflow.json")
    try root.folder.write(
      "not a database, but long enough to be one".repeated(200),
      to: "projects/other/memory.sqlite"
    )
    try root.folder.write(Self.config.replacing("60", with: "30"), to: "config.json")
    let outcome = try await root.flowctl(["summarize", "--rebuild", "--all", "--json"])
    #expect(outcome.exitCode == 65)
    let data = try JSONValue(parsing: outcome.output)["data"]
    #expect(data?["runs"]?.texts("project") == ["demo"] && data?["failures"]?.texts("project") == ["other"])
  }

  @Test func `wrong calls say what to do`() async throws {
    let root = try await project()
    for (arguments, code) in [
      (["summarize"], 64), (["summarize", "--rebuild", "--undo", "m1-4"], 64),
      (["summarize", "--rebuild", "m1-4", "--all"], 64), (["summarize", "--undo", "m1-4", "--all"], 64),
      (["summarize", "--rebuild", "--to", "2"], 64), (["summaries", "s4"], 64),
      (["summaries", "m1-4", "--all"], 64), (["summaries", "m1-3"], 66),
      (["summaries", "m1-4", "--version", "9"], 66), (["summarize", "--rebuild", "m2-9"], 66),
      (["summarize", "--undo", "m2-9"], 66), (["summarize", "--undo", "m1-4", "--to", "7"], 66),
    ] as [([String], CInt)] {
      let outcome = try await root.flowctl(arguments)
      #expect(outcome.exitCode == code, "\(arguments): \(outcome.errors)")
      #expect(outcome.output.isEmpty && !outcome.errors.isEmpty, "\(arguments)")
    }
  }

  @Test func `a clone without the database goes on with what the text files tell`() async throws {
    let root = try await project()
    let before = try root.folder.text(Self.file)
    let newest = try #require(try await root.data("summaries")["summaries"]?.array?.last?["steps"]?[1]?.int)
    root.folder.remove("projects/demo/memory.sqlite")
    let status = try await root.flowctl(["status", "--json"]).expect(0)
    #expect(status.errors.contains("summaries come from cache/memory_cache.md"))
    #expect(try root.folder.text(Self.file) == before)
    #expect(try await events("restore_summaries", of: root).count == 1)
    #expect(try await root.text("add-step", "going on") == "s\(newest + 1)\n")
    #expect(try await root.text("context", "--budget", "3000", "--query", "going on").contains("part-"))
    try await root.expectFailure(["expand", "s1"], exit: 66, "step.not_found")
    let doctor = try await root.text("doctor")
    #expect(doctor.contains("the verbatim steps s1-\(newest) are not here"))
    #expect(try await root.text("summarize", "--rebuild").contains("left, as their steps are not here"))
    #expect(try root.folder.text(Self.file) == before)
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
