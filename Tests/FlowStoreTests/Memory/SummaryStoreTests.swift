import FlowCore
import FlowStore
import Testing

@Suite(.timeLimit(.minutes(10))) struct `Summaries in the memory database` {
  let folder: MemoryFolder
  let database: MemoryDatabase

  init() throws {
    folder = try MemoryFolder()
    database = try folder.open()
  }

  @Test func `a summary comes back whole`() async throws {
    let summary = Summary(
      id: SummaryID(first: StepID(1), last: StepID(5)),
      level: 0,
      version: 1,
      by: "textrank",
      created: Timestamp(milliseconds: 5),
      bullets: [
        Summary.Bullet(text: "1,204 \"bad\" rows\0", source: StepID(3)...StepID(4), weight: 250_000),
        Summary.Bullet(text: "e\u{301}", source: StepID(5)...StepID(5), weight: 0),
      ],
      sourceTokens: 400,
      tokens: 30,
      span: Timestamp(milliseconds: -2)...Timestamp(milliseconds: 4)
    )
    try await add(summary)
    #expect(try await find(1, 5) == summary)
    #expect(try await find(1, 4) == nil)
    #expect(try await roots() == [summary])
  }

  @Test func `the newest version counts, and versions count up`() async throws {
    try await add(summary(1, 5))
    try await add(summary(1, 5, version: 2, by: "a-model"))
    #expect(try await find(1, 5)?.by == "a-model")
    for version in [1, 2, 4] {
      let error = await #expect(throws: FlowError.self) { try await add(summary(1, 5, version: version)) }
      #expect(error?.code == .revisionConflict)
    }
    let misplaced = await #expect(throws: FlowError.self) {
      try await add(summary(1, 5, level: 1, version: 3))
    }
    #expect(misplaced?.code == .invalidArgument)
    #expect(try await find(1, 5)?.version == 2)
    // One that comes from elsewhere brings its number along, and goes on from there.
    #expect(await #expect(throws: FlowError.self) { try await add(summary(6, 9, version: 0)) } != nil)
    try await add(summary(6, 9, version: 4))
    try await add(summary(6, 9, version: 5))
    #expect(try await find(6, 9)?.version == 5)
  }

  @Test(arguments: 0..<24) func `parts find their place in any order`(order: Int) async throws {
    var parts = [
      summary(1, 5), summary(6, 10), summary(1, 10, level: 1), summary(11, 15), summary(1, 15, level: 2),
    ]
    var arranged: [Summary] = []
    var rest = order
    for count in (1...parts.count).reversed() {
      arranged.append(parts.remove(at: rest % count))
      rest /= count
    }
    for part in arranged { try await add(part) }
    #expect(try await roots().map(\.id.description) == ["m1-15"])
    try await add(summary(16, 20))
    #expect(try await roots().map(\.id.description) == ["m1-15", "m16-20"])
  }

  @Test func `what is covered ends with the last summary`() async throws {
    func covered() async throws -> Int? {
      try await database.read { transaction throws(FlowError) in
        try transaction.summaries.coveredThrough()?.rawValue
      }
    }
    #expect(try await covered() == nil)
    #expect(try await roots().isEmpty)
    try await add(summary(1, 5))
    try await add(summary(6, 12))
    try await add(summary(1, 12, level: 1))
    #expect(try await covered() == 12)
  }

  @Test func `adopted summaries keep their ids to themselves`() async throws {
    try await add(summary(1, 40, level: 1))
    #expect(try await database.append(Step(role: .user, content: "first one here")).rawValue == 41)
    let findings = try await database.findings()
    #expect(findings.map(\.isError) == [false], "\(findings)")
    #expect(findings.first?.problem.hasPrefix("the verbatim steps s1-40 are not here") == true)
  }

  @Test func `those that cover a step are found at all levels, parts first`() async throws {
    for part in [summary(1, 5), summary(6, 10), summary(1, 10, level: 1), summary(11, 15)] {
      try await add(part)
    }
    func covering(_ steps: [Int]) async throws -> [String] {
      try await database.read { transaction throws(FlowError) in
        try transaction.summaries.covering(steps.map(StepID.init)).map(\.id.description)
      }
    }
    #expect(try await covering([3]) == ["m1-5", "m1-10"])
    #expect(try await covering([12, 5, 6]) == ["m1-5", "m6-10", "m11-15", "m1-10"])
    for none in [[16], []] { #expect(try await covering(none) == []) }
    let parts = try await database.read { transaction throws(FlowError) in
      try transaction.summaries.parts(of: SummaryID(first: StepID(1), last: StepID(10)))
    }
    #expect(parts == [summary(1, 5), summary(6, 10)])
  }

  @Test func `a new version may take the place of all before it`() async throws {
    for version in 1...3 { try await add(summary(1, 5, version: version)) }
    try await add(summary(6, 10))
    func replace(_ summary: Summary) async throws(FlowError) {
      try await database.write { transaction throws(FlowError) in
        try transaction.summaries.replaceVersions(with: summary)
      }
    }
    try await replace(summary(1, 5, version: 4, by: "anew"))
    #expect(try await find(1, 5)?.by == "anew")
    #expect(try await find(6, 10) == summary(6, 10))
    let stale = await #expect(throws: FlowError.self) { try await replace(summary(1, 5, version: 4)) }
    #expect(stale?.code == .revisionConflict)
    let unknown = await #expect(throws: FlowError.self) { try await replace(summary(1, 6)) }
    #expect(unknown?.code == .summaryNotFound)
    #expect(try await find(1, 6) == nil)
    try await add(summary(1, 5, version: 5))
    let versions = try await database.read { transaction throws(FlowError) in
      try transaction.summaries.roots().map(\.version)
    }
    #expect(versions == [5, 1])
    #expect(try await database.findings().allSatisfy { !$0.isError })
  }

  @Test func `all versions are kept, ascending`() async throws {
    let makers = ["textrank", "hand", "gpt-x"]
    for (index, maker) in makers.enumerated() { try await add(summary(1, 5, version: index + 1, by: maker)) }
    try await add(summary(6, 10))
    func versions(_ first: Int, _ last: Int) async throws -> [Summary] {
      try await database.read { transaction throws(FlowError) in
        try transaction.summaries.versions(of: SummaryID(first: StepID(first), last: StepID(last)))
      }
    }
    #expect(try await versions(1, 5) == makers.enumerated().map { summary(1, 5, version: $0 + 1, by: $1) })
    #expect(try await versions(6, 10) == [summary(6, 10)])
    #expect(try await versions(1, 10) == [])
  }

  private func summary(
    _ first: Int,
    _ last: Int,
    level: Int = 0,
    version: Int = 1,
    by: String = "textrank"
  ) -> Summary {
    Summary(
      id: SummaryID(first: StepID(first), last: StepID(last)),
      level: level,
      version: version,
      by: by,
      created: Timestamp(milliseconds: 0),
      bullets: [],
      sourceTokens: 1,
      tokens: 1,
      span: Timestamp(milliseconds: 0)...Timestamp(milliseconds: 0)
    )
  }

  private func add(_ summary: Summary) async throws(FlowError) {
    try await database.write { transaction throws(FlowError) in try transaction.summaries.add(summary) }
  }

  private func find(_ first: Int, _ last: Int) async throws -> Summary? {
    try await database.read { transaction throws(FlowError) in
      try transaction.summaries.summary(SummaryID(first: StepID(first), last: StepID(last)))
    }
  }

  private func roots() async throws -> [Summary] {
    try await database.read { transaction throws(FlowError) in try transaction.summaries.roots() }
  }
}
