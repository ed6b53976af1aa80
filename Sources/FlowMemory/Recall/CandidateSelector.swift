import FlowCore

// The problem: a query has terms that stand in a third of all steps. Adding them up for every step costs most
// where it tells least.
//
// The design is MaxScore, term at a time (Turtle and Flood 1995, "Query Evaluation: Strategies and
// Optimizations"), with bounds by block (Ding and Suel 2011). Terms are taken rarest first, and what they add is
// summed in a dense array over steps. What a step has so far is a lower bound of its score, so that the K-th
// highest sum so far, the threshold, only rises, and at the end is the K-th highest score. A step that no term
// was found in yet cannot reach it where the block's highest weight and all terms to come together stay below:
// such a block brings no new step, and is decoded only if a step that is still in the race lies within it.
// Steps fall out of the race when their sum and all terms to come stay below the threshold.
//
// What holds: the outcome, scores and ties included, is that of adding up everything: only steps that end
// strictly below the K-th score are passed over.

/// A term of a search.
struct SearchTerm: Sendable {
  let list: PostingList
  /// What the term says where it stands, in fixed point; a term of 0 selects nothing.
  let rarity: Int
}

/// Selects the steps with the highest scores.
struct CandidateSelector: Sendable {
  /// How many steps are looked at closely.
  static let standardLimit = 2000

  /// The most steps to select, above 0.
  let limit: Int

  init(limit: Int = standardLimit) {
    self.limit = limit
  }

  /// The `limit` best of the steps that score above 0, ties going to the lower number.
  ///
  /// The rarities times 255 must add up to less than 2³¹.
  func select(_ terms: [SearchTerm]) -> Candidates {
    let first = terms.compactMap { $0.list.blocks.first?.first }.min() ?? 1
    let last = terms.compactMap { $0.list.blocks.last?.last }.max() ?? 0
    guard limit > 0, last > 0 else { return Candidates(steps: [], scores: []) }
    var race = Race(limit: limit, steps: first...last)
    let ordered = terms.enumerated().filter { $0.element.rarity > 0 }
      .sorted { ($0.element.list.count, $0.offset) < ($1.element.list.count, $1.offset) }
      .map(\.element)
    var rest = ordered.reduce(0) { $0 + $1.bound }
    precondition(rest <= Int(Int32.max), "the rarities are too high to be added up")
    for term in ordered {
      rest -= term.bound
      race.add(term, rest: Int32(rest))
    }
    return race.finish()
  }
}

extension SearchTerm {
  /// The most that the term adds to a score.
  fileprivate var bound: Int { rarity * Int(list.highestWeight) }
}

/// The sums so far, and the steps that may still be among the best.
private struct Race {
  private let limit: Int
  private let base: Int
  /// By place, which is a step's number less `base`; 0 for a step in which no term was found.
  private var sums: [Int32]
  /// The places of the steps in the race, in no order.
  private var runners: [Int32] = []
  /// How many of the runners stand in each stretch of places.
  private var crowds: [Int32]
  /// The K-th highest sum when it was looked for last; 0 before there were so many.
  private var threshold: Int32 = 0
  /// How many sums have changed since then.
  private var changes = 0
  private var buffer = PostingBuffer()

  private static let stretchBits = 6

  init(limit: Int, steps: ClosedRange<Int>) {
    self.limit = limit
    base = steps.lowerBound
    sums = [Int32](repeating: 0, count: steps.count)
    crowds = [Int32](repeating: 0, count: steps.count >> Race.stretchBits + 1)
  }

  /// Adds a term, where those to come add at most `rest`.
  mutating func add(_ term: SearchTerm, rest: Int32) {
    let rarity = Int32(term.rarity)
    for block in term.list.blocks {
      let bringsNew = rarity * Int32(block.highestWeight) + rest >= threshold
      guard bringsNew || isCrowded(block) else { continue }
      term.list.decode(block, into: &buffer)
      if bringsNew { addToAll(rarity) } else { addToKnown(rarity) }
    }
    // As much work as the sums themselves were, at most.
    if runners.count >= limit, changes >= runners.count { raiseThreshold(rest: rest) }
  }

  private mutating func addToAll(_ rarity: Int32) {
    for index in 0..<buffer.count {
      let place = buffer.steps[index] &- base
      if sums[place] == 0 {
        runners.append(Int32(truncatingIfNeeded: place))
        crowds[place >> Race.stretchBits] &+= 1
      }
      sums[place] &+= rarity &* Int32(buffer.weights[index])
    }
    changes += buffer.count
  }

  /// Steps that fell out of the race may be added to as well: they cannot come back.
  private mutating func addToKnown(_ rarity: Int32) {
    for index in 0..<buffer.count {
      let place = buffer.steps[index] &- base
      if sums[place] != 0 { sums[place] &+= rarity &* Int32(buffer.weights[index]) }
    }
    changes += buffer.count
  }

  /// Whether a step in the race may lie within a block.
  private func isCrowded(_ block: PostingBlock) -> Bool {
    let first = (block.first - base) >> Race.stretchBits
    let last = (block.last - base) >> Race.stretchBits
    return (first...last).contains { crowds[$0] > 0 }
  }

  private mutating func raiseThreshold(rest: Int32) {
    threshold = max(threshold, highestSum(atRank: limit))
    changes = 0
    let before = runners.count
    runners.removeAll { sums[Int($0)] &+ rest < threshold }
    guard runners.count < before else { return }
    for index in crowds.indices { crowds[index] = 0 }
    for place in runners { crowds[Int(place) >> Race.stretchBits] &+= 1 }
  }

  /// The sum of the runner at this rank, counted from 1 for the highest; found by the digits of its 31 bits, the
  /// highest first.
  private func highestSum(atRank rank: Int) -> Int32 {
    var rank = rank
    var known: Int32 = 0
    var knownBits: Int32 = 0
    var counts = [Int](repeating: 0, count: 1 << 11)
    for shift in [22, 11, 0] as [Int32] {
      for index in counts.indices { counts[index] = 0 }
      for place in runners {
        let sum = sums[Int(place)]
        if sum & knownBits == known { counts[Int(sum >> shift & 0x7FF)] += 1 }
      }
      var digit = counts.count - 1
      while digit > 0, counts[digit] < rank {
        rank -= counts[digit]
        digit -= 1
      }
      known |= Int32(digit) << shift
      knownBits |= 0x7FF << shift
    }
    return known
  }

  /// The best runners.
  mutating func finish() -> Candidates {
    if runners.count > limit {
      let lowest = highestSum(atRank: limit)
      let ties = runners.filter { sums[Int($0)] == lowest }.sorted()
      runners.removeAll { sums[Int($0)] <= lowest }
      runners += ties.prefix(limit - runners.count)
    }
    runners.sort()
    return Candidates(
      steps: runners.map { Int($0) + base },
      scores: runners.map { Int(sums[Int($0)]) }
    )
  }
}
