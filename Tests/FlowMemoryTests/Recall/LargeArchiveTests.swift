import FlowCore
import FlowText
import RandomSupport
import Testing

@testable import FlowMemory

/// Archives that are too long to be ranked whole.
@Suite(.timeLimit(.minutes(15))) struct `Recall in large archives` {
  /// Made-up words, as skewed as real ones are (Zipf): the first stands in half of all steps, the last in a few.
  private static let vocabulary = (0..<400).map { "zq\(SeededRandom.syllables($0))" }

  private static func steps(_ count: Int, using random: inout SeededRandom) -> [Step] {
    var time = SteppedClock.start
    return (1...count).map { _ in
      time = time.advanced(
        seconds: random.once(in: 25) ? random.number(2000...90_000) : random.number(5...300)
      )
      var words = (0..<random.number(1...9)).map { _ in
        vocabulary[min(399, Int(1 / Double.random(in: 0.0025...1, using: &random)) - 1)]
      }
      if random.once(in: 60) { words.append(vocabulary[random.number(300...399)]) }
      var content = words.joined(separator: " ")
      if random.once(in: 90) { content = "From now on, always say \(content)." }
      if random.once(in: 90) { content = "I prefer \(content)." }
      if random.once(in: 9) { content += "?" }
      let role = random.pick([Step.Role.user, .user, .assistant, .tool])
      return Step(ts: time, role: role, name: random.once(in: 3) ? "Caroline" : nil, content: content)
    }
  }

  private static func archive(seed: UInt64) async throws -> (bench: RecallBench, random: SeededRandom) {
    var random = SeededRandom(seed: seed)
    let bench = try RecallBench()
    try await bench.add(steps(random.number(3000...3600), using: &random))
    return (bench, random)
  }

  /// What the words of a query alone would select, everything added up.
  private func best(_ query: RecallQuery, _ bench: RecallBench, steps: Int, limit: Int) async throws -> [Int]
  {
    let related = Set((query.members + query.synonyms).joined()).subtracting(query.terms)
    #expect(related.isEmpty, "made-up words have no relations")
    var sums: [Int: Int] = [:]
    for list in try await bench.postings(of: query.terms) {
      let rarity = Int((TermSaturation.rarity(count: list.count, among: steps) * 1000).rounded())
      for posting in list.postings { sums[posting.step, default: 0] += rarity * Int(posting.weight) }
    }
    return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `candidates are the best by words with those around them, the newest, the marked, the days`(
    seed: UInt64
  ) async throws {
    var (bench, random) = try await Self.archive(seed: seed)
    let newest = try await bench.bench.steps(StepQuery(last: 1))[0].id.rawValue
    let marked = try await bench.postings(of: [IndexTerm.rule, IndexTerm.preference])
    #expect(marked.allSatisfy { $0.count > 10 }, "seed \(seed)")
    for _ in 0..<8 {
      let words = (0..<random.number(1...4)).map { _ in random.pick(Self.vocabulary) }
      let day = SteppedClock.start.daysSinceEpoch + random.number(1...40)
      let date = CivilDate(daysSinceEpoch: day)
      let isDated = random.once(in: 2)
      let query = words.joined(separator: " ") + (isDated ? " on \(date)" : "")
      let selection = random.pick([20, 200])
      let note = "seed \(seed), \(query), \(selection)"
      let evidence = try await bench.evidence(query, selection: selection)
      let found = Set(evidence.table.profiles.map(\.id.rawValue))
      #expect(evidence.table.profiles.map(\.id.rawValue) == found.sorted(), "\(note)")

      var expected = Set(newest - RecallGatherer.newest + 1...newest)
      for list in marked {
        expected.formUnion(list.postings.suffix(RecallGatherer.newestMarked).map(\.step))
      }
      let selected = try await best(evidence.query, bench, steps: newest, limit: selection)
      for (rank, step) in selected.enumerated() {
        let reach = rank < RecallGatherer.best ? RecallGatherer.reachOfBest : RecallGatherer.reach
        expected.formUnion(max(1, step - reach)...min(newest, step + reach))
      }
      if isDated {
        #expect(!evidence.query.dates.isEmpty, "\(note)")
        let ofDay = try await bench.postings(of: [IndexTerm.day(day)])
        expected.formUnion(ofDay[0].postings.map(\.step))
      }
      #expect(found == expected, "\(note)")
      #expect(found.count < newest, "\(note)")
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `for rare words those that hold them stand as in a ranking of everything`(seed: UInt64) async throws {
    var (bench, random) = try await Self.archive(seed: seed)
    var weights = Dictionary(
      uniqueKeysWithValues: RecallFeature.allCases.map { ($0, RecallWeights.learnt[$0]) }
    )
    weights[.secondPass] = 0
    for _ in 0..<10 {
      let words = (0..<random.number(1...3)).map { _ in Self.vocabulary[random.number(100...399)] }
      let query = words.joined(separator: " ")
      let note = "seed \(seed), \(query)"
      let evidence = try await bench.evidence(query)
      let whole = try await bench.evidence(query, wholeThrough: .max)
      #expect(whole.table.count > evidence.table.count, "\(note)")

      let holders = Set(
        try await bench.postings(of: evidence.query.terms).flatMap { $0.postings.map(\.step) }
      )
      let ranked = RecallRanker(evidence: evidence, weights: RecallWeights(weights)).rank()
      let exhaustive = RecallRanker(evidence: whole, weights: RecallWeights(weights)).rank()
      let kept = ranked.filter { holders.contains($0.profile.id.rawValue) }
      let expected = exhaustive.filter { holders.contains($0.profile.id.rawValue) }
      #expect(kept.count == holders.count, "\(note)")
      #expect(kept.map(\.profile.id) == expected.map(\.profile.id), "\(note)")
      #expect(kept.map(\.value) == expected.map(\.value), "\(note)")

      // Only the second pass goes by what else is among the candidates.
      let rows = RecallRanker(evidence: evidence)
      let allRows = RecallRanker(evidence: whole)
      for (index, profile) in evidence.table.profiles.enumerated() {
        let row = rows.features(at: index)
        let full = allRows.features(at: profile.id.rawValue - 1)
        let differing = RecallFeature.allCases.filter { row[$0.rawValue] != full[$0.rawValue] }
        #expect(differing.allSatisfy { $0 == .secondPass }, "\(note), \(profile.id): \(differing)")
      }
    }
  }

  @Test func `an archive of a size that can be ranked whole is`() async throws {
    var random = SeededRandom(seed: 4)
    let bench = try RecallBench()
    try await bench.add(Self.steps(700, using: &random))
    #expect(try await bench.evidence("zqbaba", wholeThrough: 700).table.count == 700)
    #expect(try await bench.evidence("zqbaba", wholeThrough: 699).table.count < 700)
  }
}

extension SeededRandom {
  /// A number in syllables, which no stemmer touches.
  fileprivate static func syllables(_ number: Int) -> String {
    let syllables = ["ba", "ko", "mu", "ra", "to", "vo", "xu"]
    var rest = number
    var word = ""
    repeat {
      word += syllables[rest % syllables.count]
      rest /= syllables.count
    } while rest > 0
    return word + "k"
  }
}
