import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct `Forgetting at the command line` {
  private static let secret = "sk-live-51Hq8ZtGx"
  private static let reason = "pasted a key"
  /// Sentences so alike that the summary tells one of them.
  private static let told = ["we", "you", "they", "Mina", "Jun", "both", "all", "the bots"].map {
    "Tonight \($0) deploy with the token \(secret)."
  }.joined(separator: " ")

  private static let words =
    "A B Coffee D Traffic Music Weather Lunch Parking Mail Football Cinema Rain Tea Paint".split(
      separator: " "
    )

  /// A project with a secret in a summarised step, and in results that were made of it.
  private func project() async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    let lines = (1...14).map { number in
      let content = number == 3 ? Self.told : "\(Self.words[number]) went well."
      return
        #"{"role":"user","name":"Mina","ref":"r\#(number)","content":"\#(content)","meta":{"m":"\#(content)"}}"#
    }
    try await root.text("import", "-", input: lines.joined(separator: "\n"))
    try await root.text("cache", "set", "quote", "She said: \(Self.told)", "--text")
    try await root.text("cache", "set", "token", Self.secret, "--text")
    try await root.text("cache", "set", "nested", #"{"log":["\#(Self.told)"]}"#)
    try await root.text("cache", "set", "blob", "-", input: String(repeating: "x", count: 9000) + Self.told)
    try await root.text("cache", "set", "other", "Coffee went well, they say.", "--text")
    return root
  }

  /// All that a command could have changed.
  private func state(of root: TemporaryRoot) async throws -> [String: [UInt8]] {
    var files = try root.snapshot()
    // Whoever closes the database folds its log into it: what it says counts, not its bytes.
    files["projects/demo/memory.sqlite"] = Array(try await root.text("export").utf8)
    return files
  }

  private func traces(in root: TemporaryRoot, of text: String = secret) throws -> [String] {
    try root.folder.files().filter {
      String(decoding: try root.folder.bytes($0), as: UTF8.self).contains(text)
    }
  }

  @Test func `leaves no byte of it in any file, and nothing finds it`() async throws {
    let root = try await project()
    let before = try traces(in: root)
    #expect(
      before.contains("projects/demo/cache/memory_cache.md"),
      "the summary does not tell the secret: \(before)"
    )
    #expect(
      before.contains { $0.contains("/blobs/") } && before.contains { $0.hasSuffix("results_cache.json") }
    )
    let receipt = try await root.data("forget", "s3", "--reason", Self.reason)
    #expect(receipt["steps"] == [3] && receipt["already_forgotten"] == [])
    #expect(receipt["summaries"]?.array?.isEmpty == false)
    #expect(receipt["results"] == ["quote", "token", "nested", "blob"])
    #expect(
      receipt["edited_sections"] == [] && receipt["bytes_erased"] == true && receipt["dry_run"] == false
    )
    #expect(try traces(in: root) == [])
    #expect(root.folder.names(in: "projects/demo/cache/blobs") == [])
    #expect(try await root.data("cache", "ls")["results"]?.texts("key") == ["other"])
    // The words of the query are the asker's own: a part of the secret must not come up with the rest of it.
    let hits = try await root.data("search", "deploy token live").array ?? []
    #expect(!hits.contains { $0.serialized().contains(Self.secret) })
    #expect(try await root.data("steps", "--grep", Self.secret)["steps"] == [])
    let prompt = try await root.text(
      "context",
      "--query",
      "Which token do we deploy with?",
      "--budget",
      "20000"
    )
    #expect(prompt.contains("[forgotten ") && !prompt.contains(Self.secret))
    let mark = try #require(try await root.data("expand", "s3")["steps"]?[0])
    let content = try #require(mark["content"]?.string)
    #expect(content.wholeMatch(of: /\[forgotten \d{4}-\d\d-\d\d: pasted a key\]/) != nil)
    #expect(mark["meta"] == [:] && mark["ref"] == "r3" && mark["name"] == "Mina")
    #expect(try await root.data("doctor")["findings"] == [])
  }

  @Test func `while somebody reads the old state it is forgotten, and the bytes go with the next try`()
    async throws
  {
    var root = try await project()
    root.environment["FLOW_LOCK_TIMEOUT_SECONDS"] = "0.2"
    let reader = try await HeldArchive(path: root.folder("projects/demo/memory.sqlite"))
    let outcome = try await root.flowctl(["forget", "s3", "--reason", Self.reason])
    #expect(outcome.exitCode == 75, "\(outcome)")
    #expect(outcome.output.hasPrefix("forgot s3\n"))
    #expect(
      outcome.errors.split(separator: "\n").count == 1 && outcome.errors.contains("run the command again")
    )
    #expect(try await root.data("steps", "--grep", Self.secret)["steps"] == [])
    let again = try await root.flowctl(["forget", "s3", "--reason", Self.reason, "--json"]).expect(75).data
    #expect(again["bytes_erased"] == false && again["already_forgotten"] == [3])
    #expect(again["hint"]?.string?.contains("run the command again") == true)
    try await reader.release()
    #expect(try await root.data("forget", "s3", "--reason", Self.reason)["bytes_erased"] == true)
    #expect(try traces(in: root) == [])
  }

  @Test func `a dry run says the same and changes nothing`() async throws {
    let root = try await project()
    let before = try await state(of: root)
    let preview = try await root.data("forget", "s3", "--reason", Self.reason, "--dry-run")
    let text = try await root.text("forget", "s3", "--reason", Self.reason, "--dry-run")
    #expect(text.hasPrefix("would forget s3\nwould make anew summary m"))
    #expect(text.hasSuffix("would remove result blob\n"))
    #expect(try await state(of: root) == before)
    #expect(preview["dry_run"] == true && preview["bytes_erased"] == false)
    let receipt = try await root.data("forget", "s3", "--reason", Self.reason)
    for key in ["steps", "already_forgotten", "summaries", "results", "edited_sections", "copies"] {
      #expect(preview[key] == receipt[key], "\(key)")
    }
  }

  @Test func `the history tells which and why, never what`() async throws {
    let root = try await project()
    try await root.text("add-task", "a")
    try await root.text("forget", "s3", "s1", "--reason", Self.reason)
    let again = try await root.text("forget", "s3", "--reason", Self.reason)
    #expect(again == "s3 was forgotten already; nothing changed\n")
    try await root.text("add-task", "b")
    let events = try await root.data("history")["events"]?.array ?? []
    #expect(
      events.compactMap { $0["event"]?.string } == ["create_project", "add_task", "forget_step", "add_task"]
    )
    let after = try #require(events[2]["detail"]?["after"])
    #expect(after["steps"] == [1, 3] && after["reason"]?.string == Self.reason)
    #expect(events[2]["revision"] == events[1]["revision"] && events[2]["sha256"] == events[1]["sha256"])
    #expect(try await root.text("history").contains("s1 s3\n"))
    #expect(try traces(in: root) == [])
    #expect(try await root.data("doctor")["findings"] == [])
  }

  @Test func `what a person wrote of it goes too, where Flow can read it`() async throws {
    let root = try await project()
    let path = "projects/demo/cache/memory_cache.md"
    let original = try root.folder.text(path)
    try root.folder.write(original.replacing("- Mina: ", with: "- (mine) "), to: path)
    let preview = try await root.data("forget", "s3", "--reason", Self.reason, "--dry-run")
    let receipt = try await root.data("forget", "s3", "--reason", Self.reason)
    for key in ["summaries", "edited_sections", "copies"] { #expect(preview[key] == receipt[key], "\(key)") }
    #expect(receipt["edited_sections"] == [] && receipt["copies"] == [])
    #expect(try traces(in: root) == [])
    #expect(try await root.data("doctor")["findings"] == [])
  }

  @Test func `a section or a copy that Flow cannot read is named, and left as it is`() async throws {
    let root = try await project()
    let path = "projects/demo/cache/memory_cache.md"
    let original = try root.folder.text(path)
    // A broken comment: the text is kept in a copy when the file is next written.
    try root.folder.write(original.replacing(" v1 by", with: " one by"), to: path)
    try await root.text("doctor", "--fix")
    let copy = try #require(root.folder.names(in: "projects/demo/cache").first { $0.contains(".rejected-") })
    // A section of no summary that there is.
    let section = "\n## Mine\n<!-- flow m900-901 v1 by me sha256:0123456789abcdef -->\n\n- \(Self.told)\n"
    try root.folder.write(try root.folder.text(path) + section, to: path)
    let preview = try await root.data("forget", "s3", "--reason", Self.reason, "--dry-run")
    let receipt = try await root.data("forget", "s3", "--reason", Self.reason)
    #expect(receipt["edited_sections"] == ["m900-901"] && receipt["copies"] == [.string("cache/\(copy)")])
    #expect(
      preview["edited_sections"] == receipt["edited_sections"] && preview["copies"] == receipt["copies"]
    )
    #expect(try Set(traces(in: root)) == [path, "projects/demo/cache/\(copy)"])
  }

  @Test func `its ref and its lines do not bring it back`() async throws {
    let root = try await project()
    try await root.text("add-step", "The password is hunter22.", "--ts", "2026-03-02T09:00:00Z")
    let old = try await root.text("export")
    try await root.text("forget", "s3", "s15", "--reason", Self.reason)
    let step = ["add-step", Self.told, "--ref", "r3", "--name", "Mina"]
    let error = try await root.expectFailure(step, exit: 75, "step.ref_conflict")
    #expect(error["message"]?.string?.contains("was forgotten on") == true)
    for (line, number) in [(2, 3), (14, 15)] {
      let lines = old.split(separator: "\n")
      let error = try await root.expectFailure(
        ["import", "-"],
        exit: 75,
        "step.ref_conflict",
        input: "\(lines[line])\n"
      )
      #expect(error["message"]?.string?.contains("s\(number), which was forgotten on") == true, "\(error)")
    }
    #expect(try traces(in: root) == [])
  }

  @Test func `an export of it is imported as it is, here and elsewhere`() async throws {
    let root = try await project()
    try await root.text("add-step", "The password is hunter22.")
    try await root.text("forget", "s3", "s15", "--reason", Self.reason)
    let export = try await root.text("export")
    #expect(!export.contains(Self.secret))
    #expect(try await root.data("import", "-", input: export)["new"] == 0)
    try await root.text("new", "copy")
    #expect(try await root.data("import", "-", input: export)["new"] == 15)
    #expect(try await root.data("forget", "s3", "s15", "--reason", "again")["already_forgotten"] == [3, 15])
    #expect(
      try await root.data("steps", "--range", "3-3")["steps"]?[0]?["content"]?.string?.contains(Self.reason)
        == true
    )
  }

  @Test func `what cannot be is refused before any change`() async throws {
    let root = try await project()
    let before = try await state(of: root)
    let reason = ["--reason", Self.reason]
    try await root.expectFailure(["forget", "s3", "s99"] + reason, exit: 66, "step.not_found")
    try await root.expectFailure(["forget", "s3"], exit: 64, "argument.invalid")
    try await root.expectFailure(["forget"] + reason, exit: 64, "argument.invalid")
    try await root.expectFailure(["forget", "m1-6"] + reason, exit: 64, "argument.invalid")
    try await root.expectFailure(["forget", "s3", "--reason", " "], exit: 64, "argument.invalid")
    try await root.expectFailure(["forget", "s3", "--reason", Self.secret], exit: 64, "argument.invalid")
    let after = try await state(of: root)
    #expect(after.filter { before[$0.key] != $0.value }.map(\.key) == [] && after.count == before.count)
  }
}
