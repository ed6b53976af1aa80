import FlowCore
import FlowStore
import Testing
import RandomSupport

@Suite(.timeLimit(.minutes(10))) struct `The memory database against a model` {
  let folder: MemoryFolder

  init() throws {
    folder = try MemoryFolder()
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>) func `random writes, undone ones among them`(seed: UInt64)
    async throws
  {
    var random = SeededRandom(seed: seed)
    var database = try folder.open()
    var model: [ArchivedStep] = []
    for _ in 0..<60 {
      let batch = (0..<Int.random(in: 1...6, using: &random)).map { _ in Self.step(&random) }
      let fails = Int.random(in: 0..<5, using: &random) == 0
      let start = model.count
      let sittings = batch.indices.map { (start + $0) / 7 + 1 }
      let added = try? await database.write { transaction throws(FlowError) in
        var added: [ArchivedStep] = []
        for (step, sitting) in zip(batch, sittings) {
          let id = try transaction.append(step, sitting: sitting)
          added.append(try transaction.steps.step(id)!)
        }
        if fails { throw FlowError(.invalidStep, "no") }
        return added
      }
      #expect((added == nil) == fails, "seed \(seed)")
      if let added {
        #expect(added.map(\.id.rawValue) == Array((start + 1)..<(start + 1 + batch.count)), "seed \(seed)")
        #expect(zip(added, batch).allSatisfy { Self.same($0.step, $1) }, "seed \(seed)")
        model += added
      }
      if Int.random(in: 0..<10, using: &random) == 0 { database = try folder.open(mustExist: true) }
    }
    try await compare(database, model, seed: seed, random: &random)
  }

  private func compare(
    _ database: MemoryDatabase,
    _ model: [ArchivedStep],
    seed: UInt64,
    random: inout SeededRandom
  ) async throws {
    #expect(try await database.all() == model, "seed \(seed)")
    #expect(try await database.findings().isEmpty, "seed \(seed)")
    for _ in 0..<40 {
      let query = Self.query(&random, steps: model.count)
      let expected = Self.answer(query, in: model).map(\.id)
      #expect(try await database.all(query).map(\.id) == expected, "seed \(seed), \(query)")
    }
    let postings = try await database.postings(of: Self.words)
    for (word, found) in zip(Self.words, postings) {
      let expected = model.compactMap { stored in
        let words = stored.step.content.split(separator: " ").map(String.init)
        return words.weights.first { Array($0.term.utf8) == Array(word.utf8) }
          .map { Posting(step: stored.id.rawValue, weight: $0.weight) }
      }
      #expect(found == expected, "seed \(seed), \(word)")
    }
    let wanted = (0..<50).map { _ in StepID(Int.random(in: -5...(model.count + 5), using: &random)) }
    let profiles = try await database.read { transaction throws(FlowError) in
      try transaction.recall.profiles(of: wanted)
    }
    #expect(profiles.map(\.id) == Set(wanted).intersection(model.map(\.id)).sorted(), "seed \(seed)")
  }

  private static let words = [
    "a", "A", "%", "_", "e\u{301}", "\u{E9}", "가", "\0", "x\0y", "'", "\"", "\u{1F600}",
  ]

  private static func step(_ random: inout SeededRandom) -> Step {
    let count = Int.random(in: 0...8, using: &random)
    let content = (0..<count).map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
    let hasName = Bool.random(using: &random)
    return Step(
      ts: Timestamp(milliseconds: Int64.random(in: -1000...1000, using: &random)),
      role: Step.Role.allCases.randomElement(using: &random)!,
      name: hasName ? words.randomElement(using: &random) : nil,
      content: content,
      pinned: Int.random(in: 0..<4, using: &random) == 0,
      meta: Bool.random(using: &random) ? [:] : ["z": .string(content), "a": .null]
    )
  }

  private static func query(_ random: inout SeededRandom, steps: Int) -> StepQuery {
    let low = Int.random(in: -1...steps, using: &random)
    let high = low + Int.random(in: 0...steps, using: &random)
    return StepQuery(
      range: Bool.random(using: &random) ? StepID(low)...StepID(high) : nil,
      last: Bool.random(using: &random) ? Int.random(in: 0...9, using: &random) : nil,
      first: Bool.random(using: &random) ? Int.random(in: 0...9, using: &random) : nil,
      containing: Bool.random(using: &random) ? words.randomElement(using: &random) : nil,
      pinnedOnly: Bool.random(using: &random)
    )
  }

  private static func answer(_ query: StepQuery, in model: [ArchivedStep]) -> [ArchivedStep] {
    var found = model.filter { stored in
      if let range = query.range, !range.contains(stored.id) { return false }
      if query.pinnedOnly, !stored.step.pinned { return false }
      guard let text = query.containing else { return true }
      return Array(stored.step.content.utf8).firstRange(of: Array(text.utf8)) != nil
    }
    if let last = query.last { found = found.suffix(last) }
    if let first = query.first { found = Array(found.prefix(first)) }
    return found
  }

  private static func same(_ stored: Step, _ given: Step) -> Bool {
    Array(stored.content.utf8) == Array(given.content.utf8) && stored == given
  }
}
