import FlowCommands
import FlowCore
import FlowTestSupport
import RandomSupport
import Testing

@Suite struct `Drawing of a plan` {
  private func plan(_ names: [String], _ change: (inout [FlowTask]) -> Void = { _ in }) throws -> Workflow {
    var tasks = names.enumerated().map { number, name in
      FlowTask(id: TaskID(number: number + 1), name: name, deps: number > 0 ? [TaskID(number: number)] : [])
    }
    change(&tasks)
    return Workflow(project: try ProjectName("p"), created: nil, revision: 4, tasks: tasks)
  }

  /// All that a language of drawings could take for its own.
  static let hostile = [
    "say \"no\"", "[x] (y) {z}", "a\\nb\\\\", "end", "#35; #quot; &amp; &lt;", "<b onclick='x'>y</b>",
    "`*bold*`",
    "%%{init: {'theme':'dark'}}%%", "style x:#quot;y", "classDef a fill:#fff;", "a --> b; c", ":::done",
    "\"]:::done",
    "ﬂ°°35¶ß", "%% comment", "--- | ===", "데이터 정제 (1차)", "é e\u{301} 👩‍👩‍👧 ß", "two\nlines", "\u{202E}back", "\\",
    "\"",
    "subgraph x", "click n1 href \"javascript:alert(1)\"", "\\N \\G \\l", "a\tb", "'", "$x^2$",
    "@{ shape: rect }",
  ]

  /// What a node's label says: the id, and the name as it can be shown.
  private func label(_ task: FlowTask) -> String { "\(task.id) \(task.name.excerpt(limit: 80))" }

  @Test func `every name stands in a Mermaid label as it is`() throws {
    try checkMermaid(plan(Self.hostile))
  }

  @Test func `every name stands in a DOT label as it is`() throws {
    try checkDot(plan(Self.hostile))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `so does every random one`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pieces = Self.hostile.flatMap { $0.map(String.init) } + ["#", ";", "\"", "\\", "&", "]", "\r", "%"]
    for _ in 0..<30 {
      let names = (0..<5).map { _ in
        (0..<Int.random(in: 0...30, using: &random)).map { _ in pieces.randomElement(using: &random)! }
          .joined()
      }
      try checkMermaid(plan(names), "seed \(seed)")
      try checkDot(plan(names), "seed \(seed)")
    }
  }

  private func checkMermaid(_ plan: Workflow, _ comment: Comment? = nil) throws {
    let text = PlanDrawing(plan).mermaid
    #expect(text.hasPrefix("graph TD\n"))
    let lines = text.unicodeLines.dropFirst(6)
    #expect(lines.count == 2 * plan.tasks.count - 1, comment)
    for (line, (index, task)) in zip(lines, plan.tasks.enumerated()) {
      let state = index == 0 ? "ready" : "waiting"
      let (prefix, suffix) = ("  n\(index + 1)[\"", "\"]:::\(state)")
      #expect(line.hasPrefix(prefix) && line.hasSuffix(suffix), comment)
      let label = line.dropFirst(prefix.count).dropLast(suffix.count)
      // Nothing but letters, digits, harmless signs and whole entity codes.
      #expect(
        label.wholeMatch(of: /(?:[\p{L}\p{M}\p{Nd} .,_\/-]|#\d+;|#quot;)*/.matchingSemantics(.unicodeScalar))
          != nil,
        comment
      )
      let shown = label.replacing(/#(\d+|quot);/.matchingSemantics(.unicodeScalar)) { match in
        UInt32(match.1).flatMap(Unicode.Scalar.init).map { String($0) } ?? "\""
      }
      #expect(String(shown).unicodeScalars.elementsEqual(self.label(task).unicodeScalars), comment)
    }
    for (index, line) in lines.dropFirst(plan.tasks.count).enumerated() {
      #expect(line == "  n\(index + 1) ==> n\(index + 2)", comment)
    }
  }

  private func checkDot(_ plan: Workflow, _ comment: Comment? = nil) throws {
    let lines = PlanDrawing(plan).dot.unicodeLines
    #expect(lines.prefix(2) == ["digraph tasks {", "  node [shape=box, style=filled];"])
    #expect(lines.last == "}")
    #expect(lines.count == 2 * plan.tasks.count + 2, comment)
    for (line, (index, task)) in zip(lines.dropFirst(2), plan.tasks.enumerated()) {
      let prefix = "  n\(index + 1) [label=\""
      #expect(line.hasPrefix(prefix), comment)
      // Read as Graphviz reads a quoted string.
      var shown = String.UnicodeScalarView()
      var rest = line.dropFirst(prefix.count).unicodeScalars[...]
      while let scalar = rest.popFirst(), scalar != "\"" {
        if scalar == "\\", let escaped = rest.popFirst() {
          #expect(escaped == "\\" || escaped == "\"", comment)
          shown.append(escaped)
        } else if scalar == "&" {
          #expect(rest.starts(with: "amp;".unicodeScalars), comment)
          rest.removeFirst(4)
          shown.append("&")
        } else {
          shown.append(scalar)
        }
      }
      #expect(shown.elementsEqual(label(task).unicodeScalars), comment)
      let colour = index == 0 ? "#d1e7dd" : "#ffffff"
      #expect(String(rest) == ", fillcolor=\"\(colour)\", penwidth=2];", comment)
    }
  }

  @Test func `the text shows levels, states, what waits for what and the critical path`() throws {
    let plan = try plan(["collect", "clean", "report", "publish", "alone"]) { tasks in
      tasks[0].status = .done
      tasks[1].status = .doing
      tasks[1].meta["owner"] = "mina"
      tasks[3].status = .blocked
      tasks[3].meta["reason"] = "the board"
      tasks[3].deps = [TaskID(number: 1), TaskID(number: 3), TaskID(number: 2)]
      tasks[4].deps = []
    }
    #expect(
      PlanDrawing(plan).text == """
        1   [x] T001 collect
            [ ] T005 alone
        2   [>] T002 clean (mina) *
        3   [.] T003 report *, waits for T002
        4   [!] T004 publish *, blocked by the board, waits for T003 T002

        ready          T005
        critical path  T002 -> T003 -> T004, 3 tasks one after the other
        [x] done  [>] doing  [ ] ready  [.] waiting  [!] blocked  * on the critical path

        """
    )
  }

  @Test func `a plan without tasks, and one that is done, are drawn`() throws {
    #expect(PlanDrawing(try plan([])).text.hasPrefix("no tasks"))
    #expect(PlanDrawing(try plan([])).mermaid.hasPrefix("graph TD\n"))
    #expect(PlanDrawing(try plan([])).dot == "digraph tasks {\n  node [shape=box, style=filled];\n}\n")
    let done = try plan(["a"]) { $0[0].status = .done }
    #expect(PlanDrawing(done).text.contains("ready          nothing\ncritical path  nothing is left to do\n"))
  }

  @Test func `a dependency that is named twice is one edge`() throws {
    let plan = try plan(["a", "b"]) { $0[1].deps = [TaskID(number: 1), TaskID(number: 1)] }
    #expect(PlanDrawing(plan).json["edges"] == [["from": "T001", "to": "T002"]])
  }

  @Test func `a chain of 20,000 tasks is drawn`() throws {
    let plan = try plan(Array(repeating: "link", count: 20_000))
    let drawing = PlanDrawing(plan)
    #expect(drawing.text.contains("and 19988 more, 20000 tasks one after the other"))
    #expect(drawing.json["critical_path"]?.array?.count == 20_000)
    #expect(drawing.mermaid.unicodeLines.count == 6 + 39_999)
  }
}

@Suite(.timeLimit(.minutes(15)))
struct `Graph at the command line` {
  @Test func `shows the plan in each format`() async throws {
    let root = try await TemporaryRoot(project: "demo")
    try await root.text("add-task", "a \"quoted\" name")
    try await root.text("add-task", "b", "--dep", "T001")
    try await root.text("add-task", "c")
    #expect(try await root.text("graph").contains("critical path  T001 -> T002"))
    #expect(try await root.text("graph") == root.text("graph", "--format", "text"))
    let mermaid = try await root.text("graph", "--format", "mermaid")
    #expect(mermaid.contains("  n1[\"T001 a #quot;quoted#quot; name\"]:::ready\n"))
    #expect(mermaid.contains("  n1 ==> n2\n"))
    let dot = try await root.text("graph", "--format", "dot")
    #expect(dot.contains("  n1 [label=\"T001 a \\\"quoted\\\" name\""))
    #expect(dot.contains("  n1 -> n2 [penwidth=2];\n"))
    let graph = try await root.flowctl(["graph", "--json"]).expect(0)
    #expect(try graph.envelope["kind"] == "graph")
    let data = try graph.data
    #expect(data["revision"] == 4)
    #expect(
      data["nodes"]?[1] == [
        "id": "T002", "name": "b", "status": "todo", "ready": false, "on_critical_path": true,
      ]
    )
    #expect(data["nodes"]?.array?.count == 3)
    #expect(data["edges"] == [["from": "T001", "to": "T002"]])
    #expect(data["critical_path"] == ["T001", "T002"])
    #expect(data["ready"] == ["T001", "T003"])
  }
}

extension String {
  /// The lines as a line feed alone parts them.
  fileprivate var unicodeLines: [String] {
    unicodeScalars.split(separator: "\n").map { String($0) }
  }
}
