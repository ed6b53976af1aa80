import FlowCore
import FlowTestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct `Short-term memory at the command line` {
  @Test func `of a hundred steps never more than its limit stand in it, and summaries hold the rest`()
    async throws
  {
    let root = try await TemporaryRoot(project: "demo")
    var rolledUp: [String] = []
    for number in 1...100 {
      let text =
        "step \(number): the mirror sent \(number * 37) rows of file_\(number).csv at 10.0.0.\(number)"
      let receipt = try await root.data("add-step", text, "--role", number % 2 == 0 ? "assistant" : "user")
      #expect(receipt["id"]?.int == number)
      rolledUp += receipt["rolled_up"]?.array?.compactMap(\.string) ?? []
      let memory = try await root.data("status")["memory"] ?? .null
      #expect(memory["steps"]?.int == number)
      #expect(memory["short_term_steps"]!.int! <= 10, "after step \(number)")
      #expect(memory["short_term_steps"]!.int! >= min(number, 5), "after step \(number)")
      #expect(memory["short_term_tokens"]!.int! <= 4000)
    }
    // What people read covers what left, without a gap and without an overlap; parents stand for their parts.
    let memory = try await root.data("status")["memory"] ?? .null
    let markdown = try root.folder.text("projects/demo/cache/memory_cache.md")
    let sections = markdown.matches(of: #/<!-- flow m(\d+)-(\d+) v/#).map { (Int($0.1)!, Int($0.2)!) }
    var next = 1
    for (first, last) in sections {
      #expect(first == next)
      next = last + 1
      #expect(rolledUp.contains("m\(first)-\(last)"))
      let steps = try await root.data("expand", "m\(first)-\(last)")["steps"]
      #expect(steps?.numbers("id") == Array(first...last))
    }
    #expect(next - 1 + memory["short_term_steps"]!.int! == 100)
    #expect(memory["summaries"]?.int == sections.count && sections.count < rolledUp.count)
    #expect(try await root.data("doctor")["errors"] == 0)
  }

  @Test func `a hundred hostile steps come back byte for byte`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    var expected: [String] = []
    while expected.count < 100 {
      for text in HostileText.all where expected.count < 100 {
        let content = expected.count < HostileText.all.count ? text : "\(expected.count) \(text)"
        try await root.flowctl(["add-step", "-"], input: Array(content.utf8)).expect(0)
        expected.append(content)
      }
    }
    let steps = try await root.data("steps", "--range", "1-100")["steps"]?.array ?? []
    #expect(steps.count == 100)
    for (number, (step, content)) in zip(steps, expected).enumerated() {
      let stored = try #require(step["content"]?.string)
      #expect(Array(stored.utf8) == Array(content.utf8), "step \(number + 1)")
    }
    #expect(try await root.data("status")["memory"]!["short_term_steps"]!.int! <= 10)
    #expect(try await root.data("doctor")["errors"] == 0)
    try await Self.checkPrompts(of: root, contents: expected)
  }

  /// Whatever the steps hold, prompts keep their budget and their own headings.
  private static func checkPrompts(of root: TemporaryRoot, contents: [String]) async throws {
    for budget in ["200", "1000", "20000"] {
      let data = try await root.data("context", "--query", "mirror", "--budget", budget)
      let text = try #require(data["text"]?.string)
      #expect(data["tokens"]!.int! <= Int(budget)!)
      for id in data["verbatim_steps"]?.array ?? [] {
        #expect(text.utf8Contains(contents[id.int! - 1]), "step \(id) in \(budget) tokens")
      }
    }
  }

  @Test func `a limit from the configuration holds`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    root.environment["FLOW_MEMORY_SHORT_TERM_STEPS"] = "3"
    root.environment["FLOW_MEMORY_KEEP_STEPS"] = "1"
    for number in 1...12 {
      try await root.text("add-step", "step \(number)")
      #expect(try await root.data("status")["memory"]!["short_term_steps"]!.int! <= 3)
    }
  }

  @Test func `a limit on tokens holds, but for one step that is larger`() async throws {
    var root = try await TemporaryRoot(project: "demo")
    root.environment["FLOW_MEMORY_SHORT_TERM_TOKENS"] = "200"
    for number in 1...8 {
      try await root.text("add-step", String(repeating: "word ", count: 20 * number))
      let memory = try await root.data("status")["memory"] ?? .null
      #expect(memory["short_term_tokens"]!.int! <= 200 || memory["short_term_steps"]!.int! == 1)
    }
    try await root.text("add-step", String(repeating: "large ", count: 1000))
    #expect(try await root.data("status")["memory"]?["short_term_steps"] == 1)
    #expect(try await root.data("expand", "s9")["steps"]![0]!["content"]!.string!.utf8.count == 6000)
  }
}

extension String {
  /// Whether these bytes stand in the text as one piece.
  func utf8Contains(_ part: String) -> Bool {
    if part.isEmpty { return true }
    let text = Array(utf8)
    let part = Array(part.utf8)
    guard text.count >= part.count else { return false }
    return (0...text.count - part.count).contains { start in
      text[start] == part[0] && text[start..<start + part.count].elementsEqual(part)
    }
  }
}
