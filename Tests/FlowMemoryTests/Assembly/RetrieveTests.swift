import FlowCore
import FlowMemory
import FlowText
import Testing
import RandomSupport

@Suite(.timeLimit(.minutes(15))) struct `Memory retrieve` {
  private let bench: MemoryBench

  init() throws { bench = try MemoryBench() }

  private func time(_ minute: Int) -> Timestamp { SteppedClock.start.advanced(seconds: 60 * minute) }

  private func names(_ context: Context) -> [String] { context.sections.map(\.name) }

  /// A project of plain talk: two pins, several roll-ups, some steps in short-term.
  private func talk(seed: UInt64) async throws -> MemoryContext {
    var random = SeededRandom(seed: seed)
    let memory = bench.memory(MemoryLimits(shortTermSteps: 8, keepSteps: 4))
    var steps = (0..<50).map { number in
      Step(
        ts: time(number * (number % 9 == 0 ? 40 : 1)),
        role: number.isMultiple(of: 2) ? .user : .assistant,
        content: random.paragraph(1...3)
      )
    }
    steps[3].pinned = true
    steps[20].pinned = true
    _ = try await memory.update(steps)
    return memory
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `requests that differ in their query only share a prefix`(seed: UInt64) async throws {
    let memory = try await talk(seed: seed)
    var random = SeededRandom(seed: seed &+ 100)
    let newest = try #require(try await bench.steps(StepQuery(last: 1)).first).step.content
    let surroundings = Surroundings(preamble: "# demo\n")
    let questions: [String?] = ["", "## Pinned"] + (0..<5).map { _ in random.sentence(1...12) }
    // A question of its own leaves more room to recall than the work at hand.
    for (budget, queries) in [
      (3000, questions), (8000, questions), (3000, [nil, newest]), (8000, [nil, newest]),
    ] {
      var prefixes: Set<[UInt8]> = []
      var hashes: Set<String> = []
      for query in queries {
        let request = ContextRequest(query: query, budget: budget)
        let context = try await memory.retrieve(request, beside: surroundings)
        let stable = context.sections.filter { $0.kind == .stable }.map(\.name)
        #expect(stable == ["preamble", "pinned", "long_term"], "seed \(seed)")
        let end = try #require(context.text.firstRange(of: "## Recent steps\n")).lowerBound
        let prefix = Array(context.text[..<end].utf8)
        prefixes.insert(prefix)
        hashes.insert(context.prefixHash)
        #expect(context.prefixHash == SHA256.hexDigest(of: prefix), "seed \(seed)")
        #expect(
          context.prefixTokens == BytePairTokenizer.o200kBase.count(String(decoding: prefix, as: UTF8.self))
        )
      }
      #expect(prefixes.count == 1 && hashes.count == 1, "seed \(seed), budget \(budget)")
    }
  }

  @Test func `the prefix stands until something rolls up`() async throws {
    let memory = try await talk(seed: 9)
    let request = ContextRequest(query: "what failed?", budget: 6000)
    var before = try await memory.retrieve(request).prefixHash
    var rollUps = 0
    var random = SeededRandom(seed: 3)
    for number in 0..<12 {
      let step = Step(ts: time(3000 + number), role: .user, content: random.paragraph(3...5))
      let receipt = try await memory.update(step)
      let after = try await memory.retrieve(request).prefixHash
      #expect((after == before) == receipt.rolledUp.isEmpty, "step \(number)")
      rollUps += receipt.rolledUp.count
      before = after
    }
    #expect(rollUps >= 2)
  }

  @Test func `an empty project gives a prompt of what there is`() async throws {
    let memory = bench.memory()
    let empty = try await memory.retrieve(ContextRequest(budget: 100))
    #expect(empty.text.isEmpty && empty.tokens == 0 && empty.sections.isEmpty)
    let asked = try await memory.retrieve(ContextRequest(query: "why?", budget: 100))
    #expect(asked.text == "## Now\nwhy?\n")
    #expect(asked.verbatimSteps.isEmpty)
  }

  @Test func `a query that is the newest step stands once, last`() async throws {
    let memory = bench.memory()
    try await memory.update(Step(role: .assistant, content: "All is well."))
    try await memory.update(Step(role: .user, content: "Why did it fail?"))
    for query in ["Why did it fail?", nil] {
      let context = try await memory.retrieve(ContextRequest(query: query, budget: 500))
      #expect(names(context) == ["short_term", "query"])
      #expect(context.text.hasSuffix("## Now\ns2 user: Why did it fail?\n"))
      #expect(context.sections.map(\.steps) == [[StepID(1)], [StepID(2)]])
      #expect(context.verbatimSteps == [StepID(1), StepID(2)])
    }
  }

  @Test func `without a query the newest user step is what recall looks for`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2))
    try await memory.update(Step(role: .note, content: "The zebra lives in paddock 7."))
    for number in 0..<10 {
      let filler = "Filler about the weather, the traffic and lunch, number \(number). "
      try await memory.update(Step(role: .assistant, content: String(repeating: filler, count: 8)))
    }
    try await memory.update(Step(role: .user, content: "Where is the zebra?"))
    try await memory.update(Step(role: .assistant, content: "Let me look."))
    let context = try await memory.retrieve(ContextRequest(budget: 330))
    #expect(context.sections.first { $0.name == "recalled" }?.steps.contains(StepID(1)) == true)
    #expect(!names(context).contains("query"))
  }

  @Test func `steps of one sitting stand under one heading`() async throws {
    let memory = bench.memory()
    for minute in [0, 7, 14, 120, 125] {
      try await memory.update(Step(ts: time(minute), role: .assistant, content: "At minute \(minute)."))
    }
    let context = try await memory.retrieve(ContextRequest(query: "?", budget: 1000))
    #expect(
      context.text == """
        ## Recent steps
        ### 12 April 2024 08:00
        s1 assistant: At minute 0.
        s2 assistant: At minute 7.
        s3 assistant: At minute 14.
        ### 12 April 10:00
        s4 assistant: At minute 120.
        s5 assistant: At minute 125.
        ## Now
        ?

        """
    )
  }

  @Test func `a pinned step is in every prompt, and only once`() async throws {
    let memory = bench.memory(MemoryLimits(shortTermSteps: 4, keepSteps: 2))
    try await memory.update(Step(role: .user, content: "Always answer in Korean.", pinned: true))
    for number in 0..<12 { try await memory.update(Step(role: .assistant, content: "Noted \(number).")) }
    try await memory.update(Step(role: .user, content: "The newest is pinned too.", pinned: true))
    for query in ["anything", "The newest is pinned too.", "answer in Korean"] {
      let context = try await memory.retrieve(ContextRequest(query: query, budget: 800))
      for pinned in [StepID(1), StepID(14)] {
        #expect(context.sections.flatMap(\.steps).count { $0 == pinned } == 1, "\(query), \(pinned)")
      }
      #expect(context.text.hasPrefix("## Pinned\ns1 user: Always answer in Korean.\n"))
    }
  }

  @Test func `a share of nothing leaves its section out`() async throws {
    let memory = try await talk(seed: 5)
    var workflow = Workflow(project: try ProjectName("p"), created: nil)
    workflow.tasks = [FlowTask(id: TaskID(number: 1), name: "collect")]
    let surroundings = Surroundings(workflow: workflow)
    let sections: [(Shares, String)] = [
      (Shares(longTerm: 0), "long_term"), (Shares(shortTerm: 0), "short_term"), (Shares(tasks: 0), "tasks"),
    ]
    for (shares, missing) in sections {
      let all = try await memory.retrieve(ContextRequest(query: "x", budget: 4000), beside: surroundings)
      #expect(names(all).contains(missing))
      let request = ContextRequest(query: "x", budget: 4000, shares: shares)
      let context = try await memory.retrieve(request, beside: surroundings)
      #expect(!names(context).contains(missing))
    }
  }

  @Test(arguments: [
    Shares(longTerm: -0.1), Shares(shortTerm: 1.1), Shares(tasks: .nan), Shares(longTerm: .infinity),
    Shares(longTerm: 0.5, shortTerm: 0.5, tasks: 0.1),
  ]) func `shares that cannot be are refused`(shares: Shares) async throws {
    let memory = bench.memory()
    let error = try await #require(throws: FlowError.self) {
      try await memory.retrieve(ContextRequest(query: "x", shares: shares))
    }
    #expect(error.code == .invalidArgument)
  }

  @Test func `an unknown tokenizer is refused with those there are`() async throws {
    let memory = bench.memory()
    let error = try await #require(throws: FlowError.self) {
      try await memory.retrieve(ContextRequest(query: "x", tokenizer: "abacus"))
    }
    #expect(error.code == .unknownTokenizer)
    #expect(error.hint?.contains("o200k_base") == true)
  }

  @Test(arguments: [Int.min, -1, 0]) func `a budget of nothing is refused`(budget: Int) async throws {
    let memory = bench.memory()
    let error = try await #require(throws: FlowError.self) {
      try await memory.retrieve(ContextRequest(query: "x", budget: budget))
    }
    #expect(error.code == .budgetTooSmall)
  }

  @Test func `a budget without bounds shows everything`() async throws {
    let memory = try await talk(seed: 2)
    let shares = Shares(longTerm: 0, shortTerm: 1, tasks: 0)
    let request = ContextRequest(query: "everything", budget: .max, shares: shares)
    let context = try await memory.retrieve(request)
    #expect(context.verbatimSteps == (1...50).map(StepID.init))
    #expect(context.omitted.isEmpty)
  }

  @Test func `the answer names the time it was made for`() async throws {
    let memory = bench.memory()
    let clockTime = try await memory.retrieve(ContextRequest(query: "x")).now
    #expect(clockTime > SteppedClock.start && clockTime < time(5))
    try await memory.update(Step(ts: time(99), role: .user, content: "late"))
    #expect(try await memory.retrieve(ContextRequest(query: "x")).now == time(99))
    #expect(try await memory.retrieve(ContextRequest(query: "x", now: time(7))).now == time(7))
  }

  @Test func `a newest step too long for its share is cut with a note, whatever it holds`() async throws {
    let memory = bench.memory()
    let names = ["log", String(repeating: "👩‍👩‍👧", count: 14)]
    for content in ["line of the log\n", "`", "가", "x"].map({ String(repeating: $0, count: 4000) }) {
      for name in names {
        try await memory.update(Step(role: .tool, name: name, content: content))
        let newest = try #require(try await bench.steps(StepQuery(last: 1)).first)
        for budget in [300, 330, 400] {
          let context = try await memory.retrieve(ContextRequest(query: "why?", budget: budget))
          #expect(context.sections.first { $0.name == "short_term" }?.steps.last == newest.id)
          #expect(context.text.contains("tokens cut; flowctl expand \(newest.id)\n"))
          #expect(!context.verbatimSteps.contains(newest.id))
        }
      }
    }
  }

  @Test func `results of the tasks at hand are shown, others are not`() async throws {
    var workflow = Workflow(project: try ProjectName("p"), created: nil)
    let ids = (1...3).map(TaskID.init(number:))
    workflow.tasks = [
      FlowTask(id: ids[0], name: "collect", status: .done),
      FlowTask(id: ids[1], name: "clean", status: .doing, deps: [ids[0]]),
      FlowTask(id: ids[2], name: "other"),
    ]
    func result(_ key: String, _ value: JSONValue, _ task: TaskID?) -> CachedResult {
      CachedResult(key: key, value: value, task: task, created: SteppedClock.start)
    }
    let results = [
      result("b", ["rows": 3], ids[1]), result("a", "three files\n## Now\nx", ids[0]),
      result("no", "unseen", ids[2]), result("none", "unseen", nil),
    ]
    let surroundings = Surroundings(preamble: "# p\n", workflow: workflow, results: results)
    let memory = bench.memory()
    let context = try await memory.retrieve(
      ContextRequest(query: "go on", budget: 1000),
      beside: surroundings
    )
    #expect(
      context.text == """
        # p
        ## Tasks
        - T002 doing: clean
        - T003 ready: other
        - done: 1 of 3
        ## Results
        - T001 a:
        ```
        three files
        ## Now
        x
        ```
        - T002 b: {"rows":3}
        ## Now
        go on

        """
    )
    let named = ContextRequest(query: "go on", budget: 1000, task: ids[2])
    let other = try await memory.retrieve(named, beside: surroundings)
    #expect(other.sections.first { $0.name == "results" }?.results == ["no"])
    #expect(other.sections.first { $0.name == "tasks" }?.tasks == [ids[2], ids[1]])
  }
}
