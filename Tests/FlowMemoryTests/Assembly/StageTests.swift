import FlowCore
import FlowText
import Testing

@testable import FlowMemory
import RandomSupport

private let tokenizer = BytePairTokenizer.o200kBase
private let renderer = StepRenderer(meter: TokenMeter(tokenizer: tokenizer))

private func archived(_ id: Int, _ step: Step, sitting: Int = 1) -> ArchivedStep {
  ArchivedStep(
    id: StepID(id),
    step: step,
    ts: SteppedClock.start.advanced(seconds: id),
    tokens: tokenizer.count(step.content),
    sitting: sitting
  )
}

@Suite struct `Short-term boundary` {
  /// `u` a user's step, `c` a call, `r` its result, `t` a tool's word that answers nothing, `A` and `B` calls of their
  /// own, `a` and `b` their results; ten tokens each.
  private func leaving(_ shape: String, steps: Int, tokens: Int = 1000, keep: Int) -> Int {
    var call = ""
    let archive = shape.enumerated().map { index, kind in
      if kind == "c" { call = "call-\(index)" }
      let meta: JSONObject =
        switch kind {
        case "c": ["tool_call": ["id": .string(call)]]
        case "A", "B": ["tool_calls": [["id": .string(kind.lowercased())]]]
        case "a", "b": ["tool_call_id": .string(String(kind))]
        case "r": ["tool_call_id": .string(call)]
        case "t": ["tool_call_id": "none"]
        default: [:]
        }
      let role: Step.Role = kind == "u" ? .user : "cAB".contains(kind) ? .assistant : .tool
      return ArchivedStep(
        id: StepID(index + 1),
        step: Step(role: role, content: "x", meta: meta),
        ts: SteppedClock.start,
        tokens: 10,
        sitting: 1
      )
    }
    let limits = MemoryLimits(shortTermSteps: steps, shortTermTokens: tokens, keepSteps: keep)
    return ShortTermBoundary(limits: limits).leaving(archive)
  }

  @Test(arguments: [
    ("", 5, 3, 0), ("u", 1, 1, 0), ("uuuuu", 5, 3, 0), ("uuuuuu", 5, 3, 3), ("uuuuuu", 5, 5, 1),
    ("uu", 1, 1, 1),
    ("uuuuuuuuu", 5, 3, 6),
    // Cut before the result: it leaves with its call.
    ("uuucru", 5, 2, 5), ("uucrru", 5, 2, 5), ("uucrru", 5, 3, 5),
    // The newest is the result: the call stays.
    ("uuuucr", 5, 1, 4), ("uuucrr", 5, 1, 3), ("uuucrr", 5, 2, 3),
    // More results than short-term holds: they are cut.
    ("crrrrr", 5, 2, 4), ("ucrrrrr", 5, 3, 4),
    // A tool's word that answers no call may begin short-term.
    ("uuuutt", 5, 1, 5),
    // Calls at once with a step each: none is cut off from its result, whatever their order.
    ("uABabu", 5, 2, 5), ("uABabu", 5, 3, 5), ("uABabu", 5, 4, 5), ("uABbau", 5, 3, 5), ("uuuABab", 6, 3, 3),
    ("AaBbu", 4, 3, 2), ("AaBbu", 4, 2, 4), ("uAuau", 4, 2, 3),
  ]) func `whole calls leave or stay`(shape: String, steps: Int, keep: Int, expected: Int) {
    #expect(leaving(shape, steps: steps, keep: keep) == expected)
  }

  @Test(arguments: [
    ("uuuu", 40, 0), ("uuuuu", 40, 2), ("uuuuu", 25, 3), ("uuuuu", 10, 4), ("uuuuu", 1, 4), ("u", 1, 0),
    ("uucr", 30, 1), ("uucr", 20, 2), ("ucr", 10, 2),
  ]) func `tokens push steps out too, but never the newest`(shape: String, tokens: Int, expected: Int) {
    #expect(leaving(shape, steps: 10, tokens: tokens, keep: 3) == expected)
  }
}

@Suite struct `Sitting rule` {
  @Test(arguments: [(0, 7), (1800, 7), (1801, 8), (-1, 8), (90_000, 8)])
  func `a sitting ends with a long gap or a step back`(seconds: Int, sitting: Int) {
    let previous = StepProfile(
      id: StepID(3),
      ts: SteppedClock.start,
      sitting: 7,
      tokens: 1,
      length: 1,
      marks: 0,
      speaker: 1
    )
    let next = SteppedClock.start.advanced(seconds: seconds)
    #expect(SittingRule(gapSeconds: 1800).sitting(at: next, after: previous) == sitting)
    #expect(SittingRule(gapSeconds: 1800).sitting(at: next, after: nil) == 1)
  }
}

@Suite struct `Section packer` {
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func `what a piece costs is by how much the text grows, in any order of putting in`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let meter = TokenMeter(tokenizer: BytePairTokenizer.named(random.pick(BytePairTokenizer.names))!)
    let headings = (0..<12).map { _ in random.groupHeading(meter) }
    let heading = random.once(in: 2) ? meter.block("## Recalled steps\n") : nil
    let renderer = StepRenderer(meter: meter)
    var group: GroupHeading?
    let pieces = (0..<40).map { order in
      if random.once(in: 2) { group = random.once(in: 8) ? nil : random.pick(headings) }
      let content = random.once(in: 6) ? random.hostile() : random.sentence(0...4)
      let step = archived(order + 1, Step(role: .user, name: random.speaker(), content: content))
      return Piece(order: order, group: group, block: renderer.whole(step), source: .text, why: "")
    }
    var packer = SectionPacker("recalled", .volatile, heading: heading)
    for piece in pieces.shuffled(using: &random) where !random.once(in: 4) {
      let before = packer
      let cost = packer.cost(of: piece)
      #expect(packer.insert(piece, room: cost - 1) == nil && packer.text == before.text, "seed \(seed)")
      #expect(packer.insert(piece, room: cost) == cost, "seed \(seed)")
      let text = packer.text
      #expect(meter.tokenizer.count(text) - meter.tokenizer.count(before.text) == cost, "seed \(seed)")
      #expect(packer.tokens == meter.tokenizer.count(text), "seed \(seed)")
    }
    #expect(packer.text == Self.written(packer, heading: heading), "seed \(seed)")
    #expect(packer.pieces.map(\.order) == packer.pieces.map(\.order).sorted(), "seed \(seed)")
  }

  /// The text by the rule as people read it: a heading where the day or its time changes, its year where the
  /// heading before has another.
  private static func written(_ packer: SectionPacker, heading: Block?) -> String {
    var text = packer.pieces.isEmpty ? "" : heading?.text ?? ""
    var previous: GroupHeading?
    for piece in packer.pieces {
      if let group = piece.group, group != previous {
        let isSameYear = previous.map { $0.year == group.year } ?? false
        text += isSameYear ? group.short.text : group.full.text
      }
      previous = piece.group
      text += piece.block.text
    }
    return text
  }

  @Test func `a year is left out only where the heading before has it`() {
    var random = SeededRandom(seed: 7)
    let meter = TokenMeter(tokenizer: tokenizer)
    let days = [(2023, 8), (2023, 8), (2023, 9), (2024, 9), (2024, 9), (2023, 8)]
    var packer = SectionPacker("recalled", .volatile, heading: nil)
    for (order, (year, day)) in days.enumerated().shuffled(using: &random) {
      let group = GroupHeading(CivilDate(year: year, month: 5, day: day), meter: meter)
      packer.fill(
        Piece(order: order, group: group, block: meter.block("x\n"), source: .text, why: "")
      )
    }
    #expect(packer.text == "### 8 May 2023\nx\nx\n### 9 May\nx\n### 9 May 2024\nx\nx\n### 8 May 2023\nx\n")
  }

  @Test func `an empty section says nothing and costs nothing`() {
    let packer = SectionPacker(
      "tasks",
      .volatile,
      heading: TokenMeter(tokenizer: tokenizer).block("## Tasks\n")
    )
    #expect(packer.text.isEmpty && packer.tokens == 0)
  }
}

@Suite struct `Step renderer` {
  @Test(arguments: [
    (Step(role: .user, content: "hi"), "s4 user: hi\n"),
    (Step(role: .user, content: ""), "s4 user:\n"),
    (Step(role: .tool, content: "ok"), "s4 tool: ok\n"),
    (Step(role: .tool, name: "shell", content: "ok"), "s4 tool shell: ok\n"),
    (Step(role: .user, name: "Caroline", content: "## Now"), "s4 Caroline: ## Now\n"),
    (Step(role: .user, name: "a\n## Now\u{85}b", content: "x"), "s4 a ## Now b: x\n"),
    (Step(role: .user, content: "a\nb"), "s4 user:\n```\na\nb\n```\n"),
    (Step(role: .user, content: "\n"), "s4 user:\n```\n\n\n```\n"),
    (Step(role: .user, content: "```\nx\n```"), "s4 user:\n````\n```\nx\n```\n````\n"),
    (Step(role: .user, content: "x\u{2028}## Now"), "s4 user:\n```\nx\u{2028}## Now\n```\n"),
    (Step(role: .user, content: "a ```` b\r"), "s4 user:\n`````\na ```` b\r\n`````\n"),
  ]) func `content of one line stands behind the label, other content in a longer fence`(
    step: Step,
    text: String
  ) {
    let block = renderer.whole(archived(4, step))
    #expect(block.text.utf8.elementsEqual(text.utf8))
    #expect(block.tokens == tokenizer.count(text))
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `a cut fits its limit, says so and shows a beginning`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<12 {
      let step = archived(77, Step(role: .tool, name: random.speaker(), content: random.content()))
      let whole = renderer.whole(step).tokens
      let least = renderer.leastTokens(of: step)
      for limit in [0, 8, 20, least, random.number(1...400), whole - 1] {
        guard let cut = renderer.cut(step, to: limit) else {
          #expect(limit < least || whole <= least, "seed \(seed), limit \(limit), least \(least)")
          continue
        }
        #expect(cut.tokens <= limit && cut.tokens == tokenizer.count(cut.text), "seed \(seed)")
        let lines = cut.text.split(separator: "\n", omittingEmptySubsequences: false)
        let note = try #require(lines.dropLast().last)
        #expect(
          note.wholeMatch(of: #/… [0-9]+ tokens cut; flowctl expand s77/#) != nil,
          "seed \(seed), \(note)"
        )
        let fence = try #require(lines.dropLast(2).last)
        #expect(fence.allSatisfy { $0 == "`" } && fence.count >= 3, "seed \(seed)")
        let bytes = Array(cut.text.utf8)
        let opening = Array("\n\(fence)\n".utf8)
        let start = try #require(bytes.firstRange(of: opening)).upperBound
        let end = bytes.count - Array("\n\(fence)\n\(note)\n".utf8).count
        #expect(step.step.content.utf8.starts(with: bytes[start..<end]), "seed \(seed)")
        #expect(start < end, "seed \(seed)")
      }
    }
  }
}

@Suite struct `Task lines` {
  private func lines(_ tasks: [FlowTask], requested: TaskID? = nil) throws -> [String] {
    var workflow = Workflow(project: try ProjectName("p"), created: nil)
    workflow.tasks = tasks
    return TaskLines(workflow: workflow, requested: requested).lines().map(\.text)
  }

  private func id(_ number: Int) -> TaskID { TaskID(number: number) }

  @Test func `what matters most stands first, each task once`() throws {
    let tasks = [
      FlowTask(id: id(1), name: "done one", status: .done),
      FlowTask(id: id(2), name: "waits", deps: [id(5), id(1)]),
      FlowTask(id: id(3), name: "ready", deps: [id(1)], meta: ["owner": "jun"]),
      FlowTask(id: id(4), name: "stuck", status: .blocked, meta: ["reason": "no\nkey"]),
      FlowTask(id: id(5), name: "at hand", status: .doing, deps: [id(6)]),
      FlowTask(id: id(6), name: "needed", status: .todo),
    ]
    #expect(
      try lines(tasks) == [
        "- T005 doing, waits for T006: at hand\n", "- T006 ready: needed\n", "- T003 ready: ready (jun)\n",
        "- T004 blocked by no key: stuck\n", "- T002 todo, waits for T005: waits\n", "- done: 1 of 6\n",
      ]
    )
    #expect(try lines(tasks, requested: id(2)).first == "- T002 todo, waits for T005: waits\n")
    #expect(try lines([]).isEmpty)
  }

  @Test func `no name can break its line or run on`() throws {
    let name = "a\r\n## Now\u{2028}" + String(repeating: "b", count: 200)
    let text = try #require(try lines([FlowTask(id: id(1), name: name)]).first)
    #expect(text == "- T001 ready: a ## Now \(String(repeating: "b", count: 71))…\n")
  }
}
