import FlowCore
import RandomSupport
import Testing

@testable import FlowMemory

@Suite struct `Candidate table` {
  /// An archive in sittings of random lengths, some of its steps as candidates, and a term in some of its steps.
  private struct Sample {
    let table: CandidateTable
    let list: PostingList
    let weights: [Int: UInt8]
    let sittingOf: [Int: Int]
    let chosen: [Int]

    init(using random: inout SeededRandom) {
      let count = random.pick([1, 2, 30, 400, 1500])
      var sittings: [Int: SittingProfile] = [:]
      var sittingOf: [Int: Int] = [:]
      var first = 1
      while first <= count {
        let last = min(count, first + random.pick([0, 3, 50, 300]))
        let number = sittings.count + 1
        sittings[number] = SittingProfile(range: StepID(first)...StepID(last), length: random.number(0...90))
        for step in first...last { sittingOf[step] = number }
        first = last + 1
      }
      let density = random.pick([1, 2, 20])
      chosen = (1...count).filter { _ in random.once(in: density) }
      let profiles = chosen.map { step in
        StepProfile(
          id: StepID(step),
          ts: SteppedClock.start,
          sitting: sittingOf[step]!,
          tokens: 1,
          length: 1,
          marks: 0,
          speaker: 1
        )
      }
      table = CandidateTable(profiles: profiles, sittings: sittings)
      let rarity = random.pick([1, 3, 60])
      let held = (1...count).filter { _ in random.once(in: rarity) }
      let postings = held.map { Posting(step: $0, weight: UInt8(random.number(1...255))) }
      list = PostingList(postings)
      weights = Dictionary(uniqueKeysWithValues: postings.map { ($0.step, $0.weight) })
      self.sittingOf = sittingOf
    }
  }

  @Test(arguments: 1...80 as ClosedRange<UInt64>)
  func `matches and sittings are those of plain dictionaries`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let sample = Sample(using: &random)
    let table = sample.table
    var buffer = PostingBuffer()

    var matches: [Int] = []
    table.forEachMatch(in: sample.list, buffer: &buffer) { index, weight in
      matches.append(table.profiles[index].id.rawValue)
      #expect(weight == Double(sample.weights[matches.last!]!) / 255, "seed \(seed)")
    }
    #expect(matches == sample.chosen.filter { sample.weights[$0] != nil }, "seed \(seed)")

    var sums: [Int: Double] = [:]
    for (step, weight) in sample.weights { sums[sample.sittingOf[step]!, default: 0] += Double(weight) / 255 }
    var found: [Int] = []
    table.forEachSitting(in: sample.list, buffer: &buffer) { index, sum in
      let range = table.sittings[index].range
      let number = sample.sittingOf[range.lowerBound.rawValue]!
      found.append(number)
      #expect(abs(sum - sums[number]!) < 1e-9, "seed \(seed), sitting \(number)")
    }
    let present = Set(sample.chosen.map { sample.sittingOf[$0]! })
    #expect(found == sums.keys.filter(present.contains).sorted(), "seed \(seed)")
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `each candidate knows its sitting and whether it follows the one before`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let sample = Sample(using: &random)
    let table = sample.table
    for (index, step) in sample.chosen.enumerated() {
      let range = table.sittings[table.sittingIndex[index]].range
      #expect(range.contains(StepID(step)), "seed \(seed)")
      let previous = index > 0 ? sample.chosen[index - 1] : 0
      let follows = previous + 1 == step && sample.sittingOf[previous] == sample.sittingOf[step]
      #expect(table.followsPrevious[index] == follows, "seed \(seed), step \(step)")
    }
    #expect(table.sittings.map(\.range.lowerBound) == table.sittings.map(\.range.lowerBound).sorted())
    #expect(Set(table.sittings.map(\.range.lowerBound)).count == table.sittings.count)
  }

  @Test func `a table without candidates finds nothing`() {
    let table = CandidateTable(profiles: [], sittings: [:])
    var buffer = PostingBuffer()
    var found = 0
    let list = PostingList([Posting(step: 1, weight: 9)])
    table.forEachMatch(in: list, buffer: &buffer) { _, _ in found += 1 }
    table.forEachSitting(in: list, buffer: &buffer) { _, _ in found += 1 }
    #expect(found == 0 && table.count == 0)
  }
}
