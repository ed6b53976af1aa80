import FlowCore
import FlowTestSupport
import Glibc
import RandomSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct `The readable memory, edited` {
  private static let file = "projects/demo/cache/memory_cache.md"

  /// A project with three sections that have bullets, of steps 1–6, 7–12 and 13–18.
  private func project(steps: Int = 24) async throws -> TemporaryRoot {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("import", "-", input: Self.lines(1...steps))
    #expect(try root.folder.text(Self.file).matches(of: /\n- .* \[s\d+\]\n/).count >= 3)
    return root
  }

  private static func lines(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { number in
      let content =
        "Mirror \(number) has 1,2\(number) bad rows. "
        + String(repeating: "Nobody knows why it happened. ", count: 12)
      return #"{"role":"user","ref":"r\#(number)","content":"\#(content)"}"# + "\n"
    }.joined()
  }

  /// Runs sed on the file, as a person might.
  private func sed(_ script: String, _ root: TemporaryRoot) async throws {
    let before = try root.folder.bytes(Self.file)
    try await FlowctlProcess.run(
      ["-i", script, Self.file],
      in: root.folder.path,
      executable: "/usr/bin/sed"
    ).expect(0)
    #expect(try root.folder.bytes(Self.file) != before, "\(script) found nothing")
  }

  private func edits(of root: TemporaryRoot) async throws -> [JSONValue] {
    let events = try await root.data("history", "--limit", "100000")["events"]?.array ?? []
    return events.filter { $0["event"] == "edit_summary" }
  }

  /// All files but the database, whose log is folded into it by whoever comes last.
  private func files(of root: TemporaryRoot) throws -> [String: [UInt8]] {
    try root.snapshot().filter { !$0.key.hasSuffix("memory.sqlite") }
  }

  private func findings(of root: TemporaryRoot, exit code: CInt = 0) async throws -> [JSONValue] {
    try await root.flowctl(["doctor", "--json"]).expect(code).data["findings"]?.array ?? []
  }

  @Test func `is what the next prompt tells`() async throws {
    let root = try await project()
    try await sed(###"0,/^- .*\[s\([0-9]*\)\]$/s//- 배포는 금요일에만 한다 [s\1]\n* [x] and a \\## note/"###, root)
    let note = try #require(try await findings(of: root).first)
    #expect(note["error"] == false && note["line"]?.int == 3)
    #expect(
      note["problem"]?.string == "the section 'm1-6' was edited by hand, and the archive does not have it yet"
    )
    #expect(try await edits(of: root).isEmpty)

    let data = try await root.data("context", "--query", "mirror", "--budget", "3000")
    let prompt = try #require(data["text"]?.string)
    #expect(
      prompt.contains(try Regex(###"\n- 배포는 금요일에만 한다 \[s[1-6]\]\n- \[x\] and a \\## note \[s1-6\]\n"###)),
      "\(prompt)"
    )
    let shown = try root.folder.text(Self.file)
    #expect(shown.contains("<!-- flow m1-6 v2 by hand sha256:"))
    #expect(
      shown.contains(try Regex(###"\n- 배포는 금요일에만 한다 \[s[1-6]\]\n- \[x\] and a \\## note \[s1-6\]\n"###))
    )

    let edits = try await edits(of: root)
    #expect(edits.count == 1 && edits[0]["user"] == "external")
    #expect(edits[0]["detail"]?["after"] == ["tasks": [], "summary": "m1-6", "from": 1, "to": 2])
    #expect(try await root.text("history").contains("edit_summary"))
    #expect(try await findings(of: root).isEmpty)
    // From here on nothing changes, whatever is asked.
    let before = try files(of: root)
    for _ in 0..<2 {
      #expect(try await root.data("context", "--query", "mirror", "--budget", "3000") == data)
    }
    try await root.text("doctor", "--fix")
    #expect(try files(of: root) == before)
    // And a roll-up leaves it.
    try await root.text("import", "-", input: Self.lines(25...36))
    #expect(try root.folder.text(Self.file).contains("<!-- flow m1-6 v2 by hand sha256:"))
    #expect(try await findings(of: root).isEmpty)
  }

  @Test(arguments: ["doctor --fix", "switch other", "import", "forget"])
  func `is adopted wherever the file is written`(way: String) async throws {
    let root = try await project()
    try await root.text("new", "other")
    try await root.text("switch", "demo")
    try await sed("0,/^- .*/s//- words of mine [s1]/", root)
    switch way {
    case "import": try await root.text("import", "-", input: Self.lines(25...36))
    case "forget": try await root.text("forget", "s8", "--reason", "x")
    case "doctor --fix":
      #expect(
        try await root.data("doctor", "--fix")["fixed"] == [
          "adopted the edit of section m1-6 as its version 2"
        ]
      )
    default: try await root.flowctl(way.split(separator: " ").map(String.init)).expect(0)
    }
    #expect(try root.folder.text(Self.file).contains("- words of mine [s1]"))
    #expect(try root.folder.text(Self.file).contains("<!-- flow m1-6 v2 by hand "))
    try await root.text("switch", "demo")
    #expect(try await edits(of: root).count == 1)
    #expect(try await findings(of: root).isEmpty)
  }

  @Test func `by a roll-up's time is whole in the end`() async throws {
    let root = try await project()
    let rounds = isSoak ? 40 : 10
    for round in 1...rounds {
      // The edit is saved while steps come in.
      async let steps = root.text("import", "-", input: Self.lines(25 + 6 * (round - 1)...24 + 6 * round))
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...40)))
      let text = try root.folder.text(Self.file)
      if let section = text.firstRange(of: try Regex(#"\n- .*\n"#)) {
        try root.folder.write(
          text.replacingCharacters(in: section, with: "\n- edit \(round) of mine\n"),
          to: "\(Self.file).new"
        )
        rename(root.folder("\(Self.file).new"), root.folder(Self.file))
      }
      _ = try await steps
      try await root.text("doctor", "--fix")
      #expect(try await findings(of: root).isEmpty, "round \(round)")
      let shown = try root.folder.text(Self.file)
      #expect(shown.contains("edit \(round) of mine") || shown.contains("v1 by textrank"), "round \(round)")
    }
    let edits = try await edits(of: root)
    #expect(!edits.isEmpty)
    #expect(Set(edits.map { "\($0["detail"]?["after"] ?? .null)" }).count == edits.count)
  }

  @Test func `is recorded once and not lost, whoever is killed meanwhile`() async throws {
    let root = try await project()
    var random = SeededRandom(seed: 7)
    let rounds = isSoak ? 60 : 12
    for round in 1...rounds {
      try await sed("0,/^- .*/s//- edit \(round) of mine [s1]/", root)
      for _ in 0..<3 {
        let process = try root.start(["context", "--query", "mirror"])
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...60, using: &random)))
        process.kill()
        _ = try await process.outcome()
      }
      let prompt = try await root.text("context", "--query", "mirror")
      #expect(prompt.contains("\n- edit \(round) of mine [s1]\n"), "round \(round)")
      #expect(try await findings(of: root).isEmpty, "round \(round)")
      #expect(
        try root.folder.text(Self.file).contains("<!-- flow m1-6 v\(round + 1) by hand"),
        "round \(round)"
      )
    }
    let versions = try await edits(of: root).compactMap { $0["detail"]?["after"]?["to"]?.int }
    #expect(versions == Array(2...rounds + 1))
    #expect(root.folder.names(in: "projects/demo/cache").allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test func `is adopted once by many who ask at the same time`() async throws {
    let root = try await project()
    for round in 1...4 {
      try await sed("s/^- .*/- edit \(round) of mine/", root)
      let prompts = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<5 { group.addTask { try await root.text("context", "--query", "mirror") } }
        group.addTask { try await root.text("doctor", "--fix") }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(prompts.count == 6)
      #expect(try await root.text("context", "--query", "mirror").contains("- edit \(round) of mine"))
      #expect(try await findings(of: root).isEmpty)
    }
    let edits = try await edits(of: root).map { $0["detail"]?["after"] ?? .null }
    #expect(edits.count == Set(edits.map { "\($0)" }).count)
    #expect(Set(edits.compactMap { $0["to"]?.int }) == [2, 3, 4, 5])
  }

  @Test func `waits where others hold the lock or nothing can be written, and the prompt does not`()
    async throws
  {
    var root = try await project()
    // Nobody should wait so long.
    root.environment["FLOW_LOCK_TIMEOUT_SECONDS"] = "3600"
    try await sed("0,/^- .*/s//- words of mine [s1]/", root)
    let edited = try root.folder.bytes(Self.file)
    let holder = try FlowctlProcess(
      ["projects/demo/.lock", "-c", "touch held; sleep 600"],
      in: root.folder.path,
      executable: "/usr/bin/flock"
    )
    while !root.folder.exists("held") { try await Task.sleep(for: .milliseconds(5)) }
    // The archive has it, the rest is done later.
    #expect(try await root.text("context", "--query", "mirror").contains("- words of mine [s1]"))
    #expect(try root.folder.bytes(Self.file) == edited)
    #expect(try await edits(of: root).isEmpty)
    holder.killGroup()
    _ = try await holder.outcome()
    #expect(try await root.text("context", "--query", "mirror").contains("- words of mine [s1]"))
    #expect(try await edits(of: root).count == 1)
    #expect(try await findings(of: root).isEmpty)

    try await sed("0,/^- .*/s//- other words [s1]/", root)
    let unwritten = try root.folder.bytes(Self.file)
    let limited = #"trap "" XFSZ; ulimit -f 0; "$0" context --query mirror | cat; exit ${PIPESTATUS[0]}"#
    let outcome = try await FlowctlProcess.run(
      ["-c", limited, BuiltProducts.path(of: "flowctl")],
      in: root.folder.path,
      executable: "/bin/bash"
    )
    #expect(outcome.exitCode == 0 || outcome.errors.isEmpty, "\(outcome)")
    #expect(try root.folder.bytes(Self.file) == unwritten)
    #expect(try await root.text("context", "--query", "mirror").contains("- other words [s1]"))
    #expect(try await findings(of: root).isEmpty)
  }

  @Test func `where it cannot be read is named, and kept in a copy`() async throws {
    let root = try await project()
    try await sed("s/<!-- flow m7-12 v1/<!-- flow m7-12 one/; 0,/^- .*/s//- words of mine/", root)
    try await sed("/m7-12/,/^- /s/^- .*/- lost words/", root)
    let edited = try root.folder.text(Self.file)
    let found = try await findings(of: root, exit: 65)
    let error = try #require(found.first { $0["error"] == true })
    let line = try #require(
      edited.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("m7-12 one") }
    )
    #expect(error["line"]?.int == line + 1)
    #expect(try root.folder.text(Self.file) == edited)

    try await root.text("context", "--query", "mirror")
    let copies = root.folder.names(in: "projects/demo/cache").filter { $0.contains(".rejected-") }
    #expect(copies.count == 1)
    let copy = "projects/demo/cache/\(try #require(copies.first))"
    #expect(try root.folder.text(copy) == edited)
    let shown = try root.folder.text(Self.file)
    #expect(shown.contains("<!-- flow m7-12 v1 by textrank") && !shown.contains("lost words"))
    #expect(shown.contains("- words of mine [s1-6]"))
    let notes = try await findings(of: root)
    #expect(notes.map { $0["file"]?.string } == ["cache/\(copies[0])"])
    #expect(try await root.text("doctor").contains("move what is worth keeping"))
    root.folder.remove(copy)
    #expect(try await findings(of: root).isEmpty)
  }

  @Test func `of a summary that is not there is left and named`() async throws {
    let root = try await project()
    let made = "\n## Mine\n<!-- flow m2-9 v1 by me sha256:0123456789abcdef -->\n\n- made up\n"
    try root.folder.write(try root.folder.text(Self.file) + made, to: Self.file)
    let edited = try root.folder.text(Self.file)
    for _ in 0..<2 {
      let note = try #require(try await findings(of: root).first)
      #expect(note["problem"]?.string?.contains("there is no such summary") == true && note["error"] == false)
      #expect(note["line"]?.int == edited.split(separator: "\n", omittingEmptySubsequences: false).count - 4)
      #expect(try await !root.text("context", "--query", "mirror").contains("made up"))
      try await root.text("doctor", "--fix")
      #expect(try root.folder.text(Self.file) == edited)
    }
  }

  @Test func `is forgotten with the step that it tells of`() async throws {
    let root = try await project()
    try await sed(#"0,/^- .*/s//- the password is hunter22x\n- deploys are on Friday [s5]/"#, root)
    try await root.text("add-step", "The password is hunter22x.")
    let receipt = try await root.data("forget", "s3", "--reason", "a password")
    #expect(receipt["summaries"] == ["m1-6"] && receipt["edited_sections"] == [] && receipt["copies"] == [])
    let shown = try root.folder.text(Self.file)
    #expect(shown.contains("<!-- flow m1-6 v3 by hand") && shown.contains("- deploys are on Friday [s5]"))
    #expect(!shown.contains("hunter22x"))
    #expect(try await findings(of: root).isEmpty)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
