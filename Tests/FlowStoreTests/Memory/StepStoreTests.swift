import FlowCore
import FlowStore
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Steps in the memory database` {
  let folder: MemoryFolder
  let database: MemoryDatabase

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
  }

  @Test func `a step comes back whole`() async throws {
    let step = Step(
      ref: "call-7",
      ts: Timestamp(milliseconds: -1),
      role: .tool,
      name: "grep",
      task: TaskID(number: 3),
      content: "three matches",
      pinned: true,
      meta: ["z": .number(JSONNumber(1)), "a": .object(["null": .null])]
    )
    let id = try await database.append(step, sitting: 4)
    let stored = try await database.read { transaction throws(FlowError) in
      try transaction.steps.step(id)
    }
    let expected = ArchivedStep(id: id, step: step, ts: Timestamp(milliseconds: -1), tokens: 13, sitting: 4)
    #expect(stored == expected)
    let byRef = try await database.read { transaction throws(FlowError) in
      try transaction.steps.step(ref: "call-7")
    }
    #expect(byRef == expected)
  }

  @Test(
    arguments: [
      "", "\0", "a\0b\0", "\u{301}", "e\u{301}", "\u{E9}", "\u{1F468}\u{200D}\u{1F469}",
      "'); DROP TABLE step; --",
      "%_\\", "\r\n\n", "\u{FEFF}x", "한국어", "\u{10FFFF}", String(repeating: "long line ", count: 500_000),
    ]
  )
  func `text comes back byte for byte`(text: String) async throws {
    let step = Step(
      ref: text,
      role: .note,
      name: text,
      content: text,
      meta: [text: .string(text)]
    )
    let id = try await database.append(step)
    let other = try folder.open()
    let stored = try await other.read { transaction throws(FlowError) in
      let step = try transaction.steps.step(ref: text)
      let speakers = try transaction.steps.speakers()
      return (step, speakers)
    }
    let found = try #require(stored.0)
    #expect(found.id == id)
    for part in [found.step.ref, found.step.name, found.step.content, found.step.meta.keys.first] {
      #expect(part.map { Array($0.utf8) } == Array(text.utf8))
    }
    #expect(found.step.meta == step.meta)
    #expect(stored.1.map(\.role) == [.note] && stored.1.map(\.steps) == [1])
    #expect(stored.1.first?.name.map { Array($0.utf8) } == Array(text.utf8))
    for word in text.split(separator: " ").prefix(1).map(String.init) {
      #expect(try await other.postings(of: [word])[0].map(\.step) == [id.rawValue])
    }
  }

  @Test func `no meta and empty meta are the same`() async throws {
    let id = try await database.append(Step(role: .user, content: "x", meta: [:]))
    #expect(try await database.all().first { $0.id == id }?.step.meta.isEmpty == true)
  }

  @Test func `ids count up, also over a write that failed`() async throws {
    try await database.append(Step(role: .user, content: "one"))
    await #expect(throws: FlowError.self) {
      try await database.write { transaction throws(FlowError) in
        try transaction.append(Step(role: .user, content: "gone"))
        throw FlowError(.invalidStep, "no")
      }
    }
    try await database.append(Step(role: .user, content: "two"))
    #expect(try await database.all().map(\.id.rawValue) == [1, 2])
    #expect(try await database.findings().isEmpty)
  }

  @Test func `a ref is given once`() async throws {
    try await database.append(Step(ref: "é", role: .user, content: "one"))
    try await database.append(Step(ref: "e\u{301}", role: .user, content: "other bytes, another ref"))
    let error = await #expect(throws: FlowError.self) {
      try await database.append(Step(ref: "é", role: .user, content: "two"))
    }
    #expect(error?.code == .stepConflict)
    #expect(error?.context["id"] == "1")
    #expect(try await database.all().count == 2)
  }

  @Test func `filters combine, then the ends are cut`() async throws {
    for number in 1...20 {
      let content = number.isMultiple(of: 2) ? "even 100% a_b\0c" : "odd 100 aXb"
      try await database.append(Step(role: .user, content: content, pinned: number > 10))
    }
    func ids(_ query: StepQuery) async throws -> [Int] {
      try await database.all(query).map(\.id.rawValue)
    }
    #expect(try await ids(StepQuery(range: StepID(3)...StepID(5))) == [3, 4, 5])
    #expect(try await ids(StepQuery(last: 2)) == [19, 20])
    #expect(try await ids(StepQuery(first: 2)) == [1, 2])
    #expect(try await ids(StepQuery(last: 5, first: 2)) == [16, 17])
    #expect(try await ids(StepQuery(last: 0)) == [])
    #expect(try await ids(StepQuery(first: -1)) == [])
    #expect(try await ids(StepQuery(range: StepID(15)...StepID(99), last: 2)) == [19, 20])
    #expect(try await ids(StepQuery(first: 3, containing: "100%")) == [2, 4, 6])
    #expect(try await ids(StepQuery(first: 1, containing: "a_b\0c")) == [2])
    #expect(try await ids(StepQuery(containing: "\0")).count == 10)
    #expect(try await ids(StepQuery(containing: "EVEN")) == [])
    #expect(try await ids(StepQuery(containing: "")).count == 20)
    #expect(try await ids(StepQuery(first: 2, pinnedOnly: true)) == [11, 12])
    #expect(
      try await ids(
        StepQuery(range: StepID(1)...StepID(16), last: 2, containing: "odd", pinnedOnly: true)
      ) == [13, 15]
    )
  }

  @Test func `a composed letter is not found by a decomposed one`() async throws {
    try await database.append(Step(role: .user, content: "caf\u{E9}"))
    #expect(try await database.all(StepQuery(containing: "e\u{301}")).isEmpty)
    #expect(try await database.all(StepQuery(containing: "\u{E9}")).count == 1)
  }

  @Test func `pinning says whether it changed anything`() async throws {
    let id = try await database.append(Step(role: .user, content: "rule"))
    func pin(_ pinned: Bool) async throws -> Bool {
      try await database.write { transaction throws(FlowError) in
        try transaction.steps.setPinned(id, pinned)
      }
    }
    #expect(try await pin(false) == false)
    #expect(try await pin(true) == true)
    #expect(try await pin(true) == false)
    #expect(try await database.all(StepQuery(pinnedOnly: true)).map(\.id) == [id])
    #expect(try await pin(false) == true)
    #expect(try await database.all(StepQuery(pinnedOnly: true)).isEmpty)
    let error = await #expect(throws: FlowError.self) {
      try await database.write { transaction throws(FlowError) in
        try transaction.steps.setPinned(StepID(9), true)
      }
    }
    #expect(error?.code == .stepNotFound)
  }

  @Test func `roles and names are numbered and counted`() async throws {
    for (role, name) in [
      (.user, "민수"), (.user, "user"), (.tool, "grep"), (.user, nil), (.tool, "grep"), (.note, "민수"),
    ] as [(Step.Role, String?)] {
      try await database.append(Step(role: role, name: name, content: "a"))
    }
    let speakers = try await database.read { transaction throws(FlowError) in
      try transaction.steps.speakers()
    }
    #expect(
      speakers == [
        Speaker(number: 1, role: .user, name: "민수", steps: 1),
        Speaker(number: 2, role: .user, name: "user", steps: 1),
        Speaker(number: 3, role: .tool, name: "grep", steps: 2),
        Speaker(number: 4, role: .user, name: nil, steps: 1),
        Speaker(number: 5, role: .note, name: "민수", steps: 1),
      ]
    )
  }

  @Test func `figures add up`() async throws {
    let figures = { @Sendable (transaction: any MemoryTransaction) throws(FlowError) in
      try transaction.steps.figures()
    }
    #expect(
      try await database.read(figures)
        == ArchiveFigures(steps: 0, tokens: 0, terms: 0, sittings: 0, newest: nil)
    )
    try await database.append(Step(role: .user, content: "a b"), sitting: 1)
    try await database.append(Step(role: .user, content: "a a a"), sitting: 1)
    try await database.append(Step(role: .user, content: ""), sitting: 2)
    #expect(
      try await database.read(figures)
        == ArchiveFigures(steps: 3, tokens: 8, terms: 5, sittings: 2, newest: StepID(3))
    )
  }
}
